import type { Pool, Topology } from './model';

/** The name of a node's volume in a release: `data-1 volume`. */
export const volumeName = (node: string): string => `${node} volume`;

/** The name of a database in a release: `database apps`. */
export const databaseName = (database: string): string => `database ${database}`;

/** The volumes of a pool's nodes, as a release names them. */
export function volumeNames({ disk, nodes }: Pick<Pool, 'disk' | 'nodes'>): readonly string[] {
  return disk ? Object.keys(nodes).map(volumeName) : [];
}

/** Everything in a cluster that keeps data, as a release names it: `core`, `core volume`, `data-1 volume`, `database apps`. */
export function keptNames({ core, pools, databases }: Topology): readonly string[] {
  const volumes = [core, ...Object.values(pools)].flatMap(volumeNames);
  return ['core', ...volumes, ...Object.keys(databases).map(databaseName)];
}
