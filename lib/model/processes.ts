import { appendFileSync, mkdirSync } from 'node:fs';
import type { ProcessReport } from './node-state';
import type { Place } from './place';
import type { ModelProcess } from './roles';
import { pause } from './wire';

interface Entry extends ProcessReport {
  readonly run: number;
}

/** What processes need of the node that runs them. */
export interface Ground {
  readonly place: Place;
  /** Seconds from start to RUNNING. */
  startOf(process: ModelProcess): number;
  /** Where a process must wait for the core: `wait`, or `hang` when it waited too long (13.4, H). */
  core(process: ModelProcess): 'ready' | 'wait' | 'hang';
  /** Why it cannot run, in words. */
  problem(process: ModelProcess): Promise<string | undefined>;
  /** Listens on its ports, or says in words why not. */
  open(process: ModelProcess): Promise<string | undefined>;
  close(name: string): void;
  /** After a change of state. */
  changed(): void;
}

/** The processes of one node under their supervisor. */
export function makeProcesses(ground: Ground) {
  const roll: Roll = { ground, entries: new Map(), held: new Set(), runs: 0 };
  const { entries, held } = roll;
  return {
    /** Makes the wanted processes run and no others; those of `restart` are ended first. */
    reconcile(wanted: readonly ModelProcess[], restart: ReadonlySet<string> = new Set()): void {
      const want = new Map(wanted.map((process) => [process.name, process]));
      end(roll, (name) => !want.has(name) || restart.has(name));
      start(roll, [...want.values()]);
    },
    hold: (names: readonly string[]) => {
      for (const name of names) held.add(name);
    },
    release: (names: readonly string[]) => {
      for (const name of names) held.delete(name);
    },
    /** Those among `names` that a plain start brings back: only what gave up. */
    fatal: (names: readonly string[]): Set<string> =>
      new Set(names.filter((name) => entries.get(name)?.state === 'FATAL')),
    /** The core is gone for good: what ran gives up; what was starting hangs by itself. */
    giveUp(): void {
      for (const [name, entry] of entries) {
        if (entry.state !== 'RUNNING') continue;
        ground.close(name);
        set(roll, name, { state: 'FATAL', why: 'lost the core', run: ++roll.runs });
      }
    },
    running: (): Set<string> =>
      new Set([...entries].filter(([, entry]) => entry.state === 'RUNNING').map(([name]) => name)),
    report: (): Record<string, ProcessReport> =>
      Object.fromEntries([...entries].map(([name, { run: _, ...rest }]) => [name, rest])),
  };
}

export type Processes = ReturnType<typeof makeProcesses>;

/** Which processes a node has, in the order in which they began. */
interface Roll {
  readonly ground: Ground;
  readonly entries: Map<string, Entry>;
  /** Told to stop one by one (`process stop`): they stay so until told to start. */
  readonly held: Set<string>;
  /** How many runs of processes there were. */
  runs: number;
}

function set({ ground, entries }: Roll, name: string, entry: Entry): void {
  entries.set(name, entry);
  log(ground.place, name, entry);
  ground.changed();
}

/** Ends those that must go, and those that are held or were. */
function end({ ground, entries, held }: Roll, goes: (name: string) => boolean): void {
  for (const [name, entry] of [...entries]) {
    if (entry.state !== 'STOPPED' && !held.has(name) && !goes(name)) continue;
    entries.delete(name);
    ground.close(name);
  }
}

/** Starts those that do not run yet, each after those before it. */
function start(roll: Roll, wanted: readonly ModelProcess[]): void {
  const order = wanted.map((process) => process.name);
  for (const [i, process] of wanted.entries()) {
    const { name } = process;
    if (roll.held.has(name)) roll.entries.set(name, { state: 'STOPPED', run: ++roll.runs });
    else if (!roll.entries.has(name))
      begin(roll, process, order.slice(0, i)).catch((error: Error) => {
        // What a process cannot do ends the process, not its node.
        set(roll, name, { state: 'FATAL', why: error.message, run: ++roll.runs });
      });
  }
}

/** Takes a process from STARTING to what becomes of it, unless another run of it begins or it is ended. */
async function begin(roll: Roll, process: ModelProcess, before: readonly string[]): Promise<void> {
  const { ground, entries } = roll;
  const { name } = process;
  const run = ++roll.runs;
  const current = () => entries.get(name)?.run === run;
  entries.set(name, { state: 'STARTING', run });
  await pause(ground.startOf(process));
  if (!(await coreReady(ground, process, current)))
    return set(roll, name, { state: 'STARTING', run, hung: true, why: 'the core did not answer in time' });
  await turn(roll, before, current);
  if (!current()) return;
  const why = (await ground.problem(process)) ?? (current() ? await ground.open(process) : undefined);
  if (!current()) return;
  set(roll, name, why === undefined ? { state: 'RUNNING', run } : { state: 'FATAL', why, run });
}

/** Waits for the core where the process must; false where that took too long. */
async function coreReady(ground: Ground, process: ModelProcess, current: () => boolean): Promise<boolean> {
  for (let core = ground.core(process); current() && core !== 'ready'; core = ground.core(process)) {
    if (core === 'hang') return false;
    await pause(Math.min(0.2, ground.place.settings.heartbeat / 4));
  }
  return true;
}

/** Roles start in kato's order: a process waits for those before it (1.2, M). */
async function turn({ entries }: Roll, before: readonly string[], current: () => boolean): Promise<void> {
  const starts = (name: string) => entries.get(name)?.state === 'STARTING' && !entries.get(name)!.hung;
  while (current() && before.some(starts)) await pause(0.01);
}

/** A line in the process's own log, which `kato log tail` shows (11, H for the place; the words L). */
function log(place: Place, name: string, { state, why }: ProcessReport): void {
  const folder = place.path('/home/stackato/stackato/logs');
  const text = `[${new Date().toISOString()}] ${state}${why === undefined ? '' : ` ${why}`}\n`;
  try {
    mkdirSync(folder, { recursive: true });
    appendFileSync(`${folder}/${name}.log`, text);
  } catch (error) {
    // A process does not end because its log cannot be written.
    process.stderr.write(`${name}: ${(error as Error).message}\n`);
  }
}
