import { writeWhole } from '../../lib/base/file';
import { count, InputError } from '../../lib/base/input';
import { tableLines } from '../../lib/base/table';
import { duration, type Io } from '../../lib/base/voice';
import { type Synthesize, targetWords } from '../../lib/deploy/target';
import { chooseGround, type Ground, type MachineFacts } from '../../lib/rehearsal/ground';
import { removeRun } from '../../lib/rehearsal/host/ledger';
import { machineFacts } from '../../lib/rehearsal/host/needs';
import { refuseWishes } from '../../lib/rehearsal/refusals';
import { bootTarget, type Rehearsed, rehearsed } from '../../lib/rehearsal/rehearse-target';
import { timelineSvg } from '../../lib/rehearsal/timeline/svg';
import { timelineText } from '../../lib/rehearsal/timeline/timeline';
import { synthesizeTarget } from '../synthesize';

export interface RehearseOptions {
  readonly cloud?: string;
  /** @default deployed */
  readonly from?: 'deployed' | 'synth';
  readonly twice?: boolean;
  /** @default hosts are kept when something is wrong, but not in CI */
  readonly keep?: boolean;
  /** Only removes the hosts of an earlier rehearsal. */
  readonly clean?: boolean;
  /** Limit of each boot, seconds. @default 900 */
  readonly limit?: number;
  readonly outdir?: string;
  /** Whether the cloud's security groups apply between nodes. @default true */
  readonly firewall?: boolean;
  /** Nodes to boot besides the core. @default all */
  readonly nodes?: readonly string[];
  /** SVG file for the timeline. @default not written */
  readonly timeline?: string;
  /** Faults to inject: `ID[:NODE][@STAGE][+SECONDS]`. @default none */
  readonly fault?: readonly string[];
  /** Injects random faults; the same number gives the same faults. */
  readonly seed?: number;
}

/** `rehearse TARGET`: boots every node here against the model of kato; exits 1 when a node is not as declared. */
export async function run(
  args: readonly string[],
  options: RehearseOptions,
  io: Io,
  synthesize: Synthesize = synthesizeTarget,
  facts: () => Promise<MachineFacts> = machineFacts,
): Promise<number> {
  const name = args[0] ?? '.';
  const target = await synthesize(name, { cloud: options.cloud, outdir: options.outdir }, io);
  if (options.clean) return cleaned(target.cluster, io);
  const { manifest } = target;
  if (!manifest) {
    const message = `${target.stack} only joins another stack's cluster; rehearse the stack that has the core`;
    throw new InputError(name, [{ path: '', message, rule: 'rehearse-core' }]);
  }
  const ground = chooseGround(await facts());
  refuseWishes(ground, { ...options, timeline: options.timeline !== undefined });
  const say = io.json ? io.err : io.out;
  if (ground.said !== undefined) say(`rehearse: ${ground.said}`);
  const step = io.step('rehearse');
  const settings = {
    from: options.from,
    secondBoot: options.twice,
    keep: options.keep ?? (process.env['CI'] || ground.way !== 'hosts' ? false : ('failed' as const)),
    ground,
    limit: options.limit,
    firewall: options.firewall,
    nodes: options.nodes,
    faults: options.fault,
    seed: options.seed,
    deploy: `cdktf-stackato deploy ${targetWords(name, options.cloud)} --practice`,
  };
  const result = await bootTarget(target, manifest, settings, step, io).catch((error: unknown) => {
    step.fail();
    throw error;
  });
  const lost = [...rehearsed(manifest, options.nodes)].filter((node) => !result.nodes.some((n) => n.name === node));
  const ok = (result.judged ? result.judged.outcome !== 'wrong' : result.ok) && lost.length === 0;
  if (ok && result.judged) step.done(`${result.judged.outcome}: ${result.judged.why}`);
  else if (ok)
    step.done(
      `${result.nodes.length} of ${result.nodes.length} nodes as declared${options.twice ? ', also after a second boot' : ''}`,
    );
  else if (result.judged?.outcome === 'wrong') step.fail(result.judged.why);
  else {
    const bad = result.nodes.filter((n) => n.problems.length > 0).length + lost.length;
    step.fail(`${count(bad, 'node')} ${bad === 1 ? 'is' : 'are'} not as declared`);
  }
  if (options.timeline && result.timeline)
    writeWhole(options.timeline, timelineSvg(`rehearsal of ${target.cluster}`, result.timeline));
  io.out(
    io.json
      ? JSON.stringify({ ...result, ok, lost, ...(options.seed === undefined ? {} : { seed: options.seed }) })
      : [...lines(result, lost, io), ...left(result, targetWords(name, options.cloud)), ...unshown(ground)].join('\n'),
  );
  return ok ? 0 : 1;
}

