import type { ClusterSource, FirewallRule } from '../source/source';
import { cloudPort, metadataAddress } from './hub';
import type { Run } from './ledger';
import { answersAt, hubOf, netFile, spaceOf } from './network';
import { program } from './program';

/** What happens to traffic that no rule allows: clouds drop it silently, a test needs the rejection. */
export type Refusal = 'drop' | 'tell';

/** The private address of a node, or that of a database's stand-in. */
export type AddressOf = (name: string) => string | undefined;

/**
 * The ruleset of one node's network for `nft -f`: stateful, only traffic that rules allow, and DHCP, which both clouds always
 * allow. It replaces the previous one in one step. Only IPv4: hosts have no other address.
 */
export function nodeRuleset(
  node: string,
  rules: readonly FirewallRule[],
  addressOf: AddressOf,
  refusal: Refusal = 'drop',
): string {
  const own = rules.filter((rule) => rule.at.includes(node));
  const chain = (direction: FirewallRule['direction'], hook: string, dhcp: string, loop: string) => [
    `  chain ${direction} {`,
    `    type filter hook ${hook} priority filter; policy drop;`,
    `    ${loop} lo accept`,
    '    ct state established,related accept',
    `    udp ${dhcp} accept`,
    ...own.filter((rule) => rule.direction === direction).flatMap((rule) => lines(rule, addressOf)),
    ...refused(refusal),
    '  }',
  ];
  return table([
    ...chain('in', 'input', 'sport 67 udp dport 68', 'iif'),
    ...chain('out', 'output', 'sport 68 udp dport 67', 'oif'),
  ]);
}

/** The ruleset of the hub, where databases answer: a database with rules is restricted to them; one without is open. */
export function hubRuleset(
  databases: readonly string[],
  rules: readonly FirewallRule[],
  addressOf: AddressOf,
  refusal: Refusal = 'drop',
): string {
  const chains = databases.flatMap((database) => {
    const own = rules.filter((rule) => rule.direction === 'in' && rule.at.includes(database));
    const to = `ip daddr ${addressOf(database)} `;
    const through = own.flatMap((rule) => lines(rule, addressOf)).map((line) => `    ${to}${line.trim()}`);
    return [...through, `    ${to}${refused(refusal)[0]?.trim() ?? 'drop'}`];
  });
  const head = ['  chain in {', '    type filter hook input priority filter; policy accept;'];
  return table([...head, '    ct state established,related accept', ...chains, '  }']);
}

const table = (inner: readonly string[]) =>
  ['table ip stackato', 'delete table ip stackato', 'table ip stackato {', ...inner, '}', ''].join('\n');

const refused = (refusal: Refusal) => (refusal === 'tell' ? ['    reject with icmp type admin-prohibited'] : []);

/** A line per peer. A node that may reach the world by HTTPS may reach the practice cloud's API, at the metadata address. */
function lines({ direction, protocol, ports, peers, name }: FirewallRule, addressOf: AddressOf): string[] {
  const covers = ports === undefined || (ports[0] <= 443 && 443 <= ports[1]);
  const side = direction === 'in' ? 'saddr' : 'daddr';
  const what =
    protocol === 'all'
      ? ''
      : ports === undefined
        ? `meta l4proto ${protocol} `
        : `${protocol} dport ${ports[0] === ports[1] ? ports[0] : ports.join('-')} `;
  const comment = `comment "${name.replaceAll(/[^\w .:()/-]/g, ' ').slice(0, 120)}"`;
  const addresses = peers.map((peer) => (peer.includes('/') ? peer : addressOf(peer)));
  const found = [...new Set(addresses)].filter((address) => address !== undefined);
  const api = direction === 'out' && protocol === 'tcp' && covers && found.includes('0.0.0.0/0');
  return [
    ...found.map((address) => `    ip ${side} ${address} ${what}accept ${comment}`),
    ...(api ? [`    ip daddr ${metadataAddress} tcp dport ${cloudPort} accept ${comment}`] : []),
  ];
}

/** The addresses of a cluster. */
function addressesOf(cluster: ClusterSource): AddressOf {
  const addresses = new Map([
    ...cluster.databases.map((database, i) => [database.host, answersAt(database, i)] as const),
    ...cluster.nodes.map((node) => [node.name, node.address] as const),
  ]);
  return (name) => addresses.get(name);
}

/** Loads a cluster's rules into the networks of its nodes and the hub, replacing earlier ones. */
export async function raiseFirewall(
  run: Run,
  cluster: ClusterSource,
  rules: readonly FirewallRule[],
  refusal: Refusal = 'drop',
): Promise<void> {
  const addressOf = addressesOf(cluster);
  const known = [...rules, ...(cluster.firewall ?? [])];
  const guarded = cluster.databases.map(({ host }) => host).filter((host) => known.some((r) => r.at.includes(host)));
  const load = (space: string, ruleset: string) =>
    program('nsenter', [`--net=${netFile(space)}`, 'nft', '-f', '-'], {
      input: ruleset,
      doing: `firewall of ${space}`,
    });
  await load(hubOf(run), hubRuleset(guarded, rules, addressOf, refusal));
  for (const { name } of cluster.nodes) await load(spaceOf(run, name), nodeRuleset(name, rules, addressOf, refusal));
}
