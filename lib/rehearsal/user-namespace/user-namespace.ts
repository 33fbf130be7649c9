import type { ChildProcess } from 'node:child_process';
import type { Server } from 'node:net';
import { join } from 'node:path';
import { ToolError } from '../../base/input';
import type { HostShell, RehearsalEvent, RehearsalOptions, RehearsalResult } from '../contract';
import { faultText } from '../faults/place';
import { confine } from '../host/user-namespace';
import { type Part, relayed } from '../hosts/hosts';
import type { ClusterSource } from '../source/source';
import type { Answered, Order, Told } from './wire';

/**
 * Like `rehearse`, for a user who is not root: hosts are made in a user namespace, which has no loop devices, so nodes have
 * folders instead of data disks. Hosts end with this program and cannot be kept.
 * @throws ToolError when user namespaces do not work, or it is aborted
 */
export async function rehearseInUserNamespace(
  cluster: ClusterSource,
  options: RehearsalOptions,
  onEvent: (event: RehearsalEvent) => void,
  signal: AbortSignal,
): Promise<RehearsalResult> {
  const { visit, keep: _, faults = [], ...rest } = options;
  const endpoint = options.endpoint === undefined ? undefined : new URL(options.endpoint);
  const cloud = endpoint && Number(endpoint.port || 80);
  const order: Order = {
    cluster,
    options: { ...rest, disks: false, confined: true, ...(cloud ? { endpoint: `http://127.0.0.1:${cloud}` } : {}) },
    faults: faults.map(faultText),
    ports: [...new Set([...(options.loopback ?? []), ...(cloud ? [cloud] : [])])],
    visited: visit !== undefined,
  };
  const { child, said } = await confine(process.execPath, [join(__dirname, 'program.js')], { talks: true });
  const tell = (message: Told) => void (child.connected && child.send(message));
  const stop = () => tell({ stop: true });
  const relays: Part[] = [];
  const visitor = makeVisitor(tell);
  try {
    signal.addEventListener('abort', stop, { once: true });
    if (signal.aborted) stop();
    return await new Promise<RehearsalResult>((resolve, reject) => {
      child.on('message', (message, handle) => {
        const answer = message as Answered;
        if ('port' in answer) {
          const host = answer.port === cloud ? endpoint!.hostname : '127.0.0.1';
          relays.push(relayed(handle as Server, host, answer.port));
        } else if ('event' in answer) onEvent(answer.event);
        else if ('ran' in answer) visitor.ran(answer.ran);
        else if ('visit' in answer) answer.visit === 'begin' ? visitor.begin(visit!) : visitor.over();
        else if ('result' in answer) resolve(answer.result);
        else reject(new ToolError(answer.failed.message, answer.failed.next, answer.failed.detail));
      });
      child.once('exit', () => reject(new ToolError('the user namespace of the rehearsal ended', undefined, said())));
      tell({ order });
    });
  } finally {
    signal.removeEventListener('abort', stop);
    visitor.over();
    await ended(child);
    await Promise.all(relays.map((relay) => relay.end()));
  }
}

/** Ends the first process there, and with it all its processes. */
async function ended(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const closed = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  if (child.connected) child.disconnect();
  const timer = setTimeout(() => child.kill('SIGKILL'), 5000);
  await closed;
  clearTimeout(timer);
}

/** Lets the visitor, which lives here, act on the nodes there. */
function makeVisitor(tell: (message: Told) => void) {
  const waiting = new Map<number, (ran: Awaited<ReturnType<HostShell['run']>>) => void>();
  const over = new AbortController();
  let last = 0;
  const shell: HostShell = {
    run: (node, script, input, stop) =>
      new Promise((resolve) => {
        const id = ++last;
        waiting.set(id, resolve);
        stop?.addEventListener('abort', () => tell({ drop: id }), { once: true });
        tell({ run: { id, node, script, input } });
      }),
  };
  return {
    begin(visit: NonNullable<RehearsalOptions['visit']>): void {
      visit(shell, over.signal).then(
        () => tell({ visit: {} }),
        (error: Error) => tell({ visit: { error: error.message } }),
      );
    },
    ran({ id, ran }: Extract<Answered, { ran: unknown }>['ran']): void {
      waiting.get(id)?.(ran.state === 'ran' ? { ...ran, out: Buffer.from(ran.out) } : ran);
      waiting.delete(id);
    },
    over(): void {
      over.abort();
      for (const answer of waiting.values()) answer({ state: 'unreachable', why: 'the rehearsal is over' });
      waiting.clear();
    },
  };
}
