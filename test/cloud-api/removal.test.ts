import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { ToolError } from '../../lib/base/input';
import type { AwsApi } from '../../lib/cloud-api/aws/api';
import { awsPassing, awsRemovals } from '../../lib/cloud-api/aws/remove';
import type { OpenstackObject } from '../../lib/cloud-api/openstack/api';
import { openstackPassing, openstackRemovals } from '../../lib/cloud-api/openstack/remove';
import { removeInOrder, type Thing } from '../../lib/cloud-api/removal';
import { AWS_KINDS, OPENSTACK_KINDS } from '../../lib/engine/heal-kinds';

const signal = new AbortController().signal;
const waits = { signal, everySeconds: 0.001 };
const refusal = async (work: Promise<unknown>): Promise<ToolError> => {
  const error = await work.then(
    () => undefined,
    (e: unknown) => e,
  );
  assert.ok(error instanceof ToolError, String(error));
  return error;
};

/** What holds what, by kind: the first can't go before the second. */
const HOLDS: readonly (readonly [string, string])[] = [
  ['port', 'server'],
  ['security-group', 'server'],
  ['security-group', 'port'],
  ['security-group', 'load-balancer'],
  ['server-group', 'server'],
  ['subnet', 'port'],
  ['subnet', 'load-balancer'],
  ['subnet', 'router-interface'],
  ['network', 'subnet'],
  ['network', 'port'],
  ['router', 'floating-ip'],
  ['router', 'router-interface'],
];

/** An OpenStack in which everything stands on everything that it can, ends late, and is at times busy. */
function cloud(things: readonly Thing[], random: () => number) {
  const there = new Map(things.map((thing) => [thing.id, { ...thing, ending: -1 }]));
  const log: string[] = [];
  const look = (id: string) => {
    const thing = there.get(id);
    if (thing && thing.ending >= 0 && thing.ending-- === 0) there.delete(id);
    return there.get(id);
  };
  const refuse = (path: string) => new ToolError(`network DELETE ${path} was refused (409)`, undefined, 'in use');
  const api = {
    async call(_service: string, method: string, path: string): Promise<OpenstackObject> {
      const id = /\/([a-z-]+\d+)(\?|$)/.exec(path)?.[1] ?? '';
      const thing = there.get(id);
      if (method !== 'DELETE' || !thing) return {};
      const all = [...there.values()];
      const held = HOLDS.some(([kind, by]) => kind === thing.kind && all.some((other) => other.kind === by));
      assert.ok(!held, `${id} was asked to go before ${all.map((each) => each.id).join(' ')}`);
      if (random() < 0.3) throw refuse(path);
      log.push(path);
      thing.ending = Math.floor(random() * 3);
      return {};
    },
    async find(_service: string, path: string): Promise<OpenstackObject | undefined> {
      const id = path.split('/').at(-1) ?? '';
      return look(id) ? { port: { id } } : undefined;
    },
    list: async () => [],
  };
  return { api, there, log };
}

