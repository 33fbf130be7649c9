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
  /** Where the practice cloud listens on this machine: `http://localhost:5100`. @default the nodes reach no cloud */
  readonly endpoint?: string;
  /** Ports of this machine's loopback that nodes find on their own: where a practice cloud calls itself 127.0.0.1. @default none */
  readonly loopback?: readonly number[];
  /** Done beside the first boot, as by a person who logs in to the nodes; when it fails, so have those that still boot. */
  readonly visit?: (shell: HostShell, signal: AbortSignal) => Promise<void>;
  /** Boots every node a second time and checks that nothing is done again. @default false */
  readonly secondBoot?: boolean;
  /** Limit of each boot, seconds. @default 900 */
  readonly limit?: number;
  /** How fast model nodes are, seconds. @default boot 3, start 0.3 */
  readonly pace?: Pace;
  /** Whether nodes have the firewall that their cloud gives them. @default true, where `nft` is here */
  readonly firewall?: boolean;
  /** What goes wrong during the first boot. @default nothing */
  readonly faults?: readonly Placed[];
  /** How long a host asks for metadata before it comes up without, seconds. @default 120 */
  readonly patience?: number;
  /** Whether nodes have data disks. @default true; else the stage that mounts them is taken as done before the boot */
  readonly disks?: boolean;
  /** Whether this program is root of a user namespace only. @default false */
  readonly confined?: boolean;
  /** Leaves hosts running; the next run of the name removes them. @default false */
  readonly keep?: boolean | ((result: RehearsalResult) => boolean);
}

/** A way to run scripts as root on the hosts, by the node's name. */
export interface HostShell {
  run(node: string, script: string, input?: Buffer, signal?: AbortSignal): Promise<Ran>;
}

/** What happens on a node while it boots. */
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
  /** How often it set kato's configuration. */
  readonly configSet: number;
  readonly problems: readonly string[];
  /** What ended its boot, in the words of its boot script, where it failed. */
  readonly error?: string;
  /** What kato was told there and did, each once, sorted, without secrets. */
  readonly told: readonly string[];
  /** The end of the boot script's log, where it failed. */
  readonly log?: string;
  /** Id of its first process, where hosts were kept. */
  readonly pid?: number;
}

export interface RehearsalResult {
  readonly ok: boolean;
  readonly nodes: readonly NodeResult[];
  /** Why nodes had no firewall, where they had none. */
  readonly unguarded?: string;
  /** Stages of the first boot on one clock. */
  readonly timeline?: Timeline;
  /** What became of the faults. */
  readonly faults?: readonly Struck[];
}

export interface BootOptions {
  /** Where the nodes come from. @default deployed */
  readonly from?: 'deployed' | 'synth' | undefined;
  readonly secondBoot?: boolean | undefined;
  /** Leaves the hosts: always, never, or when something is wrong. @default false */
  readonly keep?: boolean | 'failed' | undefined;
  /** Limit of each boot, seconds. @default 900 */
  readonly limit?: number | undefined;
  /** @default true */
  readonly firewall?: boolean | undefined;
  /** Nodes to boot besides the core. @default all */
  readonly nodes?: readonly string[] | undefined;
  /** What is to go wrong, as after `--fault`. @default nothing */
  readonly faults?: readonly string[] | undefined;
  /** Draws faults by chance, the same for the same number. */
  readonly seed?: number | undefined;
  /** Limit of each stage, seconds, where a fault does not heal: its end is to be seen. @default 60 */
  readonly stageLimit?: number | undefined;
  /** The command that deploys, for when nothing is deployed. */
  readonly deploy: string;
  /** The environment of the practice cloud for AWS. @default that of this folder's */
  readonly env?: () => NodeJS.ProcessEnv;
  /** Where nodes boot. @default where most can be shown on this machine */
  readonly ground?: Ground;
}

/** Nodes, and the cloud that they ask for secrets: the practice cloud, or a stand-in for a stack that was not deployed. */
export interface BootSource extends Pick<RehearsalOptions, 'endpoint' | 'loopback' | 'visit'> {
  readonly source: ClusterSource;
  close(): Promise<void>;
}
