import type { makeConnections } from './connections';
import { customRoles } from './custom-roles';
import type { Link } from './link';
import type { listeners } from './listeners';
import type { NodeState } from './node-state';
import type { Place } from './place';
import type { Processes } from './processes';
import { type ModelProcess, processesOf, rolesOf } from './roles';
import type { Store } from './store';
import type { Tree } from './tree';
import type { Product } from './version';
import { ask } from './wire';

/** What a node is at the moment. */
export interface Standing {
  product: Product;
  state: NodeState;
  /** Without `kato start` nothing of a fresh node runs until supervisorctl or kato says so (4.3, M). */
  suppressed: boolean;
  booted: boolean;
}

/** A node under its supervisor: what it is, and the parts that act for it. */
export interface Node {
  readonly place: Place;
  /** Whether this is its first boot. */
  readonly fresh: boolean;
  readonly now: Standing;
  /** Processes that supervisorctl was told to start. */
  readonly manual: Set<string>;
  readonly store: Store;
  readonly net: ReturnType<typeof listeners>;
  readonly link: Link;
  readonly connections: ReturnType<typeof makeConnections>;
  readonly processes: Processes;
}

export const isAttached = ({ now }: Pick<Node, 'now'>): boolean => now.state.mode === 'attached';

/** A port of the core, as this node reaches it. */
export const atCore = ({ place, now }: Pick<Node, 'place' | 'now'>, port: number) => ({
  host: now.state.mbusip,
  port: place.port(port),
  from: place.bind,
});

/** A component of the configuration that holds here: the node's own, or the core's; empty when that does not answer. */
export async function componentOf(node: Pick<Node, 'place' | 'now' | 'store'>, name: string): Promise<Tree> {
  if (!isAttached(node)) return (node.store.get(name, '/') as Tree | undefined) ?? {};
  const request = { op: 'get', component: name, path: '/' };
  return ask<Tree>(atCore(node, node.now.product.storePort), request).catch(() => ({}));
}

/** Processes of roles, custom ones too. */
export function processesFor({ place, now }: Node, roles: readonly string[]): ModelProcess[] {
  const { version } = now.product;
  return processesOf(version, roles, rolesOf(version, ownRoles(place, now.product)));
}

/** A node starts also when a file of its custom services cannot be read; kato itself says so (L). */
function ownRoles(place: Place, product: Product) {
  try {
    return customRoles(place, product.version);
  } catch (error) {
    process.stderr.write(`supervisord: ${(error as Error).message}\n`);
    return [];
  }
}