describe('removal', () => {
  it('lets nothing go while something stands on it, whatever was left and however the cloud dawdles', async () => {
    for (let seed = 1; seed <= 60; seed++) {
      let state = seed;
      const random = () => {
        state = (state * 48_271) % 2_147_483_647;
        return state / 2_147_483_647;
      };
      const kinds = Object.keys(OPENSTACK_KINDS).filter((kind) => !OPENSTACK_KINDS[kind]?.keeps);
      const things = kinds
        // an interface of a router goes by a call of its own
        .filter((kind) => kind !== 'router-interface' && random() < 0.7)
        .flatMap((kind) =>
          Array.from({ length: 1 + Math.floor(random() * 3) }, (_, i) => ({ kind, id: `${kind}${i}` })),
        )
        .sort(() => random() - 0.5);
      const { api, there } = cloud(things, random);
      await removeInOrder(things, openstackRemovals(api), { ...waits, passing: openstackPassing });
      assert.equal(there.size, 0, `seed ${seed}`);
    }
  });
  it('knows how each kind goes that may go; of what keeps data only kinds that have empty copies', () => {
    const openstack = { call: async () => ({}), find: async () => undefined, list: async () => [] };
    const aws = { ec2: async () => ({}) } as unknown as AwsApi;
    for (const [kinds, order] of [
      [AWS_KINDS, awsRemovals(aws)],
      [OPENSTACK_KINDS, openstackRemovals(openstack)],
    ] as const) {
      const going = Object.keys(kinds).filter((kind) => !kinds[kind]?.keeps || kinds[kind]?.copies);
      assert.deepEqual(order.map(({ kind }) => kind).sort(), going.sort());
    }
  });
  it('cascades a balancer, and lets go of a router’s interfaces before the router', async () => {
    const asked: string[] = [];
    const gone = new Set<string>();
    const api = {
      call: async (_: string, method: string, path: string, body?: unknown) => {
        asked.push(`${method} ${path}${body ? ` ${JSON.stringify(body)}` : ''}`);
        if (method === 'DELETE') gone.add(path.split(/[/?]/).find((part) => /\d/.test(part)) ?? '');
        return {};
      },
      find: async (_: string, path: string) => (gone.has(path.split('/').at(-1) ?? '') ? undefined : {}),
      list: async () => [
        { id: 'p1', device_owner: 'network:router_interface' },
        { id: 'p2', device_owner: 'network:router_gateway' },
      ],
    };
    const things = [
      { kind: 'router', id: 'r1' },
      { kind: 'load-balancer', id: 'l1' },
    ];
    await removeInOrder(things, openstackRemovals(api), { ...waits, passing: openstackPassing });
    assert.deepEqual(asked, [
      'DELETE /lbaas/loadbalancers/l1?cascade=true',
      'PUT /routers/r1/remove_router_interface {"port_id":"p1"}',
      'DELETE /routers/r1',
    ]);
  });
  it('stops at a refusal that does not pass, and does nothing further', async () => {
    const asked: string[] = [];
    const api = {
      call: async (_: string, __: string, path: string) => {
        asked.push(path);
        throw new ToolError(`network DELETE ${path} was refused (403)`, undefined, 'not yours');
      },
      find: async () => ({}),
      list: async () => [],
    };
    const things = [
      { kind: 'subnet', id: 's' },
      { kind: 'network', id: 'n' },
    ];
    const error = await refusal(removeInOrder(things, openstackRemovals(api), { ...waits, passing: openstackPassing }));
    assert.deepEqual([error.detail, asked], ['not yours', ['/subnets/s']]);
  });
  it('has a limit, says what it waited for, and gives the last words of the cloud', async () => {
    const busy = {
      kind: 'subnet',
      limitSeconds: 0.05,
      remove: async () => {
        throw new ToolError('network DELETE /subnets/s was refused (409)', undefined, 'ports are in it');
      },
      gone: async () => false,
    };
    const things = [{ kind: 'subnet', id: 's', name: 'mvp' }];
    const error = await refusal(removeInOrder(things, [busy], { ...waits, passing: openstackPassing }));
    assert.match(error.message, /^waited 0.05 s in vain for subnet s \(mvp\) to be gone$/);
    assert.match(error.detail ?? '', /ports are in it/);
  });
  it('stops when it is interrupted', async () => {
    const stop = new AbortController();
    const never = { kind: 'subnet', remove: async () => stop.abort(), gone: async () => false };
    const work = removeInOrder([{ kind: 'subnet', id: 's' }], [never], {
      signal: stop.signal,
      passing: openstackPassing,
    });
    assert.match((await refusal(work)).message, /^interrupted while waiting for subnet s/);
  });
  it('unties what AWS holds together: protection, associations, gateways, groups that let each other in', async () => {
    const asked: string[] = [];
    const gone = new Set<string>();
    const shown: Record<string, object> = {
      DescribeInstances: { Reservations: [{ Instances: [{ State: { Name: 'running' } }] }] },
      DescribeAddresses: { Addresses: [{ AssociationId: 'eipassoc-1' }] },
      DescribeRouteTables: {
        RouteTables: [{ Associations: [{ Main: true }, { Main: false, RouteTableAssociationId: 'rtbassoc-1' }] }],
      },
      DescribeSecurityGroups: { SecurityGroups: [{}] },
      DescribeSecurityGroupRules: {
        SecurityGroupRules: [{ IsEgress: false, GroupId: 'sg-1', SecurityGroupRuleId: 'sgr-1' }],
      },
      DescribeInternetGateways: { InternetGateways: [{ Attachments: [{ VpcId: 'vpc-1' }] }] },
      DescribeVpcs: { Vpcs: [{}] },
    };
    const values = (input: object): string[] =>
      Object.values(input).flatMap((one) => (typeof one === 'object' ? values(one as object) : [String(one)]));
    const ec2 = async (action: string, input: object) => {
      const named = values(input);
      if (!action.startsWith('Describe')) {
        asked.push(`${action} ${named.join(' ')}`);
        if (/^(Delete|Terminate|Release)/.test(action)) gone.add(named[0] ?? '');
        return {};
      }
      if (named.some((id) => gone.has(id))) throw new ToolError(`ec2 ${action} (r) was refused: InvalidVpcID.NotFound`);
      return shown[action];
    };
    const things = [
      'vpc:vpc-1',
      'internet-gateway:igw-1',
      'security-group:sg-1',
      'route-table:rtb-1',
      'elastic-ip:eipalloc-1',
      'instance:i-1',
    ];
    const order = awsRemovals({ ec2 } as unknown as AwsApi);
    await removeInOrder(
      things.map((each) => ({ kind: each.split(':')[0]!, id: each.split(':')[1]! })),
      order,
      { ...waits, passing: awsPassing },
    );
    assert.deepEqual(asked, [
      'ModifyInstanceAttribute i-1 false',
      'TerminateInstances i-1',
      'DisassociateAddress eipassoc-1',
      'ReleaseAddress eipalloc-1',
      'DisassociateRouteTable rtbassoc-1',
      'DeleteRouteTable rtb-1',
      'RevokeSecurityGroupIngress sg-1 sgr-1',
      'DeleteSecurityGroup sg-1',
      'DetachInternetGateway igw-1 vpc-1',
      'DeleteInternetGateway igw-1',
      'DeleteVpc vpc-1',
    ]);
  });
  it('tells refusals of AWS that pass from those that stay', () => {
    const refused = (code: string, words?: string) => new ToolError(`ec2 X (r) was refused: ${code}`, undefined, words);
    assert.ok(awsPassing(refused('DependencyViolation')));
    assert.ok(awsPassing(refused('InvalidParameterValue', "Network interface 'eni-1' is currently in use.")));
    assert.ok(awsPassing(refused('RequestLimitExceeded')));
    assert.ok(!awsPassing(refused('UnauthorizedOperation')));
    assert.ok(!awsPassing(refused('InvalidParameterValue', 'no such thing')));
  });
});
