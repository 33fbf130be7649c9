import { createInterface } from 'node:readline/promises';
import { ToolError } from '../../lib/base/input';
import type { Io } from '../../lib/base/voice';

/**
 * Asks on a terminal; only the expected word counts as yes.
 * @throws ToolError when there is no terminal to ask on
 */
export async function confirm(
  io: Io,
  question: string,
  expected: string,
  next = 'repeat with --auto-approve',
): Promise<boolean> {
  if (io.json || !process.stdin.isTTY || !process.stdout.isTTY) {
    throw new ToolError('this needs confirmation, and there is no terminal to ask on; nothing was changed', next);
  }
  const lines = createInterface({ input: process.stdin, output: process.stdout });
  try {
    // readline takes Ctrl-C for itself: here it means no, not a failed command
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
