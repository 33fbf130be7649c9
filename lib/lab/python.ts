import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, renameSync, rmSync } from 'node:fs';
import { homedir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { ToolError } from '../base/input';
import { asset } from './assets';

/** The version that `moto_plus.py` patches; it changes internals, so check it before an update. */
const MOTO_VERSION = '5.2.5';

const INSTALL_SECONDS = 900;
const NEED = 'python 3.9 or newer with venv and pip';
const HOW = 'install it (Debian: apt install python3 python3-venv; macOS: brew install python), then repeat';

/** Folder of the practice cloud's Python packages, shared by all projects of a user. */
export function environmentDir(env: NodeJS.ProcessEnv): string {
  if (env['STACKATO_LAB_VENV']) return resolve(env['STACKATO_LAB_VENV']);
  const cache = env['XDG_CACHE_HOME'] || join(env['HOME'] || homedir(), '.cache');
  return join(cache, 'cdktf-stackato', `moto-${MOTO_VERSION}`);
}

/**
 * The Python environment with moto; made once (about 140 MB, 40 s), whole or not at all.
 * @throws ToolError when Python, its venv module or the packages are not available
 */
export async function labPython(
  env: NodeJS.ProcessEnv,
  report: (text: string) => void,
  signal?: AbortSignal,
): Promise<string> {
  const dir = environmentDir(env);
  const python = join(dir, 'bin', 'python');
  if (existsSync(python)) return python;
  await probe(env, signal);
  mkdirSync(dirname(dir), { recursive: true });
  // a sibling, so that the final move is one step; Python derives its prefix from its location
  const fresh = mkdtempSync(`${dir}.new-`);
  try {
    report('making a Python environment (once)');
    const venv = await finish('python3', ['-m', 'venv', fresh], env, signal);
    if (venv.code !== 0) throw failed('python3 could not make a virtual environment', venv, signal);
    report(`installing moto ${MOTO_VERSION} (once, about 140 MB, 40 s)`);
    const pip = ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', '-r', asset('requirements.txt')];
    const installed = await finish(join(fresh, 'bin', 'python'), pip, env, signal);
    if (installed.code !== 0) throw failed(`pip could not install moto ${MOTO_VERSION}`, installed, signal);
    takePlace(fresh, dir, python);
  } finally {
    rmSync(fresh, { recursive: true, force: true });
  }
  return python;
}

/** Moves the new environment to its place. One that another command put there meanwhile is equal and may be in use: it stays. */
function takePlace(fresh: string, dir: string, python: string): void {
  try {
    renameSync(fresh, dir);
  } catch (error) {
    if (!['ENOTEMPTY', 'EEXIST'].includes((error as NodeJS.ErrnoException).code ?? '')) throw error;
    if (existsSync(python)) return;
    // A folder without Python is left from a failed installation.
    rmSync(dir, { recursive: true, force: true });
    renameSync(fresh, dir);
  }
}

/** One call checks Python's version, venv and pip (separate packages on Debian). */
async function probe(env: NodeJS.ProcessEnv, signal?: AbortSignal): Promise<void> {
  const code = 'import sys, venv, ensurepip; sys.exit(0 if sys.version_info >= (3, 9) else "Python " + sys.version)';
  const found = await finish('python3', ['-c', code], env, signal);
  if (found.code === 0) return;
  if (found.code === 'ENOENT')
    throw new ToolError(`the practice cloud needs ${NEED}; there is no python3 on PATH`, HOW);
  throw new ToolError(`the practice cloud needs ${NEED}; this python3 is not enough`, HOW, found.text);
}

function failed(what: string, end: Ended, signal?: AbortSignal): ToolError {
  if (signal?.aborted) return new ToolError(`${what}: interrupted; nothing is kept`, 'repeat the command');
  return new ToolError(
    `${what}; nothing is kept`,
    'pip must reach a package index (see PIP_INDEX_URL, PIP_FIND_LINKS); then repeat the command',
    end.text,
  );
}

interface Ended {
  readonly code: number | string | null;
  /** The end of its output. */
  readonly text: string;
}

function finish(program: string, args: string[], env: NodeJS.ProcessEnv, signal?: AbortSignal): Promise<Ended> {
  return new Promise((done) => {
    let text = '';
    const keep = (chunk: Buffer) => (text = (text + chunk.toString()).slice(-4000));
    const limit = AbortSignal.timeout(INSTALL_SECONDS * 1000);
    const child = spawn(program, args, {
      env,
      stdio: ['ignore', 'pipe', 'pipe'],
      signal: signal ? AbortSignal.any([signal, limit]) : limit,
    });
    child.stdout.on('data', keep);
    child.stderr.on('data', keep);
    let error: NodeJS.ErrnoException | undefined;
    child.once('error', (e) => (error = e));
    child.once('close', (code) => {
      if (limit.aborted) text += `\nnot finished after ${INSTALL_SECONDS} s`;
      done({ code: error ? (error.code ?? error.message) : code, text: text.trim() });
    });
  });
}
