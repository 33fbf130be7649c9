import { gatewayPort, instanceRanges } from './roles';
import type { Span } from './version';

/** Who connects where: a row of the port tables, as the model's processes try it. */
export interface Edge extends Span {
  /** Processes that connect; `kato` is the node itself. */
  readonly from: readonly string[];
  /** The core, every node, or the nodes with a role. */
  readonly to: string;
  readonly ports: readonly number[];
  /** A service whose instances' ports config may move: the first of its range is tried. */
  readonly instances?: string;
  /** Without it the process does not start. */
  readonly needed?: true;
  readonly why: string;
  /** Section and sureness of the facts. */
  readonly facts: string;
}

const controllers = ['cloud_controller', 'cloud_controller_ng'];
const deas = ['dea', 'dea_ng'];
const users = [...controllers, ...deas];
const services = ['mysql', 'postgresql', 'redis', 'mongodb', 'rabbit', 'rabbit3', 'memcached', 'filesystem'];

/** The port tables as connections of processes. */
export const edges: readonly Edge[] = [
  { from: ['kato'], to: 'core', ports: [4222], why: 'message bus', facts: '3.2 H' },
  { from: ['kato'], to: 'core', ports: [7474], since: '3.0', why: 'config store', facts: '3.2 H' },
  { from: ['kato'], to: 'core', ports: [8046], until: '3.0', why: 'config store (Doozer)', facts: '3.2 H' },
  { from: ['logyard'], to: 'core', ports: [6464], since: '3.0', why: 'built-in drains', facts: '3.2, 11 H' },
  { from: ['logyard'], to: 'core', ports: [7845], why: 'kato log tail', facts: '3.2 H; by which process L' },
  { from: ['systail'], to: 'core', ports: [5454], why: 'redis', facts: '3.2 H; by which process L' },
  { from: ['router2g'], to: 'core', ports: [4567], since: '3.0', why: 'AOK: logins', facts: '3.3 H' },
  { from: ['router2g', ...deas], to: 'core', ports: [6379], since: '3.0', why: 'ephemeral redis', facts: '3.3 M' },
  { from: ['router2g', 'router'], to: 'core', ports: [80, 443], why: 'API and console', facts: '3.3 M' },
  { from: ['router2g'], to: 'controller', ports: [8181], since: '3.4', why: 'upload server', facts: '3.2 H' },
  { from: deas, to: 'controller', ports: [8181], since: '3.4', why: 'upload server', facts: '3.3 M' },
  { from: ['router2g'], to: 'controller', ports: [9025, 9026], since: '3.0', why: 'stackato-rest', facts: '3.3 M' },
  { from: controllers, to: 'router', ports: [9025], since: '3.0', why: 'stackato-rest', facts: '3.2 H' },
  { from: ['stackato_rest'], to: 'all', ports: [9026], since: '3.0', why: 'stackato-rest', facts: '3.2 H' },
  { from: controllers, to: 'all', ports: [9001], why: 'supervisord', facts: '3.2 H' },
  { from: controllers, to: 'core', ports: [5432], needed: true, why: "the core's PostgreSQL", facts: '0.1-11, 5.3 H' },
  { from: controllers, to: 'dea', ports: [9022], why: 'droplets', facts: '3.2 H' },
  { from: controllers, to: 'dea', ports: [41000], until: '3.0', why: 'stackato ssh, on all ports', facts: '3.2 H' },
  { from: deas, to: 'controller', ports: [9022], why: 'droplets', facts: '3.2 H' },
  {
    from: ['router2g', 'router'],
    to: 'dea',
    ports: [41000, 61000],
    why: 'traffic to applications',
    facts: '0.1-9, 3.3 M',
  },
  { from: ['nginx_load_balancer'], to: 'router', ports: [80, 443], why: 'HTTP, HTTPS', facts: '3.2 H' },
  { from: users, to: 'mysql', ports: [3306], why: 'MySQL', facts: '3.2 H' },
  { from: users, to: 'postgresql', ports: [5432], why: 'PostgreSQL', facts: '3.2 H' },
  { from: deas, to: 'filesystem', ports: [22], why: 'sshfs', facts: '3.2 H' },
  ...services.map(
    (name): Edge => ({
      from: users,
      to: name,
      ports: [gatewayPort(name)],
      why: `${name} gateway`,
      facts: '3.2 H; number L',
    }),
  ),
  ...Object.entries(instanceRanges).map(
    ([name, [first]]): Edge => ({
      from: deas,
      to: name,
      ports: [first],
      instances: name,
      since: '3.2',
      why: `${name} instances`,
      facts: '3.4 H',
    }),
  ),
];
