import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { FOLDER } from '../operate/fake-shell';
import { freePort } from './free-port';

/** A node that is an sshd of this machine, on loopback, whose secrets lie in a folder of its own. */
export interface SshdNode {
  readonly name: string;
  readonly port: number;
  readonly folder: string;
  /** Everything that it logged, with every command. */
  log(): string;
  stop(): Promise<void>;
  start(): Promise<void>;
  /** Gives it another host key, as a machine that was made anew has. */
  newKey(): void;
}

export function makeKey(file: string): void {
  rmSync(file, { force: true });
  execFileSync('ssh-keygen', ['-q', '-t', 'ecdsa', '-N', '', '-f', file]);
}

/** Starts one that lets in whoever has the private half of `publicKey`; `asRoot: false` makes it ask sudo, a stand-in. */
export async function sshdNode(
  root: string,
  name: string,
  publicKey: string,
  options: { readonly asRoot: boolean },
): Promise<SshdNode> {
  const folder = join(root, name);
  const bin = join(folder, 'bin');
  mkdirSync(bin, { recursive: true });
  const program = (file: string, body: string) => {
    writeFileSync(file, `#!/bin/sh\n${body}\n`);
    chmodSync(file, 0o755);
  };
  program(join(bin, 'id'), `echo ${options.asRoot ? 0 : 1000}`);
  const asks = `[ ! -e '${folder}/asks' ] || { echo 'sudo: a password is required' >&2; exit 1; }`;
  program(join(bin, 'sudo'), `${asks}\n[ "$1" = -n ] || exit 9\nshift; exec "$@"`);
  const place = `sed 's#${FOLDER}#${folder}#g'`;
  program(
    join(folder, 'command'),
    `PATH='${bin}':$PATH; exec sh -c "$(printf '%s' "$SSH_ORIGINAL_COMMAND" | ${place})"`,
  );
  const port = await freePort();
  const hostKey = join(folder, 'host-key');
  makeKey(hostKey);
  const log = join(folder, 'log');
  const lines = [
    `Port ${port}`,
    'ListenAddress 127.0.0.1',
    `HostKey ${hostKey}`,
    'PidFile none',
    `AuthorizedKeysFile ${publicKey}`,
    'StrictModes no',
    'UsePAM no',
    'PasswordAuthentication no',
    'KbdInteractiveAuthentication no',
    'PermitRootLogin prohibit-password',
    `ForceCommand ${join(folder, 'command')}`,
    'LogLevel DEBUG1',
  ];
  writeFileSync(join(folder, 'config'), `${lines.join('\n')}\n`);
  // where sshd, started as root, locks its unprivileged half in
  if (process.getuid?.() === 0) mkdirSync('/run/sshd', { recursive: true, mode: 0o755 });
  let daemon: ChildProcess | undefined;
  const node: SshdNode = {
    name,
    port,
    folder,
    log: () => (existsSync(log) ? readFileSync(log, 'utf8') : ''),
    newKey: () => makeKey(hostKey),
    async start() {
      daemon = spawn('/usr/sbin/sshd', ['-D', '-E', log, '-f', join(folder, 'config')], { stdio: 'ignore' });
      for (let i = 0; i < 100 && !(await answers(port)); i++) await pause(50);
    },
    async stop() {
      if (!daemon || daemon.exitCode !== null || daemon.signalCode !== null) return;
      const ended = new Promise((done) => daemon!.once('exit', done));
      daemon.kill('SIGTERM');
      await ended;
    },
  };
  await node.start();
  return node;
}

function answers(port: number): Promise<boolean> {
  return new Promise((done) => {
    const socket = connect(port, '127.0.0.1');
    socket.once('data', () => {
      socket.destroy();
      done(true);
    });
    socket.once('error', () => done(false));
  });
}
