import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { ToolError } from '../../base/input';

/**
 * Runs work under a lock. The lock is the kernel's, on a permanent folder, and ends with its holder.
 * @throws ToolError when another process holds it for longer than the limit (seconds)
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
