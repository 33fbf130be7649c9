import type { RoleUse } from '../kato/role';
import type { KatoVersion } from '../kato/version';
import type { ClusterShape } from './schema';

/** A checked declaration: defaults filled in, roles resolved. Made by `defineCluster`. */
export interface ClusterSpec extends Omit<ClusterShape, 'version' | 'core' | 'pools' | 'licenseGib'> {
  readonly version: KatoVersion;
  readonly core: Omit<ClusterShape['core'], 'roles'> & { readonly roles: readonly RoleUse[] };
  readonly pools: Readonly<Record<string, PoolSpec>>;
  /** Memory that the licence allows, GiB: 4 without a key, 20 with a free one (facts §0.1-15; H). */
  readonly licenseGib: number;
}

export type PoolSpec = Omit<ClusterShape['pools'][string], 'roles'> & { readonly roles: readonly RoleUse[] };

/** A cloud that a declaration may name. */
export type CloudName = keyof ClusterSpec['clouds'];

const NOMINAL_GIB = new Map([
  ['small', 2],
  ['medium', 4],
  ['large', 8],
  ['xlarge', 16],
  ['2xlarge', 32],
]);

/** Nominal memory of a size word, GiB; a cloud's table may differ by a little, and know more words. */
export const nominalGib = (size: string): number | undefined => NOMINAL_GIB.get(size);

/** All pools with the core first, as `[path, pool]`. */
export function everyPool(spec: ClusterSpec): readonly (readonly [string, PoolSpec])[] {
  const core: PoolSpec = { ...spec.core, count: 1, placementZones: [] };
  return [['core', core], ...Object.entries(spec.pools).map(([name, pool]) => [`pools.${name}`, pool] as const)];
}
