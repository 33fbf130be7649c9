import type { Construct } from 'constructs';
import { type GuestProps, type GuestRoles, guestGroup, planGuest } from '../stack/guest-pool';
import { movedResources } from '../stack/moved';
import type { ManifestNode } from '../topology/manifest';
import type { ClusterHandle } from './handle';
import { NodePool } from './node-pool';
import { securityGroup, securityRules } from './security';

/** Properties of every typed pool. */
export interface PoolProps extends GuestProps {
  /** The cluster to join: an `aws.Cluster`'s `handle`, another stack's outputs, or constants. */
  readonly join: ClusterHandle;
}

/** Creates a pool that joins the cluster of another stack, with its firewall rules. */
export function guestPool(
  scope: Construct,
  id: string,
  props: PoolProps & GuestRoles,
): Readonly<Record<string, ManifestNode>> {
  const { join } = props;
  const { plan, grouped, rules } = planGuest(id, join, props);
  const group = grouped
    ? securityGroup(scope, 'group', { cluster: join, name: plan.name, vpcId: join.vpcId, egress: false }).id
    : undefined;
  const groupIds = [join.clusterGroupId, ...(group ? [group] : [])];
  const pool = new NodePool(scope, 'nodes', { join, plan, groupIds });
  securityRules(scope, join, rules, (name) => guestGroup(join, plan, group, name));
  movedResources(scope, { pools: { [plan.name]: plan }, databases: {}, rules });
  return pool.manifest;
}
