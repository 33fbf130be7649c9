import { rmSync } from 'node:fs';
import { isAttached, type Node, processesFor } from './node';
import { beatNow } from './node-contact';
import { type NodeState, saveState } from './node-state';
import { writeWhole } from './place';
import { inOrder, type ModelProcess } from './roles';
import { productOf } from './version';

/** Makes run what should; those of `restart` anew. */
export function reconcile(node: Node, restart?: ReadonlySet<string>): void {
  if (restart) node.connections.forget(restart);
  node.processes.reconcile(wanted(node), restart);
}

function wanted(node: Node): ModelProcess[] {
  const { state, suppressed } = node.now;
  const all = processesFor(
    node,
    state.roles.filter((role) => !state.stopped.includes(role)),
  );
  // The node's own config store is there before it is a core, for kato itself (4.3-5, M).
  const own = processesFor(node, ['primary', 'cloud_controller']).filter((process) => process.bus);
  const listed = suppressed ? own.filter((process) => node.manual.has(process.name)) : all;
  if (isAttached(node) || suppressed) return listed;
  return [...new Map([...own, ...listed].map((x) => [x.name, x])).values()];
}

/** Changes what the node is, and makes it so. */
export function update(node: Node, patch: Partial<NodeState>, restart: ReadonlySet<string> = new Set()): void {
  const { now, link } = node;
  const before = now.state;
  const moved = (patch.mode ?? before.mode) !== before.mode || (patch.mbusip ?? before.mbusip) !== before.mbusip;
  const newcomer = patch.mode === 'attached' && !isAttached(node);
  const next = { ...before, ...patch, roles: inOrder(patch.roles ?? before.roles) };
  saveState(node.place, next);
  now.state = next;
  now.suppressed = false;
  if (newcomer) node.store.reset();
  if (moved) link.renew();
  // The bus listens elsewhere in another mode: everything starts anew.
  reconcile(node, moved ? everything(node) : restart);
  beatNow(node);
}

const everything = ({ processes }: Node): ReadonlySet<string> => new Set(Object.keys(processes.report()));

const namesOf = (node: Node, roles: readonly string[]) => processesFor(node, roles).map((process) => process.name);

/** Starts roles: what runs stays, what gave up begins anew. */
export function startRoles(node: Node, roles: readonly string[]): void {
  const names = namesOf(node, roles);
  begin(node, roles, names, node.processes.fatal(names));
}

export function restartRoles(node: Node, roles: readonly string[]): void {
  const names = namesOf(node, roles);
  begin(node, roles, names, new Set(names));
}

function begin(node: Node, roles: readonly string[], names: readonly string[], restart: ReadonlySet<string>): void {
  node.processes.release(names);
  update(node, { stopped: node.now.state.stopped.filter((role) => !roles.includes(role)) }, restart);
}

export function stopRoles(node: Node, roles: readonly string[]): void {
  update(node, { stopped: inOrder([...node.now.state.stopped, ...roles]) });
}

/** `supervisorctl start`, or `restart` where it is `again`. */
export function startProcesses(node: Node, names: readonly string[], again: boolean): void {
  for (const name of names) node.manual.add(name);
  node.processes.release(names);
  reconcile(node, again ? new Set(names) : node.processes.fatal(names));
}

export function stopProcesses(node: Node, names: readonly string[]): void {
  for (const name of names) node.manual.delete(name);
  node.processes.hold(names);
  reconcile(node);
}

/** Makes the node one of another version; everything starts anew. */
export function upgrade(node: Node, version: string): void {
  const { place, now } = node;
  now.product = productOf(version);
  writeWhole(place.path('/home/stackato/stackato/VERSION'), `${now.product.version.text}\n`);
  // Edited files of /s/etc are lost in an upgrade (1.3, 13.2; H).
  rmSync(place.path('/home/stackato/stackato/etc/kato/role_groups.yml'), { force: true });
  node.store.upgraded();
  reconcile(node, everything(node));
}
