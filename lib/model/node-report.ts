import { type Node, processesFor } from './node';
import { type NodeReport, type ProcessReport, type RoleState, roleState } from './node-state';

/** What a node says of itself. */
export function reportOf(node: Node): NodeReport {
  const { place, now } = node;
  const states = node.processes.report();
  const roleStates = Object.fromEntries(now.state.roles.map((role) => [role, stateOf(node, role, states)]));
  return {
    ...now.state,
    address: place.address,
    version: now.product.version.text,
    memory: place.settings.memory,
    processes: Object.fromEntries(Object.entries(states).map(([name, one]) => [name, withLack(node, name, one)])),
    roleStates,
  };
}

function stateOf(node: Node, role: string, states: Readonly<Record<string, ProcessReport>>): RoleState {
  return roleState(processesFor(node, [role]).map((x) => states[x.name]?.state ?? 'STOPPED'));
}

/** A process may run without all that it should reach. */
function withLack({ connections }: Node, name: string, process: ProcessReport): ProcessReport {
  const why = process.state === 'RUNNING' ? connections.lacking(name) : undefined;
  return why === undefined ? process : { ...process, why };
}
