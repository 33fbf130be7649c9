import { count, ToolError } from '../base/input';
import type { EnginePlan } from '../engine/run';
import type { StackRun } from '../engine/stack-run';
import { type Loss, type Losses, planLosses, type Smaller } from '../review/losses';
import { recordedName } from '../topology/kept';

/** A plan, and the stack that it is for. */
export interface Guarded {
  readonly stack: Pick<StackRun, 'next'>;
  readonly plan: Pick<EnginePlan, 'json' | 'diagnostics'>;
}

/**
 * Refuses a plan that deletes, replaces or wipes something that keeps data and is not released in the declaration.
 * @throws ToolError with everything that would go, before any change
 */
export function refuseLosses({ stack, plan }: Guarded): void {
  const { losses, shrinks, protect } = planLosses(plan.json);
  if (shrinks.length > 0) throw smaller(shrinks);
  const held = heldNames(plan).filter((name) => !losses.some((loss) => loss.name === name));
  // an unprotected cluster was declared so by a deployment of its own
  if (losses.length + held.length === 0 || (protect.before === false && held.length === 0)) return;
  if (protect.before === true && protect.after === false) throw together(losses, held, stack.next);
  const missing = losses.filter(({ released }) => !released);
  const declared = protect.before !== undefined || protect.after !== undefined;
  if (missing.length + held.length > 0) throw unreleased(missing, held, declared ? stack.next : undefined);
  const byCloud = losses.filter(({ heldByCloud }) => heldByCloud);
  if (byCloud.length > 0) throw stillHeld(byCloud, stack.next);
}

/**
 * Refuses a destruction of what keeps data, unless its protection was off before.
 * @throws ToolError with everything that would go, before any change
 */
export function refuseDestruction({ stack, plan }: Guarded): void {
  const { losses, protect }: Losses = planLosses(plan.json);
  if (losses.length === 0 || protect.before === false) return;
  throw new ToolError(
    `${count(losses.length, 'thing')} that keep${losses.length === 1 ? 's' : ''} data would be destroyed, and the deployed cluster is protected; nothing was changed`,
    `${stack.next} --including-data, if the data may be lost`,
    lines(losses).join('\n'),
  );
}

/** Names that the stack's own records hold: the engine refuses the plan before it lists what would go. */
function heldNames({ diagnostics }: Guarded['plan']): string[] {
  const names = diagnostics.flatMap(({ severity, summary, detail, address }) => {
    const name = recordedName(`${address ?? ''} ${detail}`);
    return severity === 'error' && name !== undefined && /cannot be destroyed/i.test(summary) ? [name] : [];
  });
  return [...new Set(names)];
}

const lines = (losses: readonly Loss[], held: readonly string[] = []): string[] => [
  ...losses.map(({ name, what, address }) => `${name}: ${what}${name === address ? '' : ` (${address})`}`),
  ...held.map((name) => `${name}: no longer declared`),
];

/** `next` is the command to repeat with a release; undefined for a stack without a cluster's declaration, where none can stand. */
function unreleased(losses: readonly Loss[], held: readonly string[], next: string | undefined): ToolError {
  const late = losses.filter(({ release }) => release).map(({ name, release }) => `${name} on ${release!.until}`);
  const names = [...losses.map(({ name }) => name), ...held];
  const entries = names.map((name) => `  ${name}: { reason: "<why it may go>", until: <YYYY-MM-DD> }`);
  return new ToolError(
    `${count(names.length, 'thing')} that keep${names.length === 1 ? 's' : ''} data would go; nothing was changed${late.length > 0 ? `\nreleases that have ended: ${late.join(', ')}` : ''}`,
    next === undefined
      ? 'keep it in the program; this stack has no declaration that could release it: if the data may be lost, apply this change with the engine itself'
      : `keep it in the declaration; or, if the data may be lost, add this to the declaration, then ${next}\nrelease:\n${entries.join('\n')}`,
    lines(losses, held).join('\n'),
  );
}

function smaller(shrinks: readonly Smaller[]): ToolError {
  return new ToolError(
    `no cloud makes a volume or database smaller, and the apply would fail halfway; nothing was changed`,
    'set the sizes back; for less room, declare a new pool or database, move the data, then release and remove the old one',
    shrinks.map(({ name, before, after }) => `${name}: from ${before} to ${after} GiB`).join('\n'),
  );
}

function together(losses: readonly Loss[], held: readonly string[], next: string): ToolError {
  return new ToolError(
    'protection would be turned off, and things that keep data would go, in one change; nothing was changed',
    `leave protect: true and release what may go; or deploy protect: false alone first, then ${next}`,
    lines(losses, held).join('\n'),
  );
}

function stillHeld(losses: readonly Loss[], next: string): ToolError {
  return new ToolError(
    'the cloud still protects what would go, and the apply would fail halfway; nothing was changed',
    `declare it once more as it was, beside its release, and deploy that: it lifts the protection; then ${next}`,
    lines(losses).join('\n'),
  );
}
