import { Fn, propertyAccess, TerraformIterator, type TerraformResource, Token } from 'cdktf';
import type { Pool } from '../topology/model';
import { spread } from '../topology/spread';

/** The nodes of a pool as one Terraform resource with instances: the key is the node's name, the value the position of its zone. */
export class PoolNodes {
  readonly iterator: ReturnType<typeof TerraformIterator.fromMap>;

  constructor(
    pool: Pick<Pool, 'nodes'>,
    readonly zones: readonly string[],
  ) {
    this.iterator = TerraformIterator.fromMap(spread(pool, zones));
  }

  /** The node's name, for its resources. */
  get name(): string {
    return this.iterator.key;
  }

  /** The entry for the node's zone in a list with one entry per zone. */
  perZone(entries: readonly string[]): string {
    if (entries.length === 1) return entries[0]!;
    return Token.asString(Fn.element(entries, Token.asNumber(this.iterator.value)));
  }
}

/** The keys that a resource has an instance for. */
export type NodeKeys = PoolNodes['iterator'];

/** The id of the instance of a resource that has the same key. */
export function instanceOf(resource: TerraformResource, nodes: NodeKeys): string {
  return Token.asString(propertyAccess(resource.fqn, [nodes.key, 'id']));
}
