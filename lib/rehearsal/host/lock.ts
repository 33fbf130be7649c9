import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { ToolError } from '../../base/input';

/**
 * Does work that no other process may do at the same time. The lock is the kernel's, on a folder that stays: it ends with
 * whoever holds it, however that is. @throws ToolError when another one holds it for longer than the limit (seconds)
 */
export async function locked<T>(folder: string, seconds: number, work: () => Promise<T>): Promise<T> {
  const words = ['--timeout', String(seconds), folder, 'sh', '-c', 'echo held; read -r word'];
  const child = spawn('flock', words, { stdio: ['pipe', 'pipe', 'ignore'], detached: true });
  child.stdin.on('error', () => undefined);
  const ended = new Promise<void>((resolve) => child.once('close', () => resolve()));
  await new Promise<void>((resolve, reject) => {
    createInterface({ input: child.stdout }).once('line', () => resolve());
    child.once('error', (error) => reject(new ToolError('flock cannot be run', 'install util-linux', error.message)));
    child.once('exit', () => {
      reject(new ToolError(`another rehearsal has held ${folder} for ${seconds} s`, 'try again when it has ended'));
    });
  });
  try {
    return await work();
  } finally {
    child.stdin.end();
    await ended;
  }
}
