import type { RuleCase } from './case';
import { creates, deletes, instance, keeps, manifest, output, plan, replaces, updates } from './fixtures';

const core = 'aws_instance.paas_core';
const dea = (n: number) => `aws_instance.paas_dea["dea-${n}"]`;
const data = 'aws_instance.paas_data["data-1"]';
const two = { before: manifest(), after: manifest() };
const other = { ami: 'ami-0bbb' };
const noDisk = {
  before: manifest({ nodes: { 'data-1': { disk: undefined } } }),
  after: manifest({ nodes: { 'data-1': { disk: undefined } } }),
};
const openstack = (address: string) => {
  const nodes = { core: { resource: 'openstack_compute_instance_v2.paas_core', disk: undefined } };
  const m = manifest({ nodes, more: { cloud: 'openstack' } });
  return { before: m, after: m, address };
};
const routers = (n: number) => ({ before: manifest({ routers: n }), after: manifest({ routers: n }) });

export const nodeCases: readonly RuleCase[] = [
  {
    rule: 'first-deployment',
    fires: plan({ before: null, after: manifest(), changes: [creates(core, instance()), creates(dea(1))] }),
    misses: plan({ before: null, after: manifest(), changes: [keeps(core, instance()), creates(dea(1))] }),
    says: [/4 nodes/, /1 database/, /2 data volumes/],
  },
  {
    rule: 'dea-added',
    fires: plan({ before: manifest(), after: manifest({ deas: 3 }), changes: [creates(dea(3), instance())] }),
    misses: plan({ before: null, after: manifest({ deas: 3 }), changes: [creates(dea(3), instance())] }),
    says: [/DEAs 2 → 3: `dea-3`/, /12\.0 GiB → 18\.0 GiB, at least 12\.0 GiB/],
  },
  {
    rule: 'dea-removed',
    fires: plan({
      before: manifest({ deas: 3 }),
      after: manifest(),
      changes: [deletes(dea(3), instance({ private_ip: '10.0.0.33' }))],
    }),
    misses: plan({
      before: manifest({ deas: 1 }),
      after: manifest({ deas: 0 }),
      changes: [deletes(dea(1), instance())],
    }),
    says: [/kato node retire -n 10\.0\.0\.33/, /kato node remove 10\.0\.0\.33/, /DEAs 3 → 2/],
  },
  {
    rule: 'role-gone',
    fires: plan({
      before: manifest({ deas: 1 }),
      after: manifest({ deas: 0 }),
      changes: [deletes(dea(1), instance())],
    }),
    // The declaration takes the role away, but the machine stays and goes on running it.
    misses: plan({
      before: manifest({ deas: 1 }),
      after: manifest({ deas: 1, nodes: { 'dea-1': { roles: ['base'], boot: 'ff' } } }),
      changes: [keeps(dea(1), instance())],
    }),
    says: [/last node with role `dea`/],
  },
  {
    rule: 'core-replaced',
    fires: plan({ ...two, changes: [replaces(core, instance({ private_ip: '10.0.0.10' }), other)] }),
    misses: plan({ ...two, changes: [updates(core, instance(), { tags: { Name: 'new' } })] }),
    says: [/address stays `10\.0\.0\.10`/, /3 other nodes/, /90 s/, /kato start/],
  },
  {
    rule: 'core-address',
    fires: plan({
      before: manifest(),
      after: manifest({ nodes: { core: { address: '10.0.0.99' } } }),
      changes: [replaces(core, instance(), other)],
    }),
    misses: plan({ ...two, changes: [replaces(core, instance(), other, { unknown: { private_ip: true } })] }),
    says: [/`10\.0\.0\.10` → `10\.0\.0\.99`/, /kato node reattach 10\.0\.0\.99/],
  },
  {
    rule: 'node-data-lost',
    fires: plan({ ...noDisk, changes: [replaces(data, instance(), other)] }),
    misses: plan({ ...two, changes: [replaces(data, instance(), other)] }),
    says: [/Redis data, persistent file systems/],
  },
  {
    // A root disk that outlives its machine is no loss.
    rule: 'node-data-lost',
    fires: plan({
      ...noDisk,
      changes: [replaces(data, instance({ root_block_device: [{ delete_on_termination: true }] }), other)],
    }),
    misses: plan({
      ...noDisk,
      changes: [replaces(data, instance({ root_block_device: [{ delete_on_termination: false }] }), other)],
    }),
  },
  {
    rule: 'data-node-replaced',
    fires: plan({ ...two, changes: [replaces(data, instance(), other)] }),
    misses: plan({ ...two, changes: [replaces(dea(1), instance(), other)] }),
    says: [/`mysql`, `redis`, `filesystem` are down/, /stays on its volume/],
  },
  {
    rule: 'data-node-removed',
    fires: plan({
      before: manifest({
        nodes: { 'data-2': { pool: 'data', roles: ['base', 'redis'], resource: 'aws_instance.paas_data["data-2"]' } },
      }),
      after: manifest(),
      changes: [deletes('aws_instance.paas_data["data-2"]', instance())],
    }),
    misses: plan({ before: manifest({ deas: 3 }), after: manifest(), changes: [deletes(dea(3), instance())] }),
  },
  {
    rule: 'node-removed',
    fires: plan({
      before: manifest({ routers: 2 }),
      after: manifest({ routers: 1 }),
      changes: [deletes('aws_instance.paas_router["router-2"]', instance())],
    }),
    misses: plan({ before: manifest({ deas: 3 }), after: manifest(), changes: [deletes(dea(3), instance())] }),
    says: [/kato node remove 10\.0\.0\.21/],
  },
  {
    rule: 'pool-replaced',
    fires: plan({ ...two, changes: [replaces(dea(1), instance(), other), replaces(dea(2), instance(), other)] }),
    misses: plan({ ...two, changes: [replaces(dea(1), instance(), other), keeps(dea(2), instance())] }),
    says: [/role `dea`/, /-target/],
  },
  {
    rule: 'node-replaced',
    fires: plan({ ...two, changes: [replaces(dea(1), instance(), other), keeps(dea(2), instance())] }),
    misses: plan({ ...two, changes: [replaces(dea(1), instance(), other), replaces(dea(2), instance(), other)] }),
    says: [/kato node retire/],
  },
  {
    rule: 'cluster-destroyed',
    fires: plan({
      before: manifest(),
      after: null,
      changes: [deletes(core, instance()), deletes(data), deletes(dea(1)), deletes(dea(2))],
    }),
    // A plan that stopped half-way may not have come to its outputs.
    misses: plan({
      before: manifest(),
      after: null,
      changes: [],
      extra: { errored: true },
      outputs: { stackato_manifest: { actions: ['no-op'], before: manifest() } },
    }),
    says: [/all 4 nodes/],
  },
  {
    rule: 'machine-resized',
    fires: plan({ ...two, changes: [updates(core, instance(), { instance_type: 'm3.xlarge' })] }),
    misses: plan({
      ...two,
      changes: [updates(dea(1), instance(), { instance_type: 'm3.xlarge' }), keeps(dea(2), instance())],
    }),
  },
  {
    rule: 'machine-restarted',
    fires: plan({
      ...two,
      changes: [updates(dea(1), instance(), { instance_type: 'm3.xlarge' }), keeps(dea(2), instance())],
    }),
    misses: plan({
      ...two,
      changes: [
        updates(dea(1), instance(), { instance_type: 'm3.xlarge' }),
        updates(dea(2), instance(), { instance_type: 'm3.xlarge' }),
      ],
    }),
  },
  {
    rule: 'boot-without-effect',
    fires: plan({ ...two, changes: [updates(dea(1), instance({ user_data: 'a1' }), { user_data: 'b2' })] }),
    misses: plan({
      ...two,
      changes: [
        replaces(dea(1), instance({ user_data: 'a1', user_data_replace_on_change: true }), { user_data: 'b2' }),
      ],
    }),
    says: [/an outage without effect/],
  },
  {
    rule: 'boot-ignored',
    fires: plan({
      before: manifest(),
      after: manifest({ nodes: { 'dea-1': { boot: 'ff', roles: ['base', 'dea', 'harbor'] } } }),
      changes: [keeps(dea(1), instance())],
    }),
    misses: plan({
      before: manifest(),
      after: manifest({ nodes: { 'dea-1': { boot: 'ff' } } }),
      changes: [replaces(dea(1), instance(), other)],
    }),
    says: [/kato role add --node 10\.0\.0\.21 harbor/],
  },
  {
    rule: 'image-changed',
    fires: plan({
      before: manifest(),
      after: manifest({ nodes: { 'dea-1': { image: 'ami-0bbb' } } }),
      changes: [replaces(dea(1), instance(), other)],
    }),
    misses: plan({ ...two, changes: [replaces(dea(1), instance(), { availability_zone: 'b' })] }),
    says: [/`ami-0aaa` → `ami-0bbb` for `dea-1`/],
  },
  {
    rule: 'server-wiped',
    fires: plan({ changes: [updates('openstack_compute_instance_v2.web', { image_id: 'a' }, { image_id: 'b' })] }),
    misses: plan({
      changes: [
        updates(
          'openstack_compute_instance_v2.web',
          { image_id: 'a' },
          { image_id: 'a' },
          { unknown: { image_id: true } },
        ),
      ],
    }),
  },
  {
    // The same hidden rebuild on a node of ours: the core's data on its root disk go with it.
    rule: 'node-data-lost',
    fires: plan({
      ...openstack('core'),
      changes: [updates('openstack_compute_instance_v2.paas_core', { image_id: 'a' }, { image_id: 'b' })],
    }),
    misses: plan({
      ...openstack('core'),
      changes: [updates('openstack_compute_instance_v2.paas_core', { flavor_name: 'a' }, { flavor_name: 'b' })],
    }),
    says: [/`core` is rebuilt/, /users, organizations/],
  },
  {
    // A core that also routes is no stand-in for routers that the world reaches while it does not.
    rule: 'pool-replaced',
    fires: plan({
      before: manifest({ routers: 2, nodes: { core: { world: false } } }),
      after: manifest({ routers: 2, nodes: { core: { world: false } } }),
      changes: [1, 2].map((n) => replaces(`aws_instance.paas_router["router-${n}"]`, instance(), other)),
    }),
    misses: plan({
      ...routers(2),
      changes: [1, 2].map((n) => replaces(`aws_instance.paas_router["router-${n}"]`, instance(), other)),
    }),
    says: [/role `router`/],
  },
  {
    rule: 'config-changed',
    fires: plan({
      before: manifest(),
      after: manifest({ more: { config: { dea_ng: { 'resources/memory_max_percent': 90 } } } }),
    }),
    misses: plan({ ...two, outputs: { other: output('a', 'b') } }),
    says: [/`80` → `90`/, /kato config set dea_ng resources\/memory_max_percent 90/, /kato restart dea/],
  },
  {
    rule: 'config-changed',
    fires: plan({
      before: manifest(),
      after: manifest({
        more: {
          config: {
            dea_ng: { 'resources/memory_max_percent': 80 },
            mysql_node: { 'mysql/pass': { secret: 'apps-password' } },
          },
        },
      }),
    }),
    misses: plan(two),
    says: [/a secret/, /kato restart mysql/],
  },
];
