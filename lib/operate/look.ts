import { type BootSeen, plain, statusLines } from './boot-status';
import type { NodeShell } from './node-shell';

/** A look at a node's boot: what was read, or why nothing was. */
export type Look = BootSeen | { readonly from?: undefined; readonly why: string; readonly next?: string };

/** Looks at one node, by its name in the manifest; a failure is an answer, not an exception. */
export type Looker = (node: string, signal?: AbortSignal) => Promise<Look>;

/** Timeout of a look, seconds. */
const LOOK_LIMIT = 60;
const MARK = '--stackato-look--';

/**
 * Prints the last lines of the status, its age (at most the uptime: the clock may be set during boot), whether the script
 * holds its lock, and what it waits for. It never takes the lock: a script that begins at that moment would see another copy
 * running. It does not read /proc/locks either: in a container, that lacks locks whose program has ended, as flock has.
 * Works with dash and busybox.
 */
const SCRIPT = `D=/var/lib/stackato-node
[ -f $D/status ] || exit 0
tail -n 100 $D/status
echo; echo ${MARK}
a=$(($(date +%s) - $(stat -c %Y $D/status))) u=$(cut -d. -f1 /proc/uptime)
[ $a -lt $u ] || a=$u; echo $a
if [ ! -f $D/lock ] || [ ! -d /proc/self/fd ]; then echo unknown
elif ls -l /proc/[0-9]*/fd 2>/dev/null | grep -q " $(readlink -f $D/lock)$"; then echo running
else echo idle; fi
head -c300 $D/error 2>/dev/null`;

/** Reads the status file of a node, over a shell. */
export function shellLooker(shell: NodeShell): Looker {
  return async (node, signal) => {
    const limit = AbortSignal.timeout(LOOK_LIMIT * 1000);
    const stop = signal ? AbortSignal.any([signal, limit]) : limit;
    const answer = await shell.run(node, SCRIPT, undefined, stop);
    if (answer.state === 'refused') return { why: answer.why, ...(answer.next ? { next: answer.next } : {}) };
    if (answer.state === 'unreachable') return { why: limit.aborted ? `no answer in ${LOOK_LIMIT} s` : answer.why };
    if (answer.code !== 0 && answer.out.length === 0) return { why: answer.err.trim() || 'its status cannot be read' };
    return readLook(answer.out.toString());
  };
}

/** Reads a node's console; `read` asks the cloud for it by machine id. A console lags, on some clouds by minutes. */
export function consoleLooker(
  machines: Readonly<Record<string, string>>,
  read: (machine: string) => Promise<string>,
): Looker {
  return async (node) => {
    const machine = machines[node];
    if (machine === undefined) return { why: 'its machine is not known' };
    try {
      const told = (await read(machine)).split('\n').filter((line) => line.includes('stackato-node: '));
      return { from: 'console', lines: statusLines(told.join('\n')) };
    } catch (error) {
      return { why: `no console: ${(error as Error).message}` };
    }
  };
}

/** The first look that shows something; else the reasons of all. */
export function firstLooker(lookers: readonly Looker[]): Looker {
  return async (node, signal) => {
    const whys: string[] = [];
    let next: string | undefined;
    for (const looker of lookers) {
      const look = await looker(node, signal);
      if (look.from !== undefined && look.lines.length > 0) return look;
      if (look.from === undefined) next ??= look.next;
      whys.push(
        look.from === undefined ? look.why : `its ${look.from === 'ssh' ? 'status' : 'console'} says nothing yet`,
      );
    }
    return { why: whys.join('; '), ...(next ? { next } : {}) };
  };
}

function readLook(out: string): Look {
  const [status = '', rest = ''] = out.split(`\n${MARK}\n`);
  const [age = '', work = '', ...waits] = rest.split('\n');
  const words = plain(waits.join(' '));
  return {
    from: 'ssh',
    lines: statusLines(status),
    ...(/^\d+$/.test(age) ? { age: Number(age) } : {}),
    ...(work === 'running' || work === 'idle' ? { running: work === 'running' } : {}),
    ...(words ? { waits: words } : {}),
  };
}
