import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ToolError } from '../../lib/base/input';
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
import { type TourCloud, type TourOptions, WORK } from '../tour/cloud';
import { type Guide, makeGuide } from '../tour/guide';
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
  const guide = makeGuide(io);
  await showDeclared(guide, there);
  try {
    await showDeployed(guide, there);
  } finally {
    // Also when the tour was stopped: it must leave nothing behind.
    if (!options.keep) await guide.end('cleaned up', (step) => cleanUp(there, step, io));
  }
  if (guide.failures.length) {
    io.err(`these steps could not run here: ${guide.failures.join(', ')}`);
    return 1;
  }
  io.out(`Next: \`npx cdktf-stackato init my-cluster\` begins your own project; ${there.next}.`);
  return 0;
}

/** The declaration, and what it means. */
async function showDeclared({ io, show }: Guide, there: TourCloud): Promise<void> {
  const cluster = readCluster(there.file);
  const topology = planTopology(cluster);
  io.out(
    `cdktf-stackato quick start · cluster ${cluster.name} · Stackato ${cluster.version.text} · practice cloud (${there.about})`,
  );
  await show(
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
}

/** From the stack to a review of its next change. */
async function showDeployed(guide: Guide, there: TourCloud): Promise<void> {
  const { io, show } = guide;
  const target = await show('synthesized', () => synthesizeTarget(there.file, where(there), io), targetText);
  const up = await show(
    'practice',
    (step) => there.up((t) => step.note(t), io),
    (endpoint) => `cloud up on ${endpoint}`,
  );
  if (!target) return;
  const deployed = up
    ? await show(
        'deployed',
        (step) => deploy(there, target, step, io),
        (n) => `${n} resources, second plan is empty`,
      )
    : undefined;
  // Without a deployment, use the synthesized stack and a stand-in for the cloud's secret store.
  await showBooted(guide, there, target, deployed === undefined ? 'synth' : 'deployed');
  if (deployed !== undefined) await showReviewed(guide, there);
}

const where = (there: TourCloud) => ({ cloud: there.cloud, outdir: join(WORK, 'cdktf.out') });

async function showBooted(
  { io, show }: Guide,
  there: TourCloud,
  target: Target,
  from: 'synth' | 'deployed',
): Promise<void> {
  const settings = { from, limit: 300, deploy: 'npm run quickstart', ...(there.env ? { env: there.env } : {}) };
  const boot = (step: StepView) => bootTarget(target, target.manifest!, settings, step, io);
  const booted = await show('booted', boot, (result) => bootedText(result, from));
  if (booted?.why !== undefined) io.out(`     ${booted.why}`);
  if (booted) await show('cluster', async () => booted, clusterText);
}

async function showReviewed({ io, show, failures }: Guide, there: TourCloud): Promise<void> {
  const review = await show(
    'reviewed',
    () => reviewDanger(there, io),
    (r) =>
      `a dangerous change (${there.danger.what}): ${r.exit === 3 ? 'blocked, exit 3, see below' : `exit ${r.exit}`}`,
  );
  if (!review) return;
  io.out(review.text.replace(/^(?=.)/gm, '     ').trimEnd());
  if (review.exit !== 3) failures.push('reviewed');
}

async function cleanUp(there: TourCloud, step: StepView, io: Io): Promise<string> {
  const text = await there.down((t) => step.note(t), io);
  rmSync(WORK, { recursive: true, force: true });
  return text;
}

/**
 * Deploys, and returns the number of resources.
 * @throws ToolError when a step fails, or a second plan would change something
 */
async function deploy(there: TourCloud, target: Target, step: StepView, io: Io): Promise<number> {
  const at = await there.open(target, io);
  await seedPractice(at, { ...io, err: () => undefined });
  await checkState(at, {}, io);
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

/** The review of a change that it must block. */
async function reviewDanger(there: TourCloud, io: Io) {
  const copy = join(WORK, 'dangerous.yaml');
  mkdirSync(WORK, { recursive: true });
  writeFileSync(copy, there.danger.change(readFileSync(there.file, 'utf8')));
  const at = await there.open(await synthesizeTarget(copy, where(there), io), io);
  const plan = await planStack(at.stack);
  plan.dispose();
  const review = reviewPlan(plan.json, { diagnostics: diagnosticsLog(plan) });
  return { exit: review.exit, text: renderText(review, { colors: io.color }) };
}

function bootedText(result: RehearsalResult, from: 'synth' | 'deployed'): string {
  if (!result.ok) throw new ToolError(result.nodes.flatMap((n) => n.problems.map((p) => `${n.name}: ${p}`)).join('; '));
  return `${result.nodes.map((n) => `${n.name} ${Math.round(n.seconds)} s`).join(' · ')}; each from the user data that ${from === 'synth' ? 'was synthesized' : 'the cloud returned'}`;
}

function clusterText(result: Rehearsed): string {
  const settings = `${result.nodes.reduce((n, r) => n + r.configSet, 0)} settings of kato`;
  const unshown = result.notShown.length > 0 ? `; not tested: ${result.notShown.join('; ')}` : '';
  if (result.ground === 'one-host') return `kato was told the declared roles and ${settings}${unshown}`;
  return `${result.nodes.length} of ${result.nodes.length} attached, roles as declared, ${settings} made${unshown}`;
}
