import { count, ToolError } from '../../lib/base/input';
import { typedWord } from '../../lib/base/shell';
import { type Io, stepped } from '../../lib/base/voice';
import { checkState, type Deployment, type DeploymentOptions, openDeployment } from '../../lib/deploy/deployment';
import { refuseDestruction } from '../../lib/deploy/losses';
import { type Synthesize, targetWords } from '../../lib/deploy/target';
import { changeLines, changesJson } from '../../lib/engine/change-lines';
import { progressText } from '../../lib/engine/progress';
import { applyPlan, type EnginePlan, planFailed, planStack, stateAddresses } from '../../lib/engine/run';
import { hasProvider, protectionOf, readStackConfig } from '../../lib/engine/stack-config';
import { synthesizeTarget } from '../synthesize';
import { confirm } from '../terminal/confirm';
import { appliedText } from './deploy';

export interface DestroyOptions extends DeploymentOptions {
  readonly autoApprove?: boolean;
  /** Also destroy what keeps data; required for a protected cluster. */
  readonly includingData?: boolean;
}

/** `destroy TARGET`: destroys a cluster; a protected one only with `--including-data`. */
export async function run(
  args: readonly string[],
  options: DestroyOptions,
  io: Io,
  synthesize: Synthesize = synthesizeTarget,
): Promise<number> {
  const name = args[0] ?? '.';
  const command = `cdktf-stackato destroy ${typedWord(name)}`;
  const where = { cloud: options.cloud, outdir: options.outdir };
  let target = await synthesize(name, where, io);
  const held = protectionOf(readStackConfig(target.dir));
  const all = [...new Set([...held.byEngine, ...held.byCloud])].sort();
  if (all.length > 0 && !options.includingData) {
    throw new ToolError(
      `cluster ${target.cluster} is protected: ${count(all.length, 'resource')} that keep data; nothing was changed`,
      `cdktf-stackato destroy ${targetWords(name, options.cloud)} --including-data, if the data may be lost`,
      all.join('\n'),
    );
  }
  if (all.length > 0) target = await synthesize(name, { ...where, unprotected: true }, io);
  const next = options.includingData ? `${command} --including-data` : command;
  const at = await openDeployment(target, options, next, io);
  await checkState(at, { listOrphans: true }, io);
  const plan = await stepped(io, 'plan', () => planStack(at.stack, { destroy: true }), target.stack);
  try {
    if (!options.includingData) refuseDestruction({ stack: at.stack, plan });
    if (plan.errored) throw planFailed(at.stack, plan);
    if (!io.json) io.out(changeLines(plan, target.cluster).join('\n'));
    if (plan.changes.length === 0) return finish(at, io, 0, 'nothing to destroy');
    if (!options.autoApprove && !(await agreed(at, options, io))) {
      io.err('not confirmed; nothing was changed');
      return 1;
    }
    if (!(await releaseInCloud(at, held.byCloud, io))) return await apply(at, plan, io);
  } finally {
    plan.dispose();
  }
  // the plan is stale after that change
  const again = await stepped(io, 'plan', () => planStack(at.stack, { destroy: true }), target.stack);
  try {
    if (again.errored) throw planFailed(at.stack, again);
    return await apply(at, again, io);
  } finally {
    again.dispose();
  }
}

function agreed({ target, practice }: Deployment, options: DestroyOptions, io: Io): Promise<boolean> {
  const data = options.includingData ? ' and all its data' : '';
  const question = `Destroy ${target.cluster}${data} in ${practice ? 'the practice cloud' : target.region}?`;
  return confirm(io, question, options.includingData ? target.cluster : 'yes');
}

/** Applies only the removal of the cloud's own protection; false when there was none. */
async function releaseInCloud(at: Deployment, byCloud: readonly string[], io: Io): Promise<boolean> {
  const known = await stateAddresses(at.stack);
  // an instance of a counted resource is `address[key]`
  const targets = byCloud.filter((address) => known.some((k) => k === address || k.startsWith(`${address}[`)));
  if (targets.length === 0) return false;
  const plan = await stepped(io, 'plan', () => planStack(at.stack, { targets }), 'protection off');
  try {
    if (plan.errored) throw planFailed(at.stack, plan);
    const more = plan.changes.filter((change) => change.action !== 'update');
    if (more.length > 0) {
      throw new ToolError(
        'switching protection off would change more than settings; nothing was changed',
        at.stack.next.replace(/ destroy .*/, ' deploy, so that cloud and declaration agree; then destroy'),
        more.map(({ action, address }) => `${action} ${address}`).join('\n'),
      );
    }
    if (plan.changes.length === 0) return false;
    await stepped(io, 'unprotect', (step) => applyPlan(at.stack, plan, (p) => step.note(progressText(p))), appliedText);
    return true;
  } finally {
    plan.dispose();
  }
}

async function apply(at: Deployment, plan: EnginePlan, io: Io): Promise<number> {
  const { cluster } = at.target;
  const gone = await stepped(
    io,
    'destroying',
    (step) => applyPlan(at.stack, plan, (progress) => step.note(progressText(progress, cluster))),
    appliedText,
  );
  return finish(at, io, gone.destroyed, 'destroyed', changesJson(plan, cluster));
}

function finish({ target }: Deployment, io: Io, destroyed: number, what: string, more: object = {}): number {
  if (io.json) io.out(JSON.stringify({ result: what, cluster: target.cluster, destroyed, ...more }));
  else {
    io.out(destroyed > 0 ? `${what}: ${count(destroyed, 'resource')} of ${target.cluster}` : what);
    // Cinder makes none
    const snapshots = hasProvider(readStackConfig(target.dir), 'aws');
    if (destroyed > 0 && snapshots) io.out('the last snapshots of its volumes and databases stay in the cloud');
  }
  return 0;
}
