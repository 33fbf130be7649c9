import { byName } from '../../base/json';
import { type ClusterChange, type NodeChange, undisturbed } from './cluster';
import { isCore, soleRoles } from './roles';

/** How much the loss of a node hurts: `data` has no stand-in, `last` loses its last stand-in, `spare` has one. */
export type Weight = 'core' | 'data' | 'last' | 'spare';

export function weightOf(node: NodeChange, cluster: ClusterChange): Weight {
  const was = node.before ?? node.node;
  if (isCore(was, cluster.known)) return 'core';
  if (soleRoles(was.roles, cluster.known).length > 0) return 'data';
  return lostRoles(node, cluster).length > 0 ? 'last' : 'spare';
}

/** Roles that another node with the role can take over, sorted. */
export function sharedRoles(cluster: ClusterChange): string[] {
  const roles = new Set(cluster.nodes.flatMap((n) => n.before?.roles ?? []));
  return [...roles].filter((role) => isShared(role, cluster)).sort(byName);
}

function isShared(role: string, { known }: ClusterChange): boolean {
  const { standIn, placement } = known.of(role);
  return standIn && placement !== 'implied';
}

/** Shared roles of this node that no undisturbed node can take over. */
export function lostRoles(node: NodeChange, cluster: ClusterChange): string[] {
  return (node.before?.roles ?? []).filter(
    (role) =>
      isShared(role, cluster) &&
      !cluster.nodes.some((n) => n !== node && undisturbed(n) && standsIn(n, node, role, cluster)),
  );
}

/** A node that the world cannot reach does not stand in for one that it can reach. */
function standsIn(other: NodeChange, node: NodeChange, role: string, { known }: ClusterChange): boolean {
  if (!other.before?.roles.includes(role)) return false;
  const faces = known.of(role).ports.some(({ from }) => from === 'world');
  return !faces || other.before.world || !node.before?.world;
}
