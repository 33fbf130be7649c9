import type { Pool, Topology } from './model';

/** The name of a node's volume in a release: `data-1 volume`. */
export const volumeName = (node: string): string => `${node} volume`;

/** The name of a database in a release: `database apps`. */
export const databaseName = (database: string): string => `database ${database}`;

/**
 * Ids of a stack's own records in its state: what it keeps, what is released (no pool has a name with a capital letter), and
 * each database's, whose id names its last snapshot.
 */
export const RECORDS = { kept: 'Kept', released: 'Released', life: 'life' } as const;

/** Whether a Terraform address is that of such a record, which has no effect in the cloud. */
export function isRecord(address: string): boolean {
  const ids = Object.values(RECORDS).join('|');
  return new RegExp(`(^|\\.)terraform_data\\.([\\w-]+_)?(${ids})(_[0-9A-F]{8})?(\\[|$)`).test(address);
}

/** What a record of a stack holds, by its Terraform address: `data-1 volume`; undefined for any other address. */
export function recordedName(address: string): string | undefined {
  return new RegExp(`terraform_data\\.[\\w-]*${RECORDS.kept}\\w*\\["([^"]+)"\\]`).exec(address)?.[1];
}

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
