import type { FirewallRule } from '../source/source';

/** A rule of a cloud: of a group, for a network or for the members of a group. */
export interface GroupRule extends Omit<FirewallRule, 'at' | 'peers'> {
  readonly group: string;
  readonly peer: { readonly group: string } | { readonly cidr: string };
}

/** All IPv4 addresses. */
export const ANYWHERE = '0.0.0.0/0';

/** A rule's protocol and ports; undefined for a protocol that our nodes do not use. */
export function traffic(
  protocol: string,
  first: number | undefined,
  last: number | undefined,
): Pick<FirewallRule, 'protocol' | 'ports'> | undefined {
  const known = PROTOCOLS[protocol];
  if (known === undefined) return undefined;
  // ICMP has types instead of ports.
  const ported = known === 'tcp' || known === 'udp';
  if (!ported || first === undefined || last === undefined || first < 0) return { protocol: known };
  return { protocol: known, ports: [first, last] };
}

/** By name and by number; `-1`, `any` and an absent value mean every protocol. */
const PROTOCOLS: Readonly<Record<string, FirewallRule['protocol'] | undefined>> = {
  '-1': 'all',
  any: 'all',
  '': 'all',
  '0': 'all',
  tcp: 'tcp',
  '6': 'tcp',
  udp: 'udp',
  '17': 'udp',
  icmp: 'icmp',
  '1': 'icmp',
};

/** Replaces groups by their members; a rule of a group without members is left out. */
export function atMembers(
  rules: readonly GroupRule[],
  members: ReadonlyMap<string, readonly string[]>,
): FirewallRule[] {
  const resolved = rules.flatMap(({ group, peer, ...rule }): FirewallRule[] => {
    const at = members.get(group) ?? [];
    const peers = 'cidr' in peer ? [peer.cidr] : (members.get(peer.group) ?? []);
    return at.length === 0 ? [] : [{ ...rule, at, peers }];
  });
  return resolved.sort((a, b) => (a.name < b.name ? -1 : 1));
}

/** The members of each group, from the groups of each member. */
export function membersOf(groups: readonly (readonly [name: string, groups: readonly string[]])[]) {
  const members = new Map<string, string[]>();
  for (const [name, ids] of groups) for (const id of new Set(ids)) members.set(id, [...(members.get(id) ?? []), name]);
  return members;
}
