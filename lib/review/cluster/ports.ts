/** The service on a port of a node, and the danger if it is open. Facts §3.2 (D34; H) and §3.3 (SCT-PQ; M). */
interface PortMeaning {
  readonly ports: readonly [first: number, last: number];
  readonly name: string;
  readonly danger: string;
}

const MEANINGS: readonly PortMeaning[] = [
  {
    ports: [4222, 4222],
    name: 'NATS, the message bus',
    danger: 'anyone who reaches it controls the cluster: its address carries no password',
  },
  {
    ports: [7474, 7474],
    name: 'the configuration store (Redis)',
    danger: 'it holds every password of the cluster in plain text',
  },
  { ports: [22, 22], name: 'SSH', danger: 'the default login is stackato/stackato until it is changed' },
  { ports: [3306, 3306], name: 'MySQL', danger: 'the data of every app that uses it' },
  { ports: [5432, 5432], name: 'PostgreSQL', danger: "on the core it is the Cloud Controller's own database" },
  { ports: [5454, 5454], name: 'Redis of the core', danger: 'no password by default' },
  { ports: [6379, 6379], name: 'Redis', danger: 'no password by default' },
  { ports: [6464, 6464], name: 'Redis of the app logs', danger: 'the logs of every app' },
  { ports: [9001, 9001], name: 'supervisord', danger: 'starts and stops every process of the node' },
  { ports: [9022, 9022], name: 'droplets', danger: 'the code and settings of every app' },
  { ports: [9025, 9026], name: 'the internal REST interface', danger: 'it is meant for nodes only' },
  { ports: [4567, 4567], name: 'AOK, the login service', danger: 'it is meant to be behind a router' },
  { ports: [8181, 8181], name: 'uploads of the controller', danger: 'it is meant to be behind a router' },
  { ports: [111, 111], name: 'the port mapper', danger: 'it is used to amplify attacks on others' },
  { ports: [5678, 5678], name: 'the DEA directory server', danger: 'files of every app on that DEA' },
  {
    ports: [41000, 61000],
    name: 'apps and service gateways',
    danger: 'apps without their router, services without their firewall',
  },
];

/** Ports that are meant for the world: web traffic to routers. */
export function isWeb(ports: readonly [number, number]): boolean {
  return ports[0] === ports[1] && (ports[0] === 80 || ports[0] === 443);
}

/** The services in a range of ports, worst first. */
export function reached(ports: readonly [number, number]): readonly PortMeaning[] {
  return MEANINGS.filter((m) => m.ports[0] <= ports[1] && m.ports[1] >= ports[0]);
}

/** `4222`, `35000-40000`, `all ports`. */
export function portText(ports: readonly [number, number]): string {
  if (ports[0] <= 1 && ports[1] >= 65535) return 'all ports';
  return ports[0] === ports[1] ? String(ports[0]) : `${ports[0]}-${ports[1]}`;
}
