import { count, ToolError } from '../base/input';
import { type Io, type StepView, stepped } from '../base/voice';
import { awsPassing, awsRemovals, awsSettled } from '../cloud-api/aws/remove';
import { openstackPassing, openstackRemovals, openstackSettled } from '../cloud-api/openstack/remove';
import { type Removal, type RemovalOptions, removeInOrder, waitFor } from '../cloud-api/removal';
import { type Healing, healingOf, plannedOf, takeIfThere, takeIntoState } from '../engine/heal';
import { AWS_KINDS, type HealKind, OPENSTACK_KINDS } from '../engine/heal-kinds';
import { namedCreations } from '../engine/named-kinds';
import { type Orphan, orphanText } from '../engine/orphans';
import { type EnginePlan, planFailed } from '../engine/run';
import { type Deployment, type OrphanOptions, orphansOf, runOf } from './deployment';
import { unfinishedRuns } from './unfinished';

/** RDS needs half an hour to create a large database. */
const SETTLE_SECONDS = 2700;

/**
 * Asks, then imports orphans that keep data into the state and deletes the rest; false when the answer was no.
 * @throws ToolError before any change when an orphan needs a person's decision, and when an import or deletion fails
 */
export async function heal(
  at: Deployment,
  orphans: readonly Orphan[],
  planned: () => Promise<EnginePlan>,
  options: Pick<OrphanOptions, 'ignoreOrphans' | 'remove'>,
  agreed: (question: string) => Promise<boolean>,
  io: Io,
): Promise<boolean> {
  const named = namedOrphans(orphans, options.remove ?? []);
  const runs = unfinishedRuns(runOf(at));
  if (orphans.length + runs.length === 0) return true;
  const cloud = cloudOf(at);
  const plan = await planned();
  plan.dispose();
  if (plan.errored) throw planFailed(at.stack, plan);
  const all = plannedOf(plan.json);
  const healing = healingOf(orphans, all, cloud.kinds, { runs, named });
  const names = runs.length > 0 ? namedCreations(all) : [];
  if (healing.left.length > 0) decide(at, healing, cloud.kinds, options.ignoreOrphans === true, io);
  if (healing.taken.length + healing.removed.length + names.length === 0) return true;
  io.err([...healingLines(healing), ...nameLines(names)].join('\n'));
  const question = `Heal ${at.target.cluster} in ${at.practice ? 'the practice cloud' : at.target.region}?`;
  if (!(await agreed(question))) {
    io.err('not confirmed; nothing was changed');
    return false;
  }
  // the plan held the state's lock: a run that was still active has ended now, and its state is complete
  const still = new Set((await orphansOf(at)).map(({ id }) => id));
  const removed = healing.removed.filter(({ id }) => still.has(id));
  const taken = healing.taken.filter(({ orphan }) => still.has(orphan.id));
  const waits = (step: StepView): RemovalOptions => ({
    passing: cloud.passing,
    signal: io.signal,
    note: (text) => step.note(text),
  });
  const next = `${at.stack.next} --heal`;
  const remove = (step: StepView) => withNext(next, () => removeInOrder(removed, cloud.removals, waits(step)));
  if (removed.length > 0) await stepped(io, 'removing', remove, `${removed.length} gone`);
  const take = async (step: StepView) => {
    for (const { orphan, address } of taken) {
      const what = `${orphanText(orphan)} to be made`;
      await withNext(next, () => waitFor(what, SETTLE_SECONDS, waits(step), () => cloud.settled(orphan)));
      step.note(orphanText(orphan));
      await takeIntoState(at.stack, address, cloud.kinds[orphan.kind]!.importId(orphan));
    }
  };
  if (taken.length > 0) await stepped(io, 'taking', take, `${taken.length} in the state`);
  if (names.length > 0) await stepped(io, 'looking for names', (step) => takeNames(at, names, step), foundText);
  return true;
}

