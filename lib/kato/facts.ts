import type { RolePort } from './step';

/** The audiences that may notice an outage, in the order of a review. */
export const AUDIENCES = [
  'apps on DEAs',
  'app traffic',
  'deploys, API, console',
  'data services',
  'other nodes',
] as const;
/** Who notices that something is down. */
export type Audience = (typeof AUDIENCES)[number];

/** The value of `keeps` for a role whose data can be recreated. */
export const NOTHING = 'nothing';

/**
 * Facts about a role, as the cluster's manifest carries them to a review. A missing fact counts as the worst case.
 */
export interface RoleFacts {
  /** The data that is lost with its disk, in an operator's words, or `nothing`. @default unknown: all of it counts as lost */
  readonly keeps?: string;
  /** `core`: only the core holds that data. @default every node with the role holds its own */
  readonly keptOn?: 'core';
  /** Who notices when no node runs it. */
  readonly serves: Audience;
  /** Whether another node with the role takes over its work at once. */
  readonly standIn: boolean;
  /** Where it may run: on any node, only on the core, alone on its node, or on every node without being declared. */
  readonly placement: 'any' | 'core' | 'alone' | 'implied';
  /** What to restart for a new setting of one of its processes. */
  readonly restart: 'role' | 'process';
  /** Its processes, which are also the components of `kato config`. */
  readonly processes: readonly string[];
  /** Its ports, who connects to them, and how certain that is. */
  readonly ports: readonly Omit<RolePort, 'role'>[];
}

/** The facts of a role without a description: its data is lost with any of its nodes, and no other node takes over. */
export const WORST_CASE: RoleFacts = {
  serves: 'data services',
  standIn: false,
  placement: 'any',
  restart: 'role',
  processes: [],
  ports: [],
};

/** Where a role may run, the place of which a review expects least first. */
const PLACEMENTS = ['any', 'core', 'alone', 'implied'] as const satisfies readonly RoleFacts['placement'][];

/** The facts of a role with two descriptions: the worse one where they differ, whichever comes first. */
export function commonFacts(one: RoleFacts, other: RoleFacts): RoleFacts {
  const { keeps, keptOn } = one;
  const agree = keeps === other.keeps && keptOn === other.keptOn;
  return {
    ...(agree && keeps !== undefined ? { keeps } : {}),
    ...(agree && keptOn !== undefined ? { keptOn } : {}),
    // The audiences stand in the order of how many people notice.
    serves: AUDIENCES.find((who) => who === one.serves || who === other.serves)!,
    standIn: one.standIn && other.standIn,
    placement: PLACEMENTS.find((place) => place === one.placement || place === other.placement)!,
    restart: one.restart === 'role' ? 'role' : other.restart,
    processes: union(one.processes, other.processes),
    ports: union(one.ports, other.ports),
  };
}

/** The items of both; in the order of one list if the other has the same, else sorted. */
function union<T>(a: readonly T[], b: readonly T[]): readonly T[] {
  if (JSON.stringify(a) === JSON.stringify(b)) return a;
  const all = new Map([...a, ...b].map((item) => [JSON.stringify(item), item]));
  return [...all.keys()].sort().map((key) => all.get(key)!);
}
