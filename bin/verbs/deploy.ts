import { typedWord } from '../../lib/base/shell';
import { type Io, type StepView, stepped } from '../../lib/base/voice';
import {
  checkState,
  type Deployment,
  type DeploymentOptions,
  type OrphanOptions,
  openDeployment,
  refuseCopies,
  runOf,
  seedPractice,
} from '../../lib/deploy/deployment';
import { heal } from '../../lib/deploy/heal';
import { refuseLosses } from '../../lib/deploy/losses';
import { checkNames, checkPlan, withFaults } from '../../lib/deploy/openstack';
import type { Synthesize } from '../../lib/deploy/target';
import { beginRun, endRuns, failRun } from '../../lib/deploy/unfinished';
import { changeLines, changesJson } from '../../lib/engine/change-lines';
import { keepInterrupted } from '../../lib/engine/interrupted';
import type { Orphan } from '../../lib/engine/orphans';
import { type Progress, progressText, spokenName } from '../../lib/engine/progress';
import {
  APPLY_SECONDS,
  type Applied,
  applyPlan,
  type EnginePlan,
  planFailed,
  planStack,
  secondPlan,
} from '../../lib/engine/run';
import { secondPlanText, type Waiting, waitingLines } from '../../lib/engine/waiting';
import { synthesizeTarget } from '../synthesize';
import { confirm } from '../terminal/confirm';

export interface DeployOptions extends DeploymentOptions, Omit<OrphanOptions, 'listOrphans'> {
  readonly autoApprove?: boolean;
}

/** `deploy TARGET`: plans, asks, applies, and plans again to prove that nothing is left to do. */
export async function run(
  args: readonly string[],
  options: DeployOptions,
  io: Io,
  synthesize: Synthesize = synthesizeTarget,
): Promise<number> {
  const name = args[0] ?? '.';
  const target = await synthesize(name, { cloud: options.cloud, outdir: options.outdir }, io);
  const at = await openDeployment(target, options, `cdktf-stackato deploy ${typedWord(name)}`, io);
  if (at.practice) await seedPractice(at, io);
  const orphans = await checkState(at, options, io);
  await checkNames(at);
  const agreed = async (question: string) => options.autoApprove === true || confirm(io, question, 'yes');
  const healing = options.heal || (options.remove ?? []).length > 0;
  if (healing && !(await heal(at, orphans, () => planned(at, io), options, agreed, io))) return 1;
  const plan = await planned(at, io);
  try {
    refuseLosses({ stack: at.stack, plan });
    if (plan.errored) throw planFailed(at.stack, plan);
    if (!io.json) io.out(changeLines(plan, target.cluster).join('\n'));
    await checkPlan(at, plan);
    if (plan.changes.length + plan.outputs.length === 0) {
      if (!options.ignoreOrphans) endRuns(runOf(at));
      return finish(at, plan, io, 'nothing to do');
    }
    if (!(await agreed(question(at)))) {
      io.err('not confirmed; nothing was changed');
      return 1;
    }
    const waiting = await applied(at, plan, orphans, io);
    if (!options.ignoreOrphans) endRuns(runOf(at));
    return finish(at, plan, io, 'deployed', waiting);
  } finally {
    plan.dispose();
  }
}

/** Applies a plan and proves that nothing is left to do; returns what the cloud does later. Its time is noted, for repairs. */
async function applied(
  at: Deployment,
  plan: EnginePlan,
  orphans: readonly Orphan[],
  io: Io,
): Promise<readonly Waiting[]> {
  const { cluster } = at.target;
  const note = (step: StepView) => (progress: Progress) => step.note(progressText(progress, cluster));
  beginRun(runOf(at), new Date(), APPLY_SECONDS);
  try {
    await stepped(io, 'deploying', (step) => withFaults(at, () => applyPlan(at.stack, plan, note(step))), appliedText);
    const waiting = await stepped(io, 'second plan', () => secondPlan(at.stack), secondPlanText);
    for (const line of waitingLines(waiting, cluster)) io.err(line);
    await refuseCopies(at, orphans);
    return waiting;
  } catch (error) {
    failRun(runOf(at), new Date());
    throw error;
  }
}

/** A plan that keeps protected resources whose creation was interrupted. The caller disposes of it. */
async function planned(at: Deployment, io: Io): Promise<EnginePlan> {
  const plan = await stepped(io, 'plan', () => planStack(at.stack), at.target.stack);
  const kept = plan.errored ? await keepInterrupted(at.stack, plan).finally(plan.dispose) : [];
  if (kept.length === 0) return plan;
  const names = kept.map((address) => spokenName(address, at.target.cluster)).join(', ');
  io.err(`its creation was interrupted; it is protected and therefore kept: ${names}`);
  return stepped(io, 'plan again', () => planStack(at.stack), at.target.stack);
}

function question({ target, practice }: Deployment): string {
  return `Deploy ${target.cluster} to ${practice ? 'the practice cloud' : target.region}?`;
}

function finish(
  { target, stack, practice }: Deployment,
  plan: EnginePlan,
  io: Io,
  what: string,
  waiting: readonly Waiting[] = [],
): number {
  if (io.json) {
    const facts = { cluster: target.cluster, stack: target.stack, stateFile: target.stateFile, practice };
    const waits = waiting.length > 0 ? { waiting } : {};
    io.out(JSON.stringify({ result: what, ...facts, ...changesJson(plan, target.cluster), ...waits }));
    return 0;
  }
  const destroy = stack.next.replace(/ deploy /, ' destroy ');
  const rehearse = stack.next.replace(/ deploy /, ' rehearse ').replace(/ --practice$/, '');
  const waits = Object.values(target.manifest?.nodes ?? {}).some((node) => node.delivered?.length);
  const booting = waits
    ? `${stack.next.replace(/ deploy /, ' deliver ')} (the nodes boot now, and wait for their secrets)`
    : `${stack.next.replace(/ deploy /, ' wait ')} (the nodes boot now)`;
  const next = practice ? `${rehearse} (boot its nodes), or ${destroy}` : booting;
  io.out(`${what}; the state is in ${target.stateFile}\nnext: ${next}`);
  return 0;
}

/** `41 made, 2 changed`. */
export function appliedText({ created, updated, destroyed }: Applied): string {
  const parts = [created && `${created} made`, updated && `${updated} changed`, destroyed && `${destroyed} destroyed`];
  return parts.filter((part) => part).join(', ') || 'outputs only';
}
