/** Who must reach what: a row of the vendor's port table, or of what it leaves out. */
export interface PortRow {
  /** Roles whose nodes connect, `all` nodes, the `world`, or the `operator`. */
  readonly from: readonly string[];
  /** Roles whose nodes are reached, the `core`, `all` nodes, the `world`, the cloud's `metadata`, or where one may `login`. */
  readonly to: readonly string[];
  readonly protocol: 'tcp' | 'udp';
  readonly ports: readonly [first: number, last: number];
  readonly why: string;
  /** Section of the facts and how sure it is: H stated by the vendor, M by one other source, L inferred. */
  readonly facts: string;
  /** Whether the vendor's own table lacks it. */
  readonly omitted?: true;
  /** Whether the source itself doubts it: nobody need listen there. */
  readonly doubtful?: true;
  readonly since?: string;
  /** The first version without it. */
  readonly until?: string;
}

const SERVICES = ['mysql', 'postgresql', 'redis', 'mongodb', 'rabbit', 'rabbit3', 'memcached', 'filesystem', 'harbor'];

const row = (
  from: string,
  to: string,
  ports: number | readonly [number, number],
  why: string,
  facts: string,
  more: Partial<PortRow> = {},
): PortRow => ({
  from: from.split(' '),
  to: to.split(' '),
  protocol: 'tcp',
  ports: typeof ports === 'number' ? [ports, ports] : ports,
  why,
  facts,
  ...more,
});

const services = SERVICES.join(' ');
const omitted = true;

/**
 * The port tables as the facts have them (3.2 vendor, 3.3 corrections of HP's engineers, 3.4 ranges of instances), written
 * down apart from the roles of `lib/kato`, whose firewall rules they prove. Where the vendor says `all ↔ all` for what
 * listens on the core alone, the core is meant.
 */
export const PORT_TABLE: readonly PortRow[] = [
  row('all', 'all', 22, 'ssh, scp, sshfs', '3.2 H'),
  row('world', 'router load_balancer', 80, 'HTTP', '3.2 H'),
  row('world', 'router load_balancer', 443, 'HTTPS, API, console', '3.2 H'),
  row('load_balancer', 'router', 80, 'HTTP', '3.2 H'),
  row('load_balancer', 'router', 443, 'HTTPS, API, console', '3.2 H'),
  row('all', 'core', 4222, 'NATS', '3.2 H'),
  row('dea controller', 'mysql', 3306, 'MySQL', '3.2 H'),
  row('dea controller', 'postgresql', 5432, 'PostgreSQL', '3.2 H'),
  row('all', 'core', 5454, 'redis', '3.2 H'),
  row('all', 'core', 6464, 'applog redis', '3.2 H', { since: '3.0' }),
  row('all', 'all', [7000, 7999], 'kato log tail', '3.2 H'),
  row('all', 'core', 7474, 'config redis', '3.2 H', { since: '3.0' }),
  row('all', 'core', 8046, 'Doozer', '3.2 H', { until: '3.0' }),
  row('router', 'controller', 8181, 'upload server', '3.2 H', { since: '3.4' }),
  row('all', 'all', 9001, 'supervisord', '3.2 H from controllers, 3.3 M from all'),
  row('dea', 'controller', 9022, 'droplets', '3.2 H'),
  row('controller', 'dea', 9022, 'droplets', '3.2 H'),
  row('controller', 'dea', [1, 65535], 'stackato ssh', '3.2 H', { until: '3.0' }),
  row('controller', 'router', 9025, 'stackato-rest', '3.2 H', { since: '3.0' }),
  row('controller', 'all', 9026, 'stackato-rest', '3.2 H', { since: '3.0' }),
  row('dea controller', services, [41000, 61000], 'service gateways', '3.2 H'),
  row('world', 'harbor', [35000, 40000], 'harbor ports', '3.4 H'),
  row('world', 'harbor', [35000, 40000], 'harbor ports', '3.4 H', { protocol: 'udp' }),
  row('dea', 'harbor', [35000, 40000], 'instances of harbor', '3.4 H'),
  row('dea', 'memcached', [45001, 50000], 'instances of memcached', '3.4 H'),
  row('dea', 'mongodb', [15001, 25000], 'instances of mongodb', '3.4 H'),
  row('dea', 'rabbit', [35001, 40000], 'instances of rabbit', '3.4 H'),
  row('dea', 'rabbit3', [25001, 30000], 'instances of rabbit3', '3.4 H'),
  row('dea', 'redis', [5000, 15000], 'instances of redis', '3.4 H'),
  row('router', 'core', 4567, 'AOK: logins fail without it', '3.3 H', { omitted, since: '3.0' }),
  row('router', 'dea', [41000, 61000], 'traffic to applications', '3.3 M', { omitted, since: '2.8' }),
  row('router', 'dea', [1024, 65535], 'traffic to applications on any high port', '3.2 M', { omitted, until: '2.8' }),
  row('dea', 'controller', 8181, 'upload server', '3.3 M', { omitted, since: '3.4' }),
  row('controller', 'core', 5432, "the core's PostgreSQL, for extra controllers", '0.1-11, 3.3, 5.3 H', { omitted }),
  row('router dea', 'core', 6379, 'ephemeral redis', '3.3 M', { omitted, since: '3.0' }),
  row('router', 'core', 80, 'API behind separate routers', '3.3 M', { omitted }),
  row('router', 'core', 443, 'API behind separate routers', '3.3 M', { omitted }),
  row('router', 'controller', 9025, 'stackato-rest', '3.3 M', { omitted, since: '3.0' }),
  row('router', 'controller', 9026, 'stackato-rest', '3.3 M', { omitted, since: '3.0' }),
  row('all', services, 5454, 'redis of the service node', '3.3 M', { omitted, doubtful: true }),
  row('all', 'world', 80, 'packages, buildpacks', '3.3 M', { omitted }),
  row('all', 'world', 443, "packages, buildpacks, the cloud's API", '3.3 M', { omitted }),
  row('all', 'metadata', 80, 'user data, zone, credentials', '4 H'),
  row('operator', 'login', 22, 'logins from `sshFrom`', 'declared'),
];
