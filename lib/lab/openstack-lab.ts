import { existsSync, readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join, resolve } from 'node:path';
import { writeWhole } from '../base/file';
import { didYouMean, ToolError } from '../base/input';
import { type LabEnvironment, openstackEnvironment } from '../cloud-api/environment';
import { portFree } from './daemon';
import { type LabScript, labScript } from './openstack-script';

/** Parts of the practice cloud that can be left out. */
const OPENSTACK_PARTS = ['octavia', 'designate', 'barbican'] as const;
export type OpenstackPart = (typeof OPENSTACK_PARTS)[number];

export interface OpenstackLabOptions {
  /** State, logs and sockets. @default STACKATO_OSLAB_DIR, or openstack-lab in the user's cache folder */
  readonly stateDir?: string;
  /** Optional services. @default those of the last `up`, at first octavia and designate */
  readonly with?: readonly OpenstackPart[];
  /** Text of Terraform's CLI configuration (a provider mirror). @default none: Terraform's own rules apply */
  readonly cliConfig?: string;
  /** @default process.env */
  readonly env?: NodeJS.ProcessEnv;
}

export interface OpenstackLabStatus {
  /** Whether it was started and all its processes run. */
  readonly up: boolean;
  /** Keystone's URL, while it is up. */
  readonly endpoint?: string;
  readonly parts: readonly OpenstackPart[];
  readonly processes: readonly LabProcess[];
  /** Of all processes together. */
  readonly memoryMib: number;
}

export interface LabProcess {
  readonly name: string;
  /** Undefined for a process that died. */
  readonly pid?: number;
  readonly memoryMib: number;
}

/** The practice cloud: OpenStack's real control plane on this machine's loopback, without a hypervisor. */
export interface OpenstackLab {
  readonly stateDir: string;
  /**
   * What would be installed, one line of apt each; empty when nothing is missing.
   * @throws ToolError when apt fails, or this is not Debian 12
   */
  missing(): Promise<readonly string[]>;
  /**
   * Installs Debian's packages; starts none of them.
   * @throws ToolError when this is not Debian 12, or the user is not root
   */
  install(report: (text: string) => void, signal?: AbortSignal): Promise<void>;
  /**
   * Starts what is not running and waits until everything answers.
   * @throws ToolError when something does not start; nothing runs then
   */
  up(report: (text: string) => void, signal?: AbortSignal): Promise<OpenstackLabStatus>;
  /**
   * Stops exactly what `up` started, and keeps the state; returns whether anything was running.
   * @throws ToolError when a process does not end
   */
  down(): Promise<boolean>;
  /**
   * Deletes everything; restarts it if it was running.
   * @throws ToolError when that fails
   */
  reset(report: (text: string) => void, signal?: AbortSignal): Promise<void>;
  status(): Promise<OpenstackLabStatus>;
  /**
   * Environment variables that send OpenStack calls to it, as user `demo` or as an administrator in the same project.
   * @throws ToolError when it is not up
   */
  env(user?: 'demo' | 'admin'): Promise<LabEnvironment>;
}

const PORTS: Readonly<Record<number, string>> = {
  4369: 'epmd',
  5000: 'keystone',
  5354: 'designate-mdns',
  5672: 'rabbitmq',
  8774: 'nova',
  8776: 'cinder',
  8778: 'placement',
  9001: 'designate',
  9292: 'glance',
  9311: 'barbican',
  9696: 'neutron',
  9876: 'octavia',
  25672: 'rabbitmq',
};
/** Services that a node with an application credential calls: Keystone and Barbican. */
export const NODE_PORTS: readonly number[] = [5000, 9311];
/** Of its path: sockets lie below it, and a socket's path has at most 107 characters. */
const LONGEST = 80;
const UP = 'cdktf-stackato lab up --cloud openstack';
const AUTH_URL = 'http://127.0.0.1:5000/v3';

