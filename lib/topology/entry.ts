import type { Pool, Topology } from './model';

/** The role of a node before all routers. */
export const BALANCER = 'load_balancer';

/** The pools through which the world reaches apps: balancers, if there are any, then routers; the core's router only without others. */
export function entryOf({ core, pools }: Pick<Topology, 'core' | 'pools'>): {
  readonly balancers: readonly Pool[];
  readonly routers: readonly Pool[];
} {
  const all = Object.values(pools);
  const own = all.filter(({ roles }) => roles.includes('router'));
  return { balancers: all.filter(({ roles }) => roles.includes(BALANCER)), routers: own.length > 0 ? own : [core] };
}
