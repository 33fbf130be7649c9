import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { defineCluster } from '../../lib/declaration/define';
import { clusterDocument, type Document, type Resource, resources } from '../aws/synth';
import { type Fixture, mutated } from '../declaration/fixture';
import { openstackDocument } from '../openstack/synth';

const ZONES = ['us-west-2a', 'us-west-2b', 'us-west-2c'];
const REVERSED = [...ZONES].reverse();
const places = { apps: { host: 'mysql.example.com', password: { secret: 'apps-password' } } };
const synth = (make: typeof clusterDocument, zones: readonly string[], change: (f: Fixture) => unknown = () => {}) =>
  make(
    defineCluster(
      mutated((f) => {
        f.pools['dea']!['count'] = 4;
        f.pools['edge'] = { roles: ['router'], count: 3 };
        Object.assign(f.clouds['aws']!, { zones, loadBalancer: true });
        f.clouds['openstack'] = { image: 'stackato', zones, network: { externalNetwork: 'public' }, databases: places };
        change(f);
      }),
    ),
  );

/** What Terraform sees of a resource: without what it ignores, sets in one order, and the zone or subnet of each instance. */
function seen(resource: Resource): unknown {
  const { ignore_changes: ignored = [] } = (resource['lifecycle'] ?? {}) as { ignore_changes?: readonly string[] };
  const keys = Object.keys((resource['for_each'] ?? {}) as Record<string, number>);
  const entries = Object.entries(resource)
    .filter(([key]) => key !== 'for_each' && !ignored.includes(key))
    .map(([key, value]) => {
      const [, list] = /^\$\{element\(\[(.*)\], each\.value\)\}$/.exec(String(value)) ?? [];
      if (list)
        return [key, keys.map((node) => list.split(', ')[(resource['for_each'] as Record<string, number>)[node]!])];
      return [key, ['subnets', 'subnet_ids'].includes(key) ? [...(value as string[])].sort() : value];
    });
  return Object.fromEntries([['keys', keys], ...entries]);
}

const all = (document: Document) => Object.fromEntries(resources(document).map(([a, r]) => [a, seen(r)]));

for (const [cloud, make] of [
  ['aws', clusterDocument],
  ['openstack', openstackDocument],
] as const) {
  describe(`another order of zones on ${cloud}`, () => {
    it('moves nothing', () => {
      const before = all(synth(make, ZONES));
      for (const zones of [REVERSED, [ZONES[1]!, ZONES[0]!, ZONES[2]!]])
        assert.deepEqual(all(synth(make, zones)), before);
    });
    it('moves no node in the manifest, whose zones are those of the plan', () => {
      const zones = (order: readonly string[]) => {
        const { nodes } = synth(make, order).output!['stackato_manifest']!.value as {
          nodes: Record<string, { zone: string }>;
        };
        const { core, ...others } = Object.fromEntries(Object.entries(nodes).map(([name, { zone }]) => [name, zone]));
        return { core, others };
      };
      assert.deepEqual(zones(REVERSED).others, zones(ZONES).others);
      assert.equal(zones(ZONES).others['dea-2'], 'us-west-2b');
      assert.equal(zones(ZONES).core, 'us-west-2a');
    });
    it('lets the nodes take turns in zones of any order', () => {
      const { nodes } = synth(make, REVERSED).output!['stackato_manifest']!.value as {
        nodes: Record<string, { zone: string }>;
      };
      assert.deepEqual(
        ['dea-1', 'dea-2', 'dea-3', 'dea-4'].map((name) => nodes[name]!.zone),
        [...ZONES, ZONES[0]],
      );
    });
  });
}

describe('an existing network', () => {
  it('is the same in another order', () => {
    const subnet = (i: number) => `subnet-0123456789abcdef${i}`;
    const network = (order: readonly number[]) => (f: Fixture) =>
      (f.clouds['aws']!['network'] = {
        vpcId: 'vpc-0123456789abcdef0',
        cidr: '172.31.0.0/16',
        publicSubnetIds: order.map((i) => subnet(i)),
        privateSubnetIds: order.map((i) => subnet(i + 3)),
        coreAddress: '172.31.0.10',
      });
    const order = [2, 0, 1];
    assert.deepEqual(
      all(
        synth(
          clusterDocument,
          order.map((i) => ZONES[i]!),
          network(order),
        ),
      ),
      all(synth(clusterDocument, ZONES, network([0, 1, 2]))),
    );
  });
});