/** Describes the practice cloud of this user; nothing runs before `up`. */
export function openstackLab(options: OpenstackLabOptions = {}): OpenstackLab {
  const env = options.env ?? process.env;
  const state = stateOf(resolve(options.stateDir ?? (env['STACKATO_OSLAB_DIR'] || cacheDir(env))), env);
  const { stateDir, script } = state;
  // in the project's folder: projects share the cloud, and may have different mirrors
  const configFile = resolve('.stackato', 'terraform.rc');
  const wanted = (): readonly OpenstackPart[] => options.with ?? state.parts() ?? ['octavia', 'designate'];
  return {
    stateDir,
    status: () => statusOf(state),
    down: () => down(state),
    up: (report, signal) => up(state, wanted(), report, signal),
    missing: async () => {
      refuseForeign();
      return script([]).run('missing', { seconds: 120 });
    },
    async install(report, signal) {
      refuseForeign();
      if (process.getuid?.() !== 0) {
        throw new ToolError(
          "installing Debian's packages for the practice cloud needs root; nothing was changed",
          `sudo env STACKATO_OSLAB_DIR=${stateDir} bash ${script([]).file} install, then ${UP}`,
        );
      }
      await script([]).run('install', { seconds: 1200, report, signal });
    },
    async reset(report, signal) {
      const parts = wanted();
      const ran = await down(state);
      await script(state.parts() ?? []).run('reset', { seconds: 120 });
      if (ran) await up(state, parts, report, signal);
    },
    async env(user = 'demo') {
      refuseDead(await statusOf(state), stateDir);
      // at every call: a mirror may be new since `up`, or given for this call only
      if (options.cliConfig !== undefined) writeWhole(configFile, options.cliConfig);
      return openstackEnvironment(accessOf(user), env, options.cliConfig === undefined ? undefined : configFile);
    },
  };
}

/** A practice cloud's folder, and the program that acts on it. */
interface LabState {
  readonly stateDir: string;
  /** The parts of the last `up`, if there was one. */
  parts(): OpenstackPart[] | undefined;
  keepParts(parts: readonly OpenstackPart[]): void;
  script(parts: readonly OpenstackPart[]): LabScript;
}

function stateOf(stateDir: string, env: NodeJS.ProcessEnv): LabState {
  const file = join(stateDir, 'parts');
  return {
    stateDir,
    parts: () => (existsSync(file) ? openstackParts(readFileSync(file, 'utf8')) : undefined),
    keepParts: (parts) => writeWhole(file, `${parts.join('\n')}\n`, 0o600),
    script: (parts) => labScript(stateDir, parts, env),
  };
}

async function statusOf({ script, parts }: LabState): Promise<OpenstackLabStatus> {
  const lines = await script(parts() ?? []).run('status', { seconds: 60 });
  const processes = lines.map(processOf);
  const isUp = processes.length > 0 && processes.every((one) => one.pid !== undefined);
  const memoryMib = processes.reduce((sum, one) => sum + one.memoryMib, 0);
  return { up: isUp, ...(isUp ? { endpoint: AUTH_URL } : {}), parts: parts() ?? [], processes, memoryMib };
}

async function up(
  state: LabState,
  parts: readonly OpenstackPart[],
  report: (text: string) => void,
  signal?: AbortSignal,
): Promise<OpenstackLabStatus> {
  refuseFolder(state.stateDir);
  const before = await statusOf(state);
  if (before.processes.length > 0) refuseOtherParts(before.parts, parts);
  else await refuseTaken();
  state.keepParts(parts);
  try {
    await state.script(parts).run('up', { seconds: 600, report, signal });
  } catch (error) {
    await state.script(parts).run('down', { seconds: 120 });
    throw error;
  }
  return statusOf(state);
}

async function down(state: LabState): Promise<boolean> {
  const ran = (await statusOf(state)).processes.length > 0;
  await state.script(state.parts() ?? []).run('down', { seconds: 120 });
  return ran;
}

/**
 * Reads `octavia,designate`; `none` means none.
 * @throws ToolError when a part is unknown
 */
