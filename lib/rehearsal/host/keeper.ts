import { spawn } from 'node:child_process';
import type { Socket } from 'node:net';
import { removeOf, runOf } from './ledger';

/** Stands by a run: when the program that began it ends without a word, however that is, all of the run is removed. */
export interface Keeper {
  /** The run is over or is to be left: there is nothing to remove any more. */
  dismiss(): void;
}

/** Posts a keeper of a run's hosts. */
export function postKeeper(name: string): Keeper {
  return post([process.execPath, __filename, name, String(process.pid)]);
}

/**
 * Posts a keeper of a folder, and of the group of processes whose number stands in its file `group`: both go, several times
 * over, since what is being killed may write once more.
 */
export function postFolderKeeper(folder: string): Keeper {
  const script =
    'for n in 1 2 3 4 5; do g=$(cat "$0/group" 2>/dev/null) && kill -9 -"$g"; rm -rf "$0"; sleep 0.2 || sleep 1; done';
  return post(['sh', '-c', script, folder]);
}

/** It waits in a shell, which is small, and in a session of its own, which Ctrl-C does not reach. */
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
