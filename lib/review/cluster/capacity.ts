import { number } from '../../base/json';
import type { Manifest } from '../../topology/manifest';
import { type ClusterChange, undisturbed } from './cluster';
import { runsApps } from './roles';

/** Memory that apps may use on all DEAs together, in MiB; undefined if a machine's memory is unknown. */
export interface Capacity {
  readonly before?: number;
  /** The least during the apply: new DEAs do not count. */
  readonly during?: number;
  readonly after?: number;
  readonly percentBefore: number;
  readonly percentAfter: number;
}

/** Share of a DEA's memory for apps: `dea_ng resources/memory_max_percent`, 80 unless set. (H: D34 console; CC) */
export function memoryPercent(manifest: Manifest | undefined): number {
  return number(manifest?.config['dea_ng']?.['resources/memory_max_percent']) ?? 80;
}

export function appCapacity(cluster: ClusterChange): Capacity {
  const percentBefore = memoryPercent(cluster.before);
  const percentAfter = memoryPercent(cluster.after);
  const was = cluster.nodes.filter((n) => runsApps(n.before, cluster.known));
  const will = cluster.nodes.filter((n) => runsApps({ roles: n.rolesAfter }, cluster.known));
  return {
    before: share(
      was.map((n) => n.before?.ramMiB),
      percentBefore,
    ),
    during: share(
      was.filter(undisturbed).map((n) => n.before?.ramMiB),
      percentBefore,
    ),
    after: share(
      will.map((n) => n.node.ramMiB),
      percentAfter,
    ),
    percentBefore,
    percentAfter,
  };
}

/** Memory of all nodes, in MiB; undefined if a machine's memory is unknown. */
export function totalMemory(manifest: Manifest | undefined): number | undefined {
  return share(
    Object.values(manifest?.nodes ?? {}).map((n) => n.ramMiB),
    100,
  );
}

function share(memories: readonly (number | undefined)[], percent: number): number | undefined {
  let sum = 0;
  for (const mib of memories) {
    if (mib === undefined) return undefined;
    sum += mib;
  }
  return (sum * percent) / 100;
}

/** `12.8 GiB`, or `unknown`. */
export function gib(mib: number | undefined): string {
  return mib === undefined ? 'unknown' : `${(mib / 1024).toFixed(1)} GiB`;
}
