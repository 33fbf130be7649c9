import type { RolePort } from './step';

/** Who may notice that something is down, in the order in which a review lists them. */
export const AUDIENCES = [
  'apps on DEAs',
  'app traffic',
  'deploys, API, console',
  'data services',
  'other nodes',
] as const;
export type Audience = (typeof AUDIENCES)[number];

/** The word for a role that keeps nothing which is not made again. */
export const NOTHING = 'nothing';

/**
 * What is known of a role, as the cluster's manifest carries it to whoever judges a change: what is not said there counts
 * as the worst case.
 */
export interface RoleFacts {
  /** What is lost with its disk, in an operator's words, or `nothing`. Absent: nobody knows, so all of it counts as lost. */
  readonly keeps?: string;
  /** Where that data is, when not on every node with the role. @default every node with the role */
  readonly keptOn?: 'core';
  /** Who notices when no node does its work. */
  readonly serves: Audience;
  /** Whether another node with the role takes over its work at once. */
  readonly standIn: boolean;
  readonly placement: 'any' | 'core' | 'alone' | 'implied';
  /** What is restarted for a new setting of one of its processes. */
  readonly restart: 'role' | 'process';
  /** Its processes, which are also the components of `kato config`. */
  readonly processes: readonly string[];
  /** What it listens on, for whom, and how sure that is. */
  readonly ports: readonly Omit<RolePort, 'role'>[];
}

/** What is taken of a role that nobody describes: its data is lost with any of its nodes, and nobody does its work instead. */
export const WORST_CASE: RoleFacts = {
  serves: 'data services',
  standIn: false,
  placement: 'any',
  restart: 'role',
  processes: [],
  ports: [],
};

/** What is true of a role that is described twice: where the descriptions differ, the worse of them. */
export function commonFacts(one: RoleFacts, other: RoleFacts): RoleFacts {
  const union = <T>(a: readonly T[], b: readonly T[]) => [
    ...new Map([...a, ...b].map((item) => [JSON.stringify(item), item])).values(),
  ];
  const { keeps, keptOn, ...rest } = one;
  const agree = keeps === other.keeps && keptOn === other.keptOn;
  return {
    ...rest,
    ...(agree && keeps !== undefined ? { keeps } : {}),
    ...(agree && keptOn !== undefined ? { keptOn } : {}),
    standIn: one.standIn && other.standIn,
    processes: union(one.processes, other.processes),
    ports: union(one.ports, other.ports),
  };
}
