import { modelHome, type Place, readJson, readText, writeWhole } from './place';

/** What a node is: everything boots as a micro cloud (0.1-1, H). */
export type Mode = 'micro' | 'core' | 'attached';

/** A node's own lasting state; the rest is in the store that `mbusip` names. */
export interface NodeState {
  readonly mode: Mode;
  readonly mbusip: string;
  readonly roles: readonly string[];
  /** Roles told to stop; forgotten at boot, where upstart says `kato start`. */
  readonly stopped: readonly string[];
}

/** What the supervisor of a node says of one process; `hung` waits for a core that it will not look for again. */
export interface ProcessReport {
  readonly state: ProcessState;
  readonly why?: string;
  readonly hung?: true;
}

export type ProcessState = 'STOPPED' | 'STARTING' | 'RUNNING' | 'FATAL';

/** What the supervisor of a node says of it. */
export interface NodeReport extends NodeState {
  readonly address: string;
  readonly version: string;
  /** GiB; 0 is unknown. */
  readonly memory: number;
  readonly processes: Readonly<Record<string, ProcessReport>>;
  /** State of each role, from its processes. */
  readonly roleStates: Readonly<Record<string, RoleState>>;
}

export type RoleState = 'READY' | 'STARTING' | 'STOPPED' | 'FATAL';

const file = (place: Place) => place.path(`${modelHome}/node.json`);

/** Whether the node has never been up. */
export const isFresh = (place: Place): boolean => readText(file(place)) === undefined;

export function loadState(place: Place, microRoles: readonly string[]): NodeState {
  return readJson<NodeState>(file(place)) ?? { mode: 'micro', mbusip: '127.0.0.1', roles: microRoles, stopped: [] };
}

export function saveState(place: Place, state: NodeState): void {
  writeWhole(file(place), JSON.stringify(state, null, 1));
}

/** Of a role's processes: all running is READY, one fatal is FATAL. */
export function roleState(states: readonly ProcessState[]): RoleState {
  if (states.includes('FATAL')) return 'FATAL';
  if (states.includes('STARTING')) return 'STARTING';
  return states.includes('STOPPED') ? 'STOPPED' : 'READY';
}
