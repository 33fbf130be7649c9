import type { RoleUse } from '../kato/role';
import type { KatoVersion } from '../kato/version';
import type { ClusterShape } from './schema';

/** A checked declaration with defaults and resolved roles, from `defineCluster`. */
export interface ClusterSpec extends Omit<ClusterShape, 'version' | 'core' | 'pools' | 'licenseGib'> {
  /** Version of the product. */
  readonly version: KatoVersion;
  /** The core node. */
  readonly core: Omit<ClusterShape['core'], 'roles'> & { readonly roles: readonly RoleUse[] };
  /** All other nodes, by pool. */
  readonly pools: Readonly<Record<string, PoolSpec>>;
  /** Memory that the licence allows, GiB: 4 without a key, 20 with a free one (facts §0.1-15; H). */
  readonly licenseGib: number;
}

/** A checked pool with resolved roles. */
export type PoolSpec = Omit<ClusterShape['pools'][string], 'roles' | 'was'> & {
  readonly roles: readonly RoleUse[];
  /** Its former names, oldest first. @default none */
  readonly was?: readonly string[];
};

/** A cloud that a declaration may name. */
export type CloudName = keyof ClusterSpec['clouds'];

const NOMINAL_GIB = new Map([
  ['small', 2],
  ['medium', 4],
  ['large', 8],
  ['xlarge', 16],
  ['2xlarge', 32],
]);

/** Nominal memory of a size word, GiB; a cloud's table may differ slightly and have more words. */
export const nominalGib = (size: string): number | undefined => NOMINAL_GIB.get(size);

/** All pools with the core first, as `[path, pool]`. */
export function everyPool(spec: ClusterSpec): readonly (readonly [string, PoolSpec])[] {
  const core: PoolSpec = { ...spec.core, count: 1, placementZones: [] };
  return [['core', core], ...Object.entries(spec.pools).map(([name, pool]) => [`pools.${name}`, pool] as const)];
}
