import type { FirewallRule } from '../source/source';
import type { Properties, Resources } from '../source/synth-resources';
import { type Each, fill, reference } from '../source/synth-values';
import { type InGroups, withAlways } from './aws';
import { ANYWHERE, atMembers, type GroupRule, membersOf, traffic } from './groups';
import { unfiltered } from './openstack';

/** Traffic that an AWS stack's security groups will allow after an apply. */
export function awsSynthFirewall(resources: Resources, nodes: InGroups, databases: InGroups): FirewallRule[] {
  const rules = (['ingress', 'egress'] as const).flatMap((direction) =>
    Object.entries(resources[`aws_vpc_security_group_${direction}_rule`] ?? {}).flatMap(([name, rule]): GroupRule[] => {
      const found = traffic(String(rule['ip_protocol'] ?? ''), port(rule['from_port']), port(rule['to_port']));
      const other = nameOf(rule['referenced_security_group_id']);
      const cidr = rule['cidr_ipv4'];
      if (found === undefined || (other === '' && typeof cidr !== 'string')) return [];
      return [
        {
          name: plain(name),
          group: nameOf(rule['security_group_id']),
          direction: direction === 'egress' ? 'out' : 'in',
          ...found,
          peer: other === '' ? { cidr: String(cidr) } : { group: other },
        },
      ];
    }),
  );
  return withAlways(atMembers(rules, membersOf([...nodes, ...databases])), nodes);
}

/** The groups of a stack's resource, by the names of the groups' resources. */
export function synthGroups(owner: Properties, key: string, each?: Each): string[] {
  const list = owner[key];
  return Array.isArray(list) ? list.map((one) => nameOf(one, each)).filter((name) => name !== '') : [];
}

/** Traffic that an OpenStack stack's security groups will allow after an apply. */
export function openstackSynthFirewall(
  resources: Resources,
  nodes: readonly (readonly [name: string, port: Properties])[],
): FirewallRule[] {
  const rules = Object.entries(resources['openstack_networking_secgroup_rule_v2'] ?? {});
  const own = rules.flatMap(([name, rule]): GroupRule[] => {
    const found = traffic(String(rule['protocol'] ?? ''), port(rule['port_range_min']), port(rule['port_range_max']));
    if (found === undefined || rule['ethertype'] === 'IPv6') return [];
    const other = nameOf(rule['remote_group_id']);
    return [
      {
        name: plain(name),
        group: nameOf(rule['security_group_id']),
        direction: rule['direction'] === 'egress' ? 'out' : 'in',
        ...found,
        peer: other === '' ? { cidr: String(rule['remote_ip_prefix'] ?? ANYWHERE) } : { group: other },
      },
    ];
  });
  // Neutron's default rules, if a group keeps them.
  const kept = Object.entries(resources['openstack_networking_secgroup_v2'] ?? {})
    .filter(([, group]) => group['delete_default_rules'] !== true)
    .map(([group]): GroupRule => {
      const peer = { cidr: ANYWHERE };
      return { name: `${plain(group)}-default-egress`, group, direction: 'out', protocol: 'all', peer };
    });
  const open = nodes.filter(([, one]) => one['port_security_enabled'] === false).map(([name]) => name);
  const groups = nodes.map(([name, one]) => [name, synthGroups(one, 'security_group_ids')] as const);
  return [...unfiltered(open), ...atMembers([...own, ...kept], membersOf(groups))];
}

/** A resource's name without the digest that cdktf appends. */
const plain = (name: string) => name.replace(/_[0-9A-F]{8}$/, '');
const nameOf = (value: unknown, each?: Each) => reference(fill(value, each))?.name ?? '';
const port = (value: unknown): number | undefined => (typeof value === 'number' ? value : undefined);
