import type { RoleFacts } from '../../lib/kato/facts';
import type { Manifest } from '../../lib/topology/manifest';
import type { RuleCase } from './case';
import { type ClusterSpec, creates, deletes, keeps, manifest, plan, replaces, updates } from './fixtures';
import { renamedPlan } from './renames';
import { instance } from './resources';

const core = 'aws_instance.paas_core';
const dea = (n: number) => `aws_instance.paas_dea["dea-${n}"]`;
const data = 'aws_instance.paas_data["data-1"]';
const two = { before: manifest(), after: manifest() };
const other = { ami: 'ami-0bbb' };
const noDisk = {
  before: manifest({ nodes: { 'data-1': { disk: undefined } } }),
  after: manifest({ nodes: { 'data-1': { disk: undefined } } }),
};

const volumes = ({ resource = core } = {}) => {
  const disk = {
    gib: 100,
    mount: '/mnt/stackato',
    keeps: ['primary', 'controller'],
    resource: 'aws_ebs_volume.paas_core',
  };
  return manifest({ nodes: { core: { resource, disk } } });
};
const nova = 'openstack_compute_instance_v2.paas_core';
const onVolume = { before: volumes(), after: volumes() };
const onNova = { before: volumes({ resource: nova }), after: volumes({ resource: nova }) };
const marked = { Name: 'mvp', 'stackato:keeps': 'services data droplets' };

/** A node with a role of the user's own, with a volume. */
const own = (roles?: Manifest['roles'], more: ClusterSpec['nodes'] = {}) =>
  manifest({
    nodes: {
      'data-1': {
        roles: ['base', 'elasticsearch'],
        disk: {
          gib: 200,
          mount: '/mnt/stackato',
          keeps: ['elasticsearch'],
          resource: 'aws_ebs_volume.paas_data["data-1"]',
        },
        ...more['data-1'],
      },
      ...Object.fromEntries(Object.entries(more).filter(([name]) => name !== 'data-1')),
    },
    more: roles ? { roles } : {},
  });
const search: RoleFacts = {
  keeps: 'search indexes',
  serves: 'data services',
  standIn: false,
  placement: 'any',
  restart: 'process',
  processes: ['elasticsearch_node'],
  ports: [],
};
const replacedOwn = (roles?: Manifest['roles'], more?: ClusterSpec['nodes']) =>
  plan({ before: own(roles, more), after: own(roles, more), changes: [replaces(data, instance(), other)] });
const removedOwn = (roles: Manifest['roles']) => {
  const second = { pool: 'data', roles: ['base', 'elasticsearch'], resource: 'aws_instance.paas_data["data-2"]' };
  return plan({
    before: own(roles, { 'data-2': second }),
    after: own(roles),
    changes: [deletes(second.resource, instance())],
  });
};
const noVolume = { 'data-1': { disk: undefined } };

