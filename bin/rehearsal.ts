import { ToolError } from '../lib/input';
import { awsApi } from '../lib/lab/aws-api';
import type { AwsLab } from '../lib/lab/aws-lab';
import { assertPractice, withLab } from '../lib/lab/environment';
import { type RehearsalEvent, type RehearsalResult, rehearse } from '../lib/rehearsal/rehearse';
import type { ClusterSource } from '../lib/rehearsal/source';
import { deployedSource } from '../lib/rehearsal/source-deployed';
import { synthSource } from '../lib/rehearsal/source-synth';
import { standIn } from '../lib/rehearsal/stand-in';
import type { Manifest } from '../lib/topology/manifest';
import type { Io } from './io';
import type { Target } from './target';

export interface BootOptions {
  /** Where the nodes come from. @default deployed */
  readonly from?: 'deployed' | 'synth' | undefined;
  readonly secondBoot?: boolean | undefined;
  readonly keep?: boolean | undefined;
  /** Limit of each boot, seconds. @default 900 */
  readonly limit?: number | undefined;
  /** The command that deploys, for when nothing is deployed. */
  readonly deploy: string;
}

/** Boots all nodes of a stack on hosts of this machine and compares the cluster with what was declared. */
export async function bootTarget(
  target: Target,
  manifest: Manifest,
  lab: Pick<AwsLab, 'env'>,
  options: BootOptions,
  note: (text: string) => void,
  io: Io,
): Promise<RehearsalResult> {
  const { source, endpoint, close } = await groundOf(target, lab, options, io);
  const expected = Object.fromEntries(Object.entries(manifest.nodes).map(([node, { roles }]) => [node, roles]));
  const { secondBoot, keep, limit } = options;
  const given = { name: target.cluster, version: manifest.version, expected, endpoint, secondBoot, keep, limit };
  return rehearse(source, given, watching(source, note), io.signal).finally(close);
}

/** Nodes, and the cloud that they ask for secrets: the practice cloud, or a stand-in for a stack that was not deployed. */
interface Ground {
  readonly source: ClusterSource;
  readonly endpoint: string;
  close(): Promise<void>;
}

async function groundOf(target: Target, lab: Pick<AwsLab, 'env'>, options: BootOptions, io: Io): Promise<Ground> {
  if (options.from === 'synth') {
    const { cluster, secrets, parameters } = synthSource(target.dir);
    const made = Object.fromEntries(target.secrets.map((secret) => [secret, 'rehearsed']));
    return { source: cluster, ...(await standIn({ ...secrets, ...made }, parameters)) };
  }
  const env = withLab(process.env, lab.env());
  assertPractice(env);
  const api = awsApi({ region: target.region, env, signal: io.signal });
  const source = await deployedSource(api, target.cluster).catch((error: unknown) => {
    if (error instanceof ToolError) throw new ToolError(error.message, options.deploy, error.detail);
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
