import { knownTo, type Span, type Version } from './version';

/** One role of the product: facts 1.1 (roles and processes) and 3.2/3.3 (ports). */
export interface ModelRole extends Span {
  readonly name: string;
  readonly processes: readonly ModelProcess[];
  /** Never listed for attach or `role add` (1.1, H). */
  readonly implied?: true;
  /** Cannot share a node with any other role and is not in `--all` (1.1, H). */
  readonly alone?: true;
  /** At most so many in a cluster (1.2, M). */
  readonly max?: number;
  /** What the facts say of the role's list of processes. */
  readonly facts: string;
}

export interface ModelProcess extends Span {
  readonly name: string;
  /** What it listens on, TCP. */
  readonly ports: readonly number[];
  /** The message bus or config store: local to the node until it is a core (1.1, H). */
  readonly bus?: true;
  /** Ports of a service's instances: it listens on the first (3.4, H). */
  readonly range?: readonly [number, number];
}

const p = (name: string, ports: readonly number[] = [], span: Partial<ModelProcess> = {}): ModelProcess => ({
  name,
  ports,
  ...span,
});

/** The services, in start order; their gateways' ports lie in 41000-61000, which of them is ours to choose (3.2, H; L). */
const serviceNames = [
  'mysql',
  'postgresql',
  'redis',
  'mongodb',
  'rabbit',
  'rabbit3',
  'memcached',
  'filesystem',
  'harbor',
];
export const gatewayPort = (service: string): number => 42000 + serviceNames.indexOf(service);

/** Ranges of the ports that instances get, until config says otherwise; from 3.2 on (3.4, H). */
export const instanceRanges: Readonly<Record<string, readonly [number, number]>> = {
  harbor: [35000, 40000],
  memcached: [45001, 50000],
  mongodb: [15001, 25000],
  rabbit: [35001, 40000],
  rabbit3: [25001, 30000],
  redis: [5000, 15000],
};

/** A data service: node, gateway and what they drive (1.1, M). */
const service = (name: string, extra: readonly ModelProcess[], rest: Partial<ModelRole> = {}): ModelRole => ({
  name,
  processes: [
    ...extra,
    p(`${name}_node`, [], { range: instanceRanges[name] }),
    p(`${name}_gateway`, [gatewayPort(name)]),
  ],
  facts: '1.1 M',
  ...rest,
});

const controller = [
  p('cloud_controller', [9022], { until: '3.0' }),
  p('cloud_controller_ng', [9022], { since: '3.0' }),
  p('cc_nginx', [], { since: '3.0' }),
  p('cc_upload_server', [8181], { since: '3.4' }),
  p('cc_jobs_generic', [], { since: '3.0' }),
  p('cc_jobs_local', [], { since: '3.0' }),
  p('cc_stackato_clock', [], { since: '3.0' }),
  p('applog_endpoint', [], { since: '3.0' }),
  p('stackato_rest', [9025], { since: '3.0' }),
  // AOK's own configuration says 4567 (3.3, H).
  p('aok', [4567], { since: '2.8' }),
  p('app_store'),
];

const redis = p('redis_server', [5454]);

