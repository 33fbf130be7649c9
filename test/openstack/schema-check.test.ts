import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { defineCluster } from '../../lib/declaration/define';
import { checkDocument, type StackDocument } from '../../lib/validate/document';
import { declarations } from '../aws/declarations';
import { declared } from '../aws/synth';
import { openstackDocument, SCHEMA } from './synth';

type Loose = Record<string, Record<string, Record<string, Record<string, unknown>>>>;

const good = openstackDocument(declared('twenty-node'));

/** What is found when somebody breaks the first resource of a type. */
function found(type: string, breaks: (resource: Record<string, unknown>, all: Loose) => void): string[] {
  const broken = structuredClone(good) as unknown as Loose;
  breaks(Object.values(broken['resource']![type]!)[0]!, broken);
  return checkDocument(broken as unknown as StackDocument, SCHEMA).map((p) => `${p.path}: ${p.message}`);
}

const PORT = 'openstack_networking_port_v2';
const SERVER = 'openstack_compute_instance_v2';

describe('a check against the schema of the provider', () => {
  it('finds nothing wrong with stacks in which nothing is', () =>
    assert.deepEqual(checkDocument(good as StackDocument, SCHEMA), []));

  for (const [what, type, breaks, says] of [
    [
      'a misspelt argument',
      PORT,
      (r) => (r['admin_state'] = true),
      /\.admin_state: there is no argument "admin_state"/,
    ],
    [
      'a misspelt argument in a block',
      PORT,
      (r) => (r['fixed_ip'] = [{ ip_adress: '10.0.0.1' }]),
      /fixed_ip\[0\]\.ip_adress: .* did you mean "ip_address"/,
    ],
    ['a missing argument', PORT, (r) => delete r['network_id'], /\.network_id: is required and missing/],
    [
      'text for a number',
      'openstack_blockstorage_volume_v3',
      (r) => (r['size'] = 'large'),
      /\.size: must be a number, not "large"/,
    ],
    ['text for a switch', SERVER, (r) => (r['config_drive'] = 'yes'), /\.config_drive: must be true or false/],
    ['a value for a list', PORT, (r) => (r['security_group_ids'] = 'default'), /\.security_group_ids: must be a list/],
    ['a list for a map', SERVER, (r) => (r['metadata'] = ['a']), /\.metadata: must be a map/],
    [
      'two of a block that may occur once',
      SERVER,
      (r) => (r['vendor_options'] = [{}, {}]),
      /\.vendor_options: may have at most 1, not 2/,
    ],
    [
      'an argument that only the provider sets',
      PORT,
      (r) => (r['all_fixed_ips'] = ['10.0.0.1']),
      /\.all_fixed_ips: is computed by the provider/,
    ],
    [
      'a reference to a resource that is not there',
      SERVER,
      (r) => (r['network'] = [{ port: `\${${PORT}.gone.id}` }]),
      /refers to .*gone\.id, which is not in the stack/,
    ],
    [
      'a reference to an attribute that is not there',
      SERVER,
      (r, all) =>
        (r['network'] = [
          {
            port: `\${openstack_networking_network_v2.${Object.keys(all['resource']!['openstack_networking_network_v2']!)[0]}.uuid}`,
          },
        ]),
      /there is no attribute "uuid"/,
    ],
    [
      'a list for a single value',
      SERVER,
      (r, all) =>
        (r['name'] =
          `\${openstack_networking_network_v2.${Object.keys(all['resource']!['openstack_networking_network_v2']!)[0]}.all_tags}`),
      /\.name: must be a single value, but .* is a list or map/,
    ],
    [
      'an instance that is not there',
      'openstack_lb_members_v2',
      (r) =>
        (r['member'] = [
          {
            protocol_port: 80,
            address: JSON.parse(
              JSON.stringify((r['member'] as { address: string }[])[0]!.address).replace(/-1/, '-9'),
            ) as string,
          },
        ]),
      /has no instance "\w+-9"/,
    ],
    [
      'a resource of no kind',
      PORT,
      (r, all) => (all['resource']!['openstack_networking_prot_v2'] = { a: r }),
      /no resource "openstack_networking_prot_v2"; did you mean "openstack_networking_port_v2"/,
    ],
    [
      'an ignored change of nothing',
      SERVER,
      (r) => (r['lifecycle'] = { ignore_changes: ['userdata'] }),
      /ignore_changes: there is no argument "userdata"/,
    ],
    [
      'a dependence on nothing',
      'openstack_lb_monitor_v2',
      (r) => (r['depends_on'] = ['openstack_lb_pool_v2.gone']),
      /depends_on: refers to openstack_lb_pool_v2\.gone/,
    ],
    [
      'an argument that the provider itself lacks',
      PORT,
      (_, all) => ((all['provider'] as unknown as Record<string, unknown[]>)['openstack'] = [{ auth_uri: 'x' }]),
      /provider\.openstack\[0\]\.auth_uri/,
    ],
    [
      'an output of nothing',
      PORT,
      (_, all) => ((all as unknown as Record<string, unknown>)['output'] = { a: { value: `\${${PORT}.gone.id}` } }),
      /output\.a\.value: refers to/,
    ],
    [
      'a change ignored below an argument that is there',
      SERVER,
      (r) => (r['lifecycle'] = { ignore_changes: ['network[0].prot'] }),
      /ignore_changes: there is no argument "prot"; did you mean "port"/,
    ],
    [
      'a misspelt rule of its life',
      SERVER,
      (r) => (r['lifecycle'] = { prevent_destory: true }),
      /lifecycle\.prevent_destory: .* did you mean "prevent_destroy"/,
    ],
    [
      'a rule of its life that is no switch',
      SERVER,
      (r) => (r['lifecycle'] = { prevent_destroy: 'yes' }),
      /prevent_destroy: must be true or false/,
    ],
    [
      'a key of instances where there are none',
      'openstack_networking_router_v2',
      (r) => (r['name'] = 'x-${each.key}'),
      /\.name: refers to each\.key, but has no for_each/,
    ],
    [
      'what instances do not have',
      PORT,
      (r) => (r['name'] = '${each.name}'),
      /refers to each\.name, which does not exist/,
    ],
    ['instances of a list', PORT, (r) => Object.assign(r, { for_each: ['a'], name: 'a' }), /\.for_each: must be a map/],
    ['instances counted and named', PORT, (r) => (r['count'] = 2), /\.count: does not go with for_each/],
    ['a dependence that is no list', PORT, (r) => (r['depends_on'] = `${PORT}.a`), /\.depends_on: must be a list/],
    ['a provider that is not there', PORT, (r) => (r['provider'] = 'openstack.east'), /no provider openstack\.east/],
    [
      'a variable that is not there',
      PORT,
      (r) => (r['name'] = '${var.gone}'),
      /refers to var\.gone, which does not exist/,
    ],
    [
      'a function that is not there',
      PORT,
      (r) => (r['name'] = '${joinn("", ["join("])}'),
      /calls joinn\(\), which Terraform does not have; did you mean "join"/,
    ],
    ['a bracket that is not closed', PORT, (r) => (r['name'] = '${join("", ["a"]}'), /with a "\(" that is not closed/],
    [
      'a reference to a resource of another provider',
      PORT,
      (r) => (r['name'] = '${aws_instance.gone.id}'),
      /refers to aws_instance\.gone\.id, which is not in the stack/,
    ],
    [
      'a reference in the key of a map',
      SERVER,
      (r) => (r['metadata'] = { [`\${${PORT}.gone.id}`]: 'a' }),
      /refers to .*gone\.id, which is not in the stack/,
    ],
    [
      'two that wait for each other',
      'openstack_networking_network_v2',
      (r, all) =>
        (r['description'] =
          `\${openstack_networking_subnet_v2.${Object.keys(all['resource']!['openstack_networking_subnet_v2']!)[0]}.id}`),
      /depends on itself: openstack_networking_\w+\.\w+ → openstack_networking_/,
    ],
    ['an unknown argument of nothing', PORT, (r) => (r['admin_state'] = null), /there is no argument "admin_state"/],
    [
      'blocks to come without content',
      SERVER,
      (r) => (r['dynamic'] = { personality: { for_each: ['a'] } }),
      /dynamic\.personality\.content: must be a block/,
    ],
    [
      'a resource of an odd name',
      PORT,
      (_, all) => (all['resource']!['openstack_compute_keypair_v2'] = { 'a b': { name: 'a' } }),
      /keypair_v2\.a b: must have a name of letters/,
    ],
    [
      'a misspelt section',
      PORT,
      (_, all) => ((all as unknown as Record<string, unknown>)['resurce'] = {}),
      /^resurce: .* did you mean "resource"/,
    ],
    [
      'an output without a value',
      PORT,
      (_, all) => ((all as unknown as Record<string, unknown>)['output'] = { a: { sensitive: true } }),
      /output\.a\.value: is required and missing/,
    ],
  ] as readonly [string, string, (r: Record<string, unknown>, all: Loose) => void, RegExp][]) {
    it(`finds ${what}`, () => {
      const problems = found(type, breaks);
      assert.equal(problems.length, 1, problems.join('\n'));
      assert.match(problems[0]!, says);
    });
  }

  it('finds nothing wrong with what only Terraform itself knows', () => {
    assert.deepEqual(
      found(SERVER, (r, all) => {
        all['data']!['terraform_remote_state'] = { paas: { backend: 'local', config: { path: 'a' } } };
        Object.assign(r, {
          provider: 'openstack',
          description: undefined,
          name: '${data.terraform_remote_state.paas.outputs.stackato_handle.coreAddress}',
          admin_pass: `\${join("{", [for my_port, it in ${PORT}.${Object.keys(all['resource']![PORT]!)[0]} : my_port.id])}`,
          provisioner: [{ 'local-exec': { command: 'echo ${self.id} ${path.module}' } }],
          lifecycle: { ignore_changes: 'all', prevent_destroy: true },
        });
      }),
      [],
    );
    assert.deepEqual(
      found(PORT, (_, all) => {
        const { openstack } = all['provider'] as unknown as Record<string, unknown[]>;
        (all['provider'] as unknown as Record<string, unknown>)['openstack'] = openstack![0];
      }),
      [],
    );
  });

  it('takes text with signs of templates for text', () => {
    assert.deepEqual(
      found(PORT, (r) => (r['description'] = 'a $${openstack_networking_port_v2.gone.id} b')),
      [],
    );
    assert.deepEqual(
      found(PORT, (r) => (r['description'] = '${join(",", ["openstack_networking_port_v2.gone.id"])}')),
      [],
    );
  });

  it('finds nothing wrong with 40 declarations of every kind', () => {
    const where = {
      image: 'stackato',
      network: { externalNetwork: 'public' },
      zones: ['a', 'b'],
      flavors: { '2xlarge': 'x' },
    };
    fc.sample(declarations, { numRuns: 40, seed: 26 }).forEach((input, i) => {
      const databases = Object.fromEntries(
        Object.keys(input.databases ?? {}).map((name) => [
          name,
          { host: 'db.example.com', password: { secret: 'db' } },
        ]),
      );
      const openstack = { ...where, databases, loadBalancer: i % 2 === 0, ...(i % 3 ? {} : { dns: { zoneId: 'z' } }) };
      const document = openstackDocument(defineCluster({ ...input, clouds: { openstack } }));
      assert.deepEqual(checkDocument(document as StackDocument, SCHEMA), [], JSON.stringify(input));
    });
  });
});
