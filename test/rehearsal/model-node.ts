import { type ChildProcess, spawn } from 'node:child_process';
import { generateKeyPairSync } from 'node:crypto';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { kato } from '../../lib/rehearsal/model/kato';
import { placeOf } from '../../lib/rehearsal/model/place';
import { publicBody } from '../../lib/rehearsal/model/sshd';
import { productOf } from '../../lib/rehearsal/model/version';

const program = join(__dirname, '../../lib/rehearsal/model/main.js');
const { privateKey } = generateKeyPairSync('rsa', {
  modulusLength: 2048,
  privateKeyEncoding: { type: 'pkcs1', format: 'pem' },
  publicKeyEncoding: { type: 'pkcs1', format: 'pem' },
});

/** A key that all test nodes share. */
export const key = { private: privateKey, public: `ssh-rsa ${publicBody(privateKey)} test` };

let nodes = 0;

/** A model node in a folder of its own, on a loopback address of its own. */
export function modelNode(version: string, options: { micro?: boolean; sudo?: boolean } = {}) {
  const root = mkdtempSync(join(tmpdir(), 'model-node-'));
  const address = `127.77.${process.pid % 250}.${++nodes + 1}`;
  const env = { STACKATO_MODEL_ROOT: root, STACKATO_MODEL_ADDRESS: address, STACKATO_MODEL_LOW_PORTS: '21000' };
  const file = (path: string) => join(root, path);
  const put = (path: string, text: string, mode = 0o644) => {
    mkdirSync(join(file(path), '..'), { recursive: true });
    writeFileSync(file(path), text, { mode });
  };
  put('/home/stackato/stackato/VERSION', version);
  put('/home/stackato/.kato-model/settings.json', JSON.stringify({ boot: 0.2, start: 0.05, hang: 0.3 }));
  put('/etc/hosts', '127.0.0.1 localhost\n');
  put('/etc/sudoers', options.sudo === false ? '' : 'stackato ALL=(ALL) NOPASSWD: ALL\n');
  put('/var/stackato/services/mysql/data', 'rows');
  put('/home/stackato/.ssh/id_rsa', privateKey, 0o600);
  let daemon: ChildProcess | undefined;
  const run = async (line: string, stdin = '') => {
    const out: string[] = [];
    const words = (line.match(/'[^']*'|\S+/g) ?? []).map((word) => word.replace(/^'(.*)'$/, '$1'));
    const io = { out: (l: string) => void out.push(l), err: (l: string) => void out.push(l), stdin: () => stdin };
    const code = await kato(placeOf(env), productOf(version), words, io);
    return { code, text: out.join('\n') };
  };
  return {
    root,
    address,
    put,
    kato: run,
    read: (path: string) => readFileSync(file(path), 'utf8'),
    exists: (path: string) => existsSync(file(path)),
    boot(): void {
      const words = [program, 'supervise', ...(options.micro === false ? [] : ['--micro'])];
      daemon = spawn(process.execPath, words, {
        env: { ...process.env, ...env },
        stdio: ['ignore', 'ignore', 'inherit'],
      });
    },
    /** Asks until kato says ready, ten seconds at most. */
    async ready(): Promise<void> {
      const asked = version.startsWith('2.2') || version.startsWith('2.6') ? 'ready' : 'process ready all';
      for (const end = Date.now() + 10_000; Date.now() < end; ) {
        if ((await run(asked)).text === 'ready') return;
        await new Promise((resolve) => setTimeout(resolve, 50));
      }
      throw new Error(`the model node was not ready in 10 s: ${(await run('status')).text}`);
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

export type ModelNode = ReturnType<typeof modelNode>;
