import { knownTo, type Version } from './version';

/** One role of the product: facts 1.1 (roles and processes) and 3.2/3.3 (ports). */
export interface ModelRole {
  readonly name: string;
  readonly since?: string;
  /** First version that no longer knows it. */
  readonly until?: string;
  readonly processes: readonly ModelProcess[];
  /** Never listed for attach or `role add` (1.1, H). */
  readonly implied?: true;
  /** Cannot share a node with any other role and is not in `--all` (1.1, H). */
  readonly alone?: true;
  /** Starts with the micro cloud (1.3 `microcloud`, M). */
  readonly micro?: true;
}

export interface ModelProcess {
  readonly name: string;
  /** What it listens on, TCP. */
  readonly ports: readonly number[];
  readonly since?: string;
  readonly until?: string;
  /** The message bus or config store: local to the node until it is a core (1.1, H). */
  readonly bus?: true;
}

const p = (name: string, ports: readonly number[] = [], span: Partial<ModelProcess> = {}): ModelProcess => ({
  name,
  ports,
  ...span,
});

/** A data service: node, gateway and what they drive (1.1, M). */
const service = (name: string, extra: readonly ModelProcess[], rest: Partial<ModelRole> = {}): ModelRole => ({
  name,
  processes: [...extra, p(`${name}_node`), p(`${name}_gateway`)],
  ...rest,
});

const controller = [
  p('cloud_controller', [9022], { until: '3.0' }),
  p('cloud_controller_ng', [9022], { since: '3.0' }),
  p('cc_nginx', [], { since: '3.0' }),
  p('cc_upload_server', [8181], { since: '3.4' }),
  p('cc_jobs_generic', [], { since: '3.0' }),
  p('stackato_rest', [9025], { since: '3.0' }),
  // AOK's own configuration says 4567 (3.3, H).
  p('aok', [4567], { since: '2.8' }),
  p('app_store'),
];

/** In kato's start order (1.2, M). */
export const roles: readonly ModelRole[] = [
  {
    name: 'base',
    implied: true,
    micro: true,
    processes: [p('logyard', [], { since: '2.6' }), p('systail', [], { since: '2.6' })],
  },
  {
    name: 'mdns',
    micro: true,
    processes: [p('app_mdns'), p('avahi_publisher', [], { since: '2.8' }), p('avahi_daemon', [], { until: '2.8' })],
  },
  {
    name: 'primary',
    since: '2.10.4',
    implied: true,
    micro: true,
    processes: [
      p('nats_server', [4222], { bus: true }),
      p('config_redis', [7474], { since: '3.0', bus: true }),
      p('doozerd', [8046], { until: '3.0', bus: true }),
      p('redis_server', [5454, 6379], { since: '3.0' }),
      p('postgresql', [5432]),
      p('applog_redis', [6464], { since: '3.0' }),
      p('health_manager'),
    ],
  },
  { name: 'controller', since: '2.10.4', micro: true, processes: controller },
  {
    // Before 2.10.4 one role held what `primary` and `controller` share since (1.1 notes, RN 97253, H).
    name: 'cloud_controller',
    until: '2.10.4',
    micro: true,
    processes: [
      p('nats_server', [4222], { bus: true }),
      p('doozerd', [8046], { bus: true }),
      p('postgresql', [5432]),
      ...controller,
    ],
  },
  { name: 'health_manager', until: '2.10.4', micro: true, processes: [p('health_manager')] },
  {
    name: 'router',
    micro: true,
    processes: [p('router2g', [80, 443], { since: '2.8' }), p('router', [80, 443], { until: '2.8' })],
  },
  {
    name: 'dea',
    micro: true,
    processes: [
      p('dea', [9022], { until: '3.0' }),
      p('dea_ng', [9022], { since: '3.0' }),
      p('dir_server', [5678]),
      p('fence', [], { since: '2.8' }),
      p('apptail'),
    ],
  },
  { name: 'prealloc', until: '3.0', micro: true, processes: [p('prealloc')] },
  { name: 'stager', until: '3.0', micro: true, processes: [p('stager'), p('apptail')] },
  service('mysql', [p('mysql', [3306])], { micro: true }),
  service('postgresql', [p('postgresql', [5432])], { micro: true }),
  service('redis', [p('redis_server', [5454])]),
  service('mongodb', []),
  service('rabbit', []),
  service('rabbit3', [], { since: '3.0' }),
  service('memcached', [], { since: '2.0' }),
  service('filesystem', [], { micro: true }),
  service('harbor', [p('harbor_redis'), p('harbor_proxy_connector')], { since: '2.8' }),
  {
    name: 'load_balancer',
    since: '2.4',
    alone: true,
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

/** Roles that a version knows, in start order. */
export function rolesOf(version: Version): ModelRole[] {
  return roles.filter((role) => knownTo(version, role));
}

/** Roles that `setup core` gives (0.1-2, H); before 2.10.4 there was no primary. */
export function coreRoles(version: Version): string[] {
  const known = rolesOf(version).map((role) => role.name);
  return ['base', 'primary', 'controller', 'cloud_controller', 'health_manager', 'router'].filter((r) =>
    known.includes(r),
  );
}

/** Processes of some roles for a version, each once, in start order. */
export function processesOf(version: Version, names: readonly string[]): ModelProcess[] {
  const seen = new Map<string, ModelProcess>();
  for (const role of rolesOf(version)) {
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
