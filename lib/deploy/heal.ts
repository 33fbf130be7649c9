import { count, ToolError } from '../base/input';
import { type Io, type StepView, stepped } from '../base/voice';
import { awsPassing, awsRemovals, awsSettled } from '../cloud-api/aws/remove';
import { openstackPassing, openstackRemovals, openstackSettled } from '../cloud-api/openstack/remove';
import { type Removal, type RemovalOptions, removeInOrder, waitFor } from '../cloud-api/removal';
import { type Healing, healingOf, plannedOf, takeIntoState } from '../engine/heal';
import { AWS_KINDS, type HealKind, OPENSTACK_KINDS } from '../engine/heal-kinds';
import { type Orphan, orphanText } from '../engine/orphans';
import { type EnginePlan, planFailed } from '../engine/run';
import { type Deployment, orphansOf } from './deployment';

/** RDS makes a large database in half an hour. */
const SETTLE_SECONDS = 2700;

/**
 * Takes what an interrupted run left into the state where it keeps data, and removes the rest, after a question; false
 * when the answer was no.
 * @throws ToolError for what it can't decide over, before anything is changed, and for whatever does not go or come
 */
export async function heal(
  at: Deployment,
  orphans: readonly Orphan[],
  planned: () => Promise<EnginePlan>,
  options: { ignoreOrphans?: boolean },
  agreed: (question: string) => Promise<boolean>,
  io: Io,
): Promise<boolean> {
  const cloud = cloudOf(at);
  const plan = await planned();
  plan.dispose();
  if (plan.errored) throw planFailed(at.stack, plan);
  const healing = healingOf(orphans, plannedOf(plan.json), cloud.kinds);
  if (healing.left.length > 0) decide(at, healing, cloud.kinds, options.ignoreOrphans === true, io);
  if (healing.taken.length + healing.removed.length === 0) return true;
  io.err(healingLines(healing).join('\n'));
  const question = `Heal ${at.target.cluster} so in ${at.practice ? 'the practice cloud' : at.target.region}?`;
  if (!(await agreed(question))) {
    io.err('not confirmed; nothing was changed');
    return false;
  }
  // the plan had the state's lock: a run that was still going on is at its end now, and knows what it made
  const still = new Set((await orphansOf(at)).map(({ id }) => id));
  const removed = healing.removed.filter(({ id }) => still.has(id));
  const taken = healing.taken.filter(({ orphan }) => still.has(orphan.id));
  const waits = (step: StepView): RemovalOptions => ({
    passing: cloud.passing,
    signal: io.signal,
    note: (text) => step.note(text),
  });
  const next = `${at.stack.next} --heal`;
  await stepped(
    io,
    'removing',
    (step) => withNext(next, () => removeInOrder(removed, cloud.removals, waits(step))),
    `${removed.length} gone`,
  );
  const take = async (step: StepView) => {
    for (const { orphan, address } of taken) {
      const what = `${orphanText(orphan)} to be made`;
      await withNext(next, () => waitFor(what, SETTLE_SECONDS, waits(step), () => cloud.settled(orphan)));
      step.note(orphanText(orphan));
      await takeIntoState(at.stack, address, cloud.kinds[orphan.kind]!.importId(orphan));
    }
  };
  if (taken.length > 0) await stepped(io, 'taking', take, `${taken.length} in the state`);
  return true;
}

/** What differs between clouds. */
interface HealCloud {
  readonly kinds: Readonly<Record<string, HealKind>>;
  readonly removals: readonly Removal[];
  readonly passing: (error: ToolError) => boolean;
  readonly settled: (orphan: Orphan) => Promise<boolean>;
}

function cloudOf({ api, openstack }: Deployment): HealCloud {
  if (openstack) {
    const settled = (orphan: Orphan) => openstackSettled(openstack, orphan);
    return { kinds: OPENSTACK_KINDS, removals: openstackRemovals(openstack), passing: openstackPassing, settled };
  }
  if (!api) throw new Error('nothing can be found without an API');
  const settled = (orphan: Orphan) => awsSettled(api, orphan);
  return { kinds: AWS_KINDS, removals: awsRemovals(api), passing: awsPassing, settled };
}

/** The two lists that a person agrees to. */
function healingLines({ taken, removed }: Pick<Healing, 'taken' | 'removed'>): string[] {
  return [
    ...(taken.length > 0 ? [`taken into the state, since it keeps data (${taken.length}):`] : []),
    ...taken.map(({ orphan, address }) => `  ${orphanText(orphan)} as ${address}`),
    ...(removed.length > 0 ? [`deleted, to be made again (${removed.length}):`] : []),
    ...removed.map((orphan) => `  ${orphanText(orphan)}`),
  ];
}

/** Stops over what a person must decide, or only shows it. @throws ToolError */
function decide(at: Deployment, { left }: Healing, kinds: HealCloud['kinds'], goOn: boolean, io: Io): void {
  const list = left.map(({ orphan, why }) => {
    const kind = kinds[orphan.kind];
    if (!kind) return `  ${orphanText(orphan)}: ${why}`;
    const importing = `${at.stack.engine.kind} -chdir=${at.target.dir} import ${kind.types[0]}.NAME ${kind.importId(orphan)}`;
    return `  ${orphanText(orphan)}: ${why}\n    ${kind.byHand(orphan)}\n    ${importing}`;
  });
  const what = `${count(left.length, 'thing')} under the tag of cluster ${at.target.cluster} that can not be healed from here`;
  if (goOn) {
    io.err(`left as it is: ${what}\n${list.join('\n')}`);
    return;
  }
  throw new ToolError(
    `${what}; nothing was changed\n${list.join('\n')}`,
    `delete it or take it into the state with one of its commands; --ignore-orphans leaves it as it is; then ${at.stack.next} --heal`,
  );
}

/** Adds to a failure how to go on. */
async function withNext(next: string, work: () => Promise<void>): Promise<void> {
  try {
    await work();
  } catch (error) {
    if (!(error instanceof ToolError)) throw error;
    throw new ToolError(`${error.message}; what was removed stays removed`, error.next ?? next, error.detail);
  }
}
