import type { ModelRole } from '../roles';
import { KatoError } from '../session';
import type { NodeEntry } from '../store';
import type { Value } from '../yaml';

/** GiB of memory that a licence allows: none 4, a free key 20, an enterprise key any (0.1-15, 12; H). How a key says so L. */
export function allowedMemory(license: Value | undefined): number {
  const { key, enabled } = (license ?? {}) as { key?: Value; enabled?: Value };
  if (key === undefined || enabled !== true) return 4;
  return /enterprise/i.test(String(key)) ? Number.POSITIVE_INFINITY : 20;
}

type Ask = <T>(request: { op: string; [key: string]: unknown }) => Promise<T>;

/** Refuses a node that would take the cluster over its licence's memory (0.1-15 H; that attach is where it shows L, 18-17). */
export async function withinLicense(store: Ask, address: string, memory: number): Promise<void> {
  if (memory === 0) return;
  const nodes = await store<Record<string, NodeEntry>>({ op: 'nodes' });
  const license = await store<Value>({ op: 'get', component: 'cluster', path: 'license' }).catch(() => undefined);
  const others = Object.entries(nodes).filter(([other]) => other !== address);
  const total = others.reduce((sum, [, entry]) => sum + (entry.memory ?? 0), memory);
  const allowed = allowedMemory(license);
  if (total > allowed)
    throw new KatoError(
      `the licence allows ${allowed} GB of memory, the cluster would have ${total} GB; kato license set`,
    );
}

/** Refuses a role that enough other nodes of the cluster have (1.2 M, 1.4 H). */
export function withinCardinality(
  nodes: Readonly<Record<string, NodeEntry>>,
  address: string,
  roles: readonly string[],
  known: readonly ModelRole[],
): void {
  for (const { name, max } of known) {
    if (max === undefined || !roles.includes(name)) continue;
    const holders = Object.keys(nodes).filter((other) => other !== address && nodes[other]!.roles.includes(name));
    if (holders.length >= max) throw new KatoError(`${name} is on ${holders.join(' ')}; at most ${max} in a cluster`);
  }
}
