import type { Manifest, ManifestNode } from '../../topology/manifest';
import { isCore, type KnownRoles, keepsData } from './roles';

/**
 * Roles of a node that keep their data on its root disk: neither on a separate volume nor in an external database. A role
 * that does not say where it keeps data may keep it there, whatever else is on the volume.
 */
export function rolesOnRoot(node: ManifestNode, manifest: Manifest, known: KnownRoles): string[] {
  const kept = new Set(node.disk?.keeps ?? []);
  for (const database of Object.values(manifest.databases)) {
    for (const use of database.usedBy) if (use.pool === node.pool) kept.add(use.role);
  }
  const onCore = isCore(node, known);
  return node.roles.filter((role) => keepsData(known.of(role), onCore) && !(kept.has(role) && known.tells(role)));
}

/** `MySQL databases, Redis data and 2 more`: at most `most` by name. */
export function dataOf(roles: readonly string[], known: KnownRoles, most = roles.length): string {
  const shown = roles.slice(0, most).map((role) => known.of(role).keeps ?? `data of role ${role}`);
  return `${shown.join(', ')}${roles.length > most ? ` and ${roles.length - most} more` : ''}`;
}

/** The node that a volume belongs to. */
export function volumeOwner(
  manifest: Manifest | undefined,
  address: string,
): { name: string; node: ManifestNode } | undefined {
  for (const [name, node] of Object.entries(manifest?.nodes ?? {})) {
    if (node.disk?.resource === address) return { name, node };
  }
  return undefined;
}
