import { knownTo, parseVersion } from '../../lib/model/version';
import { ANYWHERE } from '../../lib/rehearsal/firewall/groups';
import { metadataAddress } from '../../lib/rehearsal/host/hub';
import type { DatabaseSource, FirewallRule } from '../../lib/rehearsal/source/source';
import { PORT_TABLE, type PortRow } from './port-table';

/** What edges lie between: the nodes of a cluster, with their roles. */
export interface EdgeNode {
  readonly name: string;
  readonly roles: readonly string[];
  /** Whether the world may reach it. */
  readonly world: boolean;
}

/** What the port tables say of a cluster. */
export interface EdgePlan {
  readonly version: string;
  readonly nodes: readonly EdgeNode[];
  /** Who uses each database, by role, and where it answers; only those behind a firewall of their own. */
  readonly databases: readonly (DatabaseSource & { readonly usedBy: readonly string[] })[];
  /** Nodes where an operator logs in from outside. */
  readonly logins: readonly string[];
}

/** One connection that must be possible, and the row that says so. */
export interface PortEdge {
  /** Name of a node, `world` or `operator`. */
  readonly from: string;
  /** Name of a node, host of a database, `world` or `metadata`. */
  readonly to: string;
  readonly protocol: 'tcp' | 'udp';
  readonly port: number;
  readonly row: PortRow;
}

/** Addresses that no cluster has, for who is outside (RFC 5737). */
export const OUTSIDE: Readonly<Record<string, string>> = {
  world: '198.51.100.7',
  operator: '203.0.113.7',
  metadata: metadataAddress,
};

/** Every connection between the nodes of a cluster that the port tables name; of a range its two ends. */
export function edgesOf({ version, nodes, databases, logins }: EdgePlan): PortEdge[] {
  const known = parseVersion(version);
  const rows = PORT_TABLE.filter((row) => knownTo(known, row));
  const places = (words: readonly string[]) =>
    words.flatMap((word) => (word === 'login' ? logins : word in OUTSIDE ? [word] : named(word, nodes)));
  const between = rows.flatMap((row) => {
    // The world comes in where it may; the core's router is the cluster's own when there are others (facts 1.1; H).
    const open = row.from.includes('world') ? nodes.filter((node) => node.world).map((node) => node.name) : undefined;
    const targets = places(row.to).filter((to) => open === undefined || open.includes(to));
    return edges(row, places(row.from), targets);
  });
  const used = databases.flatMap(({ host, port, usedBy }) => {
    const row: PortRow = {
      from: usedBy,
      to: ['database'],
      protocol: 'tcp',
      ports: [port, port],
      why: 'the database of a service',
      facts: '7.5 H',
    };
    // Apps are given its address (3.3: MySQL and PostgreSQL from DEAs; M).
    const apps: PortRow = { ...row, from: ['dea'], why: 'apps reach their databases', facts: '3.3 M' };
    return [...edges(row, places(usedBy), [host]), ...edges(apps, places(['dea']), [host])];
  });
  return [...between, ...used];
}

function edges(row: PortRow, from: readonly string[], to: readonly string[]): PortEdge[] {
  const [sources, targets] = [new Set(from), new Set(to)];
  return [...sources].flatMap((one) =>
    [...targets]
      .filter((other) => other !== one)
      .flatMap((other) =>
        [...new Set(row.ports)].map((port) => ({ from: one, to: other, protocol: row.protocol, port, row })),
      ),
  );
}

function named(word: string, nodes: readonly EdgeNode[]): string[] {
  const is = (node: EdgeNode): boolean => {
    if (word === 'all') return true;
    if (word === 'core') return node.roles.includes('primary') || node.roles.includes('cloud_controller');
    return node.roles.includes(word);
  };
  return nodes.filter(is).map((node) => node.name);
}

/** The rules that let an edge through on one side of it; a side without a firewall gives nothing at all. */
export interface Carriers {
  readonly out: readonly FirewallRule[] | undefined;
  readonly in: readonly FirewallRule[] | undefined;
}

/** Which rules carry an edge: out of where it begins and into where it ends. Who is outside has no firewall of ours. */
export function carriersOf(edge: PortEdge, rules: readonly FirewallRule[]): Carriers {
  const side = (direction: FirewallRule['direction'], at: string, peer: string) =>
    at in OUTSIDE
      ? undefined
      : rules.filter(
          (rule) =>
            rule.direction === direction &&
            rule.at.includes(at) &&
            (rule.protocol === 'all' || rule.protocol === edge.protocol) &&
            (rule.ports === undefined || (rule.ports[0] <= edge.port && edge.port <= rule.ports[1])) &&
            rule.peers.some((word) => word === peer || includes(word, peer)),
        );
  // A database has rules for who comes in; one that lies elsewhere has none and is nobody's edge.
  return { out: side('out', edge.from, edge.to), in: side('in', edge.to, edge.from) };
}

/** Whether an edge passes: on each side that has a firewall a rule lets it through. */
export function passes(edge: PortEdge, rules: readonly FirewallRule[]): boolean {
  const { out, in: into } = carriersOf(edge, rules);
  return out?.length !== 0 && into?.length !== 0;
}

/** Whether a network of a rule holds who is outside, or everybody. */
function includes(network: string, name: string): boolean {
  if (network === ANYWHERE) return true;
  const address = OUTSIDE[name];
  if (address === undefined || !network.includes('/')) return false;
  const [base, bits] = network.split('/') as [string, string];
  const size = 2 ** (32 - Number(bits));
  return Math.floor(number(base) / size) === Math.floor(number(address) / size);
}

const number = (address: string) => address.split('.').reduce((sum, part) => sum * 256 + Number(part), 0);
