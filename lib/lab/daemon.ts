import { spawn, spawnSync } from 'node:child_process';
import { closeSync, mkdirSync, openSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { writeWhole } from '../base/file';
import { ToolError } from '../base/input';

/** A process that outlives the command that started it, from its record in the state folder. */
export interface Daemon {
  readonly pid: number;
  readonly port: number;
  /** When the system started it: the pid alone may have been reused. */
  readonly birth: string;
}

export interface DaemonStart {
  /** Names the record and the log: `<name>.json`, `<name>.log`. */
  readonly name: string;
  readonly stateDir: string;
  readonly command: readonly [program: string, ...args: string[]];
  readonly env: NodeJS.ProcessEnv;
  readonly port: number;
  /** URL that answers 200 when the process is ready. */
  readonly readyUrl: string;
  /** Timeout, seconds. */
  readonly limitSeconds: number;
}

const TAIL_LINES = 8;
const STOP_SECONDS = 5;

/** The process of that name, if it still runs. */
export function daemonOf(stateDir: string, name: string): Daemon | undefined {
  let record: Partial<Daemon>;
  try {
    record = JSON.parse(readFileSync(join(stateDir, `${name}.json`), 'utf8')) as Partial<Daemon>;
  } catch {
    return undefined;
  }
  const { pid, port, birth } = record;
  if (typeof pid !== 'number' || typeof port !== 'number' || typeof birth !== 'string') return undefined;
  return birthOf(pid) === birth ? { pid, port, birth } : undefined;
}

/**
 * Starts a process in a session of its own and waits until it answers.
 * @throws ToolError when it ends or does not answer in time; it is then stopped
 */
export async function startDaemon(start: DaemonStart, signal?: AbortSignal): Promise<Daemon> {
  mkdirSync(start.stateDir, { recursive: true });
  const logFile = join(start.stateDir, `${start.name}.log`);
  const log = openSync(logFile, 'w', 0o600);
  const [program, ...args] = start.command;
  const child = spawn(program, args, { detached: true, stdio: ['ignore', log, log], env: start.env });
  closeSync(log);
  let failure: Error | undefined;
  child.once('error', (error) => (failure = error));
  child.unref();
  const pid = child.pid;
  const birth = pid === undefined ? undefined : birthOf(pid);
  const tail = () => readFileSync(logFile, 'utf8').trimEnd().split('\n').slice(-TAIL_LINES).join('\n');
  if (pid === undefined || birth === undefined) {
    await sleep(50);
    throw new ToolError(
      `${start.name} could not be started: ${failure?.message ?? 'it ended at once'}`,
      undefined,
      tail(),
    );
  }
  const daemon: Daemon = { pid, port: start.port, birth };
  try {
    writeWhole(join(start.stateDir, `${start.name}.json`), `${JSON.stringify(daemon)}\n`);
  } catch (error) {
    // without its record nobody could stop it later
    child.kill('SIGKILL');
    throw error;
  }
  const deadline = Date.now() + start.limitSeconds * 1000;
  for (;;) {
    if (await answers(start.readyUrl)) return daemon;
    const why = signal?.aborted
      ? 'was interrupted while it started'
      : birthOf(pid) !== birth
        ? 'ended while it started'
        : Date.now() > deadline
          ? `does not answer ${start.readyUrl} after ${start.limitSeconds} s`
          : undefined;
    if (why) {
      await stopDaemon(start.stateDir, start.name);
      throw new ToolError(`${start.name} ${why}; it is stopped, its log is ${logFile}`, undefined, tail());
    }
    await sleep(100);
  }
}

/** Ends exactly the process that was started, with SIGTERM first; returns whether there was one. */
export async function stopDaemon(stateDir: string, name: string): Promise<boolean> {
  const daemon = daemonOf(stateDir, name);
  if (daemon) {
    for (const [how, seconds] of [
      ['SIGTERM', STOP_SECONDS],
      ['SIGKILL', STOP_SECONDS],
    ] as const) {
      if (birthOf(daemon.pid) !== daemon.birth) break;
      process.kill(daemon.pid, how);
      const deadline = Date.now() + seconds * 1000;
      while (birthOf(daemon.pid) === daemon.birth && Date.now() < deadline) await sleep(50);
    }
    if (birthOf(daemon.pid) === daemon.birth) {
      throw new ToolError(`${name} (process ${daemon.pid}) does not end, even when killed`);
    }
  }
  rmSync(join(stateDir, `${name}.json`), { force: true });
  return daemon !== undefined;
}

/** Whether a GET succeeds within two seconds. */
export async function answers(url: string): Promise<boolean> {
  try {
    const response = await fetch(url, { signal: AbortSignal.timeout(2000) });
    await response.arrayBuffer();
    return response.ok;
  } catch {
    return false;
  }
}

/** Whether a server may listen on a port of `localhost`, in both of its address families. */
export async function portFree(port: number): Promise<boolean> {
  for (const host of ['127.0.0.1', '::1']) {
    const code = await new Promise<string | undefined>((resolve) => {
      const server = createServer();
      server.once('error', (error: NodeJS.ErrnoException) => resolve(error.code));
      server.listen({ host, port, exclusive: true }, () => server.close(() => resolve(undefined)));
    });
    if (code === 'EADDRINUSE' || code === 'EACCES') return false;
  }
  return true;
}

/** Resident memory in MiB, if the system reports it. */
export function memoryMib(pid: number): number | undefined {
  try {
    const kib = /^VmRSS:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1];
    return kib === undefined ? undefined : Math.round(Number(kib) / 1024);
  } catch {
    return undefined;
  }
}

/** The start time of a running process, in the system's format; undefined for a dead process or a zombie. */
function birthOf(pid: number): string | undefined {
  if (process.platform === 'linux') {
    try {
      // proc(5): the fields after the name in parentheses; the first is the state, the twentieth the start time
      const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
      const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
      return fields[0] === 'Z' || fields[0] === 'X' ? undefined : fields[19];
    } catch {
      return undefined;
    }
  }
  const ps = spawnSync('ps', ['-o', 'stat=,lstart=', '-p', String(pid)], { encoding: 'utf8' });
  const [state, ...start] = ps.stdout?.trim().split(/\s+/) ?? [];
  return !state || state.startsWith('Z') ? undefined : start.join(' ');
}
