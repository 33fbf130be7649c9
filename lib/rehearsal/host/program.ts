import { type ChildProcess, spawn } from 'node:child_process';
import { accessSync, constants } from 'node:fs';
import type { Socket } from 'node:net';
import { ToolError } from '../../base/input';

/** Folders where nodes look for programs. */
export const PATH = '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin';

/** Path of a program on the nodes' plain PATH. */
function placeOfProgram(name: string): string | undefined {
  return PATH.split(':')
    .map((folder) => `${folder}/${name}`)
    .find(runs);
}

/** Whether a program is on the nodes' PATH. */
export const here = (name: string): boolean => placeOfProgram(name) !== undefined;

/** Whether a file can be run. */
export function runs(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/** Runs a program to its end and returns its output; a failure names what was being done. */
export function program(
  name: string,
  words: readonly string[],
  options: { readonly input?: string; readonly seconds?: number; readonly doing?: string } = {},
): Promise<string> {
  const seconds = options.seconds ?? 30;
  const doing = options.doing ?? [name, ...words].join(' ');
  return new Promise((resolve, reject) => {
    const child = spawn(name, words, { stdio: [options.input === undefined ? 'ignore' : 'pipe', 'pipe', 'pipe'] });
    const [out, err]: [string[], string[]] = [[], []];
    const timer = setTimeout(() => child.kill('SIGKILL'), seconds * 1000);
    child.stdout?.on('data', (part: Buffer) => out.push(part.toString()));
    child.stderr?.on('data', (part: Buffer) => err.push(part.toString()));
    child.on('error', (error) => {
      clearTimeout(timer);
      reject(new ToolError(`${doing}: ${name} cannot be run`, `install ${name}`, error.message));
    });
    child.on('close', (code, signal) => {
      clearTimeout(timer);
      if (code === 0) return resolve(out.join(''));
      const how = signal ? `no end after ${seconds} s` : `exit ${code}`;
      reject(new ToolError(`${doing}: ${how}`, undefined, `${out.join('')}${err.join('')}`.trim()));
    });
    child.stdin?.on('error', () => undefined);
    child.stdin?.end(options.input);
  });
}

/** Runs nsenter to its end, with any exit code, with bytes as its standard input. */
export function scripted(
  words: readonly string[],
  input: Buffer | undefined,
  signal: AbortSignal | undefined,
): Promise<{ readonly code: number; readonly out: Buffer; readonly err: string }> {
  return new Promise((resolve) => {
    const child = spawn('nsenter', words, {
      stdio: ['pipe', 'pipe', 'pipe'],
      env: { PATH },
      signal,
      killSignal: 'SIGKILL',
    });
    const [out, err]: [Buffer[], Buffer[]] = [[], []];
    child.stdout.on('data', (part: Buffer) => out.push(part));
    child.stderr.on('data', (part: Buffer) => err.push(part));
    child.on('error', (error) => err.push(Buffer.from(error.message)));
    child.on('close', (code) =>
      resolve({ code: code ?? 1, out: Buffer.concat(out), err: Buffer.concat(err).toString() }),
    );
    child.stdin.on('error', () => undefined);
    child.stdin.end(input);
  });
}

/** Like `program`, for clean-up: a failure is ignored. */
export async function quietly(name: string, words: readonly string[]): Promise<string> {
  return program(name, words).catch(() => '');
}

/** Lets this program end while the child keeps running. */
export function letGo(child: ChildProcess): void {
  child.unref();
  for (const stream of [child.stdout, child.stderr]) (stream as Socket | null)?.unref();
}
