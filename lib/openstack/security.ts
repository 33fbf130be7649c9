import type { Construct } from 'constructs';
import { NetworkingSecgroupRuleV2 } from '#provider-openstack/networking-secgroup-rule-v2';
import { NetworkingSecgroupV2 } from '#provider-openstack/networking-secgroup-v2';
import type { TrafficRule } from '../topology/model';
import { tagsOf } from './tags';

interface GroupProps {
  readonly cluster: { readonly name: string; readonly tags: Readonly<Record<string, string>> };
  /** What the group is for: `cluster`, or a pool. */
  readonly name: string;
  /** Whether members may connect to any destination. @default true */
  readonly egress?: boolean;
}

/** A firewall group; `securityRules` adds its inbound rules. */
export function securityGroup(
  scope: Construct,
  id: string,
  { cluster, name, egress = true }: GroupProps,
): NetworkingSecgroupV2 {
  const group = new NetworkingSecgroupV2(scope, id, {
    name: `${cluster.name}-${name}`,
    description: `${name} of Stackato cluster ${cluster.name}`,
    // Neutron adds outbound rules to a new group by itself, and Terraform would not know them.
    deleteDefaultRules: true,
    tags: tagsOf(cluster),
  });
  if (egress) {
    new NetworkingSecgroupRuleV2(scope, `${id}-egress`, {
      securityGroupId: group.id,
      direction: 'egress',
      ethertype: 'IPv4',
      description: `${cluster.name}-${name}-out`,
    });
  }
  return group;
}

/** Neutron cannot change the description of a rule; another text must not remove the rule for a moment. */
const AS_CREATED = { ignoreChanges: ['description'] };

/** One ingress rule per rule of the topology, named by the rule's id. `groupId` gives the group of a pool or the cluster. */
export function securityRules(
  scope: Construct,
  cluster: GroupProps['cluster'],
  rules: readonly TrafficRule[],
  groupId: (name: string) => string,
): void {
  for (const rule of rules) {
    const [first, last] = rule.ports;
    new NetworkingSecgroupRuleV2(scope, `allow-${rule.id}`, {
      securityGroupId: groupId(rule.to),
      direction: 'ingress',
      ethertype: 'IPv4',
      description: `${cluster.name}: ${rule.from} to ${rule.to}: ${rule.why}`.slice(0, 255),
      ...(rule.protocol === 'all' ? {} : { protocol: rule.protocol, portRangeMin: first, portRangeMax: last }),
      ...(rule.from === 'world' ? { remoteIpPrefix: '0.0.0.0/0' } : { remoteGroupId: groupId(rule.from) }),
      lifecycle: AS_CREATED,
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
    new NetworkingSecgroupRuleV2(scope, `login-${pool}-from-${network.replaceAll(/[./]/g, '-')}`, {
      securityGroupId: groupId,
      direction: 'ingress',
      ethertype: 'IPv4',
      description: `${cluster.name}: ssh from ${network}`,
      protocol: 'tcp',
      portRangeMin: 22,
      portRangeMax: 22,
      remoteIpPrefix: network,
    });
  }
}
