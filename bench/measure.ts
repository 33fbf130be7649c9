import { spawnSync } from 'node:child_process';
import { performance } from 'node:perf_hooks';

/** A program to time, as a whole process, since a person waits for all of it. */
export interface Program {
  readonly name: string;
  readonly words: readonly [string, ...string[]];
  readonly cwd: string;
  readonly env?: Readonly<Record<string, string>>;
}

/**
 * Seconds of one run.
 * @throws Error when the program fails, with its message
 */
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

/**
 * Times programs side by side: every round runs each once, in alternating order, so that other load on the machine affects
 * all of them. Returns rounds, each with the seconds of every program. A first round, which warms the file cache, is not
 * counted.
 */
export function inTurn(programs: readonly Program[], rounds: number): readonly (readonly number[])[] {
  for (const program of programs) seconds(program);
  return Array.from({ length: rounds }, (_, round) => {
    if (round % 2 === 0) return programs.map(seconds);
    return [...programs].reverse().map(seconds).reverse();
  });
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
}
