import type { Manifest, ManifestNode } from '../../lib/topology/manifest';

/** Small functions that make the JSON of a plan; each test says only what it is about. */

export type Values = Record<string, unknown>;

export interface ChangeSpec {
  readonly before?: Values | null;
  readonly after?: Values | null;
  readonly unknown?: Values;
  readonly replace?: readonly string[];
  readonly reason?: string;
  readonly beforeSensitive?: unknown;
  readonly afterSensitive?: unknown;
  readonly extra?: Values;
  readonly change?: Values;
}

function entry(address: string, actions: readonly string[], spec: ChangeSpec): Values {
  const [, type = '', name = '', key] = /([a-z0-9_]+)\.([a-z0-9_-]+)(?:\[(?:"([^"]*)"|\d+)\])?$/.exec(address) ?? [];
  return {
    address,
    mode: address.startsWith('data.') ? 'data' : 'managed',
    type,
    name,
    ...(key === undefined ? {} : { index: key }),
    ...(spec.reason ? { action_reason: spec.reason } : {}),
    ...spec.extra,
    change: {
      actions,
      before: spec.before ?? null,
      after: spec.after ?? null,
      after_unknown: spec.unknown ?? {},
      before_sensitive: spec.beforeSensitive ?? {},
      after_sensitive: spec.afterSensitive ?? {},
      ...(spec.replace ? { replace_paths: spec.replace.map((path) => [path]) } : {}),
      ...spec.change,
    },
  };
}

export const creates = (address: string, after: Values = {}, more: ChangeSpec = {}) =>
  entry(address, ['create'], { after, ...more });
export const deletes = (address: string, before: Values = {}, more: ChangeSpec = {}) =>
  entry(address, ['delete'], { before, reason: 'delete_because_no_resource_config', ...more });
export const updates = (address: string, before: Values, after: Values, more: ChangeSpec = {}) =>
  entry(address, ['update'], { before, after: { ...before, ...after }, ...more });
export const keeps = (address: string, values: Values = {}, more: ChangeSpec = {}) =>
  entry(address, ['no-op'], { before: values, after: values, ...more });
export const acts = entry;

/** Replaced, old one first: the attributes of `after` cost it unless `more.replace` says otherwise. */
export const replaces = (address: string, before: Values, after: Values, more: ChangeSpec = {}) =>
  entry(address, ['delete', 'create'], {
    before,
    after: { ...before, ...after },
    replace: Object.keys(after),
    reason: 'replace_because_cannot_update',
    ...more,
  });

export interface PlanSpec {
  readonly changes?: readonly Values[];
  readonly before?: Manifest | null;
  readonly after?: Manifest | null;
  /** Attribute references by configuration address: `{ 'aws_eip.core': { instance: ['aws_instance.core.id'] } }`. */
  readonly references?: Record<string, Record<string, readonly string[]>>;
  readonly extra?: Values;
  readonly outputs?: Values;
}

/** A plan as `terraform show -json` prints it. */
export function plan({ changes = [], before, after, references = {}, extra = {}, outputs = {} }: PlanSpec): Values {
  const manifest =
    before === undefined && after === undefined ? {} : { stackato_manifest: output(before ?? null, after ?? null) };
  return {
    format_version: '1.2',
    terraform_version: '1.11.4',
    resource_changes: changes,
    output_changes: { ...manifest, ...outputs },
    configuration: {
      root_module: {
        resources: Object.entries(references).map(([address, attributes]) => ({
          address,
          mode: 'managed',
          expressions: Object.fromEntries(
            Object.entries(attributes).map(([name, list]) => [name, { references: list }]),
          ),
        })),
      },
    },
    timestamp: '2026-01-01T00:00:00Z',
    applyable: true,
    complete: true,
    errored: false,
    ...extra,
  };
}

export function output(before: unknown, after: unknown): Values {
  const same = JSON.stringify(before) === JSON.stringify(after);
  const actions = same ? ['no-op'] : before === null ? ['create'] : after === null ? ['delete'] : ['update'];
  return { actions, before, after, after_unknown: false, before_sensitive: false, after_sensitive: false };
}

const node = (
  pool: string,
  name: string,
  roles: readonly string[],
  more: Partial<ManifestNode> = {},
): ManifestNode => ({
  pool,
  roles,
  zone: 'us-west-2a',
  size: 'large',
  machine: 'm3.large',
  ramMiB: 7680,
  image: 'ami-0aaa',
  resource: pool === 'core' ? 'aws_instance.paas_core' : `aws_instance.paas_${pool}["${name}"]`,
  placementZones: [],
  world: pool === 'core',
  keeps: false,
  boot: '00112233aabbccdd',
  ...more,
});

export interface ClusterSpec {
  readonly deas?: number;
  readonly routers?: number;
  /** Changes over the manifest's parts. */
  readonly nodes?: Record<string, Partial<ManifestNode>>;
  readonly more?: Partial<Manifest>;
  /** Names of nodes to leave out. */
  readonly without?: readonly string[];
}

/** A cluster of a core, a data node with a volume, DEAs, perhaps routers, and a MySQL database. */
export function manifest({ deas = 2, routers = 0, nodes = {}, more = {}, without = [] }: ClusterSpec = {}): Manifest {
  const all: Record<string, ManifestNode> = {
    core: node('core', 'core', ['base', 'primary', 'controller', 'router'], {
      address: '10.0.0.10',
      keeps: true,
      disk: { gib: 100, mount: '/mnt/data', keeps: ['primary', 'controller'], resource: 'aws_ebs_volume.paas_core' },
    }),
    'data-1': node('data', 'data-1', ['base', 'mysql', 'redis', 'filesystem'], {
      keeps: true,
      disk: {
        gib: 200,
        mount: '/mnt/data',
        keeps: ['redis', 'filesystem'],
        resource: 'aws_ebs_volume.paas_data["data-1"]',
      },
    }),
  };
  for (let i = 1; i <= deas; i++)
    all[`dea-${i}`] = node('dea', `dea-${i}`, ['base', 'dea'], { zone: `us-west-2${i % 2 ? 'a' : 'b'}` });
  for (let i = 1; i <= routers; i++)
    all[`router-${i}`] = node('router', `router-${i}`, ['base', 'router'], { world: true });
  for (const [name, change] of Object.entries(nodes))
    all[name] = { ...(all[name] ?? node(name, name, ['base'])), ...change };
  for (const name of without) delete all[name];
  return {
    schema: 1,
    cluster: 'mvp',
    hostname: 'paas.example.com',
    version: '3.6',
    cloud: 'aws',
    region: 'us-west-2',
    firewall: 'inside',
    protect: true,
    nodes: all,
    databases: {
      apps: {
        engine: 'mysql',
        version: '8.0',
        storageGib: 50,
        machine: 'db.m5.large',
        resource: 'aws_db_instance.paas_apps',
        usedBy: [{ pool: 'data', role: 'mysql' }],
      },
    },
    rules: [
      {
        id: 'core-from-world-80-tcp',
        from: 'world',
        to: 'core',
        protocol: 'tcp',
        ports: [80, 80],
        why: 'web',
        sure: 'H',
      },
      {
        id: 'core-from-world-443-tcp',
        from: 'world',
        to: 'core',
        protocol: 'tcp',
        ports: [443, 443],
        why: 'web',
        sure: 'H',
      },
      {
        id: 'core-from-cluster-4222-tcp',
        from: 'cluster',
        to: 'core',
        protocol: 'tcp',
        ports: [4222, 4222],
        why: 'message bus (NATS)',
        sure: 'H',
      },
    ],
    config: { dea_ng: { 'resources/memory_max_percent': 80 } },
    groups: { cluster: 'aws_security_group.paas_cluster', core: 'aws_security_group.paas_core' },
    ...more,
  };
}
