import { type Edge, edges } from './edges';
import type { Peers } from './link';
import { modelHome, type Place, writeWhole } from './place';
import { getAt, type Tree } from './tree';
import { knownTo, type Product } from './version';
import { touch } from './wire';

/** Where a node writes what its processes reached, for whoever rehearses. */
export const edgesFile = `${modelHome}/edges.json`;

/** One connection that a process of this node tried. */
export interface Reach {
  readonly from: string;
  /** Private address of the other node. */
  readonly to: string;
  readonly port: number;
  readonly why: string;
  readonly facts: string;
  readonly ok: boolean;
  /** Why not, in words. */
  readonly error?: string;
  /** How often it was tried. */
  readonly tries: number;
}

/** What a node is to others while its connections are looked for. */
export interface View {
  readonly address: string;
  readonly core: string;
  readonly peers: Peers;
  /** Processes that run. */
  readonly running: ReadonlySet<string>;
}

type Goal = Omit<Reach, 'ok' | 'error' | 'tries'>;

const keyOf = (goal: Goal) => `${goal.from} ${goal.to} ${goal.port}`;

/** The connections that the running processes of a node should have, to other nodes only. */
async function goalsOf(product: Product, view: View, component: (name: string) => Promise<Tree>): Promise<Goal[]> {
  const goals: Goal[] = [];
  const known = edges.filter(
    (edge) => knownTo(product.version, edge) && edge.from.some((name) => view.running.has(name)),
  );
  for (const edge of known) {
    const targets = targetsOf(edge, view).filter((address) => address !== view.address);
    if (targets.length === 0) continue;
    const ports = edge.instances ? [await firstPort(edge, component)] : edge.ports;
    for (const from of edge.from.filter((name) => view.running.has(name))) {
      for (const to of targets)
        for (const port of ports) goals.push({ from, to, port, why: edge.why, facts: edge.facts });
    }
  }
  return goals;
}

function targetsOf(edge: Edge, { core, peers }: View): string[] {
  if (edge.to === 'core') return [core];
  const all = Object.keys(peers).sort();
  return edge.to === 'all' ? all : all.filter((address) => peers[address]!.roles.includes(edge.to));
}

/** Config may move the ports of a service's instances (3.4, H). */
async function firstPort(edge: Edge, component: (name: string) => Promise<Tree>): Promise<number> {
  const moved = getAt(await component(`${edge.instances}_node`), 'port_range/min');
  return typeof moved === 'number' ? moved : edge.ports[0]!;
}

async function tryOnce(place: Place, goal: Goal, tries: number): Promise<Reach> {
  const { from, to, port, why, facts } = goal;
  const error = await touch({ host: to, port: place.port(port), from: place.bind }, 5).then(
    () => undefined,
    (e: Error) => e.message,
  );
  const result = { from, to, port, why, facts, tries };
  return error === undefined ? { ...result, ok: true } : { ...result, ok: false, error };
}

/** Tries the connections of one node's processes and keeps what came of it in a file. */
export function makeConnections(place: Place, product: () => Product, component: (name: string) => Promise<Tree>) {
  let reached = new Map<string, Reach>();
  let written = '';
  let busy = false;

  const save = (settled: boolean) => {
    const list = [...reached.values()].sort((a, b) => keyOf(a).localeCompare(keyOf(b)));
    const text = JSON.stringify({ settled, edges: list }, null, 1);
    if (text !== written) writeWhole(place.path(edgesFile), text);
    written = text;
  };
  const attempt = async (goal: Goal): Promise<void> => {
    const tries = (reached.get(keyOf(goal))?.tries ?? 0) + 1;
    reached.set(keyOf(goal), await tryOnce(place, goal, tries));
  };
  return {
    /** One round: new connections and those that failed; what was reached is not tried again. */
    async round(view: View, tries: ReadonlyMap<number, string | undefined>): Promise<void> {
      if (busy) return;
      busy = true;
      try {
        const goals = await goalsOf(product(), view, component);
        const keys = new Set(goals.map(keyOf));
        reached = new Map([...reached].filter(([key]) => keys.has(key)));
        // The node's own two to the core are tried by its heartbeat, every time.
        const own = goals.filter((goal) => goal.from === 'kato');
        for (const goal of own) {
          const error = tries.get(goal.port);
          const count = { tries: Math.min((reached.get(keyOf(goal))?.tries ?? 0) + 1, 3) };
          const ok = tries.has(goal.port) && error === undefined;
          reached.set(keyOf(goal), { ...goal, ...count, ok, ...(error === undefined ? {} : { error }) });
        }
        const open = goals.filter((goal) => goal.from !== 'kato' && reached.get(keyOf(goal))?.ok !== true);
        for (let i = 0; i < open.length; i += 16) await Promise.all(open.slice(i, i + 16).map(attempt));
        // Other nodes take their time: what failed three times stays so until something changes.
        save([...reached.values()].every((reach) => reach.ok || reach.tries >= 3));
      } finally {
        busy = false;
      }
    },
    /** Tries everything of some processes anew, as after their restart. */
    forget(names: ReadonlySet<string>): void {
      reached = new Map([...reached].filter(([, reach]) => !names.has(reach.from)));
    },
    /** What a process could not reach, in words. */
    lacking(name: string): string | undefined {
      const cut = [...reached.values()].filter((reach) => reach.from === name && !reach.ok);
      if (cut.length === 0) return undefined;
      const first = `cannot connect to ${cut[0]!.to}:${cut[0]!.port}: ${cut[0]!.error}`;
      return cut.length > 1 ? `${first}; and ${cut.length - 1} more` : first;
    },
  };
}
