import type { Pool } from './model';

/**
 * The zone of every node of a pool as a position in the list of zones. Nodes are assigned in turn to the zones in the order
 * of their names, so that another order of the list moves no node.
 */
export function spread(pool: Pick<Pool, 'nodes'>, zones: readonly string[]): Readonly<Record<string, number>> {
  const turn = zones.map((_, i) => i).sort((a, b) => (zones[a]! < zones[b]! ? -1 : 1));
  return Object.fromEntries(
    Object.entries(pool.nodes).map(([name, { ordinal }]) => [name, turn[ordinal % turn.length]!]),
  );
}
