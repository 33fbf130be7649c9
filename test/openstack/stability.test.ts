import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { defineCluster } from '../../lib/declaration/define';
import { clusterDocument, type Document, resources } from '../aws/synth';
import { type Fixture, mutated } from '../declaration/fixture';
import { openstackDocument } from './synth';

const places = {
  apps: { host: 'mysql.example.com', password: { secret: 'apps-password' } },
  reports: { host: 'postgresql.example.com', password: { secret: 'reports-password' } },
};
const cluster = (change: (f: Fixture) => unknown = () => undefined) =>
  defineCluster(
    mutated((f) => {
      f.pools['data']!['roles'] = [{ mysql: { database: 'apps' } }];
      f.pools['sql'] = { roles: [{ postgresql: { database: 'reports' } }], diskGib: 50 };
      f.pools['edge'] = { roles: ['router'], count: 2 };
      f.databases['reports'] = { engine: 'postgresql' };
      Object.assign(f.clouds['aws']!, { tags: { a: '1', b: '2' }, instanceTypes: { x: 'm4.large', y: 'm4.xlarge' } });
      f.clouds['openstack'] = {
        image: 'stackato',
        zones: ['a', 'b'],
        network: { externalNetwork: 'public' },
        flavors: { x: 'c1', y: 'c2' },
        tags: { a: '1', b: '2' },
        loadBalancer: true,
        sshFrom: ['203.0.113.0/24'],
        databases: places,
      };
      change(f);
    }),
  );
const synth = (change?: (f: Fixture) => unknown) => openstackDocument(cluster(change));
const all = (document: Document) => Object.fromEntries(resources(document));

/** The same with every map in the other order. */
function reversed(value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(
    Object.entries(value)
      .reverse()
      .map(([key, one]) => [key, reversed(one)]),
  );
}

describe('a stack', () => {
  it('has the same bytes in whatever order its parts are declared, on both clouds', () => {
    for (const document of [openstackDocument, clusterDocument]) {
      const text = (change?: (f: Fixture) => unknown) => JSON.stringify(document(cluster(change)));
      assert.equal(
        text((f) => Object.assign(f, reversed(f))),
        text(),
      );
    }
  });
  it('stays as it is when a pool is added, but for the balancer where that serves the world', () => {
    const before = all(synth());
    const after = all(synth((f) => (f.pools['batch'] = { roles: ['dea'], count: 2 })));
    for (const [address, resource] of Object.entries(before)) assert.deepEqual(after[address], resource, address);
    const added = Object.keys(after).filter((a) => !(a in before));
    assert.ok(added.length > 0 && added.every((a) => a.includes('batch')), added.join('\n'));
    const open = all(synth((f) => (f.pools['more'] = { roles: ['router'] })));
    const changed = Object.keys(before).filter((a) => JSON.stringify(open[a]) !== JSON.stringify(before[a]));
    assert.deepEqual(
      changed.map((a) => a.split('.')[0]),
      ['openstack_lb_members_v2', 'openstack_lb_members_v2'],
    );
  });
  it('stays as it is when a pool is taken away or renamed, but for what is the pool’s', () => {
    const before = all(synth());
    const renamed = (f: Fixture) => {
      const { dea, ...others } = f.pools;
      f.pools = { ...others, cells: dea! };
    };
    for (const change of [(f: Fixture) => delete f.pools['dea'], renamed]) {
      const after = all(synth(change));
      for (const [address, resource] of Object.entries(before))
        if (!address.includes('_dea_')) assert.deepEqual(after[address], resource, address);
    }
  });
  it('changes by the keys of instances alone when a pool grows', () => {
    const [two, three] = [all(synth()), all(synth((f) => (f.pools['dea']!['count'] = 3)))];
    assert.deepEqual(Object.keys(three), Object.keys(two));
    const changed = Object.keys(two).filter((a) => JSON.stringify(two[a]) !== JSON.stringify(three[a]));
    assert.deepEqual(changed.map((a) => a.split('.')[0]).sort(), [
      'openstack_compute_instance_v2',
      'openstack_networking_port_v2',
    ]);
    for (const address of changed) {
      const [a, b] = [two[address]!, three[address]!];
      assert.deepEqual({ ...b, for_each: null }, { ...a, for_each: null });
      assert.deepEqual(b['for_each'], { ...(a['for_each'] as object), 'dea-3': 0 });
    }
  });
});
