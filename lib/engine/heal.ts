import { ToolError } from '../base/input';
import type { HealKind } from './heal-kinds';
import type { Orphan } from './orphans';
import type { StackRun } from './stack-run';

/** A resource of a plan, with what identifies it in the cloud. */
export interface Planned {
  readonly address: string;
  readonly type: string;
  /** Whether the plan would create it; else it is in the state. */
  readonly made: boolean;
  readonly after: Readonly<Record<string, unknown>>;
}

/** What to do with the orphans of an interrupted run. */
export interface Healing {
  /** Keep data: imported into the state, each at the address that the plan would create. */
  readonly taken: readonly { readonly orphan: Orphan; readonly address: string }[];
  /** Keep no data: deleted, then created again by the deployment. */
  readonly removed: readonly Orphan[];
  /** Not clearly of this stack: a person decides. */
  readonly left: readonly { readonly orphan: Orphan; readonly why: string }[];
}

/** The managed resources of a plan's `show -json`. */
export function plannedOf(json: Readonly<Record<string, unknown>>): Planned[] {
  const entries = (json['resource_changes'] ?? []) as readonly Entry[];
  return entries.flatMap(({ address, type, mode, change }) =>
    mode === 'data' || !change.after
      ? []
      : [{ address, type, made: change.actions.length === 1 && change.actions[0] === 'create', after: change.after }],
  );
}

interface Entry {
  readonly address: string;
  readonly type: string;
  readonly mode?: string;
  readonly change: { readonly actions: readonly string[]; readonly after: Readonly<Record<string, unknown>> | null };
}

/** What permits a repair to delete. */
export interface Evidence {
  /** The times of applies that have not ended well. */
  readonly runs: readonly { readonly since: string; readonly until: string }[];
  /** Ids that a person named, each on its own. */
  readonly named: ReadonlySet<string>;
}

/** Clocks of this machine and of the cloud may differ by that much. */
const CLOCK_MS = 5 * 60_000;

type Kinds = Readonly<Record<string, HealKind>>;

/**
 * Decides about every orphan. A repair deletes only what an unfinished apply made, or what a person named: a tag alone
 * never permits it, since a whole cluster has it whose state is elsewhere. Only resources that the stack itself makes under
 * the same name are touched: a pool that joined the cluster from another stack has the cluster's tag too. Orphans with data
 * are imported into the state, when exactly one resource that the plan would create matches; empty copies are deleted.
 */
export function healingOf(
  orphans: readonly Orphan[],
  planned: readonly Planned[],
  kinds: Kinds,
  evidence: Evidence,
): Healing {
  const fits = (orphan: Orphan) => {
    const kind = kinds[orphan.kind];
    return planned.filter((one) => kind?.types.includes(one.type) && kind.matches(orphan, one.after));
  };
  const mayGo = permitted(orphans, evidence);
  const healing = { taken: [] as Taken[], removed: [] as Orphan[], left: [] as Left[] };
  const remove = (orphan: Orphan) =>
    mayGo(orphan) ? healing.removed.push(orphan) : healing.left.push({ orphan, why: UNKNOWN_ORIGIN(orphan) });
  const homes = new Map<string, Orphan[]>();
  for (const orphan of orphans) {
    const kind = kinds[orphan.kind];
    const all = fits(orphan);
    const free = all.filter((one) => one.made);
    if (!kind?.keeps) {
      // a part of a resource in the state may be somebody's own, unless the plan would create the same part
      if ((kind?.part ? free : all).length > 0) remove(orphan);
      else if (kind && evidence.named.has(orphan.id)) healing.removed.push(orphan);
      else healing.left.push({ orphan, why: 'this stack makes none of that name; perhaps a joined stack does' });
    } else if (free.length > 1) {
      healing.left.push({ orphan, why: 'keeps data, and matches several resources in the plan' });
    } else if (free.length === 1) {
      homes.set(free[0]!.address, [...(homes.get(free[0]!.address) ?? []), orphan]);
    } else if (all.length > 0 && kind.copies && !orphan.used && mayGo(orphan)) healing.removed.push(orphan);
    else healing.left.push({ orphan, why: 'keeps data, and matches nothing in the plan' });
  }
  for (const [address, rivals] of homes) settle(address, rivals, kinds, mayGo, healing);
  return healing;
}

