import { isObject, type JsonObject, list, number, object, text, texts } from '../../base/json';
import type { Manifest } from '../../topology/manifest';
import type { Change, Plan } from '../plan/plan';

/** One inbound rule, from any type of resource. */
export interface Inbound {
  /** The group that it belongs to: its Terraform address if known, else its id. */
  readonly group: string;
  readonly protocol: string;
  readonly ports: readonly [first: number, last: number];
  /** A CIDR, or `group:<address or id>`. */
  readonly peer: string;
  /** JSON path of the rule in the plan. */
  readonly path: string;
  readonly address: string;
}

/** Inbound rules before and after, of every resource that can hold one, unchanged ones included. */
export function inboundRules(plan: Plan): { before: Inbound[]; after: Inbound[] } {
  const names = groupNames(plan);
  const before: Inbound[] = [];
  const after: Inbound[] = [];
  for (const change of plan.changes) {
    if (!change.managed || !(change.type in READERS)) continue;
    const read = READERS[change.type]!;
    if (change.before) before.push(...read(change, change.before, 'before', names));
    const stays = change.kind !== 'delete' && change.kind !== 'forget';
    if (stays && change.after) after.push(...read(change, change.after, 'after', names));
  }
  return { before, after };
}

interface Names {
  /** Address of a group by its id. */
  byId: ReadonlyMap<string, string>;
  /** Address of a group that an attribute refers to. */
  referred(change: Change, attribute: string): string | undefined;
}

const GROUPS = new Set(['aws_security_group', 'aws_default_security_group', 'openstack_networking_secgroup_v2']);

function groupNames(plan: Plan): Names {
  const byId = new Map<string, string>();
  const byConfig = new Map<string, string>();
  for (const change of plan.changes) {
    if (!GROUPS.has(change.type)) continue;
    for (const side of [change.before, change.after]) {
      const id = text(side?.['id']);
      if (id !== undefined) byId.set(id, change.address);
    }
    byConfig.set(change.configAddress, change.address);
  }
  return {
    byId,
    referred(change, attribute) {
      const groups = plan.configuration.references(change.configAddress, attribute).filter((r) => byConfig.has(r));
      return groups.length === 1 ? byConfig.get(groups[0]!) : undefined;
    },
  };
}

type Reader = (change: Change, values: JsonObject, side: 'before' | 'after', names: Names) => Inbound[];

function groupOf(change: Change, values: JsonObject, attribute: string, names: Names): string {
  const id = text(values[attribute]);
  return (
    (id !== undefined ? names.byId.get(id) : undefined) ??
    names.referred(change, attribute) ??
    id ??
    `(of ${change.address})`
  );
}

function portsOf(values: JsonObject, from: string, to: string, protocol: string): [number, number] {
  const first = number(values[from]);
  const last = number(values[to]);
  const all =
    protocol === 'all' || first === undefined || last === undefined || first < 0 || (first === 0 && last === 0);
  return all ? [0, 65535] : [first, last];
}

function protocolOf(value: unknown): string {
  const word = String(value ?? 'all').toLowerCase();
  return { '-1': 'all', '': 'all', any: 'all', '6': 'tcp', '17': 'udp', '1': 'icmp' }[word] ?? word;
}

/** `ingress` blocks, and the shape that aws_security_group_rule shares with them. */
function awsBlock(change: Change, block: JsonObject, group: string, path: string, names: Names): Inbound[] {
  const protocol = protocolOf(block['protocol']);
  const ports = portsOf(block, 'from_port', 'to_port', protocol);
  const sources = [...texts(block['security_groups']), ...texts([block['source_security_group_id']])];
  const referred = names.referred(change, 'source_security_group_id');
  const peers = [
    ...texts(block['cidr_blocks']),
    ...texts(block['ipv6_cidr_blocks']),
    ...sources.map((id) => `group:${names.byId.get(id) ?? id}`),
    ...(sources.length === 0 && referred ? [`group:${referred}`] : []),
    ...(block['self'] === true ? [`group:${group}`] : []),
  ];
  return peers.map((peer) => ({ group, protocol, ports, peer, path, address: change.address }));
}

const inlineGroup: Reader = (change, values, side, names) =>
  list(values['ingress'])
    .filter(isObject)
    .flatMap((block, i) =>
      awsBlock(change, block, change.address, `${change.path}.change.${side}.ingress[${i}]`, names),
    );

