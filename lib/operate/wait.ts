import { setTimeout as pause } from 'node:timers/promises';
import { type BootState, bootState, GONE } from './boot-status';
import type { Look, Looker } from './look';

/** A node and the state of its boot. */
export interface NodeBoot {
  readonly node: string;
  readonly boot: BootState;
  /** Where it was read; absent when nothing was found. */
  readonly from?: 'ssh' | 'console';
  /** What to do to make it readable. */
  readonly next?: string;
}

export interface WaitOptions {
  /** Called after every look at all nodes. */
  readonly notify?: (nodes: readonly NodeBoot[]) => void;
  readonly signal?: AbortSignal;
  /** Limit for all nodes together, seconds. @default 3600, as long as the longest stage may take */
  readonly limitSeconds?: number;
  /** Seconds between two looks. @default 10 */
  readonly pauseSeconds?: number;
  /** Waits; for tests. @default real time */
  readonly sleep?: (seconds: number, signal: AbortSignal | undefined) => Promise<unknown>;
  /** Seconds of a monotonic clock; for tests. @default this machine's */
  readonly now?: () => number;
}

const CORE = 'core';
/** Looks that run at the same time. */
const SIDE_BY_SIDE = 8;
/** Looks in a row that must find the script not running: between two boots of a node it does not run for a moment. */
const STOPPED_LOOKS = 3;

/**
 * Waits until every node has booted or failed, or the limit is over; a failed core ends it at once, since no other node can
 * go on. Returns the state of each node, also after a stop.
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
  /** Looks in a row that found its script not running. */
  readonly stopped: number;
  /** The last line, and when it was first seen: a console does not show its age. */
  readonly last?: { readonly line: string; readonly since: number };
}

const UNSEEN: BootState = { state: 'silent', why: 'not looked at yet' };

function isOpen({ boot, stopped }: Watched): boolean {
  if (boot.state === 'stopped') return stopped < STOPPED_LOOKS;
  return boot.state === 'silent' || boot.state === 'booting';
}

function seen(before: Watched, look: Look, now: number): Watched {
  const { node } = before;
  // A rebooting node does not answer for a while: its last state still counts.
  if (look.from === undefined && before.from !== undefined)
    return { ...before, boot: gone(before.boot, look.why), stopped: 0 };
  if (look.from === undefined)
    return { node, boot: { state: 'silent', why: look.why }, stopped: 0, ...(look.next ? { next: look.next } : {}) };
  const line = JSON.stringify(look.lines.at(-1) ?? '');
  const last = before.last?.line === line ? before.last : { line, since: now };
  const boot = bootState({ ...look, age: look.age ?? Math.round(now - last.since) });
  return { node, boot, from: look.from, last, stopped: boot.state === 'stopped' ? before.stopped + 1 : 0 };
}

/** The last stage of a node that no longer answers. */
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
