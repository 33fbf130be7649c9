import { spawn } from 'node:child_process';
import { join } from 'node:path';

/** The repository's folder. */
export const root = join(__dirname, '..', '..', '..');

/** The command, as it is installed. */
export const command = join(root, 'dist', 'bin', 'cdktf-stackato.js');

/** The shipped example. */
export const example = join(root, 'stacks', 'mvp.yaml');

export interface Ended {
  /** Exit code, or the name of the signal that ended it. */
  readonly code: number | NodeJS.Signals;
  readonly out: string;
  readonly err: string;
}

/** Runs the command as a process, with no terminal. It is killed after 30 s. */
export function call(
  words: readonly string[],
  options: { cwd?: string; env?: NodeJS.ProcessEnv; input?: string } = {},
): Promise<Ended> {
  const { STACKATO_DEBUG: _, FORCE_COLOR: __, ...env } = process.env;
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [command, ...words], {
      cwd: options.cwd,
      env: { ...env, ...options.env },
      timeout: 30_000,
    });
    let out = '';
    let err = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => (out += text));
    child.stderr.setEncoding('utf8').on('data', (text: string) => (err += text));
    child.on('error', reject);
    child.on('close', (code, signal) => resolve({ code: code ?? signal!, out, err }));
    child.stdin.end(options.input ?? '');
  });
}
