import type { Placed } from './faults/place';
import type { Struck } from './faults/strike';
import type { Ground } from './ground';
import type { Pace } from './host/image';
import type { Ran } from './host/machine';
import type { ClusterSource } from './source/source';
import type { HostEvent, StageEvent } from './timeline/stages';
import type { Timeline } from './timeline/timeline';
import type { Expectation } from './verdict';

export interface RehearsalOptions {
  /** Name of the run, usually the cluster's. */
  readonly name: string;
  /** Product version on the image. */
  readonly version: string;
  /** Name of the node that is the core. @default core */
  readonly core?: string;
  /** Roles by node name. */
  readonly expected: Expectation;
  /** URL of the practice cloud on this machine: `http://localhost:5100`. @default nodes reach no cloud */
  readonly endpoint?: string;
  /** Ports of this machine's loopback to open on the nodes' loopback, for a practice cloud at 127.0.0.1. @default none */
  readonly loopback?: readonly number[];
  /** Runs during the first boot, like a person who logs in; when it fails, nodes that still boot fail too. */
  readonly visit?: (shell: HostShell, signal: AbortSignal) => Promise<void>;
  /** Boots every node a second time and checks that nothing is done twice. @default false */
  readonly secondBoot?: boolean;
  /** Limit of each boot, seconds. @default 900 */
  readonly limit?: number;
  /** How fast model nodes are, seconds. @default boot 3, start 0.3 */
  readonly pace?: Pace;
  /** Whether the cloud's security groups apply between nodes. @default true, if `nft` is installed */
  readonly firewall?: boolean;
  /** Faults during the first boot. @default none */
  readonly faults?: readonly Placed[];
  /** How long a host tries to get metadata before it boots without, seconds. @default 120 */
  readonly patience?: number;
  /** Whether nodes have data disks; if not, the stage that mounts them counts as done. @default true */
  readonly disks?: boolean;
  /** Whether this program is root of a user namespace only. @default false */
  readonly confined?: boolean;
  /** Keeps hosts running; the next run of the name removes them. @default false */
  readonly keep?: boolean | ((result: RehearsalResult) => boolean);
}

/** A way to run scripts as root on the hosts, by the node's name. */
export interface HostShell {
  run(node: string, script: string, input?: Buffer, signal?: AbortSignal): Promise<Ran>;
}

/** An event on a node during its boot. */
export type RehearsalEvent =
  | { readonly node: string; readonly stage: StageEvent }
  | { readonly node: string; readonly host: HostEvent };

export interface NodeResult {
  readonly name: string;
  readonly address: string;
  readonly stages: readonly StageEvent[];
  /** From power on to the end of the first boot. */
  readonly seconds: number;
  /** Roles that the core lists for it. */
  readonly roles: readonly string[];
  /** How many times it set kato's configuration. */
  readonly configSet: number;
  readonly problems: readonly string[];
  /** The error of its boot script, if it failed. */
  readonly error?: string;
  /** kato commands that ran there, each once, sorted, without secrets. */
  readonly told: readonly string[];
  /** The end of the boot script's log, if it failed. */
  readonly log?: string;
  /** Id of its first process, if hosts were kept. */
  readonly pid?: number;
}

export interface RehearsalResult {
  readonly ok: boolean;
  readonly nodes: readonly NodeResult[];
  /** Why nodes had no firewall, if they had none. */
  readonly unguarded?: string;
  /** Stages of the first boot on one clock. */
  readonly timeline?: Timeline;
  /** The results of the faults. */
  readonly faults?: readonly Struck[];
}

export interface BootOptions {
  /** Source of user data. @default deployed */
  readonly from?: 'deployed' | 'synth' | undefined;
  readonly secondBoot?: boolean | undefined;
  /** Keeps the hosts: always, never, or when something is wrong. @default false */
  readonly keep?: boolean | 'failed' | undefined;
  /** Limit of each boot, seconds. @default 900 */
  readonly limit?: number | undefined;
  /** @default true */
  readonly firewall?: boolean | undefined;
  /** Nodes to boot besides the core. @default all */
  readonly nodes?: readonly string[] | undefined;
  /** Faults to inject, as after `--fault`. @default none */
  readonly faults?: readonly string[] | undefined;
  /** Injects random faults; the same number gives the same faults. */
  readonly seed?: number | undefined;
  /** Limit of each stage with a fault that does not heal, seconds, so that the rehearsal sees it end. @default 60 */
  readonly stageLimit?: number | undefined;
  /** The command to suggest when nothing is deployed. */
  readonly deploy: string;
  /** The environment of the AWS practice cloud. @default that of this folder's */
  readonly env?: () => NodeJS.ProcessEnv;
  /** Where nodes boot. @default the way that tests most on this machine */
  readonly ground?: Ground;
}

/** Nodes, and their secret store: the practice cloud, or a stand-in for a stack that is not deployed. */
export interface BootSource extends Pick<RehearsalOptions, 'endpoint' | 'loopback' | 'visit'> {
  readonly source: ClusterSource;
  close(): Promise<void>;
}
