import { ToolError } from '../../base/input';
import type { HostShell, RehearsalOptions } from '../contract';
import type { Strikes } from '../faults/strike';
import { advance, type ConsoleLine, lastStage, type Progress } from '../timeline/stages';
import type { Hosts } from './hosts';

/** The end of a node's boot. */
export interface Boot {
  readonly progress: Progress;
  readonly seconds: number;
}

/** Collects the lines of one node until its boot ends. */
export function makeWatch() {
  let progress: Progress = { stages: [] };
  let ended: () => void = () => undefined;
  const set = (next: Progress) => {
    progress = next;
    if (progress.end) ended();
  };
  return {
    tell: (line: ConsoleLine) => set(advance(progress, line)),
    fail: (error: string) => set({ ...progress, end: { error } }),
    current: () => progress,
    begin(): Promise<void> {
      progress = { stages: [] };
      return new Promise((resolve) => {
        ended = resolve;
      });
    },
  };
}

export type Watches = ReadonlyMap<string, ReturnType<typeof makeWatch>>;

/** Boots while `visit` runs; nodes that have booted or failed no longer need the visit. */
export async function visited<T>(
  hosts: Hosts,
  watches: Watches,
  { visit }: RehearsalOptions,
  signal: AbortSignal,
  boot: () => Promise<T>,
): Promise<T> {
  const booting = boot();
  if (!visit) return booting;
  const over = new AbortController();
  const shell: HostShell = {
    run: (node, script, input, stop) =>
      hosts.machines.get(node)?.run(script, input, stop) ??
      Promise.resolve({ state: 'unreachable', why: `no node ${node}` }),
  };
  const visiting = visit(shell, AbortSignal.any([signal, over.signal])).catch((error: Error) => {
    if (over.signal.aborted) return;
    for (const watch of watches.values()) if (!watch.current().end) watch.fail(error.message);
  });
  try {
    return await booting;
  } finally {
    over.abort();
    await visiting;
  }
}

/** Powers all nodes on and waits until each has booted; a node that takes too long has failed. */
export async function bootAll(
  hosts: Hosts,
  watches: Watches,
  limit: number,
  signal: AbortSignal,
  strikes?: Strikes,
): Promise<Map<string, Boot>> {
  const aborted = () => new ToolError('the rehearsal was stopped; its hosts are removed');
  if (signal.aborted) throw aborted();
  const ends = new Map([...watches].map(([name, watch]) => [name, watch.begin()]));
  await strikes?.power();
  const began = Date.now();
  const boots = new Map<string, Boot>();
  const one = async ([name, watch]: [string, ReturnType<typeof makeWatch>]) => {
    if (!strikes?.held.has(name)) hosts.machines.get(name)!.start();
    const timer = setTimeout(() => watch.fail(waitedFor(watch.current(), limit)), limit * 1000);
    await ends.get(name);
    clearTimeout(timer);
    boots.set(name, { progress: watch.current(), seconds: (Date.now() - began) / 1000 });
  };
  const stop = () => {
    for (const watch of watches.values()) watch.fail('stopped');
  };
  signal.addEventListener('abort', stop, { once: true });
  await Promise.all([...watches].map(one));
  signal.removeEventListener('abort', stop);
  if (signal.aborted) throw aborted();
  return boots;
}

function waitedFor(progress: Progress, limit: number): string {
  const open = progress.stages
    .filter((s) => ['started', 'retry'].includes(s.state) && s.stage !== lastStage)
    .map((s) => (s.error ? `${s.stage} (${s.error})` : s.stage));
  return `not booted after ${limit} s; ${open.length > 0 ? `in stage ${open.join(', ')}` : 'no stage was running'}`;
}
