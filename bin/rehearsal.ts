import { withLab } from '../lib/lab/environment';
import { type RehearsalEvent, type RehearsalOptions, type RehearsalResult, rehearse } from '../lib/rehearsal/rehearse';
import type { ClusterSource } from '../lib/rehearsal/source';
import type { Manifest } from '../lib/topology/manifest';
import { labHere } from './ground';
import type { Io } from './io';
import { awsBoot } from './rehearsal-aws';
import { openstackBoot } from './rehearsal-openstack';
import type { Target } from './target';

export interface BootOptions {
  /** Where the nodes come from. @default deployed */
  readonly from?: 'deployed' | 'synth' | undefined;
  readonly secondBoot?: boolean | undefined;
  readonly keep?: boolean | undefined;
  /** Limit of each boot, seconds. @default 900 */
  readonly limit?: number | undefined;
  /** @default true */
  readonly firewall?: boolean | undefined;
  /** The command that deploys, for when nothing is deployed. */
  readonly deploy: string;
  /** The environment of the practice cloud for AWS. @default that of this folder's */
  readonly env?: () => NodeJS.ProcessEnv;
}

/** Nodes, and the cloud that they ask for secrets: the practice cloud, or a stand-in for a stack that was not deployed. */
export interface BootGround extends Pick<RehearsalOptions, 'endpoint' | 'loopback' | 'visit'> {
  readonly source: ClusterSource;
  close(): Promise<void>;
}

/** Boots all nodes of a stack on hosts of this machine and compares the cluster with what was declared. */
export async function bootTarget(
  target: Target,
  manifest: Manifest,
  options: BootOptions,
  note: (text: string) => void,
  io: Io,
): Promise<RehearsalResult> {
  const env = options.env ?? (() => withLab(process.env, labHere().env()));
  const { source, close, ...around } =
    manifest.cloud === 'openstack'
      ? await openstackBoot(target, manifest, options, io)
      : await awsBoot(target, env, options, io);
  const expected = Object.fromEntries(Object.entries(manifest.nodes).map(([node, { roles }]) => [node, roles]));
  const { secondBoot, keep, limit, firewall } = options;
  const given = {
    name: target.cluster,
    version: manifest.version,
    expected,
    ...around,
    secondBoot,
    keep,
    limit,
    firewall,
  };
  return rehearse(source, given, watching(source, note), io.signal).finally(close);
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
