import { spawnSync } from 'node:child_process';
import { performance } from 'node:perf_hooks';

/** A program to time, as a whole process: what a person waits for. */
export interface Program {
  readonly name: string;
  readonly words: readonly [string, ...string[]];
  readonly cwd: string;
  readonly env?: Readonly<Record<string, string>>;
}

/** Seconds that one run takes. Throws `Error` with the program's own words when it fails. */
export function seconds(program: Program): number {
  const [command, ...args] = program.words;
  const began = performance.now();
  const done = spawnSync(command, args, {
    cwd: program.cwd,
    encoding: 'utf8',
    env: { ...process.env, CI: '1', CHECKPOINT_DISABLE: '1', NO_COLOR: '1', ...program.env },
    stdio: ['ignore', 'pipe', 'pipe'],
    timeout: 300_000,
    maxBuffer: 1 << 26,
  });
  const took = (performance.now() - began) / 1000;
  if (done.status !== 0)
    throw new Error(`${program.name} failed\n${done.error?.message ?? ''}${done.stdout}${done.stderr}`);
  return took;
}

export interface Pair {
  /** Medians, seconds. */
  readonly ours: number;
  readonly theirs: number;
  readonly ratio: number;
}

/**
 * Times two programs side by side, in turn, so that what else the machine does falls on both; the first round of each only
 * warms the file cache. The ratio is the median of the rounds' ratios: a slow moment spoils one round, not the result.
 */
export function sideBySide(ours: Program, theirs: Program, rounds: number): Pair {
  seconds(ours);
  seconds(theirs);
  const pairs = Array.from({ length: rounds }, (_, round) => {
    // Neither is always the one that runs after the other.
    const first = round % 2 === 0;
    const a = first ? seconds(ours) : 0;
    const b = seconds(theirs);
    return [first ? a : seconds(ours), b] as const;
  });
  return {
    ours: median(pairs.map(([a]) => a)),
    theirs: median(pairs.map(([, b]) => b)),
    ratio: median(pairs.map(([a, b]) => a / b)),
  };
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
}
