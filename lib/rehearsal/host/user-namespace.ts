import { type ChildProcess, spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { userInfo } from 'node:os';
import { createInterface, type Interface } from 'node:readline';
import { ToolError } from '../../base/input';
import type { Tried } from '../ground';
import { stackato } from './image';
import { here, program } from './program';

/** A program that runs as root of a user namespace; all its processes end with it. */
export interface Confined {
  readonly child: ChildProcess;
  /** Lines of its standard output. */
  readonly lines: Interface;
  /** Its standard error so far. */
  said(): string;
}

const SECONDS = 20;
const UIDMAP = 'apt-get install uidmap';

/** The first program: waits for its users to be mapped, then makes its own namespaces, a `/run` and a loopback. */
const first = `echo entered; read -r word || exit 1
exec unshare --mount --net --pid --fork --kill-child=KILL --mount-proc --uts --ipc --propagation private sh -c "$0" "$@"`;
const second = `mount -t tmpfs -o mode=755 run /run && mkdir -p /run/netns && ip link set lo up && exec "$0" "$@"`;

/** Tries everything that a rehearsal does there; fails with the reason when the kernel forbids it. */
const trial = `set -e
mkdir -p /run/try/root /run/try/upper /run/try/work
mount -t overlay overlay -o userxattr,lowerdir=/usr,upperdir=/run/try/upper,workdir=/run/try/work /run/try/root
touch /run/try/null
mount --bind /dev/null /run/try/null
mknod /run/try/whiteout c 0 0
touch /run/try/own
chown ${stackato.uid}:${stackato.gid} /run/try/own
ip netns add try
ip link add br0 type bridge
ip link add try0 type veth peer name eth0 netns try
nsenter --net=/run/netns/try sh -c 'echo 0 >/proc/sys/net/ipv4/ip_unprivileged_port_start'
mount -t devpts -o newinstance devpts /run/try/work`;

/**
 * Runs a program as root of a user namespace, with its own mounts, network and processes. Its users come from this user's
 * range in /etc/subuid; with `talks` it has a channel to this program.
 * @throws ToolError when it cannot be started
 */
export async function confine(
  name: string,
  words: readonly string[],
  { talks = false }: { readonly talks?: boolean } = {},
): Promise<Confined> {
  if (!here('newuidmap') || !here('newgidmap'))
    throw new ToolError(
      'newuidmap is not installed',
      UIDMAP,
      'newuidmap, which maps users into a user namespace, is not installed',
    );
  const users = rangeOf('/etc/subuid');
  const groups = rangeOf('/etc/subgid');
  if (!users || !groups) throw notOurs();
  const child = spawn('unshare', ['--user', 'sh', '-c', first, second, name, ...words], {
    stdio: ['pipe', 'pipe', 'pipe', ...(talks ? (['ipc'] as const) : [])],
    serialization: 'advanced',
    // Ctrl-C goes to the program that began it, which ends it in order.
    detached: true,
  });
  const err: string[] = [];
  child.stderr!.on('data', (part: Buffer) => err.push(part.toString()));
  child.stdin!.on('error', () => undefined);
  const lines = createInterface({ input: child.stdout! });
  const said = () => err.join('').trim();
  const timer = setTimeout(() => child.kill('SIGKILL'), SECONDS * 1000);
  try {
    await new Promise<void>((resolve, reject) => {
      const failed = () => reject(new ToolError('a user namespace cannot be made', undefined, said()));
      lines.once('line', () => resolve());
      child.once('error', failed);
      child.once('close', failed);
    });
    const map = (id: number, { from, count }: Range) => [child.pid!, 0, id, 1, 1, from, count].map(String);
    const { uid, gid } = userInfo();
    await program('newuidmap', map(uid, users), { doing: 'users of a user namespace' });
    await program('newgidmap', map(gid, groups), { doing: 'groups of a user namespace' });
  } catch (error) {
    child.kill('SIGKILL');
    throw error;
  } finally {
    clearTimeout(timer);
  }
  child.stdin!.write('go\n');
  return { child, lines, said };
}

/** Whether hosts can be made in a user namespace here. */
export async function tryUserNamespace(): Promise<Tried> {
  try {
    const { child, said } = await confine('sh', ['-c', trial]);
    const timer = setTimeout(() => child.kill('SIGKILL'), SECONDS * 1000);
    const code = await new Promise<number | null>((resolve) => child.once('close', resolve));
    clearTimeout(timer);
    if (code === 0) return { works: true };
    return { works: false, why: said().split('\n')[0] || `exit ${code}` };
  } catch (error) {
    if (!(error instanceof ToolError)) throw error;
    const why = error.detail?.split('\n')[0] || error.message;
    return { works: false, why, ...(error.next ? { remedy: error.next } : {}) };
  }
}

interface Range {
  readonly from: number;
  readonly count: number;
}

/** This user's id range in a file, if it has room for the product's ids. */
function rangeOf(file: string): Range | undefined {
  const { username, uid } = userInfo();
  let text = '';
  try {
    text = readFileSync(file, 'utf8');
  } catch {
    return undefined;
  }
  return text
    .split('\n')
    .map((line) => line.split(':'))
    .filter(([who]) => who === username || who === String(uid))
    .map(([, from, count]): Range => ({ from: Number(from), count: Number(count) }))
    .find(({ count }) => count > Math.max(stackato.uid, stackato.gid));
}

const notOurs = () =>
  new ToolError(
    '/etc/subuid and /etc/subgid give this user no ids',
    `${UIDMAP}; sudo usermod --add-subuids 100000-165535 --add-subgids 100000-165535 ${userInfo().username}`,
  );
