import { type ChildProcessByStdio, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import { stripVTControlCharacters } from 'node:util';
import { ToolError } from '../base/input';

/** Terraform or OpenTofu on this machine. */
export interface Engine {
  readonly program: string;
  readonly kind: 'terraform' | 'tofu';
  readonly version: string;
  /**
   * Runs it in a folder and waits for its end; the caller checks the exit code.
   * @throws ToolError when it cannot be started
   */
  run(dir: string, args: readonly string[], options: RunOptions): Promise<Ended>;
}

export interface RunOptions {
  readonly env: NodeJS.ProcessEnv;
  readonly signal?: AbortSignal;
  /** Every line of standard output. */
  readonly onLine?: (line: string) => void;
  /** Every line of standard output that is a JSON object. */
  readonly onJson?: (value: Readonly<Record<string, unknown>>) => void;
  /** Timeout, seconds; it is then stopped as by an abort. @default 600 */
  readonly limitSeconds?: number;
  /** Seconds between a stop and a kill. @default 90 */
  readonly graceSeconds?: number;
}

export interface Ended {
  /** Absent when a signal ended it. */
  readonly code: number | null;
  /** Why it was stopped early. */
  readonly stopped?: 'abort' | 'limit';
  /** Whether it was killed; the result of running operations is then unknown. */
  readonly killed: boolean;
  /** The end of its standard error. */
  readonly stderr: string;
}

const OLDEST = { terraform: [1, 11], tofu: [1, 9] } as const;
const KEEP_STDERR = 16_384;
const INSTALL = 'install Terraform >= 1.11 or OpenTofu >= 1.9, or name one with --engine PATH or TERRAFORM_BINARY_NAME';

/**
 * Finds the engine: `wanted` (a name or a path), else TERRAFORM_BINARY_NAME, else terraform, else tofu on PATH.
 * @throws ToolError when there is none, or it is too old
 */
export async function findEngine(env: NodeJS.ProcessEnv, wanted?: string, signal?: AbortSignal): Promise<Engine> {
  const named = wanted || env['TERRAFORM_BINARY_NAME'];
  for (const program of named ? [named] : ['terraform', 'tofu']) {
    const said: string[] = [];
    let ended: Ended;
    try {
      const quiet = { ...env, CHECKPOINT_DISABLE: '1' };
      ended = await run(program, process.cwd(), ['version'], {
        env: quiet,
        signal,
        limitSeconds: 30,
        onLine: (l) => said.push(l),
      });
    } catch (error) {
      if (error instanceof ToolError && !named) continue;
      throw error;
    }
    if (ended.stopped === 'abort') throw new ToolError(`interrupted while asking ${program} for its version`);
    const text = said.join('\n');
    const [, brand, version = ''] = /^(Terraform|OpenTofu) v(\d+\.\d+\.\d+\S*)/m.exec(text) ?? [];
    if (!brand) throw new ToolError(`${program} is neither Terraform nor OpenTofu`, INSTALL, text || ended.stderr);
    const kind = brand === 'Terraform' ? 'terraform' : 'tofu';
    const [major = 0, minor = 0] = version.split('.').map(Number);
    const [needMajor, needMinor] = OLDEST[kind];
    if (major < needMajor || (major === needMajor && minor < needMinor)) {
      throw new ToolError(`${program} is ${brand} ${version}; ${needMajor}.${needMinor} or newer is needed`, INSTALL);
    }
    return { program, kind, version, run: (dir, args, options) => run(program, dir, args, options) };
  }
  throw new ToolError('neither terraform nor tofu is on PATH', INSTALL);
}

async function run(program: string, dir: string, args: readonly string[], options: RunOptions): Promise<Ended> {
  if (options.signal?.aborted) return { code: null, stopped: 'abort', killed: false, stderr: '' };
  if (!existsSync(dir)) throw new ToolError(`no folder ${dir} to run ${program} in`);
  // In a session of its own: Ctrl-C on a terminal goes to the whole foreground group, and a second interrupt (ours)
  // would make the engine leave at once, without its state.
  const child = spawn(program, args, { cwd: dir, env: options.env, detached: true, stdio: ['ignore', 'pipe', 'pipe'] });
  let stderr = '';
  child.stderr.on(
    'data',
    (chunk: Buffer) => (stderr = (stderr + stripVTControlCharacters(chunk.toString())).slice(-KEEP_STDERR)),
  );
  createInterface({ input: child.stdout }).on('line', (line) => {
    options.onLine?.(line);
    const value = options.onJson && line.startsWith('{') ? jsonObject(line) : undefined;
    if (value) options.onJson?.(value);
  });
  const stop = stopper(child, options);
  try {
    const code = await new Promise<number | null>((resolve, reject) => {
      child.once('error', reject);
      child.once('close', resolve);
    });
    // ended by a signal: its provider plugins did not get it, and would stay
    if (code === null) stop.kill();
    return { code, stopped: stop.why(), killed: stop.killed(), stderr };
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    throw new ToolError(code === 'ENOENT' ? `no program ${program}` : `${program} can't be run: ${message}`, INSTALL);
  } finally {
    stop.end();
  }
}

/** Interrupts once on abort or timeout, kills after the grace period; nothing outlives this process. */
function stopper(child: ChildProcessByStdio<null, Readable, Readable>, options: RunOptions) {
  let why: Ended['stopped'];
  let killed = false;
  let grace: NodeJS.Timeout | undefined;
  const kill = () => {
    killed = true;
    try {
      // the whole group: its provider plugins too
      if (child.pid !== undefined) process.kill(-child.pid, 'SIGKILL');
    } catch {
      // it has ended in between
    }
  };
  const interrupt = (reason: Ended['stopped']) => {
    if (why) return;
    why = reason;
    child.kill('SIGINT');
    grace = setTimeout(kill, (options.graceSeconds ?? 90) * 1000);
  };
  const onAbort = () => interrupt('abort');
  const limit = setTimeout(() => interrupt('limit'), (options.limitSeconds ?? 600) * 1000);
  options.signal?.addEventListener('abort', onAbort, { once: true });
  process.once('exit', kill);
  return {
    why: () => why,
    kill,
    killed: () => killed,
    end: () => {
      clearTimeout(limit);
      clearTimeout(grace);
      options.signal?.removeEventListener('abort', onAbort);
      process.removeListener('exit', kill);
    },
  };
}

function jsonObject(line: string): Readonly<Record<string, unknown>> | undefined {
  try {
    return JSON.parse(line) as Readonly<Record<string, unknown>>;
  } catch {
    return undefined;
  }
}
