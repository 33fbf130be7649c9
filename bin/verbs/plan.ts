import { writeWhole } from '../../lib/base/file';
import { ToolError } from '../../lib/base/input';
import { typedWord } from '../../lib/base/shell';
import type { Io } from '../../lib/base/voice';
import { checkState, type DeploymentOptions, openDeployment, seedPractice } from '../../lib/deploy/deployment';
import { checkNames } from '../../lib/deploy/openstack';
import type { Synthesize } from '../../lib/deploy/target';
import { changeLines, changesJson } from '../../lib/engine/change-lines';
import { type EnginePlan, keepPlan, planFailed, planStack } from '../../lib/engine/run';
import { synthesizeTarget } from '../synthesize';

export interface PlanVerbOptions extends DeploymentOptions {
  readonly detailedExitcode?: boolean;
  /** Keep the engine's plan file there; only its owner may read it, since it may hold secrets. */
  readonly out?: string;
  /** Write the plan as JSON there for a review, also a refused plan. Only its owner may read it. */
  readonly planJson?: string;
}

/** `plan TARGET`: shows what a deployment would change; with `--detailed-exitcode`, exits 2 when it changes something. */
export async function run(
  args: readonly string[],
  options: PlanVerbOptions,
  io: Io,
  synthesize: Synthesize = synthesizeTarget,
): Promise<number> {
  const name = args[0] ?? '.';
  const target = await synthesize(name, { cloud: options.cloud, outdir: options.outdir }, io);
  const at = await openDeployment(target, options, `cdktf-stackato plan ${typedWord(name)}`, io);
  if (at.practice) await seedPractice(at, io);
  await checkState(at, { listOrphans: true }, io);
  await checkNames(at);
  const step = io.step('plan');
  const plan = await planStack(at.stack).catch((error: unknown) => {
    step.fail();
    throw error;
  });
  try {
    if (plan.errored) step.fail('what it would have done is below');
    else step.done(target.stack);
    if (options.out && !plan.errored) keepPlan(plan, options.out);
    if (options.planJson) keepJson(plan, options.planJson);
    io.out(io.json ? JSON.stringify(changesJson(plan, target.cluster)) : changeLines(plan, target.cluster).join('\n'));
    if (plan.errored && options.planJson)
      throw new ToolError(planFailed(at.stack, plan).message, reviewCommand(options.planJson, plan));
    if (plan.errored) throw planFailed(at.stack, plan);
    const changes = plan.changes.length + plan.outputs.length;
    if (!io.json && options.planJson) io.out(`next: ${reviewCommand(options.planJson, plan)}`);
    else if (!io.json && changes > 0) io.out(`next: ${at.stack.next.replace(/ plan /, ' deploy ')}`);
    return options.detailedExitcode && changes > 0 ? 2 : 0;
  } finally {
    plan.dispose();
  }
}

/** The engine's messages about a plan, in its own format (`plan -json`). */
export function diagnosticsLog(plan: Pick<EnginePlan, 'diagnostics'>): string {
  return plan.diagnostics.map((diagnostic) => JSON.stringify({ type: 'diagnostic', diagnostic })).join('\n');
}

/** The engine's messages about a refused plan, beside the plan's file. */
const logFile = (file: string) => `${file}.log`;

function keepJson(plan: EnginePlan, file: string): void {
  writeWhole(file, JSON.stringify(plan.json), 0o600);
  if (plan.diagnostics.length) writeWhole(logFile(file), diagnosticsLog(plan), 0o600);
}

function reviewCommand(file: string, plan: EnginePlan): string {
  return `cdktf-stackato review --plan ${typedWord(file)}${plan.diagnostics.length ? ` --diagnostics ${typedWord(logFile(file))}` : ''}`;
}
