import assert from 'node:assert/strict';
import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { need } from '../programs';

/** The shells that a boot script must run under: Ubuntu's, and the smallest one there is. */
export const SHELLS = ['dash', 'busybox'] as const;

/**
 * What a boot script sees instead of a node: its folders below one of ours, programs that only take notes, and a clock of
 * its own, which goes on only in its pauses. So how often it tries does not depend on how busy this machine is.
 */
export interface Sandbox {
  readonly root: string;
  /** Limits end what they limit after as many real seconds as they say, which pass on the script's clock too. */
  limited(): void;
  /** Runs the script as cloud-init would; with the exit code. */
  boot(script: string): number;
  /** Begins it, and comes back at once. */
  start(script: string): ChildProcess;
  /** What the script told the console. */
  console(): string[];
  /** A program that the script finds before the system's. */
  program(name: string, body: string): void;
  /** The words of every call of kato so far. */
  kato(): string[][];
  /** `stage state` of every line of the status file. */
  states(): string[];
  read(file: string): string;
  write(file: string, text: string): void;
  remove(): void;
}

export function sandbox(shell: (typeof SHELLS)[number]): Sandbox {
  // before anything that would have to be removed
  const programs = { shell: need(shell), dash: need('dash'), timeout: need('timeout') };
  const root = mkdtempSync(join(tmpdir(), 'stackato-boot-'));
  const at = (file: string) => join(root, file);
  for (const dir of ['bin', 'dev', 'etc', 'home/stackato/bin', 'home/stackato/.ssh', 'var/log'])
    mkdirSync(at(dir), { recursive: true });
  symlinkSync(programs.shell, at('bin/sh'));
  const program = (file: string, body: string) => {
    writeFileSync(at(file), `#!${programs.dash}\n${body}\n`);
    chmodSync(at(file), 0o755);
  };
  program('bin/su', `[ "$1 $2 $3" = "- stackato -c" ] && exec ${at('bin/sh')} -c "$4"`);
  // The time is the size of a file: any number of processes may add to it.
  const clock = at('clock');
  writeFileSync(clock, '');
  program('bin/sleep', `printf "%\${1}s" '' >>${clock}`);
  program('bin/timeout', 'case $1 in -k) shift 3;; *) shift;; esac; exec "$@"');
  program('bin/sync', ':');
  // What stays after a boot would outlive the test.
  program('bin/setsid', `echo "$@" >>${at('stays')}`);
  program('bin/install', ':');
  program('bin/chown', ':');
  program('bin/reboot', `echo reboot >>${at('reboots')}; kill -9 $(cat ${at('pid')})`);
  // Fails as often as `failures` says, with a message on standard output and one on standard error.
  program(
    'home/stackato/bin/kato',
    [
      `printf '%s\\0' "$@" >>${at('kato')}; printf '\\001' >>${at('kato')}`,
      `n=$(cat ${at('failures')} 2>/dev/null || echo 0)`,
      `[ "$n" -gt 0 ] || { cat ${at('answer')} 2>/dev/null; exit 0; }`,
      `echo $((n - 1)) >${at('failures')}; echo "says \\"no\\" \\\\ $1" ; exit 3`,
    ].join('\n'),
  );
  const inside = (script: string) =>
    script
      .replace('export PATH=', () => `[ "\${1-}" = stage ] || echo $$ >${at('pid')}\nexport PATH=${at('bin')}:`)
      .replace('>/dev/console', '>>/dev/console')
      .replaceAll('cut -d. -f1 /proc/uptime', `wc -c <${clock}`)
      .replaceAll(/(?<![\w/])\/(var\/l|etc\/|home\/stackato|dev\/(?:console|xvd|sd|vd|nvme))/g, `${root}/$1`);
  const env = { PATH: `${at('bin')}:${process.env['PATH']}` };
  return {
    root,
    limited: () =>
      program(
        'bin/timeout',
        `case $1 in -k) m=$3;; *) m=$1;; esac
${programs.timeout} "$@"; e=$?; case $e in 124|137) printf "%\${m}s" '' >>${clock};; esac; exit $e`,
      ),
    program: (name, body) => program(`bin/${name}`, body),
    console: () => (existsSync(at('dev/console')) ? readFileSync(at('dev/console'), 'utf8').trim().split('\n') : []),
    start(script) {
      writeFileSync(at('script'), inside(script));
      return spawn(at('bin/sh'), [at('script')], { env, stdio: 'ignore' });
    },
    boot(script) {
      writeFileSync(at('script'), inside(script));
      const { status, stderr } = spawnSync(at('bin/sh'), [at('script')], { env, encoding: 'utf8', timeout: 60_000 });
      assert.doesNotMatch(stderr, /not found|syntax error|unbound|not set/i);
      return status ?? -1;
    },
    kato: () =>
      existsSync(at('kato'))
        ? readFileSync(at('kato'), 'utf8')
            .split('\u0001')
            .slice(0, -1)
            .map((call) => call.split('\0').slice(0, -1))
        : [],
    states() {
      const lines = readFileSync(at('var/lib/stackato-node/status'), 'utf8').trim().split('\n');
      return lines.map((line) => {
        const { stage, state } = JSON.parse(line) as { stage: string; state: string };
        return `${stage} ${state}`;
      });
    },
    read: (file) => (existsSync(at(file)) ? readFileSync(at(file), 'utf8') : ''),
    write: (file, text) => writeFileSync(at(file), text),
    remove() {
      // What a boot leaves running may write once more, behind the back of a removal that goes on.
      for (let left = 20; ; left--) {
        try {
          return rmSync(root, { recursive: true, force: true });
        } catch (error) {
          if (left === 0) throw error;
          Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 50);
        }
      }
    },
  };
}
