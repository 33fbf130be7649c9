import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, rmdirSync, rmSync, writeFileSync } from 'node:fs';
import { ToolError } from '../../base/input';
import { locked } from './lock';
import { program, quietly } from './program';

const base = '/run/cdktf-stackato';
/** Timeout for another process that begins or removes a run, seconds. */
const PATIENCE = 60;

/** The names of one rehearsal: everything it makes on the machine carries them, so that it can be found again. */
export interface Run {
  readonly name: string;
  /** `sk-1a2b3c`: prefix of every namespace. */
  readonly prefix: string;
  /** Work folder: a file system in memory that is removed with the run. */
  readonly dir: string;
  readonly ledger: string;
}

export function runOf(name: string): Run {
  const prefix = `sk-${createHash('sha256').update(name).digest('hex').slice(0, 6)}`;
  return { name, prefix, dir: `${base}/${prefix}`, ledger: `${base}/${prefix}.json` };
}

interface Entry {
  readonly name: string;
  readonly pid: number;
  /** Start time of the process, to recognize a reused number. */
  readonly started: string;
}

/**
 * Begins a run: removes leftovers of an earlier one of the same name, writes the ledger and makes the work folder.
 * @throws ToolError when a run of that name is in progress
 */
export async function begin(run: Run): Promise<void> {
  mkdirSync(base, { recursive: true, mode: 0o700 });
  await locked(base, PATIENCE, async () => {
    const before = readEntry(run);
    if (before && before.pid !== process.pid && startOf(before.pid) === before.started) {
      throw new ToolError(
        `a rehearsal of "${run.name}" is running (process ${before.pid})`,
        `wait for it, or: kill ${before.pid}`,
      );
    }
    await clean(run);
    const entry: Entry = { name: run.name, pid: process.pid, started: startOf(process.pid) ?? '' };
    writeFileSync(run.ledger, JSON.stringify(entry), { mode: 0o600 });
    mkdirSync(run.dir, { recursive: true, mode: 0o755 });
    await program('mount', ['-t', 'tmpfs', '-o', 'mode=755,size=30%', 'rehearsal', run.dir]);
  });
}

/** Removes the run of an ended process, unless another process has begun it again. */
export async function removeOf(run: Run, pid: number): Promise<void> {
  await locked(base, PATIENCE, async () => {
    if (readEntry(run)?.pid === pid) await clean(run);
  });
}

/**
 * Removes what a run of that name left: kept hosts, or leftovers. Returns whether there was anything.
 * @throws ToolError when it is in progress
 */
export async function removeRun(name: string): Promise<boolean> {
  const run = runOf(name);
  const there = existsSync(run.ledger) || existsSync(run.dir) || (await namespaces(run)).length > 0;
  if (!there) return false;
  await begin(run);
  await clean(run);
  return true;
}

function readEntry(run: Run): Entry | undefined {
  try {
    return JSON.parse(readFileSync(run.ledger, 'utf8')) as Entry;
  } catch {
    return undefined;
  }
}

function startOf(pid: number): string | undefined {
  try {
    return readFileSync(`/proc/${pid}/stat`, 'utf8')
      .replace(/^.*\) /s, '')
      .split(' ')[19];
  } catch {
    return undefined;
  }
}

/** Removes everything with the run's names: processes in its namespaces, the namespaces, loop devices, the folder. */
export async function clean(run: Run): Promise<void> {
  const spaces = await namespaces(run);
  for (let round = 0; round < 20; round++) {
    let alive = 0;
    for (const space of spaces) {
      for (const pid of (await quietly('ip', ['netns', 'pids', space])).split('\n').filter(Boolean)) {
        alive++;
        kill(Number(pid));
      }
    }
    if (alive === 0) break;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  for (const space of spaces) await quietly('ip', ['netns', 'delete', space]);
  for (const device of await loops(run)) await quietly('losetup', ['--detach', device]);
  while (mounted(run.dir)) {
    await quietly('umount', ['--lazy', run.dir]);
    if (mounted(run.dir)) await new Promise((resolve) => setTimeout(resolve, 100));
  }
  if (existsSync(run.dir)) rmdirSync(run.dir);
  rmSync(run.ledger, { force: true });
}

function kill(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch {
    // It has ended meanwhile.
  }
}

/** Network namespaces of a run. */
export async function namespaces(run: Run): Promise<string[]> {
  const names = (await quietly('ip', ['netns', 'list'])).split('\n').map((line) => line.split(' ')[0]!);
  return names.filter((name) => name.startsWith(`${run.prefix}-`));
}

/** Loop devices over files of a run. */
export async function loops(run: Run): Promise<string[]> {
  const lines = (await quietly('losetup', ['--list', '--noheadings', '--output', 'NAME,BACK-FILE'])).split('\n');
  return lines
    .map((line) => line.trim().split(/\s+/))
    .filter(([, file]) => file?.startsWith(`${run.dir}/`))
    .map(([name]) => name!);
}

export function mounted(dir: string): boolean {
  return readFileSync('/proc/self/mountinfo', 'utf8')
    .split('\n')
    .some((line) => line.split(' ')[4] === dir);
}
