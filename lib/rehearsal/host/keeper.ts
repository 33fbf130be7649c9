import { spawn } from 'node:child_process';
import type { Socket } from 'node:net';
import { removeOf, runOf } from './ledger';

/** Stands by a run: when the program that began it ends without a word, however that is, all of the run is removed. */
export interface Keeper {
  /** The run is over or is to be left: there is nothing to remove any more. */
  dismiss(): void;
}

/** Posts a keeper. It waits in a shell, which is small, and in a session of its own, which Ctrl-C does not reach. */
export function postKeeper(name: string): Keeper {
  const script = 'read -r word; [ -n "$word" ] || exec "$0" "$@"';
  const words = ['-c', script, process.execPath, __filename, name, String(process.pid)];
  const child = spawn('sh', words, { stdio: ['pipe', 'ignore', 'ignore'], detached: true });
  child.unref();
  child.stdin.on('error', () => undefined);
  (child.stdin as Socket).unref();
  return { dismiss: () => void child.stdin.end('dismissed\n') };
}

async function main([name, pid]: readonly string[]): Promise<void> {
  await removeOf(runOf(name!), Number(pid));
}

if (require.main === module) void main(process.argv.slice(2));
