import { spawn } from 'node:child_process';
import type { Socket } from 'node:net';
import { removeOf, runOf } from './ledger';

/** Watches a run: when the program that began it ends unexpectedly, the run is removed. */
export interface Keeper {
  /** Dismisses the keeper: the run is over or is kept. */
  dismiss(): void;
}

/** Starts a keeper of a run's hosts. */
export function postKeeper(name: string): Keeper {
  return post([process.execPath, __filename, name, String(process.pid)]);
}

/**
 * Starts a keeper of a folder, and of the process group whose number is in its file `group`. It removes both several times,
 * since a process that is being killed may write once more.
 */
export function postFolderKeeper(folder: string): Keeper {
  const script =
    'for n in 1 2 3 4 5; do g=$(cat "$0/group" 2>/dev/null) && kill -9 -"$g"; rm -rf "$0"; sleep 0.2 || sleep 1; done';
  return post(['sh', '-c', script, folder]);
}

/** It waits in a shell, which is small, in its own session, which Ctrl-C does not reach. */
function post(last: readonly string[]): Keeper {
  const script = 'read -r word; [ -n "$word" ] || exec "$0" "$@"';
  const words = ['-c', script, ...last];
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
