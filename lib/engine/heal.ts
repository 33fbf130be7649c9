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

/**
 * Decides about every orphan. Only resources that the stack itself makes under the same name are touched: a pool that
 * joined the cluster from another stack has the cluster's tag too. Orphans with data are never deleted: one is imported
 * into the state when exactly one resource that the plan would create matches it, and no other orphan does.
 */
export function healingOf(
  orphans: readonly Orphan[],
  planned: readonly Planned[],
  kinds: Readonly<Record<string, HealKind>>,
): Healing {
  const taken: { orphan: Orphan; address: string }[] = [];
  const removed: Orphan[] = [];
  const left: { orphan: Orphan; why: string }[] = [];
  const fits = (orphan: Orphan) => {
    const kind = kinds[orphan.kind];
    return planned.filter((one) => kind?.types.includes(one.type) && kind.matches(orphan, one.after));
  };
  const homes = new Map(orphans.map((orphan) => [orphan, fits(orphan).filter((one) => one.made)]));
  for (const orphan of orphans) {
    const kind = kinds[orphan.kind];
    const its = homes.get(orphan) ?? [];
    if (!kind?.keeps) {
      // a part of a resource in the state may be somebody's own, unless the plan would create the same part
      const known = kind?.part ? its : fits(orphan);
      if (known.length > 0) removed.push(orphan);
      else left.push({ orphan, why: 'this stack makes none of that name; perhaps a joined stack does' });
      continue;
    }
    const [home, ...more] = its;
    const rivals = orphans.filter(
      (other) => other !== orphan && home !== undefined && homes.get(other)?.includes(home),
    );
    if (!home) left.push({ orphan, why: 'keeps data, and matches nothing in the plan' });
    else if (more.length > 0) left.push({ orphan, why: 'keeps data, and matches several resources in the plan' });
    else if (rivals.length > 0) left.push({ orphan, why: `keeps data, and is not the only match for ${home.address}` });
    else taken.push({ orphan, address: home.address });
  }
  return { taken, removed, left };
}

const IMPORT_SECONDS = 600;

/**
 * Imports an orphan into the state.
 * @throws ToolError when the engine cannot; the cloud was not changed
 */
export async function takeIntoState(stack: StackRun, address: string, id: string): Promise<void> {
  const { engine, dir, env, signal } = stack;
  const lines: string[] = [];
  const args = ['import', '-input=false', '-no-color', '-lock-timeout=30s', address, id];
  const limits = { limitSeconds: IMPORT_SECONDS, onLine: (line: string) => lines.push(line) };
  const ended = await engine.run(dir, args, { env, signal, ...limits });
  if (ended.code === 0) return;
  const what = ended.stopped ? 'was stopped' : 'failed';
  throw new ToolError(
    `importing ${id} into the state as ${address} ${what}; in the cloud nothing was changed`,
    `${stack.next} --heal`,
    ended.stderr.trim() || lines.join('\n'),
  );
}
