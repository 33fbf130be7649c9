import { count } from '../../lib/base/input';
import { tableLines } from '../../lib/base/table';
import type { Io, StepView } from '../../lib/base/voice';
import {
  deployedCluster,
  loginTo,
  type NodesOptions,
  outputsOf,
  ownStack,
  refuseUnreachable,
} from '../../lib/deploy/deployed';
import { type Synthesize, type Target, targetWords } from '../../lib/deploy/target';
import { type DeliveryEvent, deliver, deliveryProblem, type NodeDelivered } from '../../lib/operate/deliver';
import { planDelivery } from '../../lib/operate/delivery-plan';
import type { NodeShell } from '../../lib/operate/node-shell';
import { sshPlaces } from '../../lib/operate/places';
import { secretValues } from '../../lib/operate/secret-values';
import { type SshShell, type SshShellOptions, sshShell } from '../../lib/operate/ssh';
import { synthesizeTarget } from '../synthesize';
import { askHidden } from '../terminal/ask-hidden';

export interface DeliverVerbOptions extends NodesOptions {
  /** Folder with one file per secret. */
  readonly secrets?: string;
  /** Jump host for all nodes, `[user@]host[:port]`. @default the core */
  readonly via?: string;
  /** Limit per node, seconds. @default 2400 */
  readonly limit?: number;
}

/** Dependencies of the verb; tests replace them. */
export interface DeliverParts {
  readonly synthesize: Synthesize;
  readonly outputs: (target: Target, options: DeliverVerbOptions, io: Io) => Promise<Readonly<Record<string, unknown>>>;
  readonly shell: (options: SshShellOptions) => Promise<NodeShell & Pick<SshShell, 'close'>>;
}

const PARTS: DeliverParts = { synthesize: synthesizeTarget, outputs: outputsOf, shell: sshShell };

/** `deliver TARGET`: delivers secrets to the nodes over ssh; exits 1 when a node still lacks some. */
export async function run(
  args: readonly string[],
  options: DeliverVerbOptions,
  io: Io,
  parts: DeliverParts = PARTS,
): Promise<number> {
  const name = args[0] ?? '.';
  const words = targetWords(name, options.cloud);
  const target = await ownStack(name, options, 'deliver', parts.synthesize, io);
  if (target.manifest.cloud === 'aws') return nothing(target.cluster, io);
  refuseUnreachable(options, words, 'nobody can log in to them');
  const outputs = await parts.outputs(target, options, io);
  const { manifest, addresses } = deployedCluster(outputs, target.stack, words);
  const plan = planDelivery(manifest, options.node);
  if (plan.nodes.length === 0) return nothing(target.cluster, io);
  const places = sshPlaces(manifest.cluster, addresses, options.via);
  const sources = { folder: options.secrets, env: process.env, ask: askHidden(io) };
  const values = await secretValues(plan.asked, sources, (text) => io.err(`warning: ${text}`));
  const shell = await parts.shell(loginTo(places, options));
  const step = io.step('deliver');
  try {
    const watch = watching(
      plan.nodes.map((n) => n.node),
      step,
    );
    const done = await deliver(plan, values, shell, { notify: watch, signal: io.signal, limitSeconds: options.limit });
    return finish(words, target.cluster, done, step, io);
  } catch (error) {
    step.fail();
    throw error;
  } finally {
    await shell.close();
  }
}

function nothing(cluster: string, io: Io): number {
  const text = `nothing to deliver: the nodes of ${cluster} read their secrets from the cloud's store`;
  io.out(io.json ? JSON.stringify({ result: 'nothing to deliver', cluster, nodes: [] }) : text);
  return 0;
}

/** The progress of each node, in one line. */
function watching(nodes: readonly string[], step: StepView): (event: DeliveryEvent) => void {
  const now = new Map(nodes.map((node) => [node, 'asked']));
  return (event) => {
    now.set(event.node, event.event === 'waiting' ? `waits: ${event.why}` : event.event);
    step.note([...now].map(([node, state]) => `${node} ${state}`).join(' · '));
  };
}

function finish(words: string, cluster: string, done: readonly NodeDelivered[], step: StepView, io: Io): number {
  const again = `cdktf-stackato deliver ${words}, when that is fixed; files already delivered stay as they are`;
  const problem = deliveryProblem(done, again);
  if (problem) step.fail();
  else step.done(`all files, on ${count(done.length, 'node')}`);
  if (io.json) io.out(JSON.stringify({ result: problem ? 'incomplete' : 'delivered', cluster, nodes: done }));
  else io.out(table(done, io).join('\n'));
  if (problem) io.err(`${io.color.red('✗')} ${problem.message}`);
  const next = problem
    ? again
    : `cdktf-stackato wait ${words} (nodes go on with their boot by themselves; on a node: tail -f /var/log/stackato-node.log)`;
  if (!io.json) io.out(`next: ${next}`);
  return problem ? 1 : 0;
}

function table(done: readonly NodeDelivered[], io: Io): string[] {
  const rows = done.map(({ node, files }) => [node, files.map((f) => f.name).join(' '), stateText(files)]);
  const head = ['node', 'files', 'state'];
  return tableLines({ head, rows }, { head: io.color.bold });
}

/** `2 written, 1 unchanged`. */
function stateText(files: NodeDelivered['files']): string {
  const words = { written: 'written', same: 'there already', missing: 'missing' } as const;
  const parts = (['written', 'same', 'missing'] as const).flatMap((state) => {
    const n = files.filter((file) => file.state === state).length;
    return n > 0 ? [`${n} ${words[state]}`] : [];
  });
  return parts.join(', ');
}