type Taken = Healing['taken'][number];
type Left = Healing['left'][number];

const UNKNOWN_ORIGIN = ({ id }: Orphan) =>
  `nothing shows that an interrupted run made it; if it may be deleted, name it: --remove ${id}`;

/** One address, and everything in the cloud that could be its resource: lost answers leave several copies. */
function settle(
  address: string,
  rivals: readonly Orphan[],
  kinds: Kinds,
  mayGo: (orphan: Orphan) => boolean,
  healing: { taken: Taken[]; removed: Orphan[]; left: Left[] },
): void {
  const copy = (orphan: Orphan) => kinds[orphan.kind]?.copies === true && !orphan.used && mayGo(orphan);
  const content = rivals.filter((orphan) => !copy(orphan));
  const [oldest, ...others] = [...rivals].sort((a, b) => `${a.made} ${a.id}`.localeCompare(`${b.made} ${b.id}`));
  if (content.length > 1) {
    for (const orphan of rivals)
      healing.left.push({ orphan, why: `keeps data, and is not the only match for ${address}` });
  } else if (content.length === 1) {
    healing.taken.push({ orphan: content[0]!, address });
    healing.removed.push(...rivals.filter((orphan) => orphan !== content[0]));
  } else if (oldest) {
    healing.taken.push({ orphan: oldest, address });
    healing.removed.push(...others);
  }
}

/** Whether an unfinished apply made an orphan, or a person named it. One without a date goes with the others. */
function permitted(orphans: readonly Orphan[], { runs, named }: Evidence): (orphan: Orphan) => boolean {
  const within = (made: string) => {
    const at = Date.parse(made);
    return runs.some(({ since, until }) => at >= Date.parse(since) - CLOCK_MS && at <= Date.parse(until) + CLOCK_MS);
  };
  const alone = orphans.every(({ id, made }) => made === undefined || within(made) || named.has(id));
  return ({ id, made }) => named.has(id) || (made === undefined ? runs.length > 0 && alone : within(made));
}

const IMPORT_SECONDS = 600;

/**
 * Imports an orphan into the state.
 * @throws ToolError when the engine cannot; the cloud was not changed
 */
export async function takeIntoState(stack: StackRun, address: string, id: string): Promise<void> {
  const { what, said } = await imported(stack, address, id);
  if (what !== 'done') throw importFailed(stack, address, id, what, said);
}

/**
 * Imports a resource into the state if it exists.
 * @throws ToolError when the engine cannot; the cloud was not changed
 */
export async function takeIfThere(stack: StackRun, address: string, id: string): Promise<boolean> {
  const { what, said } = await imported(stack, address, id);
  if (what === 'done') return true;
  if (what === 'failed' && /non-existent remote object|NotFound|NoSuchEntity|couldn't find resource/i.test(said))
    return false;
  throw importFailed(stack, address, id, what, said);
}

interface Imported {
  readonly what: 'done' | 'failed' | 'was stopped';
  /** The engine's words. */
  readonly said: string;
}

async function imported({ engine, dir, env, signal }: StackRun, address: string, id: string): Promise<Imported> {
  const lines: string[] = [];
  const args = ['import', '-input=false', '-no-color', '-lock-timeout=30s', address, id];
  const limits = { limitSeconds: IMPORT_SECONDS, onLine: (line: string) => lines.push(line) };
  const ended = await engine.run(dir, args, { env, signal, ...limits });
  const what = ended.code === 0 ? 'done' : ended.stopped ? 'was stopped' : 'failed';
  return { what, said: ended.stderr.trim() || lines.join('\n') };
}

function importFailed(stack: StackRun, address: string, id: string, what: string, said: string): ToolError {
  return new ToolError(
    `importing ${id} into the state as ${address} ${what}; in the cloud nothing was changed`,
    `${stack.next} --heal`,
    said,
  );
}
