import { ToolError } from '../lib/input';
import { awsApi } from '../lib/lab/aws-api';
import { type RehearsalEvent, type RehearsalResult, rehearse } from '../lib/rehearsal/rehearse';
import type { ClusterSource } from '../lib/rehearsal/source';
import { deployedSource } from '../lib/rehearsal/source-deployed';
import { synthSource } from '../lib/rehearsal/source-synth';
import type { Manifest } from '../lib/topology/manifest';
import type { Io } from './io';
import type { Target } from './target';

export interface BootOptions {
  /** Where the nodes come from. @default deployed */
  readonly from?: 'deployed' | 'synth' | undefined;
  readonly secondBoot?: boolean | undefined;
  readonly keep?: boolean | undefined;
  /** Limit of each boot, seconds. @default 900 */
  readonly limit?: number;
  /** The command that deploys, for when nothing is deployed. */
  readonly deploy: string;
}

/** Boots all nodes of a stack on hosts of this machine and compares the cluster with what was declared. */
export async function bootTarget(
  target: Target,
  manifest: Manifest,
  env: NodeJS.ProcessEnv,
  options: BootOptions,
  note: (text: string) => void,
  io: Io,
): Promise<RehearsalResult> {
  const source = await sourceOf(target, options, env, io);
  const expected = Object.fromEntries(Object.entries(manifest.nodes).map(([node, { roles }]) => [node, roles]));
  const { secondBoot, keep, limit } = options;
  const given = { name: target.cluster, version: manifest.version, expected, endpoint: env['AWS_ENDPOINT_URL']!, secondBoot, keep, limit };
  return rehearse(source, given, watching(source, note), io.signal);
}

async function sourceOf(target: Target, options: BootOptions, env: NodeJS.ProcessEnv, io: Io): Promise<ClusterSource> {
  if (options.from === 'synth') return synthSource(target.dir);
  const api = awsApi({ region: target.region, env, signal: io.signal });
  return deployedSource(api, target.cluster).catch((error: unknown) => {
    if (error instanceof ToolError && !error.next) throw new ToolError(error.message, options.deploy, error.detail);
    throw error;
  });
}

/** What is going on, in one line: the stage that each node is in. */
function watching(source: ClusterSource, note: (text: string) => void): (event: RehearsalEvent) => void {
  const now = new Map(source.nodes.map((node) => [node.name, 'power on']));
  return (event) => {
    if ('host' in event) {
      if (event.host.event === 'reboot') now.set(event.node, 'reboot');
    } else if (event.stage.stage === 'boot')
      now.set(event.node, event.stage.state === 'done' ? 'booted' : event.stage.state);
    else if (event.stage.state !== 'done') now.set(event.node, event.stage.stage);
    note([...now].map(([node, stage]) => `${node} ${stage}`).join(' · '));
  };
}
