import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { InputError, ToolError } from '../../lib/base/input';
import type { Io, StepView } from '../../lib/base/voice';
import { warnings } from '../../lib/declaration/define';
import { readCluster } from '../../lib/declaration/read';
import { checkState, seedPractice } from '../../lib/deploy/deployment';
import { withFaults } from '../../lib/deploy/openstack';
import { type Target, targetText } from '../../lib/deploy/target';
import { progressText } from '../../lib/engine/progress';
import { applyPlan, planStack, secondPlan } from '../../lib/engine/run';
import type { RehearsalResult } from '../../lib/rehearsal/contract';
import { bootTarget, type Rehearsed } from '../../lib/rehearsal/rehearse-target';
import { renderText, reviewPlan } from '../../lib/review';
import { planTopology } from '../../lib/topology/plan';
import { topologyText } from '../../lib/topology/text';
import { synthesizeTarget } from '../synthesize';
import { awsTour } from '../tour/aws';
import { type TourOptions, WORK } from '../tour/cloud';
import { openstackTour } from '../tour/openstack';
import { summary } from './check';
import { diagnosticsLog } from './plan';

/** `quickstart`: declares, checks, deploys, boots and reviews the MVP on a practice cloud, and cleans up. */
export async function run(
  _args: readonly string[],
  options: TourOptions & { readonly cloud?: string },
  io: Io,
): Promise<number> {
  const wanted = options.cloud ?? (process.env['STACKATO_PRACTICE'] === 'openstack' ? 'openstack' : 'aws');
  const there = wanted === 'openstack' ? await openstackTour(options, io) : awsTour();
  const { file } = there;
  const cluster = readCluster(file);
  const topology = planTopology(cluster);
  io.out(
    `cdktf-stackato quick start · cluster ${cluster.name} · Stackato ${cluster.version.text} · practice cloud (${there.about})`,
  );
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
  const where = { cloud: there.cloud, outdir: join(WORK, 'cdktf.out') };
  try {
    const target = await tour('synthesized', () => synthesizeTarget(file, where, io), targetText);
    const up = await tour(
      'practice',
      (step) => there.up((t) => step.note(t), io),
      (endpoint) => `cloud up on ${endpoint}`,
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
      const settings = {
        from,
        limit: 300,
        deploy: 'npm run quickstart',
        ...(there.env ? { env: there.env } : {}),
      };
      const boot = (step: StepView) => bootTarget(target, target.manifest!, settings, step, io);
      const booted = await tour('booted', boot, (result) => bootedText(result, from));
      if (booted?.why !== undefined) io.out(`     ${booted.why}`);
      if (booted) await tour('cluster', async () => booted, clusterText);
    }
    if (deployed !== undefined && target) {
      const review = await tour(
        'reviewed',
        () => dangerous(file, where, io),
        (r) =>
          `a dangerous change (${there.danger.what}): ${r.exit === 3 ? 'blocked, exit 3, see below' : `exit ${r.exit}`}`,
      );
      if (review) io.out(review.text.replace(/^(?=.)/gm, '     ').trimEnd());
      if (review && review.exit !== 3) failures.push('reviewed');
    }
  } finally {
    if (!options.keep) await cleanUp();
  }
  if (failures.length) {
    io.err(`not everything could be shown here: ${failures.join(', ')}`);
    return 1;
  }
  io.out(`Next: \`npx cdktf-stackato init my-cluster\` begins your own project; ${there.next}.`);
  return 0;

  /** Also when the tour was stopped: nothing of it may stay. */
  async function cleanUp(): Promise<void> {
    const step = io.step('cleaned up');
    try {
      const text = await there.down((t) => step.note(t), io);
      rmSync(WORK, { recursive: true, force: true });
      step.done(text);
    } catch (error) {
      if (!(error instanceof ToolError)) throw error;
      step.fail(error.message);
      if (error.next) io.out(`     → ${error.next}`);
      failures.push('cleaned up');
    }
  }

  async function deploy(target: Target, step: StepView, voice: Io): Promise<number> {
    const at = await there.open(target, voice);
    await seedPractice(at, { ...voice, err: () => undefined });
    await checkState(at, {}, voice);
    step.note('planning');
    const plan = await planStack(at.stack);
    try {
      const apply = () => applyPlan(at.stack, plan, (p) => step.note(progressText(p, target.cluster)));
      await withFaults(at, apply);
    } finally {
      plan.dispose();
    }
    step.note('planning again');
    await secondPlan(at.stack);
    return plan.changes.length;
  }

  async function dangerous(from: string, to: { cloud: string; outdir: string }, voice: Io) {
    const copy = join(WORK, 'dangerous.yaml');
    mkdirSync(WORK, { recursive: true });
    writeFileSync(copy, there.danger.change(readFileSync(from, 'utf8')));
    const at = await there.open(await synthesizeTarget(copy, to, voice), voice);
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

function clusterText(result: Rehearsed): string {
  const settings = `${result.nodes.reduce((n, r) => n + r.configSet, 0)} settings of kato`;
  const unshown = result.notShown.length > 0 ? `; not shown: ${result.notShown.join('; ')}` : '';
  if (result.ground === 'one-host') return `kato was told the declared roles and ${settings}${unshown}`;
  return `${result.nodes.length} of ${result.nodes.length} attached, roles as declared, ${settings} made${unshown}`;
}
