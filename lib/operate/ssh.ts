import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { ToolError } from '../base/input';
import { quoteAlways } from '../base/shell';
import type { NodeShell, ShellAnswer } from './node-shell';
import { type SshPlace, type SshSettings, sshConfig } from './ssh-config';
import { sshTrouble } from './ssh-trouble';

/** A shell over the system's ssh, with one shared connection to the jump host. */
export interface SshShell extends NodeShell {
  /** Ends the shared connection and removes its folder. */
  close(): Promise<void>;
}

export interface SshShellOptions extends SshSettings {
  /** Nodes by name; those with `through` are reached through that one. */
  readonly places: Readonly<Record<string, SshPlace>>;
  /** @default process.env; variables of secrets never reach a child */
  readonly env?: NodeJS.ProcessEnv;
}

/** Prefix of variables with secrets for us, not for ssh. */
const SECRET_VARIABLES = /^STACKATO_SECRET_/;
/** The longest path of a Unix socket is 104 to 108 bytes, and ssh adds some while it makes one. */
const LONGEST_SOCKET_FOLDER = 60;
const KEPT = 8192;

/**
 * Reaches nodes with the OpenSSH client of this machine, which never asks (BatchMode), reads only our configuration, and
 * keeps host keys in `knownHosts`. Call `close` at the end.
 * @throws ToolError when there is no ssh
 */
export async function sshShell(options: SshShellOptions): Promise<SshShell> {
  const env = Object.fromEntries(
    Object.entries(options.env ?? process.env).filter(([name]) => !SECRET_VARIABLES.test(name)),
  );
  const version = await execute(['-V'], { env });
  if (version.code !== 0) throw new ToolError('ssh cannot be run', 'install the OpenSSH client', version.err);
  mkdirSync(dirname(options.knownHosts), { recursive: true });
  const base = tmpdir().length > LONGEST_SOCKET_FOLDER ? '/tmp' : tmpdir();
  const folder = mkdtempSync(join(base, 'stackato-ssh-'));
  const config = join(folder, 'config');
  writeFileSync(
    config,
    sshConfig(options.places, options, (node) => join(folder, node)),
    { mode: 0o600 },
  );
  const masters = makeMasters(folder, config, env, options);
  const clean = () => {
    masters.kill();
    rmSync(folder, { recursive: true, force: true });
  };
  process.once('exit', clean);
  return {
    async run(node, script, input, signal) {
      const place = options.places[node];
      if (!place) return { state: 'refused', why: 'its address is not known' };
      if (place.through) {
        const blocked = await masters.open(place.through, signal);
        if (blocked && blocked.state !== 'ran') return { ...blocked, why: `through ${place.through}: ${blocked.why}` };
      }
      const ended = await execute(['-F', config, node, asRoot(script)], { env, input, signal });
      if (ended.code === null) return { state: 'unreachable', why: 'ssh was stopped' };
      // ssh's own failures; our scripts never end with this code
      if (ended.code === 255) return sshTrouble(ended.err, place, options);
      if (/^sudo: .*(password|tty|terminal)/m.test(ended.err))
        return { state: 'unreachable', why: 'its boot script has not begun: sudo still asks for a password' };
      return { state: 'ran', code: ended.code, out: ended.out, err: ended.err };
    },
    async close() {
      process.removeListener('exit', clean);
      await masters.end();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** With sudo, unless the login is root; the boot script makes sudo passwordless at its beginning (facts §0.1-4; H). */
function asRoot(script: string): string {
  return `exec sh -c 's=$1; [ "$(id -u)" = 0 ] || exec sudo -n sh -c "$s"; exec sh -c "$s"' sh ${quoteAlways(script)}`;
}

/** Shared connections to jump hosts: sockets in a folder, named like the host. */
function makeMasters(folder: string, config: string, env: NodeJS.ProcessEnv, options: SshShellOptions) {
  const masters = new Map<string, Master>();
  const started = (node: string): Master => {
    const before = masters.get(node);
    if (before && isOpen(before)) return before;
    const master = startMaster(['-F', config, '-o', 'ControlMaster=yes', '-N', node], env);
    masters.set(node, master);
    return master;
  };
  return {
    /** Opens the connection to a node, unless it is open; undefined on success. */
    async open(node: string, signal: AbortSignal | undefined): Promise<ShellAnswer | undefined> {
      const master = started(node);
      while (isOpen(master)) {
        if (existsSync(join(folder, node))) return undefined;
        if (signal?.aborted) return { state: 'unreachable', why: 'interrupted' };
        await pause(50);
      }
      return sshTrouble(master.said() || 'the connection ended', options.places[node]!, options);
    },
    end: () => Promise.all([...masters.values()].map(endMaster)),
    kill() {
      for (const { child } of masters.values()) child.kill('SIGKILL');
    },
  };
}

const isOpen = ({ child }: Master) => child.exitCode === null && child.signalCode === null;

interface Master {
  readonly child: ChildProcess;
  said(): string;
}

function startMaster(args: readonly string[], env: NodeJS.ProcessEnv): Master {
  const child = spawn('ssh', args, { env, stdio: ['ignore', 'ignore', 'pipe'] });
  let said = '';
  child.stderr!.on('data', (chunk: Buffer) => (said = (said + chunk.toString()).slice(-KEPT)));
  child.once('error', (error) => (said = error.message));
  return { child, said: () => said };
}

async function endMaster(master: Master): Promise<void> {
  const { child } = master;
  if (!isOpen(master)) return;
  const ended = new Promise((done) => child.once('exit', done));
  child.kill('SIGTERM');
  const kill = setTimeout(() => child.kill('SIGKILL'), 5000);
  await ended;
  clearTimeout(kill);
}

interface Executed {
  readonly code: number | null;
  readonly out: Buffer;
  readonly err: string;
}

/** Runs ssh to its end; a missing program is code 127. */
function execute(
  args: readonly string[],
  { env, input, signal }: { env: NodeJS.ProcessEnv; input?: Buffer; signal?: AbortSignal },
): Promise<Executed> {
  return new Promise((done) => {
    const child = spawn('ssh', args, { env, signal, stdio: ['pipe', 'pipe', 'pipe'] });
    const out: Buffer[] = [];
    let err = '';
    child.stdout.on('data', (chunk: Buffer) => out.push(chunk));
    child.stderr.on('data', (chunk: Buffer) => (err = (err + chunk.toString()).slice(-KEPT)));
    // a program that ends early does not read the rest of its input
    child.stdin.on('error', () => undefined);
    child.once('error', (error) => {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT')
        done({ code: 127, out: Buffer.alloc(0), err: error.message });
    });
    child.once('close', (code) => done({ code, out: Buffer.concat(out), err }));
    child.stdin.end(input ?? Buffer.alloc(0));
  });
}
