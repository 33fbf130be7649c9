import { TerraformResource } from 'cdktf';
import type { Construct } from 'constructs';
import { resourceAddress } from './address';
import { addMoves, line } from './moved';

/** Context of an app that synthesizes a stack for a destruction that was requested. */
export const DESTROY_CONTEXT = 'stackato:destroy';

/** What a stack keeps. */
export interface Kept {
  /** What keeps data, as a release names it: `core`, `data-1 volume`, `database apps`. */
  readonly names: readonly string[];
  /** Former names by present ones, oldest first. @default none */
  readonly was?: Readonly<Record<string, readonly string[]>>;
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
export function recordKept(scope: Construct, { names, was = {}, released, protect }: Kept): void {
  const free = [...new Set(protect ? released : [...names, ...released])].sort();
  const held = names.filter((name) => !free.includes(name));
  const kept = records(scope, 'kept', held, scope.node.tryGetContext(DESTROY_CONTEXT) !== true);
  const going = records(scope, 'released', free, false);
  // Only what is still named moves: a name that goes together with its protection stays where it is held.
  const moves = [...new Set([...Object.keys(was), ...free])].sort().flatMap((name) => {
    const addresses = [...(was[name] ?? []), name].map((one) => resourceAddress(kept, one));
    return line(free.includes(name) ? [...addresses, resourceAddress(going, name)] : addresses);
  });
  if (moves.length > 0) addMoves(scope, 'kept-moved', () => moves);
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
