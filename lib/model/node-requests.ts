import { collect, deliver, wipeServices } from './data-files';
import type { Node } from './node';
import { restartRoles, startProcesses, startRoles, stopProcesses, stopRoles, update, upgrade } from './node-changes';
import { reportOf } from './node-report';
import type { NodeState } from './node-state';
import { passwordless } from './privilege';
import { admits } from './sshd';
import type { Request } from './wire';

/** What kato asks of the supervisor of its own node: requests to the node, else to its store. */
export function answer(node: Node, request: Request): unknown {
  const does = handlerOf(request);
  return does ? does(node, request) : node.store.answer(request);
}

/** What other nodes may ask. */
export function answerRemote(node: Node, request: Request): unknown {
  if (request.op === 'ssh') return { admitted: admits(node.place, String(request['key'])) };
  const does = handlerOf(request);
  if (!does) throw new Error('not allowed');
  return does(node, request);
}

type Handler = (node: Node, request: Request) => unknown;

const handlerOf = ({ op }: Request): Handler | undefined => (Object.hasOwn(handlers, op) ? handlers[op] : undefined);

const namesOf = (request: Request) => (request['names'] as string[] | undefined) ?? [];

/** Roles that a request names; all of the node's where it names none. */
function rolesOf({ now }: Node, request: Request): readonly string[] {
  const names = namesOf(request);
  return names.length > 0 ? names : now.state.roles;
}

const handlers: Readonly<Record<string, Handler>> = {
  report(node) {
    const { booted, suppressed } = node.now;
    return { ...reportOf(node), booted, suppressed, passwordless: passwordless(node.place) };
  },
  update: (node, request) => update(node, request['patch'] as Partial<NodeState>),
  start: (node, request) => startRoles(node, rolesOf(node, request)),
  stop: (node, request) => stopRoles(node, rolesOf(node, request)),
  restart: (node, request) => restartRoles(node, rolesOf(node, request)),
  process: (node, request) => startProcesses(node, namesOf(request), request['again'] === true),
  'process-stop': (node, request) => stopProcesses(node, namesOf(request)),
  wipe({ place, now, store }, request) {
    if (request['config'] === true) store.reset();
    if (request['services'] === true) wipeServices(place, now.product);
  },
  collect: ({ place, now }) => collect(place, now.product),
  deliver: ({ place, now }, request) => deliver(place, now.product, request['files'] as Record<string, string>),
  upgrade: (node, request) => upgrade(node, String(request['version'])),
};