/** The ids that a person named; each must be an orphan's. */
function namedOrphans(orphans: readonly Orphan[], ids: readonly string[]): ReadonlySet<string> {
  const unknown = ids.filter((id) => !orphans.some((orphan) => orphan.id === id));
  if (unknown.length === 0) return new Set(ids);
  throw new ToolError(
    `no orphan has the id ${unknown.join(', ')}; nothing was changed`,
    'name the ids as they are listed',
  );
}

type Names = ReturnType<typeof namedCreations>;

/** Imports what exists under a name that the plan would create; the number of those found. */
async function takeNames(at: Deployment, names: Names, step: StepView): Promise<number> {
  let found = 0;
  for (const { address, id } of names) {
    step.note(id);
    if (await takeIfThere(at.stack, address, id)) found++;
  }
  return found;
}

const foundText = (found: number): string => (found > 0 ? `${found} in the state` : 'none exists');

const nameLines = (names: Names): string[] =>
  names.length === 0
    ? []
    : [
        `imported into the state if they exist (${names.length}):`,
        ...names.map(({ id, address }) => `  ${id} as ${address}`),
      ];

/** The parts that differ between clouds. */
interface HealCloud {
  readonly kinds: Readonly<Record<string, HealKind>>;
  readonly removals: readonly Removal[];
  readonly passing: (error: ToolError) => boolean;
  readonly settled: (orphan: Orphan) => Promise<boolean>;
}

function cloudOf({ api, openstack, unasked, stack }: Deployment): HealCloud {
  if (openstack) {
    const settled = (orphan: Orphan) => openstackSettled(openstack, orphan);
    return { kinds: OPENSTACK_KINDS, removals: openstackRemovals(openstack), passing: openstackPassing, settled };
  }
  if (!api)
    throw new ToolError(
      'nothing can be healed: the cloud cannot be asked for orphans',
      unasked?.next ?? stack.next,
      unasked?.message,
    );
  const settled = (orphan: Orphan) => awsSettled(api, orphan);
  return { kinds: AWS_KINDS, removals: awsRemovals(api), passing: awsPassing, settled };
}

/** The two lists to confirm. */
function healingLines({ taken, removed }: Pick<Healing, 'taken' | 'removed'>): string[] {
  return [
    ...(taken.length > 0 ? [`imported into the state, since they keep data (${taken.length}):`] : []),
    ...taken.map(({ orphan, address }) => `  ${orphanText(orphan)} as ${address}`),
    ...(removed.length > 0 ? [`deleted; the deployment makes again what it needs of them (${removed.length}):`] : []),
    ...removed.map((orphan) => `  ${orphanText(orphan)}`),
  ];
}

/**
 * Stops over orphans that need a person's decision, or only lists them.
 * @throws ToolError when they are not to be ignored
 */
function decide(at: Deployment, { left }: Healing, kinds: HealCloud['kinds'], goOn: boolean, io: Io): void {
  const list = left.map(({ orphan, why }) => {
    const kind = kinds[orphan.kind];
    if (!kind) return `  ${orphanText(orphan)}: ${why}`;
    const importing = `${at.stack.engine.kind} -chdir=${at.target.dir} import ${kind.types[0]}.NAME ${kind.importId(orphan)}`;
    return `  ${orphanText(orphan)}: ${why}\n    ${kind.byHand(orphan)}\n    ${importing}`;
  });
  const what = `${count(left.length, 'orphan')} of cluster ${at.target.cluster} that --heal cannot handle`;
  if (goOn) {
    io.err(`ignored: ${what}\n${list.join('\n')}`);
    return;
  }
  throw new ToolError(
    `${what}; nothing was changed\n${list.join('\n')}`,
    `delete or import each with its command, or ignore them with --ignore-orphans; then ${at.stack.next} --heal`,
  );
}

/** Adds the next step to a failure. */
async function withNext(next: string, work: () => Promise<void>): Promise<void> {
  try {
    await work();
  } catch (error) {
    if (!(error instanceof ToolError)) throw error;
    throw new ToolError(`${error.message}; what was deleted stays deleted`, error.next ?? next, error.detail);
  }
}
