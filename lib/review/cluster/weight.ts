import { type ClusterChange, type NodeChange, undisturbed } from './cluster';
import { serviceRoles } from './data';

/** How much the loss of a node hurts: by what it runs and by who else runs it. */
export type Weight = 'core' | 'data' | 'last' | 'spare';

/** Roles that other nodes can stand in for. */
export const SHARED = ['dea', 'router', 'controller', 'load_balancer'] as const;

export function weightOf(node: NodeChange, cluster: ClusterChange): Weight {
  const roles = (node.before ?? node.node).roles;
  if (roles.includes('primary')) return 'core';
  if (serviceRoles(roles).length > 0) return 'data';
  return lostRoles(node, cluster).length > 0 ? 'last' : 'spare';
}

/** Shared roles that this node runs and that no undisturbed node stands in for. */
export function lostRoles(node: NodeChange, cluster: ClusterChange): string[] {
  return SHARED.filter(
    (role) =>
      node.before?.roles.includes(role) &&
      !cluster.nodes.some((n) => n !== node && undisturbed(n) && standsIn(n, node, role)),
  );
}

/** A router that the world does not reach is no stand-in for one that it does. */
function standsIn(other: NodeChange, node: NodeChange, role: string): boolean {
  if (!other.before?.roles.includes(role)) return false;
  return role !== 'router' || other.before.world || !node.before?.world;
}
