import { type ChildProcess, type ChildProcessWithoutNullStreams, spawn, spawnSync } from 'node:child_process';
import { generateKeyPairSync } from 'node:crypto';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { client } from '../../lib/model/client';
import { kato } from '../../lib/model/kato';
import { placeOf, type Settings } from '../../lib/model/place';
import { shellWords } from '../../lib/model/shell-words';
import { publicBody } from '../../lib/model/sshd';
import { productOf } from '../../lib/model/version';

const program = join(__dirname, '../../lib/model/main.js');
const { privateKey } = generateKeyPairSync('rsa', {
  modulusLength: 2048,
  privateKeyEncoding: { type: 'pkcs1', format: 'pem' },
  publicKeyEncoding: { type: 'pkcs1', format: 'pem' },
});

/** A key that all test nodes share. */
export const key = { private: privateKey, public: `ssh-rsa ${publicBody(privateKey)} test` };

let nodes = 0;
// Every process of tests has networks of loopback addresses of its own.
const nextAddress = () => {
  const net = 128 + ((process.pid >> 8) % 64) + 64 * Math.floor(nodes / 250);
  return `127.${net}.${process.pid % 256}.${(nodes++ % 250) + 2}`;
};

/** Quick nodes that bear with a slow machine. */
const quick: Partial<Settings> = { boot: 0.2, start: 0.05, hang: 0.3, heartbeat: 0.3, away: 20, dead: 0.2 };

/** A model node in a folder of its own, on a loopback address of its own. */
export function modelNode(
  version: string,
  options: { micro?: boolean; sudo?: boolean; settings?: Partial<Settings>; from?: ModelNode; address?: string } = {},
): ModelNode {
  const root = mkdtempSync(join(tmpdir(), 'model-node-'));
  let address = options.address ?? nextAddress();
  const env = { STACKATO_MODEL_ROOT: root, STACKATO_MODEL_ADDRESS: address, STACKATO_MODEL_LOW_PORTS: '21000' };
  const file = (path: string) => join(root, path);
  const put = (path: string, text: string, mode = 0o644) => {
    mkdirSync(join(file(path), '..'), { recursive: true });
    writeFileSync(file(path), text, { mode });
  };
  // A copy of another node's disk, as a template's instance is.
  if (options.from) cpSync(options.from.root, root, { recursive: true, filter: (file) => !file.endsWith('.sock') });
  put('/home/stackato/stackato/VERSION', version);
  put('/home/stackato/.kato-model/settings.json', JSON.stringify({ ...quick, ...options.settings }));
  put('/etc/hosts', '127.0.0.1 localhost\n');
  put('/etc/sudoers', options.sudo === false ? '' : 'stackato ALL=(ALL) NOPASSWD: ALL\n');
  put('/var/stackato/services/mysql/data', 'rows');
  put('/home/stackato/.ssh/id_rsa', privateKey, 0o600);
  let daemon: ChildProcess | undefined;
  const run = (line: string, stdin = '') => runWords(shellWords(line), stdin);
  const runWords = async (words: readonly string[], stdin = '') => {
    const out: string[] = [];
    const io = { out: (l: string) => void out.push(l), err: (l: string) => void out.push(l), stdin: () => stdin };
    const code = await kato(placeOf(env), productOf(version), words, io);
    return { code, text: out.join('\n') };
  };
  return {
    root,
    get address() {
      return address;
    },
    /** The machine has another address from its next boot on. */
    move(): void {
      address = nextAddress();
      env.STACKATO_MODEL_ADDRESS = address;
    },
    put,
    kato: run,
    argv: runWords,
    stackato: async (line: string) => {
      const out: string[] = [];
      const say = (text: string) => void out.push(text);
      const io = { out: say, err: say, stdin: () => '' };
      const code = await client(placeOf(env), productOf(version), shellWords(line), io, kato);
      return { code, text: out.join('\n') };
    },
    /** A line of shell in a folder of the node, with its programs on the path. */
    sh(line: string, folder: string): { code: number | null; text: string } {
      const bin = join(root, 'programs');
      for (const name of ['kato', 'stackato', 'supervisorctl', 'stop-supervisord', 'start-supervisord'])
        put(`/programs/${name}`, `#!/bin/sh\nexec '${process.execPath}' '${program}' ${name} "$@"\n`, 0o755);
      const { status, stdout, stderr } = spawnSync('sh', ['-c', line], {
        cwd: file(folder),
        env: { ...env, PATH: `${bin}:${process.env['PATH']}`, S: file('/home/stackato/stackato') },
        encoding: 'utf8',
        timeout: 60_000,
      });
      return { code: status, text: `${stdout}${stderr}`.trimEnd() };
    },
    spawn: (line: string) =>
      spawn(process.execPath, [program, 'kato', ...shellWords(line)], { env: { ...process.env, ...env } }),
    read: (path: string) => readFileSync(file(path), 'utf8'),
    exists: (path: string) => existsSync(file(path)),
    copy: (from: ModelNode, path: string) => cpSync(join(from.root, path), file(path)),
    boot(): void {
      const words = [program, 'supervise', ...(options.micro === false ? [] : ['--micro'])];
      daemon = spawn(process.execPath, words, {
        env: { ...process.env, ...env },
        stdio: ['ignore', 'ignore', 'inherit'],
      });
    },
    /** Asks until kato says ready, 30 seconds at most. */
    async ready(): Promise<void> {
      const asked = productOf(version).grammar === 'flat' ? 'ready' : 'process ready all';
      for (const end = Date.now() + 30_000; Date.now() < end; ) {
        if ((await run(asked)).text === 'ready') return;
        await new Promise((resolve) => setTimeout(resolve, 50));
      }
      throw new Error(`the model node was not ready in 30 s: ${(await run('status')).text}`);
    },
    halt(): Promise<void> {
      return new Promise((resolve) => {
        if (!daemon || daemon.exitCode !== null || daemon.signalCode !== null) return resolve();
        daemon.once('exit', () => resolve());
        daemon.kill('SIGKILL');
      });
    },
    async remove(): Promise<void> {
      await this.halt();
      rmSync(root, { recursive: true, force: true });
    },
  };
}

/** A node as tests hold it. */
export interface ModelNode {
  readonly root: string;
  readonly address: string;
  move(): void;
  put(path: string, text: string, mode?: number): void;
  kato(line: string, stdin?: string): Promise<{ code: number; text: string }>;
  read(path: string): string;
  /** kato with these words as they are. */
  argv(words: readonly string[], stdin?: string): Promise<{ code: number; text: string }>;
  stackato(line: string): Promise<{ code: number; text: string }>;
  sh(line: string, folder: string): { code: number | null; text: string };
  exists(path: string): boolean;
  /** kato as a program of its own, which can be killed. */
  spawn(line: string): ChildProcessWithoutNullStreams;
  /** Takes over a file of another node. */
  copy(from: ModelNode, path: string): void;
  boot(): void;
  ready(): Promise<void>;
  halt(): Promise<void>;
  remove(): Promise<void>;
}
