import { SecurityGroup } from '@cdktf/provider-aws/lib/security-group';
import { VpcSecurityGroupEgressRule } from '@cdktf/provider-aws/lib/vpc-security-group-egress-rule';
import { VpcSecurityGroupIngressRule } from '@cdktf/provider-aws/lib/vpc-security-group-ingress-rule';
import type { Construct } from 'constructs';
import type { TrafficRule } from '../topology/model';
import { tagsOf } from './tags';

interface GroupProps {
  readonly cluster: { readonly name: string; readonly tags: Readonly<Record<string, string>> };
  /** What the group is for: `cluster`, a pool, `database-apps`. */
  readonly name: string;
  readonly vpcId: string;
  /** Whether members may connect to any destination. @default true */
  readonly egress?: boolean;
}

/** A firewall group; `securityRules` adds its inbound rules. */
export function securityGroup(
  scope: Construct,
  id: string,
  { cluster, name, vpcId, egress = true }: GroupProps,
): SecurityGroup {
  const full = `${cluster.name}-${name}`;
  const group = new SecurityGroup(scope, id, {
    name: full,
    description: `${name} of Stackato cluster ${cluster.name}`,
    vpcId,
    tags: tagsOf(cluster, { Name: full }),
    // A renamed pool keeps its group: EC2 can change neither, and members would hold up the removal of the old group.
    lifecycle: { ignoreChanges: ['name', 'description'] },
  });
  if (egress) {
    new VpcSecurityGroupEgressRule(scope, `${id}-egress`, {
      securityGroupId: group.id,
      ipProtocol: '-1',
      cidrIpv4: '0.0.0.0/0',
      tags: tagsOf(cluster, { Name: `${full}-out` }),
    });
  }
  return group;
}

/** One ingress rule per rule of the topology, named by the rule's id. `groupId` gives the group of a pool, the cluster or a database. */
export function securityRules(
  scope: Construct,
  cluster: GroupProps['cluster'],
  rules: readonly TrafficRule[],
  groupId: (name: string) => string,
): void {
  for (const rule of rules) {
    const [first, last] = rule.ports;
    new VpcSecurityGroupIngressRule(scope, `allow-${rule.id}`, {
      securityGroupId: groupId(rule.to),
      description: describe(rule),
      ...(rule.protocol === 'all'
        ? { ipProtocol: '-1' }
        : { ipProtocol: rule.protocol, fromPort: first, toPort: last }),
      ...(rule.from === 'world' ? { cidrIpv4: '0.0.0.0/0' } : { referencedSecurityGroupId: groupId(rule.from) }),
      tags: tagsOf(cluster, { Name: `${cluster.name}-${rule.id}` }),
    });
  }
}

/** Logins to a pool from outside, from the networks that the settings name. */
export function loginRules(
  scope: Construct,
  cluster: GroupProps['cluster'],
  pool: string,
  networks: readonly string[],
  groupId: string,
): void {
  for (const network of networks) {
    const id = `login-${pool}-from-${network.replaceAll(/[./]/g, '-')}`;
    new VpcSecurityGroupIngressRule(scope, id, {
      securityGroupId: groupId,
      description: `ssh from ${network}`,
      ipProtocol: 'tcp',
      fromPort: 22,
      toPort: 22,
      cidrIpv4: network,
      tags: tagsOf(cluster, { Name: `${cluster.name}-${id}` }),
    });
  }
}

/** EC2 accepts only certain characters in a description, at most 255. */
const describe = (rule: TrafficRule) =>
  `${rule.from} to ${rule.to}: ${rule.why}`.replaceAll(/[^\w .:/()#,@[\]+=&;{}!$*-]/g, ' ').slice(0, 255);
