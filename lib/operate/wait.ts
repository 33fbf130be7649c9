import { setTimeout as pause } from 'node:timers/promises';
import { type BootState, bootState, GONE } from './boot-status';
import type { Look, Looker } from './look';

/** A node and what became of its boot. */
export interface NodeBoot {
  readonly node: string;
  readonly boot: BootState;
  /** What was looked at; absent where nothing was to be seen. */
  readonly from?: 'ssh' | 'console';
  /** What to do so that it can be looked at. */
  readonly next?: string;
}

export interface WaitOptions {
  /** Told after every look at all nodes. */
  readonly notify?: (nodes: readonly NodeBoot[]) => void;
  readonly signal?: AbortSignal;
  /** Seconds for all nodes together. @default 3600, as long as the longest stage may take */
  readonly limitSeconds?: number;
  /** Seconds between two looks. @default 10 */
  readonly pauseSeconds?: number;
  /** Waits; for tests. @default by the clock */
  readonly sleep?: (seconds: number, signal: AbortSignal | undefined) => Promise<unknown>;
  /** Seconds of a clock that only goes on; for tests. @default this machine's */
  readonly now?: () => number;
}

const CORE = 'core';
/** Looks at a time. */
const SIDE_BY_SIDE = 8;
/** Looks that must find a script not at work: between two boots of a node it is not, for a moment. */
const STOPPED_LOOKS = 3;

/**
 * Waits until every node has booted or failed, or the limit is reached; a core that failed ends it at once, since no other
 * node can go on. Answers what became of each, also after a stop.
 */
export async function waitForBoot(
  nodes: readonly string[],
  looker: Looker,
  options: WaitOptions = {},
): Promise<readonly NodeBoot[]> {
  const { signal, limitSeconds = 3600, pauseSeconds = 10, notify, now = () => performance.now() / 1000 } = options;
  const sleep = options.sleep ?? ((seconds, stop) => pause(seconds * 1000, undefined, { signal: stop }));
  const began = now();
  const watched = new Map(nodes.map((node): [string, Watched] => [node, { node, boot: UNSEEN, stopped: 0 }]));
  for (;;) {
    const open = [...watched.values()].filter(isOpen).map(({ node }) => node);
    await inTurns(open, async (node) => {
      const look = await looker(node, signal);
      if (!signal?.aborted) watched.set(node, seen(watched.get(node)!, look, now()));
    });
    const all = [...watched.values()].map(({ node, boot, from, next }) => ({
      node,
      boot,
      ...(from ? { from } : {}),
      ...(next ? { next } : {}),
    }));
    notify?.(all);
    const coreFailed = all.some(({ node, boot }) => node === CORE && boot.state === 'failed');
    const rest = limitSeconds - (now() - began);
    if (signal?.aborted || coreFailed || rest <= 0 || ![...watched.values()].some(isOpen)) return all;
    try {
      await sleep(Math.min(pauseSeconds, rest), signal);
    } catch {
      return all;
    }
  }
}

interface Watched extends NodeBoot {
  /** Times in a row that its script was not at work. */
  readonly stopped: number;
  /** The last line that was seen, and when it was seen first: a console does not say how old it is. */
  readonly last?: { readonly line: string; readonly since: number };
}

const UNSEEN: BootState = { state: 'silent', why: 'nobody looked yet' };

function isOpen({ boot, stopped }: Watched): boolean {
  if (boot.state === 'stopped') return stopped < STOPPED_LOOKS;
  return boot.state === 'silent' || boot.state === 'booting';
}

function seen(before: Watched, look: Look, now: number): Watched {
  const { node } = before;
  // A node that reboots is not to be seen for a while: what it told before still holds.
  if (look.from === undefined && before.from !== undefined)
    return { ...before, boot: gone(before.boot, look.why), stopped: 0 };
  if (look.from === undefined)
    return { node, boot: { state: 'silent', why: look.why }, stopped: 0, ...(look.next ? { next: look.next } : {}) };
  const line = JSON.stringify(look.lines.at(-1) ?? '');
  const last = before.last?.line === line ? before.last : { line, since: now };
  const boot = bootState({ ...look, age: look.age ?? Math.round(now - last.since) });
  return { node, boot, from: look.from, last, stopped: boot.state === 'stopped' ? before.stopped + 1 : 0 };
}

/** Where a node was that nobody sees any more. */
function gone(boot: BootState, why: string): BootState {
  return boot.state === 'booting' ? { ...boot, why: `${GONE} (${why})` } : boot;
}

async function inTurns(nodes: readonly string[], work: (node: string) => Promise<void>): Promise<void> {
  const queue = [...nodes];
  const worker = async () => {
    for (let node = queue.shift(); node !== undefined; node = queue.shift()) await work(node);
  };
  await Promise.all(Array.from({ length: Math.min(SIDE_BY_SIDE, nodes.length) }, worker));
}
