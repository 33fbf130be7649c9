import { createInterface } from 'node:readline/promises';
import { Writable } from 'node:stream';
import { ToolError } from '../../lib';
import type { Io } from '../../lib/base/voice';

/** Asks for a secret on the terminal without showing it; undefined when there is no terminal. */
export function askHidden(io: Io): ((name: string) => Promise<string>) | undefined {
  if (io.json || !process.stdin.isTTY || !process.stderr.isTTY) return undefined;
  return async (name) => {
    process.stderr.write(`${name}: `);
    const nowhere = new Writable({ write: (_chunk, _encoding, done) => done() });
    const lines = createInterface({ input: process.stdin, output: nowhere, terminal: true, historySize: 0 });
    const stop = new AbortController();
    lines.once('SIGINT', () => stop.abort());
    try {
      return await lines.question('', { signal: AbortSignal.any([stop.signal, io.signal]) });
    } catch (error) {
      if ((error as Error).name === 'AbortError') throw new ToolError('interrupted; nothing was delivered');
      throw error;
    } finally {
      lines.close();
      process.stderr.write('\n');
    }
  };
}
