import { appendFileSync } from 'node:fs';
import { join } from 'node:path';
import { ToolError } from '../input';
import { faultNodes, type Placed } from './faults/place';
import { makeStrikes, type Strikes, type Struck } from './faults/strike';
import type { Pace } from './host/image';
import type { Ran } from './host/machine';
import { type Hosts, makeHosts } from './hosts';
import { history, judge } from './judge';
import type { ClusterSource } from './source';
import type { Expectation } from './verdict';
import {
  advance,
  type ConsoleLine,
  type HostEvent,
  lastStage,
  type Progress,
  readConsole,
  type StageEvent,
} from './watch';

export interface RehearsalOptions {
  /** Name of the run, usually the cluster's. */
  readonly name: string;
  /** Product version on the image. */
  readonly version: string;
  /** Name of the node that is the core. @default core */
  readonly core?: string;
  /** Roles by node name. */
  readonly expected: Expectation;
  /** Where the practice cloud listens on this machine: `http://localhost:5100`. @default the nodes reach no cloud */
  readonly endpoint?: string;
  /** Ports of this machine's loopback that nodes find on their own: where a practice cloud calls itself 127.0.0.1. @default none */
  readonly loopback?: readonly number[];
  /** Done beside the first boot, as by a person who logs in to the nodes; when it fails, so have those that still boot. */
  readonly visit?: (shell: HostShell, signal: AbortSignal) => Promise<void>;
  /** Boots every node a second time and checks that nothing is done again. @default false */
  readonly secondBoot?: boolean;
  /** Limit of each boot, seconds. @default 900 */
  readonly limit?: number;
  /** How fast model nodes are, seconds. @default boot 3, start 0.3 */
  readonly pace?: Pace;
  /** What goes wrong during the first boot. @default nothing */
  readonly faults?: readonly Placed[];
  /** How long a host asks for metadata before it comes up without, seconds. @default 120 */
  readonly patience?: number;
  /** Leaves hosts running; the next run of the name removes them. @default false */
  readonly keep?: boolean;
}

/** A way to run scripts as root on the hosts, by the node's name. */
export interface HostShell {
  run(node: string, script: string, input?: Buffer, signal?: AbortSignal): Promise<Ran>;
}

/** What happens on a node while it boots. */
export type RehearsalEvent =
  | { readonly node: string; readonly stage: StageEvent }
  | { readonly node: string; readonly host: HostEvent };

export interface NodeResult {
  readonly name: string;
  readonly address: string;
  readonly stages: readonly StageEvent[];
  /** From power on to the end of the first boot. */
  readonly seconds: number;
  /** Roles that the core lists for it. */
  readonly roles: readonly string[];
  /** How often it set kato's configuration. */
  readonly configSet: number;
  readonly problems: readonly string[];
  /** What ended its boot, in the words of its boot script, where it failed. */
  readonly error?: string;
  /** What kato was told there and did, each once, sorted, without secrets. */
  readonly told: readonly string[];
  /** The end of the boot script's log, where it failed. */
  readonly log?: string;
  /** Id of its first process, where hosts were kept. */
  readonly pid?: number;
}

export interface RehearsalResult {
  readonly ok: boolean;
  readonly nodes: readonly NodeResult[];
  /** What became of the faults. */
  readonly faults?: readonly Struck[];
}

/**
 * Boots all nodes at once from their own user data on hosts of this machine, and asks the core what became of them.
 * Leaves nothing behind, however it ends. @throws ToolError without root or a needed tool, or when it is aborted
 */
export async function rehearse(
  cluster: ClusterSource,
  options: RehearsalOptions,
  onEvent: (event: RehearsalEvent) => void,
  signal: AbortSignal,
): Promise<RehearsalResult> {
  const watches = new Map(cluster.nodes.map((node) => [node.name, makeWatch()]));
  const consoles = new Map<string, string>();
  let strikes: Strikes | undefined;
  const hosts = await makeHosts(cluster, {
    ...options,
    console(node, line) {
      const read = readConsole(line);
      const file = consoles.get(node);
      if (file) appendFileSync(file, `${line}\n`);
      if ('stage' in read) onEvent({ node, stage: read.stage });
      if ('host' in read) onEvent({ node, host: read.host });
      watches.get(node)!.tell(read);
      if ('stage' in read && read.stage.state === 'started') strikes?.tell(node, read.stage.stage);
    },
    died: (node, detail) => watches.get(node)!.fail(`the host died: ${detail}`),
  });
  let kept = false;
  try {
    for (const name of watches.keys()) consoles.set(name, join(hosts.run.dir, 'nodes', name, 'console.log'));
    const limit = options.limit ?? 900;
    const core = options.core ?? 'core';
    const lose = (node: string, why: string) => watches.get(node)!.fail(why);
    strikes = makeStrikes(hosts, faultNodes(cluster, options.version, core), core, options.faults ?? [], lose);
    const first = await visited(hosts, watches, options, signal, () => bootAll(hosts, watches, limit, signal, strikes));
    await strikes.settle();
    const struck = await strikes.struck();
    const before = {
      ...(await judge(cluster, hosts, options, first)),
      ...(struck.length > 0 ? { faults: struck } : {}),
    };
    const result =
      options.secondBoot && before.ok ? await again(cluster, hosts, options, watches, before, signal) : before;
    if (!options.keep) return result;
    kept = true;
    hosts.letGo();
    const pids = result.nodes.map((node) => ({ ...node, pid: hosts.machines.get(node.name)?.pid() }));
    return { ...result, nodes: pids };
  } finally {
    await strikes?.stop();
    if (!kept) await hosts.close();
  }
}

/** How a node's boot ended. */
export interface Boot {
  readonly progress: Progress;
  readonly seconds: number;
}

/** Collects the lines of one node until its boot ends. */
function makeWatch() {
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

type Watches = ReadonlyMap<string, ReturnType<typeof makeWatch>>;

/** Boots while `visit` is done; what is booted, or has failed, needs no visit any more. */
async function visited<T>(
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
      Promise.resolve({ state: 'unreachable', why: `there is no node ${node}` }),
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
async function bootAll(
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
  return `not booted after ${limit} s; ${open.length > 0 ? `in stage ${open.join(', ')}` : 'no stage was going on'}`;
}

/** Boots everything a second time: no kato command may change anything, and the cluster must be as before. */
async function again(
  cluster: ClusterSource,
  hosts: Hosts,
  options: RehearsalOptions,
  watches: Watches,
  before: RehearsalResult,
  signal: AbortSignal,
): Promise<RehearsalResult> {
  const machines = [...hosts.machines.values()];
  const counted = new Map(machines.map((machine) => [machine.name, history(machine).length]));
  await Promise.all(machines.map((machine) => machine.stop()));
  const boots = await bootAll(hosts, watches, options.limit ?? 900, signal);
  const after = await judge(cluster, hosts, options, boots);
  const nodes = before.nodes.map((node, i): NodeResult => {
    const lines = history(hosts.machines.get(node.name)!).slice(counted.get(node.name));
    const repeated = lines.map(
      (line) => `the second boot ran: kato ${(JSON.parse(line) as { kato: string[] }).kato.join(' ')}`,
    );
    const problems = [...after.nodes[i]!.problems.map((problem) => `second boot: ${problem}`), ...repeated];
    return { ...node, problems, ...(after.nodes[i]!.log === undefined ? {} : { log: after.nodes[i]!.log }) };
  });
  return { ...before, ok: nodes.every((node) => node.problems.length === 0), nodes };
}
