import { setTimeout as sleep } from 'node:timers/promises';
import { ToolError } from '../base/input';

/** A resource in the cloud to delete. */
export interface Thing {
  readonly kind: string;
  readonly id: string;
  readonly name?: string;
}

/** How to delete resources of one kind; a cloud has a list of kinds, dependents first. */
export interface Removal {
  readonly kind: string;
  /** Requests its deletion; refused while something else still uses it. */
  remove(thing: Thing): Promise<void>;
  gone(thing: Thing): Promise<boolean>;
  /** Timeout of its deletion, seconds from the first call. @default 300 */
  readonly limitSeconds?: number;
}

export interface RemovalOptions {
  /** Temporary refusals: the resource is busy, or something that is being deleted still uses it. */
  readonly passing: (error: ToolError) => boolean;
  readonly signal: AbortSignal;
  /** Called with progress. */
  readonly note?: (text: string) => void;
  /** Seconds between two checks. @default 2 */
  readonly everySeconds?: number;
}

const LIMIT_SECONDS = 300;

/**
 * Deletes resources kind after kind; waits until all of a kind are gone.
 * @throws ToolError with what it waited for and the cloud's message; deleted resources stay deleted
 */
export async function removeInOrder(
  things: readonly Thing[],
  order: readonly Removal[],
  options: RemovalOptions,
): Promise<void> {
  const strange = things.find((thing) => !order.some(({ kind }) => kind === thing.kind));
  if (strange) throw new Error(`no rule to delete a ${strange.kind}`);
  for (const removal of order) {
    const mine = things.filter(({ kind }) => kind === removal.kind);
    await Promise.all(mine.map((thing) => removed(thing, removal, options)));
  }
}

async function removed(thing: Thing, removal: Removal, options: RemovalOptions): Promise<void> {
  let asked = false;
  let words: string | undefined;
  const limit = removal.limitSeconds ?? LIMIT_SECONDS;
  await waitFor(
    `${thingText(thing)} to be gone`,
    limit,
    options,
    async () => {
      if (await removal.gone(thing)) return true;
      if (asked) return false;
      try {
        await removal.remove(thing);
        asked = true;
      } catch (error) {
        if (!(error instanceof ToolError)) throw error;
        // a resource that has gone meanwhile is seen at the next check, before the next call
        if (!options.passing(error) && !(await removal.gone(thing))) throw error;
        words = [error.message, error.detail].filter(Boolean).join('\n');
      }
      return removal.gone(thing);
    },
    () => (asked ? undefined : words),
  );
}

/**
 * Checks repeatedly until a condition holds.
 * @throws ToolError at the limit, with what it waited for
 */
export async function waitFor(
  what: string,
  limitSeconds: number,
  options: Pick<RemovalOptions, 'signal' | 'note' | 'everySeconds'>,
  holds: () => Promise<boolean>,
  words: () => string | undefined = () => undefined,
): Promise<void> {
  const until = Date.now() + limitSeconds * 1000;
  options.note?.(`waiting for ${what}`);
  while (!(await holds())) {
    if (Date.now() >= until) throw new ToolError(`waited ${limitSeconds} s in vain for ${what}`, undefined, words());
    const interrupted = await sleep((options.everySeconds ?? 2) * 1000, false, { signal: options.signal }).catch(
      () => true,
    );
    if (interrupted) throw new ToolError(`interrupted while waiting for ${what}`);
  }
}

/** `security group sg-1 (mvp-core)`. */
function thingText({ kind, id, name }: Thing): string {
  return `${kind.replaceAll('-', ' ')} ${id}${name ? ` (${name})` : ''}`;
}