const READERS: Readonly<Record<string, Reader>> = {
  aws_security_group: inlineGroup,
  aws_default_security_group: inlineGroup,
  aws_security_group_rule: (change, values, side, names) =>
    values['type'] === 'egress'
      ? []
      : awsBlock(
          change,
          values,
          groupOf(change, values, 'security_group_id', names),
          `${change.path}.change.${side}`,
          names,
        ),
  aws_vpc_security_group_ingress_rule: (change, values, side, names) => {
    const protocol = protocolOf(values['ip_protocol']);
    const ports = portsOf(values, 'from_port', 'to_port', protocol);
    const group = groupOf(change, values, 'security_group_id', names);
    const source = text(values['referenced_security_group_id']);
    const referred = names.referred(change, 'referenced_security_group_id');
    const peers = [
      ...texts([values['cidr_ipv4'], values['cidr_ipv6']]),
      ...(source ? [`group:${names.byId.get(source) ?? source}`] : referred ? [`group:${referred}`] : []),
    ];
    return peers.map((peer) => ({
      group,
      protocol,
      ports,
      peer,
      path: `${change.path}.change.${side}`,
      address: change.address,
    }));
  },
  openstack_networking_secgroup_rule_v2: (change, values, side, names) => {
    if (values['direction'] !== 'ingress') return [];
    const protocol = protocolOf(values['protocol']);
    const ports = portsOf(values, 'port_range_min', 'port_range_max', protocol);
    const source = text(values['remote_group_id']);
    const referred = names.referred(change, 'remote_group_id');
    // Neutron: neither prefix nor group means any peer. A group that does not exist yet is unknown, not absent.
    const unknownPeer = ['remote_group_id', 'remote_ip_prefix'].some(
      (key) => object(change.afterUnknown)[key] === true,
    );
    const cidr = text(values['remote_ip_prefix']);
    const everybody = values['ethertype'] === 'IPv6' ? '::/0' : '0.0.0.0/0';
    const peer =
      cidr ??
      (source
        ? `group:${names.byId.get(source) ?? source}`
        : referred
          ? `group:${referred}`
          : unknownPeer && side === 'after'
            ? 'group:(unknown)'
            : everybody);
    const group = groupOf(change, values, 'security_group_id', names);
    return [{ group, protocol, ports, peer, path: `${change.path}.change.${side}`, address: change.address }];
  },
};

/** Rules from the world in the manifest, as inbound rules of its groups. */
export function declaredWorldRules(manifest: Manifest | undefined, path: string): Inbound[] {
  return (manifest?.rules ?? []).flatMap((rule, i) => {
    if (rule.from !== 'world') return [];
    const group = manifest?.groups[rule.to] ?? rule.to;
    const ports: [number, number] = [Number(rule.ports[0]), Number(rule.ports[1])];
    return [{ group, protocol: rule.protocol, ports, peer: '0.0.0.0/0', path: `${path}.rules[${i}]`, address: group }];
  });
}

/** Ports of `rule` that no rule of `known` permits for the same peer in the same group. */
export function portsBeyond(rule: Inbound, known: readonly Inbound[]): [number, number][] {
  let open: [number, number][] = [[rule.ports[0], rule.ports[1]]];
  for (const other of known) {
    if (other.group !== rule.group || other.peer !== rule.peer) continue;
    if (other.protocol !== 'all' && other.protocol !== rule.protocol) continue;
    const [first, last] = other.ports;
    open = open.flatMap(([from, to]): [number, number][] => {
      if (last < from || first > to) return [[from, to]];
      const left: [number, number][] = from < first ? [[from, first - 1]] : [];
      const right: [number, number][] = to > last ? [[last + 1, to]] : [];
      return [...left, ...right];
    });
  }
  return open;
}

/** Whether a CIDR is the world or a large public part of it. */
export function isWorld(peer: string): boolean {
  const [address = '', length = ''] = peer.split('/');
  const bits = Number(length);
  if (length === '' || Number.isNaN(bits)) return false;
  if (address.includes(':')) return bits <= 16 && !/^f[cde]/i.test(address);
  const first = Number(address.split('.')[0]);
  return bits <= 8 && !(bits === 8 && (first === 10 || first === 127));
}
