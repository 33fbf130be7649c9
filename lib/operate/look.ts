import { type BootSeen, plain, statusLines } from './boot-status';
import type { NodeShell } from './node-shell';

/** A look at a node's boot: what is to be seen, or why nothing is. */
export type Look = BootSeen | { readonly from?: undefined; readonly why: string; readonly next?: string };

/** Looks at one node, by its name in the manifest; what goes wrong is an answer. */
export type Looker = (node: string, signal?: AbortSignal) => Promise<Look>;

/** Seconds that a look may take. */
const LOOK_LIMIT = 60;
const MARK = '--stackato-look--';

/**
 * The last lines of the status, then age (at most the machine's own: a clock may be set while it boots), whether the script
 * holds its lock, and what it waits for. It never takes the lock:
 * a script that begins meanwhile would think another copy at work; nor does it read /proc/locks, where a container shows no
 * lock that a program took which has ended, as flock has. Under dash and busybox.
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

/** Looks into the status file of a node, over a shell. */
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

/** Looks at what a node told its console; `read` asks the cloud for a machine's. It lags, some clouds by minutes. */
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

/** The first of them that shows something; else what each says. */
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
