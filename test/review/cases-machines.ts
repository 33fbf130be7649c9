import type { RuleCase } from './case';
import { deletes, keeps, manifest, output, plan, replaces, updates } from './fixtures';
import { instance } from './resources';

const core = 'aws_instance.paas_core';
const dea = (n: number) => `aws_instance.paas_dea["dea-${n}"]`;
const two = { before: manifest(), after: manifest() };
const other = { ami: 'ami-0bbb' };
const openstack = (address: string) => {
  const nodes = { core: { resource: 'openstack_compute_instance_v2.paas_core', disk: undefined } };
  const m = manifest({ nodes, more: { cloud: 'openstack' } });
  return { before: m, after: m, address };
};
const routers = (n: number) => ({ before: manifest({ routers: n }), after: manifest({ routers: n }) });

const STOPPED = { instance_state: 'stopped', associate_public_ip_address: false };
const shut = { name: 'x', power_state: 'shutoff', flavor_id: '', flavor_name: '' };

export const machineCases: readonly RuleCase[] = [
  {
    rule: 'machine-stopped',
    fires: plan({
      ...two,
      changes: [replaces(dea(1), instance(STOPPED), { associate_public_ip_address: true })],
    }),
    misses: plan({
      ...two,
      changes: [replaces(dea(1), instance({ instance_state: 'running' }), { associate_public_ip_address: true })],
    }),
    says: [
      /`dea-1` is stopped/,
      /that is why the plan replaces `dea-1`: a stopped machine has no public address/,
      /aws ec2 start-instances --instance-ids i-0123/,
    ],
  },
  {
    rule: 'machine-stopped',
    fires: plan({ ...two, changes: [keeps(dea(1), instance(STOPPED))] }),
    misses: plan({ ...two, changes: [deletes(dea(1), instance(STOPPED))] }),
    says: [/`dea-1` is stopped/],
  },
  {
    rule: 'machine-stopped',
    fires: plan({ changes: [updates('openstack_compute_instance_v2.x', shut, { power_state: 'active' })] }),
    misses: plan({ changes: [updates('openstack_compute_instance_v2.x', { ...shut, power_state: 'active' }, {})] }),
    says: [/the apply starts `openstack_compute_instance_v2\.x`/],
  },
  {
    rule: 'flavor-gone',
    fires: plan({
      changes: [replaces('openstack_compute_instance_v2.x', shut, { flavor_name: 'm1.large' })],
    }),
    misses: plan({ changes: [updates('openstack_compute_instance_v2.x', shut, { flavor_name: 'm1.large' })] }),
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
    says: [/`ami-0aaa` → `ami-0bbb`: `dea-1` boots from it now/, /attach refuses a node whose product version differs/],
  },
  {
    // 2.x attaches any version.
    rule: 'image-changed',
    fires: plan({
      before: manifest({ more: { version: '2.10' } }),
      after: manifest({ nodes: { 'dea-1': { image: 'ami-0bbb' } }, more: { version: '2.10' } }),
      changes: [replaces(dea(1), instance(), other)],
    }),
    misses: plan({ ...two, changes: [replaces(dea(1), instance(), { availability_zone: 'b' })] }),
    says: [/Stackato 2\.10 does not check the product version/],
    hides: [/attach refuses/],
  },
  {
    // The manifest names the new image for all, but machines that keep data are left alone.
    rule: 'image-changed',
    fires: plan({
      before: manifest(),
      after: manifest({
        nodes: { core: { image: 'ami-0bbb' }, 'data-1': { image: 'ami-0bbb' }, 'dea-1': { image: 'ami-0bbb' } },
      }),
      changes: [replaces(dea(1), instance(), other)],
    }),
    misses: plan({ ...two, changes: [replaces(dea(1), instance(), { availability_zone: 'b' })] }),
    says: [
      /`core`, `data-1` stay on `ami-0aaa`: a new image does not replace nodes that keep data/,
      /kato node upgrade/,
      /check that `ami-0aaa` and `ami-0bbb` hold the same product version/,
    ],
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
    says: [/`80` → `90`/, /kato config set --json dea_ng resources\/memory_max_percent 90/, /kato restart dea/],
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
