import { number, texts } from '../../base/json';
import { type OpenstackObject, text } from '../../cloud-api/openstack/api';
import type { FirewallRule } from '../source/source';
import { ANYWHERE, atMembers, type GroupRule, membersOf, traffic } from './groups';

/**
 * Traffic that Neutron's security groups allow, from its rules and the ports of each node; rules for IPv6 and address groups
 * are left out. A port without port security allows everything. Metadata needs an egress rule: a group without one cuts its
 * members off (networking guide; M).
 */
export function openstackFirewall(
  rules: readonly OpenstackObject[],
  nodes: readonly (readonly [name: string, ports: readonly OpenstackObject[]])[],
): FirewallRule[] {
  const ours = rules.flatMap((rule): GroupRule[] => {
    const found = traffic(text(rule['protocol']), number(rule['port_range_min']), number(rule['port_range_max']));
    if (found === undefined || rule['ethertype'] === 'IPv6' || text(rule['remote_address_group_id'])) return [];
    const other = text(rule['remote_group_id']);
    return [
      {
        name: text(rule['description']) ? `${text(rule['description'])} (${text(rule['id'])})` : text(rule['id']),
        group: text(rule['security_group_id']),
        direction: rule['direction'] === 'egress' ? 'out' : 'in',
        ...found,
        peer: other ? { group: other } : { cidr: text(rule['remote_ip_prefix']) || ANYWHERE },
      },
    ];
  });
  const groups = nodes.map(([name, ports]) => [name, ports.flatMap((one) => texts(one['security_groups']))] as const);
  const open = nodes.filter(([, ports]) => ports.some((one) => one['port_security_enabled'] === false));
  return [...unfiltered(open.map(([name]) => name)), ...atMembers(ours, membersOf(groups))];
}

/** For ports that Neutron does not filter. */
export function unfiltered(at: readonly string[]): FirewallRule[] {
  if (at.length === 0) return [];
  const all = { name: 'no port security', at, protocol: 'all', peers: [ANYWHERE] } as const;
  return [
    { ...all, direction: 'in' },
    { ...all, direction: 'out' },
  ];
}
