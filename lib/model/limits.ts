import type { NodeEntry } from './entries';
import type { ModelRole } from './roles';
import type { Value } from './yaml';

/** GiB of memory that a licence allows: none 4, a free key 20, an enterprise key any (0.1-15, 12; H). How a key says so L. */
function allowedMemory(license: Value | undefined): number {
  const { key, enabled } = (license ?? {}) as { key?: Value; enabled?: Value };
  if (key === undefined || enabled !== true) return 4;
  return /enterprise/i.test(String(key)) ? Number.POSITIVE_INFINITY : 20;
}

/** What a node that joins asks of the cluster's store: that the licence bears it, and that its roles are not on too many nodes. */
export interface Limits {
  /** Most nodes of a role, by role (1.2 M, 1.4 H). */
  readonly most?: Readonly<Record<string, number>>;
  /** Whether the licence counts: 0.1-15 H; that attach is where it shows L (18-17). */
  readonly license?: boolean;
}

/** `most` of the roles that a node knows. */
export function mostOf(known: readonly ModelRole[]): Record<string, number> {
  return Object.fromEntries(known.flatMap(({ name, max }) => (max === undefined ? [] : [[name, max]])));
}

/** Why a node may not become what it wants to be, in words; the store asks, so that nodes that come at once are counted. */
export function beyond(
  limits: Limits,
  nodes: Readonly<Record<string, NodeEntry>>,
  address: string,
  entry: Partial<NodeEntry>,
  license: Value | undefined,
): string | undefined {
  const others = Object.entries(nodes).filter(([other]) => other !== address);
  for (const [name, most] of Object.entries(limits.most ?? {})) {
    if (!entry.roles?.includes(name)) continue;
    const holders = others.filter(([, { roles }]) => roles.includes(name)).map(([other]) => other);
    if (holders.length >= most) return `${name} is on ${holders.join(' ')}; at most ${most} in a cluster`;
  }
  if (!limits.license || !entry.memory) return undefined;
  const total = others.reduce((sum, [, { memory = 0 }]) => sum + memory, entry.memory);
  const allowed = allowedMemory(license);
  return total > allowed
    ? `the licence allows ${allowed} GB of memory, the cluster would have ${total} GB; kato license set`
    : undefined;
}
