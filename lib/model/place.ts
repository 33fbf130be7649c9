import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { networkInterfaces } from 'node:os';
import { dirname } from 'node:path';

/** Where a model node lives: in a host of ours the real paths, in a test a folder that stands for `/`. */
export interface Place {
  readonly root: string;
  /** `/home/stackato/…` under the root. */
  path(name: string): string;
  readonly settings: Settings;
  /** The node's private address. */
  readonly address: string;
  /** Set when several nodes share one machine by loopback addresses: listen and connect from this one only. */
  readonly bind?: string;
  /** Where a port is found: ports below 1024 may be moved in tests without root. */
  port(number: number): number;
}

/** How fast a node is, in seconds; written by the host that boots it. */
export interface Settings {
  /** From power on to the end of the first start. */
  readonly boot: number;
  /** From a process's start to its RUNNING. */
  readonly start: number;
  /** How long a prompt that nobody answers hangs. */
  readonly hang: number;
  /** From one sign of life to the core to the next. */
  readonly heartbeat: number;
  /** How long the core may be away before other nodes' processes give up (13.4, H). */
  readonly away: number;
  /** How long `node remove` hung on a dead node before 3.2.1 (2.3, H: two to three minutes). */
  readonly dead: number;
  /** What the first start of the config store takes, where that is longer than `start`. */
  readonly redis?: number;
  /** Memory of the node in GiB, for the licence's limit; 0 is not counted. */
  readonly memory: number;
}

const defaults: Settings = { boot: 3, start: 0.3, hang: 600, heartbeat: 5, away: 90, dead: 150, memory: 0 };

export const modelHome = '/home/stackato/.kato-model';

/** The socket file over which kato speaks to the supervisor of its own node. */
export const controlSocket = `${modelHome}/control.sock`;

/**
 * The place that the environment names: `STACKATO_MODEL_ROOT`, `_ADDRESS`, `_LOW_PORTS` in tests, none of them in hosts.
 * Without a network the address is the loopback's, until there is one.
 */
export function placeOf(env: NodeJS.ProcessEnv, interfaces: typeof networkInterfaces = networkInterfaces): Place {
  const root = env['STACKATO_MODEL_ROOT'] ?? '';
  // A name without a folder is in the user's own, as after a login.
  const path = (name: string) =>
    root === '' || name.startsWith('/') ? `${root}${name}` : `${root}/home/stackato/${name}`;
  const bind = root ? env['STACKATO_MODEL_ADDRESS'] : undefined;
  const low = root ? Number(env['STACKATO_MODEL_LOW_PORTS'] ?? 0) : 0;
  const settings = { ...defaults, ...(readJson<Partial<Settings>>(path(`${modelHome}/settings.json`)) ?? {}) };
  let found = bind;
  return {
    root,
    path,
    settings,
    get address() {
      found ??= firstAddress(interfaces());
      return found ?? '127.0.0.1';
    },
    bind,
    port: (number) => (number < 1024 ? number + low : number),
  };
}

function firstAddress(interfaces: ReturnType<typeof networkInterfaces>): string | undefined {
  const all = Object.values(interfaces).flatMap((list) => list ?? []);
  return all.find((a) => a.family === 'IPv4' && !a.internal)?.address;
}

/** The JSON in a file, or nothing when there is no such file. */
export function readJson<T>(file: string): T | undefined {
  const text = readText(file);
  return text === undefined ? undefined : (JSON.parse(text) as T);
}

export function readText(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}

/** Writes a file whole or not at all. */
export function writeWhole(file: string, text: string, mode = 0o644): void {
  mkdirSync(dirname(file), { recursive: true });
  const draft = `${file}.${process.pid}.draft`;
  writeFileSync(draft, text, { mode });
  renameSync(draft, file);
}
