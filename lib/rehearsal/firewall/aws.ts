import type { Instance, SecurityGroupRule, Tag } from '@aws-sdk/client-ec2';
import type { DBInstance } from '@aws-sdk/client-rds';
import type { FirewallRule } from '../source/source';
import { atMembers, type GroupRule, membersOf, traffic } from './groups';

/** Members of security groups. */
export type InGroups = readonly (readonly [name: string, groups: readonly string[]])[];

/** Traffic that EC2's security groups allow; rules for IPv6 and prefix lists are left out. */
export function awsFirewall(rules: readonly SecurityGroupRule[], nodes: InGroups, databases: InGroups): FirewallRule[] {
  return withAlways(atMembers(rules.flatMap(ruleOf), membersOf([...nodes, ...databases])), nodes);
}

function ruleOf(rule: SecurityGroupRule): GroupRule[] {
  const found = traffic(rule.IpProtocol ?? '', rule.FromPort, rule.ToPort);
  const other = rule.ReferencedGroupInfo?.GroupId;
  const cidr = rule.CidrIpv4;
  if (found === undefined || (!other && !cidr)) return [];
  return [
    {
      name: tag(rule.Tags, 'Name') ?? rule.SecurityGroupRuleId ?? '',
      group: rule.GroupId ?? '',
      direction: rule.IsEgress ? 'out' : 'in',
      ...found,
      peer: other ? { group: other } : { cidr: cidr ?? '' },
    },
  ];
}

/** The value of a tag that has one. */
export function tag(tags: readonly Tag[] | undefined, name: string): string | undefined {
  return tags?.find(({ Key }) => Key === name)?.Value || undefined;
}

/** The groups of an instance: those of its interfaces. */
export function instanceGroups({ SecurityGroups = [], NetworkInterfaces = [] }: Instance): string[] {
  const all = [...SecurityGroups, ...NetworkInterfaces.flatMap(({ Groups = [] }) => Groups)];
  return all.flatMap(({ GroupId }) => GroupId ?? []);
}

/** The groups of a database. */
export function databaseGroups({ VpcSecurityGroups = [] }: DBInstance): string[] {
  return VpcSecurityGroups.flatMap(({ VpcSecurityGroupId }) => VpcSecurityGroupId ?? []);
}

/**
 * Adds traffic that security groups never filter: metadata, Amazon's DNS and time servers (VPC user guide, "Control traffic
 * with security groups"; H).
 */
export function withAlways(rules: readonly FirewallRule[], nodes: InGroups): FirewallRule[] {
  const always = { name: ALWAYS, at: nodes.map(([name]) => name), direction: 'out' } as const;
  return [
    { ...always, protocol: 'tcp', ports: [80, 80], peers: ['169.254.169.254/32'] },
    { ...always, protocol: 'all', peers: ['169.254.169.253/32', '169.254.169.123/32'] },
    ...rules,
  ];
}

/** The name of traffic that no group's rule allows. */
export const ALWAYS = 'always: metadata, DNS and time';