/** In kato's start order (1.2, M). */
export const roles: readonly ModelRole[] = [
  {
    name: 'base',
    implied: true,
    facts: '1.1 H',
    processes: [
      p('logyard', [7845], { since: '2.6' }),
      p('logyard_remote', [], { since: '3.0' }),
      p('systail', [], { since: '2.6' }),
      p('cloud_events', [], { since: '2.6', until: '3.2' }),
      p('logyard_sieve', [], { since: '3.2' }),
      p('docker_events', [], { since: '3.6' }),
    ],
  },
  {
    name: 'mdns',
    facts: '1.1 H',
    processes: [p('app_mdns'), p('avahi_publisher', [], { since: '2.8' }), p('avahi_daemon', [], { until: '2.8' })],
  },
  {
    name: 'primary',
    since: '2.10.4',
    implied: true,
    max: 1,
    facts: '1.1 H; list M',
    processes: [
      p('nats_server', [4222], { bus: true }),
      p('config_redis', [7474], { since: '3.0', bus: true }),
      p('doozerd', [8046], { until: '3.0', bus: true }),
      redis,
      p('redis_server', [6379], { since: '3.0' }),
      p('postgresql', [5432]),
      p('applog_redis', [6464], { since: '3.0' }),
      p('health_manager'),
    ],
  },
  {
    name: 'controller',
    since: '2.10.4',
    facts: '1.1 H; aok, app_store, stackato_rest M',
    processes: controller,
  },
  {
    // Before 2.10.4 one role held what `primary` and `controller` share since (1.1 notes, RN 97253, H).
    name: 'cloud_controller',
    until: '2.10.4',
    facts: '1.1 notes H; list L',
    processes: [
      p('nats_server', [4222], { bus: true }),
      p('doozerd', [8046], { bus: true }),
      redis,
      p('postgresql', [5432]),
      ...controller.filter((process) => !process.since?.startsWith('3.')),
    ],
  },
  { name: 'health_manager', until: '2.10.4', facts: '1.1 notes H', processes: [p('health_manager')] },
  {
    name: 'router',
    facts: '1.1 H; since when router2g L; 9025 3.2 H, by which process L',
    processes: [
      p('router2g', [80, 443], { since: '2.8', until: '3.0' }),
      p('router2g', [80, 443, 9025], { since: '3.0' }),
      p('router', [80, 443], { until: '2.8' }),
      p('nginx', [], { until: '2.8' }),
    ],
  },
  {
    name: 'dea',
    facts: '1.1 H; ports of applications 3.3 M',
    processes: [
      p('dea', [9022, 41000, 61000], { until: '3.0' }),
      p('dea_ng', [9022, 41000, 61000], { since: '3.0' }),
      p('dir_server', [5678]),
      p('fence', [], { since: '2.8' }),
      p('apptail'),
    ],
  },
  { name: 'prealloc', until: '3.0', facts: '1.1 H', processes: [p('prealloc')] },
  { name: 'stager', until: '3.0', facts: '1.1 H', processes: [p('stager'), p('apptail')] },
  service('mysql', [p('mysql', [3306]), redis], { facts: '1.1 H/M' }),
  service('postgresql', [p('postgresql', [5432]), redis], { facts: '1.1 H/M' }),
  service('redis', [redis]),
  service('mongodb', [redis]),
  service('rabbit', [], { facts: '1.1 H' }),
  service('rabbit3', [], { since: '3.0', facts: '1.1 H' }),
  service('memcached', [], { since: '2.0' }),
  service('filesystem', [], { facts: '1.1 H' }),
  service('harbor', [p('harbor_redis'), p('harbor_proxy_connector')], { since: '2.8', facts: '1.1 H' }),
  {
    name: 'load_balancer',
    since: '2.4',
    alone: true,
    facts: '1.1 H',
    processes: [p('nginx_load_balancer', [80, 443])],
  },
];

/** Groups that the image ships; `role_groups.yml` on the node wins (1.3; data-services H, microcloud M). */
export const shippedGroups: Readonly<Record<string, readonly string[]>> = {
  'data-services': ['mysql', 'postgresql', 'redis', 'mongodb', 'rabbit', 'memcached', 'filesystem'],
  microcloud: ['base', 'primary', 'controller', 'router', 'dea', 'filesystem', 'mysql', 'postgresql'],
};

/** Listens on every node: supervisord, which the controller asks, and stackato-rest's agent (3.2, H). */
export const supervisorPort = 9001;
export const agentPort = 9026;
export const busPort = 4222;
export const sshPort = 22;

/** Roles that a version knows, in start order; `added` are those of the node's own files (1.4). */
export function rolesOf(version: Version, added: readonly ModelRole[] = []): ModelRole[] {
  return [...roles.filter((role) => knownTo(version, role)), ...added];
}

/** Roles that `setup core` gives (0.1-2, H); before 2.10.4 there was no primary. */
export function coreRoles(version: Version): string[] {
  const known = rolesOf(version).map((role) => role.name);
  return ['base', 'primary', 'controller', 'cloud_controller', 'health_manager', 'router'].filter((r) =>
    known.includes(r),
  );
}

/** Processes of some of the known roles for a version, each once, in start order. */
export function processesOf(version: Version, names: readonly string[], known = rolesOf(version)): ModelProcess[] {
  const seen = new Map<string, ModelProcess>();
  for (const role of known) {
    if (!names.includes(role.name)) continue;
    for (const process of role.processes) {
      if (!knownTo(version, process)) continue;
      const before = seen.get(process.name);
      const ports = [...new Set([...(before?.ports ?? []), ...process.ports])];
      seen.set(process.name, { ...process, ports });
    }
  }
  return [...seen.values()];
}

/** Start order of a list of roles; unknown ones (custom services) last, by name. */
export function inOrder(names: Iterable<string>): string[] {
  const rank = (name: string) => {
    const at = roles.findIndex((role) => role.name === name);
    return at < 0 ? roles.length : at;
  };
  return [...new Set(names)].sort((a, b) => rank(a) - rank(b) || a.localeCompare(b));
}
