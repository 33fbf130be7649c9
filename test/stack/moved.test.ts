import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { DataServicePool, DeaPool } from '../../lib/aws';
import { defineCluster } from '../../lib/declaration/define';
import type { ClusterInput } from '../../lib/declaration/schema';
import type { ClusterSpec } from '../../lib/declaration/spec';
import { dataServices } from '../../lib/kato/roles';
import type { Move } from '../../lib/stack/moved';
import { declarations } from '../aws/declarations';
import { validate } from '../aws/engine';
import { handle } from '../aws/guest-handle';
import { clusterDocument, type Document, resources, stackDocument } from '../aws/synth';
import { openstackDocument } from '../openstack/synth';
import { absent } from '../programs';

/** A cluster with every part whose address depends on the name of a pool or database, on both clouds. */
const everything = (firewall: 'inside' | 'strict'): ClusterInput => ({
  name: 'paas',
  hostname: 'paas.example.com',
  admin: { email: 'ops@example.com', organization: 'Example', password: { secret: 'pw' } },
  firewall,
  core: { diskGib: 20 },
  pools: {
    edge: { roles: ['router'], count: 2 },
    data: { roles: [{ mysql: { database: 'apps' } }, { postgresql: { database: 'more' } }], count: 2, diskGib: 20 },
    dea: { roles: ['dea'], count: 3 },
  },
  databases: { apps: { engine: 'mysql' }, more: { engine: 'postgresql' } },
  clouds: {
    aws: {
      region: 'us-west-2',
      zones: ['us-west-2a', 'us-west-2b'],
      image: 'ami-7d5fb21d',
      loadBalancer: true,
      dns: { zoneId: 'Z0123456789' },
      sshFrom: ['10.0.0.0/8'],
    },
    openstack: {
      image: { name: 'stackato', rootGib: 40 },
      network: { externalNetwork: 'public' },
      publicKey: 'ssh-rsa AAAA ops',
      loadBalancer: true,
      dns: { zone: 'example.com', email: 'ops@example.com' },
      sshFrom: ['10.0.0.0/8'],
      databases: { apps: { host: 'a', password: { secret: 'a' } }, more: { host: 'b', password: { secret: 'b' } } },
    },
  },
});

type Names = Readonly<Record<string, string>>;
const renamedKeys = <T>(all: Readonly<Record<string, T>>, names: Names, change: (old: string, value: T) => T) =>
  Object.fromEntries(Object.entries(all).map(([name, value]) => [names[name] ?? name, change(name, value)]));

/** The declaration with other names for pools and databases, which say their former ones. */
function renamed(input: ClusterInput, pools: Names, databases: Names = {}): ClusterInput {
  const old = structuredClone(input);
  const was = <T extends object>(names: Names) => {
    return (name: string, value: T): T => (names[name] ? { ...value, was: [name] } : value);
  };
  const roles = (pool: NonNullable<ClusterInput['pools']>[string]) => ({
    ...pool,
    roles: JSON.parse(JSON.stringify(pool.roles), (key, value) =>
      key === 'database' ? (databases[value as string] ?? value) : value,
    ) as typeof pool.roles,
  });
  const { openstack } = old.clouds ?? {};
  const places = openstack?.databases ? renamedKeys(openstack.databases, databases, (_, place) => place) : {};
  return {
    ...old,
    pools: renamedKeys(old.pools ?? {}, pools, (name, pool) => was<typeof pool>(pools)(name, roles(pool))),
    databases: renamedKeys(old.databases ?? {}, databases, was(databases)),
    clouds: { ...old.clouds, ...(openstack ? { openstack: { ...openstack, databases: places } } : {}) },
  } as ClusterInput;
}

const movesOf = (document: Document) => (document as { moved?: readonly Move[] }).moved ?? [];

/** The addresses of all instances that a document declares. */
function instances(document: Document): string[] {
  return resources(document).flatMap(([address, { for_each }]) =>
    typeof for_each === 'object' && for_each !== null
      ? Object.keys(for_each).map((key) => `${address}[${JSON.stringify(key)}]`)
      : [address],
  );
}

