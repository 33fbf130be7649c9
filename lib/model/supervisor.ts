import { chmodSync, mkdirSync, rmSync } from 'node:fs';
import { firstBootFails } from './first-boot';
import type { Node } from './node';
import { reconcile } from './node-changes';
import { beatForEver } from './node-contact';
import { makeNode } from './node-parts';
import { answer, answerRemote } from './node-requests';
import { saveState } from './node-state';
import { controlSocket, modelHome, type Place } from './place';
import { agentPort, sshPort, supervisorPort } from './roles';
import type { Product } from './version';
import { answering, greeting, pause, type Request, takingTurns } from './wire';

/**
 * The daemon of a node: starts and stops the processes of its roles, listens on their ports, connects where they connect,
 * serves the config store and the message bus, and answers the controller on 9001. `micro` says whether upstart still has
 * its `kato start`.
 */
export async function supervise(place: Place, product: Product, micro: boolean): Promise<void> {
  const node = makeNode(place, product, micro);
  mkdirSync(place.path(modelHome), { recursive: true });
  const remote = (request: Request) => answerRemote(node, request);
  await node.net.open('sshd', sshPort, answering(remote), false);
  await pause(place.settings.boot * 0.5);
  await listen(node, remote);
  await pause(place.settings.boot * 0.5);
  await begin(node);
  void beatForEver(node);
}

/** Opens the supervisor to kato on this node and to other nodes, who take turns with each other. */
async function listen(node: Node, remote: (request: Request) => unknown): Promise<void> {
  const turn = takingTurns();
  const file = node.place.path(controlSocket);
  rmSync(file, { force: true });
  const control = answering((request) => answer(node, request), turn);
  await new Promise<void>((resolve) => control.listen(file, resolve));
  chmodSync(file, 0o600);
  await node.net.open('supervisord', supervisorPort, answering(remote, turn), false);
  if (node.now.product.restAgent) await node.net.open('stackato_rest_agent', agentPort, greeting(''), false);
}

/** The end of the boot: processes start. */
async function begin(node: Node): Promise<void> {
  const { place, now } = node;
  if (node.fresh && (await firstBootFails(place, now.product))) {
    // Only the store comes up: the first start's tasks ended before it did (4.3-2, 14; H, M; what runs then L).
    now.suppressed = true;
    node.manual.add('config_redis');
  }
  now.booted = true;
  saveState(place, now.state);
  node.link.renew();
  reconcile(node);
}