/** How to remove hosts that were kept. */
function left({ nodes }: Rehearsed, words: string): string[] {
  if (!nodes.some(({ pid }) => pid)) return [];
  return [`the hosts are kept for inspection; remove them: cdktf-stackato rehearse ${words} --clean`];
}

async function cleaned(cluster: string, io: Io): Promise<number> {
  const removed = await removeRun(cluster);
  if (io.json) io.out(JSON.stringify({ cluster, removed }));
  else io.out(removed ? `the hosts of ${cluster} are removed` : `no hosts of ${cluster} are left`);
  return 0;
}

/** What was not tested, and how to test all of it. */
function unshown({ notShown, more }: Ground): string[] {
  if (notShown.length === 0) return [];
  return [`not tested: ${notShown.join('; ')}`, ...(more === undefined ? [] : [`to test all of it: ${more}`])];
}

/** A table of nodes; the problems of a node stand below its line. */
function lines(result: Rehearsed, lost: readonly string[], io: Io): string[] {
  const rows = result.nodes.map((node) => [
    node.name,
    node.address,
    duration(node.seconds),
    `${node.stages.filter((stage) => stage.state === 'done').length}/${node.stages.length}`,
    String(node.configSet),
    node.roles.join(' ') || '-',
  ]);
  const head = ['node', 'address', 'booted', 'stages', 'config set', 'roles'];
  const [titles, ...nodes] = tableLines({ head, rows }, { head: io.color.bold });
  const below = (i: number) => {
    const { problems, log, pid, stages, told } = result.nodes[i]!;
    const alone = result.ground === 'one-host';
    return [
      ...(alone ? [`  ran: ${stages.map(({ stage }) => stage).join(' ') || 'no stage'}`] : []),
      ...(alone ? told.map((words) => io.color.dim(`  kato ${words}`)) : []),
      ...problems.map((problem) => `  ${io.color.red(problem)}`),
      ...(log ? log.split('\n').map((text) => io.color.dim(`  | ${text}`)) : []),
      ...(pid ? [`  nsenter --target ${pid} --all --root --wd su - stackato`] : []),
    ];
  };
  const missing = lost.map((name) => `${name}: declared, but not in the cloud`);
  const again =
    result.faultWords.length > 0
      ? [`to repeat these faults: ${result.faultWords.map((word) => `--fault ${word}`).join(' ')}`]
      : [];
  const picture = result.timeline
    ? ['', timelineText(result.timeline, Math.min(process.stdout.columns || 100, 160)), '']
    : [];
  const struck = (result.faults ?? []).map(
    ({ text, hit, at }) => `${text}  ${hit ? `at ${duration(at ?? 0)}` : 'never injected'}`,
  );
  const open = result.unguarded === undefined ? [] : [`the firewall was not tested: ${result.unguarded}`];
  return [
    titles!,
    ...nodes.flatMap((line, i) => [line, ...below(i)]),
    ...missing,
    ...open,
    ...picture,
    ...struck,
    ...again,
  ];
}
