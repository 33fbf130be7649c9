import type { Pool, Topology } from './model';

/** The name of a node's volume in a release: `data-1 volume`. */
export const volumeName = (node: string): string => `${node} volume`;

/** The name of a database in a release: `database apps`. */
export const databaseName = (database: string): string => `database ${database}`;

/** The volumes of a pool's nodes, as a release names them. */
export function volumeNames({ disk, nodes }: Pick<Pool, 'disk' | 'nodes'>): readonly string[] {
  return disk ? Object.keys(nodes).map(volumeName) : [];
}

/** Former names of what keeps data, by present ones, as a release names it. */
export function formerNames({ pools, databases }: Pick<Topology, 'pools' | 'databases'>): Record<string, string[]> {
  const volumes = Object.values(pools).flatMap(({ name, was, disk, nodes }) =>
    disk
      ? Object.keys(nodes).map(
          (node) => [volumeName(node), was.map((one) => volumeName(one + node.slice(name.length)))] as const,
        )
      : [],
  );
  const others = Object.values(databases).map(({ name, was }) => [databaseName(name), was.map(databaseName)] as const);
  return Object.fromEntries([...volumes, ...others].filter(([, was]) => was.length > 0));
}

/** Everything in a cluster that keeps data, as a release names it: `core`, `core volume`, `data-1 volume`, `database apps`. */
export function keptNames({ core, pools, databases }: Topology): readonly string[] {
  const volumes = [core, ...Object.values(pools)].flatMap(volumeNames);
  return ['core', ...volumes, ...Object.keys(databases).map(databaseName)];
}
