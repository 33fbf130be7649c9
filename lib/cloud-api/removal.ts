import { setTimeout as sleep } from 'node:timers/promises';
import { ToolError } from '../base/input';

/** Something in the cloud that is to go. */
export interface Thing {
  readonly kind: string;
  readonly id: string;
  readonly name?: string;
}

/** How things of one kind go; a cloud has a list of them, in the order in which nothing stands on what goes. */
export interface Removal {
  readonly kind: string;
  /** Asks for its end; refused while something else still holds it. */
  remove(thing: Thing): Promise<void>;
  gone(thing: Thing): Promise<boolean>;
  /** Seconds that its end may take, counted from the first call. @default 300 */
  readonly limitSeconds?: number;
}

export interface RemovalOptions {
  /** Refusals that pass: the thing is busy, or something that is going still holds it. */
  readonly passing: (error: ToolError) => boolean;
  readonly signal: AbortSignal;
  /** What is going on. */
  readonly note?: (text: string) => void;
  /** Seconds between two looks. @default 2 */
  readonly everySeconds?: number;
}

const LIMIT_SECONDS = 300;

/**
 * Removes things kind after kind, and goes on only when all of a kind are gone.
 * @throws ToolError naming what it waited for, with the cloud's own words; what is gone by then stays gone
 */
export async function removeInOrder(
  things: readonly Thing[],
  order: readonly Removal[],
  options: RemovalOptions,
): Promise<void> {
  const strange = things.find((thing) => !order.some(({ kind }) => kind === thing.kind));
  if (strange) throw new Error(`nothing says how a ${strange.kind} goes`);
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
        // what went in between is gone at the next look, which is before the next call
        if (!options.passing(error) && !(await removal.gone(thing))) throw error;
        words = [error.message, error.detail].filter(Boolean).join('\n');
      }
      return removal.gone(thing);
    },
    () => (asked ? undefined : words),
  );
}

/** Looks again and again until something holds. @throws ToolError at its limit, saying what it waited for */
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
