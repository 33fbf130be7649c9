import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { RoleFacts } from '../../lib/kato/facts';
import { reviewPlan } from '../../lib/review';
import type { Manifest } from '../../lib/topology/manifest';
import { deletes, keeps, manifest, plan, replaces, updates } from './fixtures';
import { instance, volume } from './resources';

const facts = (more: Partial<RoleFacts>): RoleFacts => ({
  keeps: 'records',
  serves: 'data services',
  standIn: false,
  placement: 'any',
  restart: 'role',
  processes: [],
  ports: [],
  ...more,
});
/** Roles of the user's own that serve different people, on one node or on two. */
const own: Manifest['roles'] = {
  index: facts({ serves: 'data services' }),
  gate: facts({ serves: 'app traffic' }),
  sidecar: facts({ serves: 'apps on DEAs' }),
};
const all = ['base', 'index', 'gate', 'sidecar'];
const data = 'aws_instance.paas_data["data-1"]';
const disk = {
  gib: 200,
  mount: '/mnt',
  keeps: ['index', 'gate', 'sidecar'],
  resource: 'aws_ebs_volume.paas_data["data-1"]',
};
const cluster = (more: object = {}, second = false) =>
  manifest({
    deas: 2,
    nodes: {
      'data-1': { roles: all, disk, ...more },
      ...(second ? { 'data-2': { pool: 'data', roles: all, resource: 'aws_instance.paas_data["data-2"]' } } : {}),
    },
    more: { roles: own },
  });
const review = (before: Manifest, after: Manifest, ...changes: Record<string, unknown>[]) =>
  reviewPlan(plan({ before, after, changes }));
const audiences = (found: ReturnType<typeof reviewPlan>, rule: string) =>
  found.findings
    .filter((f) => f.rule === rule)
    .flatMap(({ impacts }) => impacts.map(({ who, what }) => `${who}: ${what}`));

describe('who notices', () => {
  const size = { instance_type: 'm3.xlarge' };
  it('is everyone whom a role of the node serves', () => {
    const replaced = review(cluster(), cluster(), replaces(data, instance(), { ami: 'b' }));
    assert.deepEqual(audiences(replaced, 'data-node-replaced'), [
      'apps on DEAs: `sidecar`: down',
      'app traffic: `gate`: down',
      'data services: `index`: down',
    ]);
    const bare = cluster({ disk: undefined });
    assert.deepEqual(audiences(review(bare, bare, replaces(data, instance(), { ami: 'b' })), 'node-data-lost'), [
      'apps on DEAs: `sidecar` on `data-1`: down, then empty',
      'app traffic: `gate` on `data-1`: down, then empty',
      'data services: `index` on `data-1`: down, then empty',
    ]);
    assert.deepEqual(audiences(review(cluster(), cluster(), deletes(disk.resource, volume())), 'volume-lost'), [
      'apps on DEAs: records: gone',
      'app traffic: records: gone',
      'data services: records: gone',
    ]);
    const gone = review(cluster({}, true), cluster(), deletes('aws_instance.paas_data["data-2"]', instance()));
    assert.deepEqual(
      audiences(gone, 'data-node-removed').map((line) => line.split(':')[0]),
      ['apps on DEAs', 'app traffic', 'data services'],
    );
  });
  it('is, of a machine that restarts, also everyone for whom nobody stands in', () => {
    const with1 = cluster({ roles: [...all, 'dea'] });
    const changes = [1, 2].map((n) => deletes(`aws_instance.paas_dea["dea-${n}"]`, instance()));
    const after = { ...with1, nodes: { core: with1.nodes['core']!, 'data-1': with1.nodes['data-1']! } };
    const found = review(with1, after, updates(data, instance(), size), ...changes);
    assert.deepEqual(audiences(found, 'machine-resized'), [
      'apps on DEAs: all down',
      'app traffic: `data-1`: down',
      'data services: `data-1`: down',
    ]);
  });
  it('is, of the core, everyone whom only its roles serve', () => {
    const roles = ['base', 'primary', 'controller', 'router', 'index'];
    const before = manifest({ nodes: { core: { roles } }, more: { roles: own } });
    assert.deepEqual(
      audiences(review(before, before, updates('aws_instance.paas_core', instance(), size)), 'machine-resized'),
      ['app traffic: down', 'deploys, API, console: down', 'data services: `core`: down'],
    );
    const bare = manifest({ nodes: { core: { roles, disk: undefined } }, more: { roles: own } });
    const lost = review(bare, bare, replaces('aws_instance.paas_core', instance(), { ami: 'b' }));
    assert.deepEqual(audiences(lost, 'node-data-lost'), [
      'deploys, API, console: empty: users, spaces and apps are lost',
      'data services: `index` on `core`: down, then empty',
    ]);
  });
});

describe('a role of your own that serves apps', () => {
  it('is no DEA: it has no memory for apps, and nobody retires its node', () => {
    const spare = { roles: { ...own, sidecar: facts({ keeps: 'nothing', serves: 'apps on DEAs', standIn: true }) } };
    const nodes = (n: number) =>
      Object.fromEntries(
        Array.from({ length: n }, (_, i) => [
          `car-${i + 1}`,
          { pool: 'car', roles: ['base', 'sidecar'], resource: `aws_instance.paas_car["car-${i + 1}"]` },
        ]),
      );
    const found = review(
      manifest({ nodes: nodes(2), more: spare }),
      manifest({ nodes: nodes(1), more: spare }),
      deletes('aws_instance.paas_car["car-2"]', instance()),
      keeps('aws_instance.paas_car["car-1"]', instance()),
    );
    assert.deepEqual(
      found.findings.map(({ rule }) => rule),
      ['node-removed'],
    );
    const steps = found.findings.flatMap(({ remedy }) => remedy.map(({ command = '' }) => command));
    assert.ok(!steps.some((step) => /retire/.test(step)), steps.join('\n'));
    assert.equal(found.capacity?.beforeMiB, found.capacity?.afterMiB);
    assert.equal(found.capacity?.beforeMiB, 2 * 7680 * 0.8);
  });
  it('takes its own service away with its last node, not all apps', () => {
    const spare = { roles: { sidecar: facts({ keeps: 'nothing', serves: 'apps on DEAs', standIn: true }) } };
    const node = { pool: 'car', roles: ['base', 'sidecar'], resource: 'aws_instance.paas_car["car-1"]' };
    const before = manifest({ nodes: { 'car-1': node }, more: spare });
    const gone = review(before, manifest({ more: spare }), deletes(node.resource, instance()));
    assert.deepEqual(audiences(gone, 'role-gone'), ['apps on DEAs: no node runs `sidecar`']);
    const replaced = review(before, before, replaces(node.resource, instance(), { ami: 'b' }));
    assert.deepEqual(audiences(replaced, 'pool-replaced'), ['apps on DEAs: `sidecar`: down']);
  });
});
