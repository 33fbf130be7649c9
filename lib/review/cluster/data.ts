import type { Manifest, ManifestNode } from '../../topology/manifest';

/**
 * What each role keeps on disk, in an operator's words. DEAs and routers keep nothing that is not made again.
 * Roles with persistent data: facts §7.3 (D34; H). The core's: `primary` has the Cloud Controller's database and the
 * config store, `controller` the droplets (facts §1.1; M).
 */
export const ROLE_DATA: Readonly<Record<string, string>> = {
  primary: 'users, organizations, spaces, apps and configuration of the whole cluster',
  controller: 'droplets and uploaded app code',
  mysql: 'MySQL databases',
  postgresql: 'PostgreSQL databases',
  redis: 'Redis data',
  mongodb: 'MongoDB databases',
  rabbit: 'RabbitMQ queues',
  rabbit3: 'RabbitMQ 3 queues',
  memcached: 'records of memcached services',
  filesystem: 'persistent file systems of apps',
  harbor: 'records of Harbor ports',
};

/** Roles that apps bind to as services. */
export function serviceRoles(roles: readonly string[]): string[] {
  return roles.filter((role) => role in ROLE_DATA && role !== 'primary' && role !== 'controller');
}

/** Roles of a node whose data lie on its root disk: not on a volume of its own, not in an external database. */
export function rolesOnRoot(node: ManifestNode, manifest: Manifest): string[] {
  const kept = new Set(node.disk?.keeps ?? []);
  for (const database of Object.values(manifest.databases)) {
    for (const use of database.usedBy) if (use.pool === node.pool) kept.add(use.role);
  }
  return node.roles.filter((role) => {
    // Further controllers share the core's data; theirs is the core's.
    if (role === 'controller' && !node.roles.includes('primary')) return false;
    return role in ROLE_DATA && !kept.has(role);
  });
}

/** `MySQL databases, Redis data`; what is over `most` is counted. */
export function dataOf(roles: readonly string[], most = roles.length): string {
  const shown = roles.slice(0, most).map((role) => ROLE_DATA[role] ?? `data of role ${role}`);
  return `${shown.join(', ')}${roles.length > most ? ` and ${roles.length - most} more` : ''}`;
}

/** The node that a volume belongs to, and the roles whose data lie on it. */
export function volumeOwner(
  manifest: Manifest | undefined,
  address: string,
): { name: string; node: ManifestNode } | undefined {
  for (const [name, node] of Object.entries(manifest?.nodes ?? {})) {
    if (node.disk?.resource === address) return { name, node };
  }
  return undefined;
}