/** Where Terraform takes an instance: whole resources move with their instances. */
function destination(address: string, next: ReadonlyMap<string, string>): string {
  const [, resource, key = ''] = /^([^[]+)(\[.*)?$/.exec(address)!;
  const moved = next.get(address) ?? (next.has(resource!) ? `${next.get(resource!)!}${key}` : undefined);
  return moved === undefined ? address : destination(moved, next);
}

/** Checks that every instance of one document gets to one of the other, and that nothing of the other is new. */
function arrives(before: Document, after: Document) {
  const moves = movesOf(after);
  const next = new Map(moves.map(({ from, to }) => [from, to]));
  assert.equal(next.size, moves.length, 'an address is left twice');
  assert.equal(new Set(moves.map(({ to }) => to)).size, moves.length, 'an address is reached twice');
  const declared = new Set([...instances(after), ...resources(after).map(([address]) => address)]);
  for (const { from } of moves) assert.ok(!declared.has(from), `still declared: ${from}`);
  const arrived = instances(before).map((address) => destination(address, next));
  assert.deepEqual(arrived.sort(), instances(after).sort());
}

const POOLS = { data: 'storage', dea: 'web', edge: 'front' };
const DATABASES = { apps: 'main', more: 'rest' };
const CLOUDS = { aws: clusterDocument, openstack: openstackDocument } as const;
const documents = (make: (cluster: ClusterSpec) => Document, ...inputs: ClusterInput[]) =>
  inputs.map((input) => make(defineCluster(input))) as [Document, Document];

for (const [cloud, make] of Object.entries(CLOUDS)) {
  describe(`a new name on ${cloud}`, () => {
    for (const firewall of ['inside', 'strict'] as const) {
      it(`takes every resource and instance along, firewall ${firewall}`, () => {
        const old = everything(firewall);
        for (const [pools, databases] of [
          [{ data: 'storage' }, {}],
          [POOLS, {}],
          [{}, { apps: 'main' }],
          [POOLS, DATABASES],
        ] as const) {
          const [before, after] = documents(make, old, renamed(old, pools, databases));
          assert.ok(movesOf(after).length > 5 || cloud === 'openstack');
          arrives(before, after);
        }
      });
    }
    it('takes them along from every state in between, whichever name changed first', () => {
      const old = everything('strict');
      const new_ = renamed(old, { data: 'storage', dea: 'web' }, { apps: 'main' });
      for (const [pools, databases] of [
        [{ data: 'storage' }, {}],
        [{ dea: 'web' }, {}],
        [{ dea: 'web' }, { apps: 'main' }],
        [{ data: 'storage' }, { apps: 'main' }],
      ] as const) {
        const [between, after] = documents(make, renamed(old, pools, databases), new_);
        arrives(between, after);
      }
    });
    it('takes them along over several names', () => {
      const old = everything('strict');
      const last = renamed(old, { data: 'storage' });
      last.pools!['storage']!.was = ['data', 'store'];
      for (const input of [old, renamed(old, { data: 'store' })]) {
        const [before, after] = documents(make, input, last);
        arrives(before, after);
      }
    });
    it('leaves a node that goes at the same time below the protection of the others', () => {
      const old = everything('inside');
      const fewer = renamed(old, { data: 'storage' });
      fewer.pools!['storage']!.count = 1;
      const [before, after] = documents(make, old, fewer);
      const next = new Map(movesOf(after).map(({ from, to }) => [from, to]));
      const volume = instances(before).find(
        (a) => /_volume/.test(a) && a.includes('_data_') && a.endsWith('["data-2"]'),
      )!;
      const address = destination(volume, next).replace(/\[.*/, '');
      const [, kept] = resources(after).find(([a]) => a === address)!;
      assert.equal((kept['lifecycle'] as { prevent_destroy?: boolean }).prevent_destroy, true);
    });
    it('changes no more than what the cloud changes in place', () => {
      const old = everything('strict');
      const [before, after] = documents(make, old, renamed(old, POOLS, DATABASES));
      assert.deepEqual(changed(before, after), IN_PLACE[cloud]);
    });
    it('is no concern of a cluster without former names', () => {
      assert.equal((make(defineCluster(everything('strict'))) as { moved?: unknown }).moved, undefined);
    });
  });
}

describe('new names of 40 declarations of every kind', () => {
  it('take every resource and instance along', () => {
    for (const input of fc.sample(declarations, { numRuns: 40, seed: 10 })) {
      const names = (all: object = {}) =>
        Object.fromEntries(Object.keys(all).map((name, i) => [name, `new-${i}-name`]));
      const [before, after] = documents(
        clusterDocument,
        input,
        renamed(input, names(input.pools), names(input.databases)),
      );
      arrives(before, after);
    }
  });
});

describe('Terraform', { skip: absent('terraform') }, () => {
  it('finds nothing wrong with the moves', async () => {
    const old = everything('strict');
    const input = renamed(old, POOLS, DATABASES);
    input.pools!['storage']!.was = ['data', 'store'];
    assert.deepEqual(await validate({ renamed: clusterDocument(defineCluster(input)) }), []);
  });
});

/**
 * Attributes that follow a new name. Only the parameter by which nodes find a database is made anew for it; it keeps
 * nothing. The others change in place (providers aws 5.100.0 and openstack 3.4.0), among them no user data.
 */
const IN_PLACE: Readonly<Record<string, readonly string[]>> = {
  aws: [
    'aws_db_instance.final_snapshot_identifier',
    'aws_db_instance.tags',
    'aws_db_parameter_group.tags',
    'aws_db_subnet_group.tags',
    'aws_ebs_volume.for_each',
    'aws_iam_instance_profile.tags',
    'aws_iam_role.tags',
    'aws_iam_role_policy.policy',
    'aws_instance.for_each',
    'aws_instance.tags',
    'aws_lb_target_group_attachment.for_each',
    'aws_security_group.tags',
    'aws_ssm_parameter.description',
    'aws_ssm_parameter.name',
    'aws_ssm_parameter.tags',
    'aws_volume_attachment.for_each',
    'aws_vpc_security_group_ingress_rule.description',
    'aws_vpc_security_group_ingress_rule.tags',
    'terraform_data.for_each',
    'terraform_data.input',
  ],
  openstack: [
    'openstack_blockstorage_volume_v3.for_each',
    // names the image's data source, which is read anew and has the same id
    'openstack_compute_instance_v2.block_device',
    'openstack_compute_instance_v2.for_each',
    'openstack_compute_instance_v2.metadata',
    'openstack_compute_volume_attach_v2.for_each',
    'openstack_lb_members_v2.member',
    'openstack_networking_port_v2.for_each',
    'openstack_networking_secgroup_v2.description',
    'openstack_networking_secgroup_v2.name',
    'terraform_data.for_each',
    'terraform_data.input',
  ],
};

/** The attributes that Terraform sees changed, but for references to what moved. */
function changed(before: Document, after: Document): string[] {
  const next = new Map(movesOf(after).map(({ from, to }) => [from, to]));
  const ids = resources(before).map(([address]) => [address, destination(address, next)] as const);
  const text = ids.reduce(
    (all, [from, to]) => all.replaceAll(new RegExp(`${from.split('.')[1]!}\\b`, 'g'), to.split('.')[1]!),
    JSON.stringify(before.resource),
  );
  const old = JSON.parse(text) as Document['resource'];
  const found = Object.entries(after.resource).flatMap(([type, all]) =>
    Object.entries(all).flatMap(([name, now]) => {
      const was = old[type]![name]!;
      const ignored = (now['lifecycle'] as { ignore_changes?: readonly string[] } | undefined)?.ignore_changes ?? [];
      return Object.keys(now)
        .filter((key) => JSON.stringify(now[key]) !== JSON.stringify(was[key]) && !ignored.includes(key))
        .map((key) => `${type}.${key}`);
    }),
  );
  return [...new Set(found)].sort();
}

describe('a pool that joins a cluster', () => {
  it('keeps its nodes under a new name', () => {
    const pool = (props: { name: string; was?: string }) =>
      stackDocument((s) => {
        const strict = { ...handle, firewall: 'strict' as const };
        new DataServicePool(s, 'more', { join: strict, roles: dataServices(), diskGib: 50, count: 2, ...props });
      });
    const [before, after] = [pool({ name: 'more' }), pool({ name: 'most', was: 'more' })];
    assert.ok(movesOf(after).length > 10);
    arrives(before, after);
  });
  it('refuses the name of a pool of the cluster as its former one', () => {
    assert.throws(
      () => stackDocument((s) => new DeaPool(s, 'batch', { join: handle, was: 'dea' })),
      /was: "dea" is a pool of the cluster; remove it/,
    );
  });
});
