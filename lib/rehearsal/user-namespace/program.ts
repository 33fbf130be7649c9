import { ToolError } from '../../base/input';
import type { HostShell, RehearsalOptions } from '../contract';
import { faultNodes, parseFaults } from '../faults/place';
import { loopbackServer } from '../host/loopback';
import { rehearse } from '../hosts/rehearse';
import type { Answered, Order, Told } from './wire';

/**
 * First process of a user namespace: runs the requested rehearsal and answers over its channel. It ends when the channel is
 * closed, also by the death of the caller; the kernel then ends all its processes.
 */
const stopped = new AbortController();
const visits: { shell?: HostShell; end?: (error?: string) => void } = {};
const dropped = new Map<number, AbortController>();
const answer = (message: Answered) =>
  new Promise<void>((resolve) => process.send!(message, undefined, {}, () => resolve()));

/** Opens each port on this loopback and hands it to the caller, which then listens on it. */
async function open(ports: readonly number[]): Promise<void> {
  for (const port of ports) {
    const server = await loopbackServer(port);
    await new Promise<void>((resolve) => process.send!({ port } satisfies Answered, server, {}, () => resolve()));
    // Otherwise this process would accept connections too.
    server.close();
  }
}

/** The visitor lives in the caller: its scripts run here, and it reports its end. */
const visit: RehearsalOptions['visit'] = (shell, signal) =>
  new Promise((resolve, reject) => {
    visits.shell = shell;
    visits.end = (error) => (error === undefined ? resolve() : reject(new Error(error)));
    signal.addEventListener('abort', () => {
      void answer({ visit: 'over' });
      resolve();
    });
    void answer({ visit: 'begin' });
  });

async function made({ cluster, options, faults, ports, visited }: Order): Promise<Answered> {
  try {
    await open(ports);
    const nodes = faultNodes(cluster, options.version, options.core ?? 'core');
    const all: RehearsalOptions = { ...options, faults: parseFaults(faults, nodes), ...(visited ? { visit } : {}) };
    const result = await rehearse(cluster, all, (event) => void answer({ event }), stopped.signal);
    return { result };
  } catch (error) {
    const { message, stack } = error as Error;
    if (!(error instanceof ToolError)) return { failed: { message, ...(stack ? { detail: stack } : {}) } };
    const { next, detail } = error;
    return { failed: { message, ...(next ? { next } : {}), ...(detail ? { detail } : {}) } };
  }
}

async function run({ id, node, script, input }: Extract<Told, { run: unknown }>['run']): Promise<void> {
  const drop = new AbortController();
  dropped.set(id, drop);
  const ran = await visits.shell!.run(node, script, input, drop.signal);
  dropped.delete(id);
  await answer({ ran: { id, ran } });
}

process.once('disconnect', () => process.exit(1));
process.on('message', (message) => {
  const told = message as Told;
  if ('order' in told) void made(told.order).then(answer);
  else if ('run' in told) void run(told.run);
  else if ('drop' in told) dropped.get(told.drop)?.abort();
  else if ('visit' in told) visits.end?.(told.visit.error);
  else stopped.abort();
});