export function openstackParts(text: string): OpenstackPart[] {
  const words = text.split(/[\s,]+/).filter((word) => word !== '' && word !== 'none');
  return words.map((word) => {
    const part = OPENSTACK_PARTS.find((known) => known === word);
    if (part) return part;
    const what = `the practice cloud has no part "${word}"${didYouMean(word, OPENSTACK_PARTS)}`;
    throw new ToolError(what, `write --with ${OPENSTACK_PARTS.join(',')}, some of them, or none`);
  });
}

/** Login variables of a user of the practice cloud; its passwords protect nothing. */
function accessOf(user: 'demo' | 'admin'): Record<string, string> {
  return {
    OS_AUTH_URL: AUTH_URL,
    OS_IDENTITY_API_VERSION: '3',
    OS_USERNAME: user,
    OS_PASSWORD: 'practice',
    OS_PROJECT_NAME: 'demo',
    OS_USER_DOMAIN_NAME: 'Default',
    OS_PROJECT_DOMAIN_NAME: 'Default',
    OS_REGION_NAME: 'RegionOne',
  };
}

function cacheDir(env: NodeJS.ProcessEnv): string {
  const cache = env['XDG_CACHE_HOME'] || join(env['HOME'] || homedir(), '.cache');
  return join(cache, 'cdktf-stackato', 'openstack-lab');
}

function processOf(line: string): LabProcess {
  const [name = '', pid, mib] = line.split(' ');
  return { name, ...(Number(pid) > 0 ? { pid: Number(pid) } : {}), memoryMib: Number(mib) };
}

function refuseFolder(stateDir: string): void {
  if (stateDir.length <= LONGEST && !/[\s|&\\]/.test(stateDir)) return;
  throw new ToolError(
    `the practice cloud cannot live in ${stateDir}: the path must have at most ${LONGEST} characters, without spaces, | or &`,
    `STACKATO_OSLAB_DIR=/tmp/oslab ${UP}`,
  );
}

function refuseOtherParts(running: readonly OpenstackPart[], wanted: readonly OpenstackPart[]): void {
  if ([...wanted].sort().join() === [...running].sort().join()) return;
  const has = running.length > 0 ? `with ${running.join(', ')}` : 'without optional parts';
  throw new ToolError(
    `the practice cloud already runs ${has}`,
    `cdktf-stackato lab down --cloud openstack, then ${UP} --with ${wanted.join(',') || 'none'}`,
  );
}

function refuseDead({ processes }: OpenstackLabStatus, stateDir: string): void {
  if (processes.length === 0) throw new ToolError('the OpenStack practice cloud is not up', UP);
  const dead = processes.filter(({ pid }) => pid === undefined).map(({ name }) => name);
  if (dead.length === 0) return;
  const what = `the OpenStack practice cloud is broken: ${dead.join(', ')} died`;
  throw new ToolError(what, `${UP} starts it again; the cause is in ${join(stateDir, 'log')}`);
}

/** Only Debian 12's OpenStack release is tested. */
function refuseForeign(): void {
  const file = '/etc/os-release';
  const text = existsSync(file) ? readFileSync(file, 'utf8') : '';
  const value = (key: string) => new RegExp(`^${key}="?([^"\\n]*)`, 'm').exec(text)?.[1];
  if (value('ID') === 'debian' && value('VERSION_ID') === '12') return;
  throw new ToolError(
    `the OpenStack practice cloud needs Debian 12; this is ${value('PRETTY_NAME') ?? process.platform}`,
    'use a container or a virtual machine of Debian 12, or use the AWS practice cloud: cdktf-stackato lab up',
  );
}

async function refuseTaken(): Promise<void> {
  const free = await Promise.all(Object.keys(PORTS).map(async (port) => [port, await portFree(Number(port))] as const));
  const taken = free.filter(([, isFree]) => !isFree).map(([port]) => `${port} (${PORTS[Number(port)]})`);
  if (taken.length === 0) return;
  throw new ToolError(
    `ports that the practice cloud needs are in use: ${taken.join(', ')}; nothing was started`,
    'stop what listens there (ss -ltnp), or run it in its own network namespace',
  );
}
