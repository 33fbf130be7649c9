import { type CloudObject, object, objects, tag, text } from '../source/answers';
import type { FirewallRule } from '../source/source';
import { atMembers, type GroupRule, membersOf, traffic } from './groups';

/** Who is in which security groups. */
export type InGroups = readonly (readonly [name: string, groups: readonly string[]])[];

/** What EC2's security groups let through, from DescribeSecurityGroupRules; rules for IPv6 and for prefix lists are left out. */
export function awsFirewall(answer: CloudObject, nodes: InGroups, databases: InGroups): FirewallRule[] {
  const rules = objects(answer['securityGroupRuleSet']).flatMap((rule): GroupRule[] => {
    const found = traffic(text(rule['ipProtocol']), portOf(rule['fromPort']), portOf(rule['toPort']));
    const other = text(object(rule['referencedGroupInfo'])['groupId']);
    const cidr = text(rule['cidrIpv4']);
    if (found === undefined || (other === '' && cidr === '')) return [];
    return [
      {
        name: tag(rule['tagSet'], 'Name') || text(rule['securityGroupRuleId']),
        group: text(rule['groupId']),
        direction: text(rule['isEgress']) === 'true' ? 'out' : 'in',
        ...found,
        peer: other === '' ? { cidr } : { group: other },
      },
    ];
  });
  return withAlways(atMembers(rules, membersOf([...nodes, ...databases])), nodes);
}

/** The groups of an instance: those of its interfaces. */
export function instanceGroups(instance: CloudObject): string[] {
  const all = [instance, ...objects(instance['networkInterfaceSet'])];
  return all.flatMap((one) => objects(one['groupSet']).map((group) => text(group['groupId'])));
}

/** The groups of a database. */
export function databaseGroups(database: CloudObject): string[] {
  return objects(database['VpcSecurityGroups']).map((group) => text(group['VpcSecurityGroupId']));
}

/**
 * Adds what security groups never filter: metadata, Amazon's DNS and its time (VPC user guide, "Control traffic with
 * security groups"; H).
 */
export function withAlways(rules: readonly FirewallRule[], nodes: InGroups): FirewallRule[] {
  const always = { name: ALWAYS, at: nodes.map(([name]) => name), direction: 'out' } as const;
  return [
    { ...always, protocol: 'tcp', ports: [80, 80], peers: ['169.254.169.254/32'] },
    { ...always, protocol: 'all', peers: ['169.254.169.253/32', '169.254.169.123/32'] },
    ...rules,
  ];
}

/** The name of what is not a rule of any group. */
export const ALWAYS = 'always: metadata, DNS and time';

const portOf = (value: CloudObject[string]) => (text(value) === '' ? undefined : Number(text(value)));