export const nodeCases: readonly RuleCase[] = [
  {
    rule: 'pool-renamed',
    fires: renamedPlan(),
    misses: renamedPlan({ moves: false }),
    says: [/pool `data` is now `storage`; its nodes stay: `data-1` is now `storage-1`/, /addresses, volumes, DNS/],
  },
  {
    rule: 'database-renamed',
    fires: renamedPlan(),
    misses: renamedPlan({ moves: false }),
    says: [/database `apps` is now `main`; it stays/, /the instance, its identifier, host name and password/],
  },
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
    says: [/no node keeps role `dea`/],
  },
  {
    rule: 'core-replaced',
    fires: plan({ ...two, changes: [replaces(core, instance({ private_ip: '10.0.0.10' }), other)] }),
    misses: plan({ ...two, changes: [updates(core, instance(), { tags: { Name: 'new' } })] }),
    says: [/address stays `10\.0\.0\.10`/, /3 other nodes/, /90 s/, /kato start/],
  },
  {
    // A core loses what is on its root disk, which its machine knows better than a manifest of another version.
    rule: 'node-data-lost',
    fires: plan({ ...onVolume, changes: [replaces(core, instance(), other)] }),
    misses: plan({ ...onVolume, changes: [replaces(core, instance({ tags: marked }), other)] }),
    says: [/`core` is replaced: .*users, organizations, spaces, apps and configuration/],
  },
  {
    rule: 'core-on-root',
    fires: plan({ ...onVolume, changes: [keeps(core, instance())] }),
    misses: plan({ ...onVolume, changes: [keeps(core, instance({ tags: marked }))] }),
    says: [
      /made by an earlier version/,
      /sudo sh core-move\.sh/,
      /create-tags --resources i-0123 --tags 'Key=stackato:keeps/,
    ],
  },
  {
    // On OpenStack, in a machine's metadata; and a replaced machine boots with this version.
    rule: 'core-on-root',
    fires: plan({ ...onNova, changes: [keeps(nova, { id: '3f0c', metadata: {} })] }),
    misses: plan({ ...onNova, changes: [replaces(nova, { id: '3f0c', metadata: {} }, { image_id: 'b' })] }),
    says: [/openstack server set --property 'stackato:keeps=services data droplets' 3f0c/],
  },
  {
    rule: 'core-address',
    fires: plan({
      before: manifest(),
      after: manifest({ nodes: { core: { address: '10.0.0.99' } } }),
      changes: [replaces(core, instance(), other)],
    }),
    misses: plan({ ...two, changes: [replaces(core, instance(), other, { unknown: { private_ip: true } })] }),
    says: [/`10\.0\.0\.10` → `10\.0\.0\.99`/, /kato node attach -e dea 10\.0\.0\.99/],
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
    says: [/`mysql`, `redis`, `filesystem` are down/, /survives on its volume/],
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
    rule: 'role-undescribed',
    fires: replacedOwn(),
    misses: replacedOwn({ elasticsearch: search }),
    says: [/does not describe role `elasticsearch`/],
  },
  {
    // The only node of a role of the user's own is no spare one.
    rule: 'data-node-replaced',
    fires: replacedOwn(),
    misses: replacedOwn(
      { elasticsearch: { ...search, keeps: 'nothing', standIn: true } },
      {
        'dea-1': { roles: ['base', 'dea', 'elasticsearch'] },
      },
    ),
    says: [/`elasticsearch` is down/],
  },
  {
    // What it keeps is told in its own words, or counts as lost where nobody knows it.
    rule: 'node-data-lost',
    fires: replacedOwn({ elasticsearch: search }, noVolume),
    misses: replacedOwn({ elasticsearch: { ...search, keeps: 'nothing' } }, noVolume),
    says: [
      /its root disk is lost, and with it: search indexes/,
      /copy the data of `elasticsearch` off `data-1` by the role's own means/,
      /bring the data of `elasticsearch` back/,
    ],
    hides: [/export --cluster/, /import --cluster/, /kato relocate/],
  },
  {
    // An export covers the roles of the product beside it.
    rule: 'node-data-lost',
    fires: replacedOwn(
      { elasticsearch: search },
      { 'data-1': { disk: undefined, roles: ['base', 'redis', 'elasticsearch'] } },
    ),
    misses: replacedOwn({ elasticsearch: { ...search, keeps: 'nothing' } }, noVolume),
    says: [/kato data export --cluster before-data-1\.tgz/, /copy the data of `elasticsearch` off `data-1`/],
  },
  {
    rule: 'data-node-removed',
    fires: removedOwn({ elasticsearch: search }),
    misses: removedOwn({ elasticsearch: { ...search, standIn: true } }),
    says: [/copy the data of `elasticsearch` off `data-2`/],
    hides: [/export its data/],
  },
  {
    rule: 'cluster-destroyed',
    fires: plan({
      before: own({ elasticsearch: search }),
      after: null,
      changes: [deletes(core, instance()), deletes(data)],
    }),
    misses: plan({ before: null, after: manifest(), changes: [] }),
    says: [/copy the data of `elasticsearch` off `data-1`/],
  },
  {
    // Described, but not what it keeps: it may be on any disk.
    rule: 'node-data-lost',
    fires: replacedOwn({ elasticsearch: { ...search, keeps: undefined } }),
    misses: replacedOwn({ elasticsearch: search }),
    says: [/`elasticsearch` does not say what it keeps/, /move the data of `elasticsearch` to the volume of `data-1`/],
    hides: [/diskGib/],
  },
  {
    rule: 'node-data-lost',
    fires: replacedOwn(undefined, noVolume),
    misses: replacedOwn(undefined),
    says: [/data of role elasticsearch/],
  },
  {
    // Others with the role take over: what only one of them runs is an outage.
    rule: 'pool-replaced',
    fires: replacedOwn({ elasticsearch: { ...search, keeps: 'nothing', standIn: true, serves: 'app traffic' } }),
    misses: replacedOwn(
      { elasticsearch: { ...search, keeps: 'nothing', standIn: true } },
      {
        'dea-1': { roles: ['base', 'dea', 'elasticsearch'] },
      },
    ),
    says: [/all nodes with role `elasticsearch` go at once/],
  },
];
