import type { Pool } from './model';

/** The zone of every node of a pool as a position in the list of zones: nodes are assigned to zones in turn. */
export function spread(pool: Pick<Pool, 'nodes'>, zones: number): Readonly<Record<string, number>> {
  return Object.fromEntries(Object.entries(pool.nodes).map(([name, { ordinal }]) => [name, ordinal % zones]));
}
