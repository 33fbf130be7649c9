import { TerraformResource } from 'cdktf';
import type { Construct } from 'constructs';
import { RECORDS } from '../topology/kept';
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
  // A destroy with targets, which lifts the cloud's own protection, refuses to leave moved entries out.
  const destroyed = scope.node.tryGetContext(DESTROY_CONTEXT) === true;
  const free = [...new Set(protect || destroyed ? released : [...names, ...released])].sort();
  const held = names.filter((name) => !free.includes(name));
  const kept = records(scope, RECORDS.kept, held, !destroyed);
  const going = records(scope, RECORDS.released, free, false);
  // Only what is still named moves: a name that goes together with its protection stays where it is held.
  const moves = [...new Set([...Object.keys(was), ...free])].sort().flatMap((name) => {
    const names = [...(was[name] ?? []), name];
    const ends = free.includes(name) ? [kept, going] : [kept];
    return line(ends.flatMap((record) => names.map((one) => resourceAddress(record, one))));
  });
  if (moves.length > 0) addMoves(scope, 'KeptMoved', () => moves);
}

function records(scope: Construct, id: string, names: readonly string[], held: boolean): TerraformResource {
  const resource = new TerraformResource(scope, id, {
    terraformResourceType: 'terraform_data',
    terraformGeneratorMetadata: { providerName: 'terraform' },
    lifecycle: { preventDestroy: held },
  });
  resource.addOverride('for_each', Object.fromEntries(names.map((name) => [name, name])));
  return resource;
}
