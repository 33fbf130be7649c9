import { existsSync } from 'node:fs';
import { atCore, isAttached, type Node } from './node';
import { ask, pause } from './wire';

/** Marks a virtual machine as the template of autoscaled DEAs, up to 2.6 (9.1, S3, H). */
const template = '/home/stackato/.stackato-dea-template';

/** Tries the connections of what runs; a node that is alone has none. */
export function connectNow(node: Node): void {
  connect(node).catch(complain);
}

/** Asks the core first what nodes there are. */
export function beatNow(node: Node): void {
  node.link
    .beat()
    .then(() => connect(node))
    .catch(complain);
}

/** A node whose disk is full goes on without a new edges.json. */
const complain = (error: Error) => void process.stderr.write(`connections: ${error.message}\n`);

async function connect(node: Node): Promise<void> {
  const { place, now, processes, link, store, connections } = node;
  if (now.state.mode === 'micro') return;
  const running = processes.running();
  if (isAttached(node)) running.add('kato');
  const peers = isAttached(node) ? link.peers() : store.nodes();
  await connections.round({ address: place.address, core: now.state.mbusip, peers, running }, link.tries());
}

/** Shows signs of life to the core, and makes connections anew that were lost. */
export async function beatForEver(node: Node): Promise<never> {
  for (;;) {
    await node.link.beat();
    await enroll(node);
    connectNow(node);
    await pause(node.place.settings.heartbeat);
  }
}

/** A started copy of a template makes itself known to the core it was attached to (9.1, S3, H; how L). */
async function enroll(node: Node): Promise<void> {
  const { place, now, link } = node;
  if (!isAttached(node) || !link.up() || link.peers()[place.address]) return;
  if (!existsSync(place.path(template))) return;
  const entry = { roles: now.state.roles, memory: place.settings.memory };
  const request = { op: 'node-put', address: place.address, entry };
  await ask(atCore(node, now.product.storePort), request).catch(() => undefined);
}
