import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { createInterface } from 'node:readline';
import { ToolError } from '../../base/input';
import type { NodeDisk } from '../source/source';
import { type ImageNode, makeImage, makeMask, programs } from './image';
import { enterScript, initScript, rebootCode } from './init';
import type { Run } from './ledger';
import { netFile } from './network';
import { letGo, program, quietly, scripted } from './program';

/** A node that runs on this machine. */
export interface Machine {
  readonly name: string;
  /** The node's own files, seen from this machine. */
  readonly files: string;
  /** Powers on. */
  start(): void;
  /** Cuts the power; resolves when all its processes have ended. */
  stop(): Promise<void>;
  /** Makes it another machine with the same address and disks; its power must be off. */
  renew(): void;
  /** Runs a line as `stackato` in a login shell and returns its output. */
  kato(line: string): Promise<string>;
  /** Runs a script as root with `input` as its standard input; undefined for a host that is not up yet. */
  run(script: string, input?: Buffer, signal?: AbortSignal): Promise<Ran>;
  /** The path of a file as the running node sees it; unlike `files`, changes reach the node. */
  live(path: string): string;
  /** Id of the node's first process, while it runs. */
  pid(): number | undefined;
  /** Lets this program end while the machine keeps running. */
  letGo(): void;
}

/** Timeout of a kato command from outside. */
const KATO_SECONDS = 60;

/** The result of a script on a node. */
export type Ran =
  | { readonly state: 'ran'; readonly code: number; readonly out: Buffer; readonly err: string }
  | { readonly state: 'unreachable'; readonly why: string };

export interface MachineOptions extends ImageNode {
  readonly space: string;
  readonly disks: readonly NodeDisk[];
  /** Every line of its console. */
  console(line: string): void;
  /** Called when it dies unexpectedly. */
  died(detail: string): void;
}

/** Writes the files that all machines of a run share. `confined`: in a user namespace. */
export async function prepare(run: Run, confined: boolean): Promise<void> {
  writeFileSync(join(run.dir, 'enter.sh'), enterScript(confined), { mode: 0o755 });
  await makeMask(join(run.dir, 'mask'), confined);
  // Files that this user may not read are missing.
  if (confined) await quietly('cp', ['-r', '--preserve=mode,links,timestamps', '/etc', run.dir]);
}

/** Makes a machine with its files and disks; power is still off. */
export async function makeMachine(run: Run, options: MachineOptions): Promise<Machine> {
  const dir = join(run.dir, 'nodes', options.name);
  await writeMachine(dir, options);
  const power = makePower(run, dir, options);
  return {
    ...power,
    name: options.name,
    files: join(dir, 'upper'),
    renew() {
      for (const part of ['upper', 'overlay']) rmSync(join(dir, part), { recursive: true, force: true });
      writeFiles(dir, options);
    },
    live: (path) => join(`/proc/${power.pid() ?? 'none'}/root`, path),
    kato(line) {
      const words = wayInto(power.pid());
      if (!words) return Promise.reject(new ToolError(`${options.name} does not run`));
      // a timeout, so that the rehearsal always ends
      const bounded = ['timeout', '-k', '5', String(KATO_SECONDS), 'su', '-', 'stackato', '-c', line];
      return program('nsenter', [...words, ...bounded], { doing: `${line} on ${options.name}` });
    },
    async run(script, input, signal) {
      const words = wayInto(power.pid());
      if (!words) return { state: 'unreachable', why: `${options.name} does not run yet` };
      return { state: 'ran', ...(await scripted([...words, 'sh', '-c', script], input, signal)) };
    },
  };
}

/** Writes a machine's files, and the list of its disks. */
async function writeMachine(dir: string, options: MachineOptions): Promise<void> {
  writeFiles(dir, options);
  const lines: string[] = [];
  for (const [i, disk] of options.disks.entries()) lines.push(await makeDisk(join(dir, `disk-${i}`), disk));
  writeFileSync(join(dir, 'disks'), lines.join(''));
}

function writeFiles(dir: string, options: MachineOptions): void {
  for (const part of ['upper', 'overlay', 'root']) mkdirSync(join(dir, part), { recursive: true, mode: 0o755 });
  makeImage(join(dir, 'upper'), options);
  writeFileSync(join(dir, 'upper', programs, 'init'), initScript, { mode: 0o755 });
}

/** The power switch of a machine: its process, which restarts when the machine reboots. */
function makePower(run: Run, dir: string, options: MachineOptions): Pick<Machine, 'start' | 'stop' | 'pid' | 'letGo'> {
  let child: ChildProcess | undefined;
  let wanted = false;
  const start = () => {
    wanted = true;
    if (child) return;
    const said: string[] = [];
    const current = spawnMachine(run, dir, options, (line) => said.push(line));
    child = current;
    current.on('close', (code) => {
      if (child === current) child = undefined;
      if (!wanted) return;
      if (code === rebootCode) {
        options.console('stackato-host: {"event":"reboot"}');
        start();
      } else options.died(said.slice(-5).join('\n') || `exit ${code}`);
    });
  };
  const pid = () => (child?.pid === undefined ? undefined : firstChild(child.pid));
  return {
    start,
    pid,
    letGo: () => void (child && letGo(child)),
    stop: () =>
      new Promise((resolve) => {
        wanted = false;
        const current = child;
        if (!current) return resolve();
        current.once('close', () => resolve());
        const inner = pid();
        if (inner !== undefined) process.kill(inner, 'SIGKILL');
        else current.kill('SIGKILL');
      }),
  };
}

/** Starts a machine's first process in its own namespaces. */
function spawnMachine(run: Run, dir: string, options: MachineOptions, complain: (line: string) => void): ChildProcess {
  const ours = join(__dirname, '..', '..');
  const yaml = dirname(require.resolve('yaml/package.json'));
  const inner = ['sh', join(run.dir, 'enter.sh'), run.dir, dir, ours, yaml, process.execPath];
  const own = ['--mount', '--pid', '--fork', '--kill-child=KILL', '--uts', '--ipc', '--propagation', 'private'];
  const words = [`--net=${netFile(options.space)}`, 'unshare', ...own, ...inner];
  const child = spawn('nsenter', words, { stdio: ['ignore', 'pipe', 'pipe'], detached: true });
  createInterface({ input: child.stdout }).on('line', (line) => options.console(line));
  createInterface({ input: child.stderr }).on('line', complain);
  return child;
}

/** The way into a node, once its first process has entered the node's root; before, its root is this machine's. */
function wayInto(pid: number | undefined): string[] | undefined {
  if (pid === undefined || !existsSync(`/proc/${pid}/root${programs}/init`)) return undefined;
  return ['--target', String(pid), '--mount', '--uts', '--ipc', '--net', '--pid', '--root', '--wd'];
}

/** A loop device over an empty sparse file, and the line that makes it appear in the node. */
async function makeDisk(file: string, disk: NodeDisk): Promise<string> {
  writeFileSync(file, '');
  truncateSync(file, disk.gib * 1024 ** 3);
  const loop = (await program('losetup', ['--find', '--show', file], { doing: `disk ${disk.device}` })).trim();
  const [major, minor] = readFileSync(`/sys/block/${loop.replace('/dev/', '')}/dev`, 'utf8')
    .trim()
    .split(':');
  return `${disk.device.replace(/^\/dev\//, '')} ${major} ${minor}\n`;
}

/** The node's first process: the only child of the program that made its namespaces. */
function firstChild(pid: number): number | undefined {
  try {
    const text = readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').trim();
    return text === '' ? undefined : Number(text.split(' ')[0]);
  } catch {
    return undefined;
  }
}
