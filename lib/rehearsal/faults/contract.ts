import type { Gate } from '../host/gate';
import type { Machine } from '../host/machine';
import type { ClusterSource, NodeSource } from '../source/source';

/** What is known of a node before it boots: enough to choose its faults. */
export interface FaultNode {
  readonly name: string;
  readonly core: boolean;
  /** Product version on the image. */
  readonly version: string;
  readonly source: NodeSource;
  readonly cluster: ClusterSource;
  /** Stages of its boot script in order, each with the shell of its body. */
  readonly stages: ReadonlyMap<string, string>;
}

/** What a fault can use during the rehearsal. */
export interface Scene {
  readonly node: FaultNode;
  readonly machine: Machine;
  /** All machines of the run, by node name. */
  readonly machines: ReadonlyMap<string, Machine>;
  /** Name of the core. */
  readonly core: string;
  /** Folder of the node on this machine, with its disks and their list. */
  readonly dir: string;
  /** Network namespace of the node. */
  readonly space: string;
  /** The gate in front of the cloud that all nodes call. */
  readonly gate: Gate;
  /** Duration of a fault that heals, seconds. */
  readonly seconds: number;
  /** Aborted when the rehearsal no longer needs faults. */
  readonly over: AbortSignal;
  /** Whether every other node has begun this stage; nodes without it do not count. */
  reached(stage: string): boolean;
  /** Called when the fault is in place: a host that it hits before power on is then powered on. */
  placed(): void;
  /** Leaves powering this node on to the fault. */
  hold(): void;
  /** Gives the node up with a reason: it will never boot. */
  lose(why: string): void;
  /** Waits for seconds; ends at once when the rehearsal is over. */
  wait(seconds: number): Promise<void>;
}

/** The moment of a fault besides the stages of the boot script: power on. */
export const POWER = 'power';

/** A fault: something that goes wrong on one node, at one moment. */
export interface Fault {
  readonly id: string;
  /** What happens, one sentence without a full stop. */
  readonly about: string;
  /** The moments of a node at which it can hit: `power`, and stages; none where it does not apply. */
  hits(node: FaultNode): readonly string[];
  /** Required outcome: the cluster as declared without a person, or a boot that ends within its limit and names this. */
  readonly expected: 'converges' | { readonly bounded: RegExp };
  /** Duration of a fault that heals, seconds. @default 8 */
  readonly seconds?: number;
  /** Whether it lasts until the end of the rehearsal. @default false */
  readonly lasting?: true;
  /** A program of this machine that only this fault needs. */
  readonly needs?: string;
  /** What it prepares on a node: two faults that prepare the same cannot share a node. */
  readonly prepares?: 'clock' | 'names' | 'core' | 'disk' | 'own-disk' | 'programs' | 'kato';
  /** Runs before power on. */
  arrange?(scene: Scene): void | Promise<void>;
  /** Runs at its moment; resolves when it is healed, with `false` when it hit nothing. */
  strike?(scene: Scene): Promise<boolean | undefined>;
  /** Further check of the node afterwards: returns what is wrong. */
  check?(scene: Scene): Promise<string | undefined>;
}

/** Stages whose body calls one of these shell functions. */
export function stagesWith(node: FaultNode, calls: RegExp): string[] {
  return [...node.stages].filter(([, body]) => calls.test(body)).map(([stage]) => stage);
}

export const everyStage = (node: FaultNode): string[] => [...node.stages.keys()];
