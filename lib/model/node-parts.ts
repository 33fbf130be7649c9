import type { Server } from 'node:net';
import { messageBus } from './bus';
import { makeConnections } from './connections';
import { makeLink } from './link';
import { listeners } from './listeners';
import { microRoles } from './micro';
import { atCore, componentOf, isAttached, type Node, type Standing } from './node';
import { connectNow } from './node-contact';
import { isFresh, loadState } from './node-state';
import type { Place } from './place';
import { problemOf, rangeOf } from './problems';
import { type Ground, makeProcesses } from './processes';
import { busPort, type ModelProcess } from './roles';
import { openStore } from './store';
import type { Product } from './version';
import { answering, greeting } from './wire';

/** Puts a node together; nothing of it runs yet. `micro` says whether upstart still has its `kato start`. */
export function makeNode(place: Place, product: Product, micro: boolean): Node {
  const fresh = isFresh(place);
  const now: Standing = {
    product,
    state: { ...loadState(place, microRoles(product.version)), stopped: [] },
    suppressed: !micro,
    booted: false,
  };
  const current = () => now.product;
  const store = openStore(place, current, () => (now.state.mode === 'micro' ? now.state.roles : undefined));
  const node: Node = {
    place,
    fresh,
    now,
    manual: new Set(),
    store,
    net: listeners(place),
    link: makeLink(
      place,
      current,
      () => (isAttached({ now }) ? now.state.mbusip : undefined),
      () => node.processes.giveUp(),
    ),
    connections: makeConnections(place, current, (name) => componentOf({ place, now, store }, name)),
    processes: makeProcesses(groundOf(place, () => node)),
  };
  return node;
}

/** What the processes of a node need of it. */
function groundOf(place: Place, node: () => Node): Ground {
  return {
    place,
    startOf: (process) =>
      (process.name === 'config_redis' && node().fresh ? place.settings.redis : undefined) ?? place.settings.start,
    core() {
      const { link } = node();
      return !isAttached(node()) || link.up() ? 'ready' : link.lost() ? 'hang' : 'wait';
    },
    problem: (process) => problem(node(), process),
    open: (process) => openPorts(node(), process),
    close: (name) => node().net.close(name),
    changed: () => connectNow(node()),
  };
}

function problem(node: Node, process: ModelProcess): Promise<string | undefined> {
  const { product, state } = node.now;
  return problemOf(process, {
    product,
    roles: state.roles,
    component: (name) => componentOf(node, name),
    ...(isAttached(node) ? { core: (port: number) => atCore(node, port) } : {}),
  });
}

/** Listens on the ports of a process, or says in words why not. */
async function openPorts(node: Node, process: ModelProcess): Promise<string | undefined> {
  const { now, net } = node;
  if (process.ports.includes(now.product.storePort)) node.store.load();
  const range =
    process.range && now.product.instancePorts
      ? await rangeOf(process.name.replace('_node', ''), (name) => componentOf(node, name))
      : undefined;
  for (const port of range ? [...process.ports, range[0]] : process.ports) {
    // A micro cloud's bus and store are its own: MBUS IP 127.0.0.1 (1.1 notes, H).
    const inside = process.bus === true && now.state.mode === 'micro';
    const why = await net.open(process.name, port, serverOf(node, port), inside);
    if (why !== undefined) return why;
  }
  return undefined;
}

function serverOf({ place, now, store }: Node, port: number): Server {
  if (port === busPort) return messageBus(place.address);
  return port === now.product.storePort ? answering(store.answer) : greeting('');
}
