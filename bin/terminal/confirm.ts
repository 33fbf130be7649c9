import { createInterface } from 'node:readline/promises';
import { ToolError } from '../../lib/base/input';
import type { Io } from '../../lib/base/voice';

/**
 * Asks on a terminal, and takes only the expected word for a yes; a person who is not there has not agreed.
 * @throws ToolError where nobody can be asked
 */
export async function confirm(
  io: Io,
  question: string,
  expected: string,
  next = 'repeat with --auto-approve',
): Promise<boolean> {
  if (io.json || !process.stdin.isTTY || !process.stdout.isTTY) {
    throw new ToolError('this changes things, and nobody can be asked here; nothing was changed', next);
  }
  const lines = createInterface({ input: process.stdin, output: process.stdout });
  try {
    // readline takes Ctrl-C for itself: it is a no here, not a broken command
    const stop = new AbortController();
    lines.once('SIGINT', () => stop.abort());
    const signal = AbortSignal.any([stop.signal, io.signal]);
    return (
      (await lines.question(`${question} Write ${io.color.bold(expected)} to go on: `, { signal })).trim() === expected
    );
  } catch (error) {
    if ((error as Error).name === 'AbortError') return false;
    throw error;
  } finally {
    lines.close();
  }
}
