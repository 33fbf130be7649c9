import { TerraformResource, TerraformStack } from 'cdktf';
import type { Construct } from 'constructs';
import { resourceAddress } from './address';
import { addMoves } from './moves';

/** Context of an app that synthesizes a stack for a destruction that was requested. */
export const DESTROY_CONTEXT = 'stackato:destroy';

/** What a stack keeps. */
export interface Kept {
  /** What keeps data, as a release names it: `core`, `data-1 volume`, `database apps`. */
  readonly names: readonly string[];
  /** What may go, also when it is no longer declared. */
  readonly released: readonly string[];
  /** Whether what keeps data is protected against a destroy. */
  readonly protect: boolean;
}

/**
 * Records in the state what a stack keeps, one entry for each thing. Terraform forgets a resource's `prevent_destroy`
 * together with its block, so a thing that is no longer declared would go unprotected. The block of these entries stays: a
 * name that is neither declared nor released ends every plan, whichever program makes it.
 */
export function recordKept(scope: Construct, { names, released, protect }: Kept): void {
  const free = [...new Set(protect ? released : [...names, ...released])].sort();
  const held = names.filter((name) => !free.includes(name));
  const kept = records(scope, 'kept', held, scope.node.tryGetContext(DESTROY_CONTEXT) !== true);
  const going = records(scope, 'released', free, false);
  // Only what is still named moves: a name that goes together with its protection stays where it is held.
  const moves = free.map((name) => ({ from: resourceAddress(kept, name), to: resourceAddress(going, name) }));
  addMoves(TerraformStack.of(scope), moves);
}

function records(scope: Construct, id: string, names: readonly string[], held: boolean): TerraformResource {
  const resource = new TerraformResource(scope, id, {
    terraformResourceType: 'terraform_data',
    terraformGeneratorMetadata: { providerName: 'terraform' },
    lifecycle: { preventDestroy: held },
  });
  resource.addOverride('for_each', Object.fromEntries(names.map((name) => [name, name])));
  resource.addOverride('input', '${each.value}');
  return resource;
}
