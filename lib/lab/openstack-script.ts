import { spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { ToolError } from '../base/input';
import { asset } from './assets';

/** The practice cloud's shell program. */
export interface LabScript {
  readonly file: string;
  /**
   * Runs one of its verbs to the end; returns its lines.
   * @throws ToolError when it fails, or takes longer than `seconds`
   */
  run(verb: string, options: RunOptions): Promise<string[]>;
}

export interface RunOptions {
  /** Timeout, seconds. */
  readonly seconds: number;
  /** Called for every line as it comes. */
  readonly report?: (text: string) => void;
  readonly signal?: AbortSignal;
}

const TAIL_LINES = 10;

/** The program for a state folder and its optional parts. */
export function labScript(stateDir: string, parts: readonly string[], env: NodeJS.ProcessEnv): LabScript {
  const file = asset('openstack/lab.sh');
  return {
    file,
    run(verb, { seconds, report, signal }) {
      const limit = AbortSignal.timeout(seconds * 1000);
      const stop = signal ? AbortSignal.any([signal, limit]) : limit;
      const child = spawn('bash', [file, verb], {
        // its own process group, so that its foreground programs end with it; services have their own sessions
        detached: true,
        stdio: ['ignore', 'pipe', 'pipe'],
        env: { ...env, STACKATO_OSLAB_DIR: stateDir, STACKATO_OSLAB_WITH: parts.join(' ') },
      });
      const lines: string[] = [];
      let errors = '';
      createInterface({ input: child.stdout }).on('line', (line) => {
        lines.push(line);
        report?.(line);
      });
      child.stderr.on('data', (chunk: Buffer) => (errors = (errors + chunk.toString()).slice(-4000)));
      const kill = () => {
        try {
          if (child.pid !== undefined) process.kill(-child.pid, 'SIGKILL');
        } catch {
          // it ended by itself
        }
      };
      stop.addEventListener('abort', kill, { once: true });
      if (stop.aborted) kill();
      return new Promise((done, failed) => {
        let broken: Error | undefined;
        child.once('error', (error) => (broken = error));
        child.once('close', (code) => {
          stop.removeEventListener('abort', kill);
          if (code === 0) return done(lines);
          const while_ = lines.at(-1) && verb === 'up' ? ` while ${lines.at(-1)}` : '';
          const why = signal?.aborted
            ? 'was interrupted'
            : limit.aborted
              ? `did not end in ${seconds} s`
              : `failed${broken ? `: ${broken.message}` : ''}`;
          failed(
            new ToolError(`lab ${verb} of the OpenStack practice cloud ${why}${while_}`, nextOf(verb), detail(errors)),
          );
        });
      });
    },
  };
}

function nextOf(verb: string): string {
  if (verb === 'up') return 'repeat it; if it fails again, cdktf-stackato lab reset --cloud openstack';
  return 'repeat it';
}

/** Its messages, and the end of the log that it names. */
function detail(errors: string): string {
  const said = errors.trim().split('\n').slice(-TAIL_LINES).join('\n');
  const log = /see (\S+\.log)/.exec(said)?.[1];
  if (log === undefined || !existsSync(log)) return said;
  return [said, ...readFileSync(log, 'utf8').trimEnd().split('\n').slice(-TAIL_LINES)].join('\n');
}
