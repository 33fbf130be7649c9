import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { InputError, ToolError } from '../../lib/input';
import { assertPractice, withLab } from '../../lib/lab/environment';
import { seed } from '../../lib/lab/seed';
import type { RehearsalResult } from '../../lib/rehearsal/rehearse';
import { renderText, reviewPlan } from '../../lib/review';
import { warnings } from '../../lib/spec/define';
import { readCluster } from '../../lib/spec/read';
import { applyPlan, planStack, secondPlan } from '../../lib/terraform/deploy';
import { progressText } from '../../lib/terraform/progress';
import { planTopology } from '../../lib/topology/plan';
import { topologyText } from '../../lib/topology/text';
import { type Ground, ground, labHere } from '../ground';
import type { Io, StepView } from '../io';
import { packageFile } from '../package-file';
import { bootTarget } from '../rehearsal';
import { synthesizeTarget, type Target, targetText } from '../target';
import { summary } from './check';
import { diagnosticsLog } from './plan';

const WORK = '.stackato/quickstart';
const PORT = 5180;

/** `quickstart`: declares, checks, deploys, boots and reviews the MVP on the practice cloud, and cleans up. */
export async function run(_args: readonly string[], options: { keep?: boolean }, io: Io): Promise<number> {
  const file = packageFile('stacks/mvp.yaml');
  const cluster = readCluster(file);
  const topology = planTopology(cluster);
  io.out(
    `cdktf-stackato quick start · cluster ${cluster.name} · Stackato ${cluster.version.text} · practice cloud (AWS API on this machine, no account, no cost)`,
  );
  const lab = labHere({ port: PORT, stateDir: join(WORK, 'lab-aws') });
  const failures: string[] = [];
  /** One line of the tour; what cannot be done here is said, and the rest goes on. */
  const tour = async <T>(
    label: string,
    work: (step: StepView) => Promise<T>,
    done: (result: T) => string,
  ): Promise<T | undefined> => {
    if (io.signal.aborted) return undefined;
    const step = io.step(label);
    try {
      const result = await work(step);
      step.done(done(result));
      return result;
    } catch (error) {
      step.fail(error instanceof Error ? error.message : String(error));
      if (error instanceof ToolError && error.next) io.out(`     → ${error.next}`);
      if (!(error instanceof ToolError || error instanceof InputError)) throw error;
      failures.push(label);
      return undefined;
    }
  };
  await tour(
    'checked',
    async () => warnings(cluster),
    (w) => `stacks/mvp.yaml: ${summary(topology)}, ${w.length ? `${w.length} warnings` : 'no findings'}`,
  );
  io.out(
    topologyText(topology, { boot: false, rules: false })
      .split('\n')
      .slice(2)
      .map((l) => `     ${l}`.trimEnd())
      .join('\n'),
  );
  rmSync(join(WORK, 'terraform.mvp-aws.tfstate'), { force: true });
  const where = { cloud: 'aws', outdir: join(WORK, 'cdktf.out') };
  try {
    const target = await tour('synthesized', () => synthesizeTarget(file, where, io), targetText);
    const up = await tour(
      'practice',
      (step) => lab.up((t) => step.note(t), io.signal),
      (s) => `cloud up on ${s.endpoint}`,
    );
    const deployed =
      target && up
        ? await tour(
            'deployed',
            (step) => deploy(target, step, io),
            (n) => `${n} resources, second plan is empty`,
          )
        : undefined;
    if (target) {
      // Without a deployment there is still the synthesized stack, and a stand-in for the cloud's store.
      const from = deployed === undefined ? ('synth' as const) : ('deployed' as const);
      const settings = { from, limit: 300, deploy: 'npm run quickstart' };
      const boot = (step: StepView) => bootTarget(target, target.manifest!, lab, settings, (t) => step.note(t), io);
      const booted = await tour('booted', boot, (result) => bootedText(result, from));
      if (booted) await tour('cluster', async () => booted, clusterText);
    }
    if (deployed !== undefined && target) {
      const review = await tour(
        'reviewed',
        () => dangerous(file, where, io),
        (r) =>
          `a dangerous change (another key for what keeps data): ${r.exit === 3 ? 'blocked, exit 3, see below' : `exit ${r.exit}`}`,
      );
      if (review) io.out(review.text.replace(/^(?=.)/gm, '     ').trimEnd());
      if (review && review.exit !== 3) failures.push('reviewed');
    }
  } finally {
    if (!options.keep) {
      await lab.down();
      rmSync(WORK, { recursive: true, force: true });
      io.step('cleaned up').done('the practice cloud and all that was in it');
    }
  }
  if (failures.length) {
    io.err(`not everything could be shown here: ${failures.join(', ')}`);
    return 1;
  }
  io.out('Next: `npx cdktf-stackato init my-cluster` begins your own project; docs/aws.md for a real account.');
  return 0;

  async function deploy(target: Target, step: StepView, voice: Io): Promise<number> {
    const at = await practiceGround(target, voice);
    await seed(target, at.stack.env, voice.signal);
    step.note('planning');
    const plan = await planStack(at.stack);
    try {
      await applyPlan(at.stack, plan, (p) => step.note(progressText(p, target.cluster)));
    } finally {
      plan.dispose();
    }
    step.note('planning again');
    await secondPlan(at.stack);
    return plan.changes.length;
  }

  async function practiceGround(target: Target, voice: Io): Promise<Ground> {
    const env = withLab(process.env, lab.env());
    assertPractice(env);
    return ground(target, { practice: true, lab }, 'npm run quickstart', voice);
  }

  async function dangerous(from: string, to: { outdir: string }, voice: Io) {
    const changed = readFileSync(from, 'utf8').replace(
      /^( +)keyName:/m,
      '$1kmsKeyId: arn:aws:kms:us-west-2:123456789012:key/11111111-2222-3333-4444-555555555555\n$&',
    );
    const copy = join(WORK, 'dangerous.yaml');
    mkdirSync(WORK, { recursive: true });
    writeFileSync(copy, changed);
    const at = await practiceGround(await synthesizeTarget(copy, { ...to, cloud: 'aws' }, voice), voice);
    const plan = await planStack(at.stack);
    plan.dispose();
    const review = reviewPlan(plan.json, { diagnostics: diagnosticsLog(plan) });
    return { exit: review.exit, text: renderText(review, { colors: voice.color }) };
  }
}

function bootedText(result: RehearsalResult, from: 'synth' | 'deployed'): string {
  if (!result.ok) throw new ToolError(result.nodes.flatMap((n) => n.problems.map((p) => `${n.name}: ${p}`)).join('; '));
  return `${result.nodes.map((n) => `${n.name} ${Math.round(n.seconds)} s`).join(' · ')}; each from the user data that ${from === 'synth' ? 'was synthesized' : 'the cloud returned'}`;
}

function clusterText(result: RehearsalResult): string {
  return `${result.nodes.length} of ${result.nodes.length} attached, roles as declared, ${result.nodes.reduce((n, r) => n + r.configSet, 0)} settings of kato made`;
}
