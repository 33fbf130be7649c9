import { InputError, ToolError } from '../../lib/input';
import { awsApi } from '../../lib/lab/aws-api';
import { assertPractice, withLab } from '../../lib/lab/environment';
import { type RehearsalEvent, type RehearsalResult, rehearse } from '../../lib/rehearsal/rehearse';
import type { ClusterSource } from '../../lib/rehearsal/source';
import { deployedSource } from '../../lib/rehearsal/source-deployed';
import { synthSource } from '../../lib/rehearsal/source-synth';
import { standIn } from '../../lib/rehearsal/stand-in';
import { labHere, type Synthesize } from '../ground';
import { duration, type Io } from '../io';
import { synthesizeTarget, type Target } from '../target';

export interface RehearseOptions {
  readonly cloud?: string;
  /** @default deployed */
  readonly from?: 'deployed' | 'synth';
  readonly twice?: boolean;
  readonly keep?: boolean;
  readonly outdir?: string;
}

/** `rehearse TARGET`: boots every node here, against the model of kato; 1 when one of them is not what was declared. */
export async function run(
  args: readonly string[],
  options: RehearseOptions,
  io: Io,
  synthesize: Synthesize = synthesizeTarget,
): Promise<number> {
  const name = args[0] ?? '.';
  const target = await synthesize(name, { cloud: options.cloud, outdir: options.outdir }, io);
  const { manifest } = target;
  if (!manifest) {
    const message = `${target.stack} only joins a cluster of somebody else; rehearse the stack that has the core`;
    throw new InputError(name, [{ path: '', message, rule: 'rehearse-core' }]);
  }
  const { source, endpoint, close } = await sourceOf(target, options, io, `cdktf-stackato deploy ${name} --practice`);
  const expected = Object.fromEntries(Object.entries(manifest.nodes).map(([node, { roles }]) => [node, roles]));
  const step = io.step('rehearse');
  const limits = { secondBoot: options.twice, keep: options.keep };
  const given = { name: target.cluster, version: manifest.version, expected, endpoint, ...limits };
  const view = watching(source, (text) => step.note(text));
  const result = await rehearse(source, given, view, io.signal)
    .catch((error: unknown) => {
      step.fail();
      throw error;
    })
    .finally(close);
  const lost = Object.keys(expected).filter((node) => !source.nodes.some((n) => n.name === node));
  const ok = result.ok && lost.length === 0;
  if (ok)
    step.done(
      `${result.nodes.length} of ${result.nodes.length} nodes as declared${options.twice ? ', also after a second boot' : ''}`,
    );
  else step.fail(`${result.nodes.filter((n) => n.problems.length > 0).length + lost.length} nodes are not as declared`);
  io.out(io.json ? JSON.stringify({ ...result, ok, lost }) : lines(result, lost, io).join('\n'));
  return ok ? 0 : 1;
}

/** Nodes, and the cloud that they ask for secrets: the practice cloud, or a stand-in for a stack that was not deployed. */
interface Ground {
  readonly source: ClusterSource;
  readonly endpoint: string;
  close(): Promise<void>;
}

async function sourceOf(target: Target, options: RehearseOptions, io: Io, deploy: string): Promise<Ground> {
  if (options.from === 'synth') {
    const { cluster, secrets, parameters } = synthSource(target.dir);
    const made = Object.fromEntries(target.secrets.map((secret) => [secret, 'rehearsed']));
    return { source: cluster, ...(await standIn({ ...secrets, ...made }, parameters)) };
  }
  const env = withLab(process.env, labHere().env());
  assertPractice(env);
  const api = awsApi({ region: target.region, env, signal: io.signal });
  const source = await deployedSource(api, target.cluster).catch((error: unknown) => {
    if (error instanceof ToolError) throw new ToolError(error.message, deploy, error.detail);
    throw error;
  });
  return { source, endpoint: env['AWS_ENDPOINT_URL']!, close: () => Promise.resolve() };
}

/** What is going on, in one line: the stage that each node is in. */
function watching(source: ClusterSource, note: (text: string) => void): (event: RehearsalEvent) => void {
  const now = new Map(source.nodes.map((node) => [node.name, 'power on']));
  return (event) => {
    if ('host' in event) {
      if (event.host.event === 'reboot') now.set(event.node, 'reboot');
    } else if (event.stage.stage === 'boot')
      now.set(event.node, event.stage.state === 'done' ? 'booted' : event.stage.state);
    else if (event.stage.state !== 'done') {
      const why = event.stage.error ? ` (${event.stage.error.slice(0, 80)})` : '';
      now.set(event.node, `${event.stage.stage}${why}`);
    }
    note([...now].map(([node, stage]) => `${node} ${stage}`).join(' · '));
  };
}

/** A table of nodes; what is wrong with one stands below its line. */
function lines(result: RehearsalResult, lost: readonly string[], io: Io): string[] {
  const rows = result.nodes.map((node) => [
    node.name,
    node.address,
    duration(node.seconds),
    `${node.stages.filter((stage) => stage.state === 'done').length}/${node.stages.length}`,
    String(node.configSet),
    node.roles.join(' ') || '-',
  ]);
  const head = ['node', 'address', 'booted', 'stages', 'config set', 'roles'];
  const widths = head.map((title, i) => Math.max(title.length, ...rows.map((row) => row[i]!.length)));
  const line = (row: readonly string[]) =>
    row
      .map((cell, i) => cell.padEnd(widths[i]!))
      .join('  ')
      .trimEnd();
  const below = (i: number) => {
    const { problems, log, pid } = result.nodes[i]!;
    return [
      ...problems.map((problem) => `  ${io.color.red(problem)}`),
      ...(log ? log.split('\n').map((text) => io.color.dim(`  | ${text}`)) : []),
      ...(pid ? [`  nsenter --target ${pid} --all --root --wd su - stackato`] : []),
    ];
  };
  const missing = lost.map((name) => `${name}: declared, but the cloud does not hold it`);
  return [io.color.bold(line(head)), ...rows.flatMap((row, i) => [line(row), ...below(i)]), ...missing];
}
