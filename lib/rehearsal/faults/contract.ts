import type { Gate } from '../host/gate';
import type { Machine } from '../host/machine';
import type { ClusterSource, NodeSource } from '../source/source';

/** What is known of a node before it boots: enough to say what can go wrong on it, and when. */
export interface FaultNode {
  readonly name: string;
  readonly core: boolean;
  /** Product version on the image. */
  readonly version: string;
  readonly source: NodeSource;
  readonly cluster: ClusterSource;
  /** Stages of its boot script in their order, each with the shell of its body. */
  readonly stages: ReadonlyMap<string, string>;
}

/** What a fault can reach while the rehearsal goes on. */
export interface Scene {
  readonly node: FaultNode;
  readonly machine: Machine;
  /** All machines of the run, by node name. */
  readonly machines: ReadonlyMap<string, Machine>;
  /** Name of the core. */
  readonly core: string;
  /** Folder of the node on this machine: its disks, and the list of them that it gets. */
  readonly dir: string;
  /** Network namespace of the node. */
  readonly space: string;
  /** What stands before the cloud that all nodes ask. */
  readonly gate: Gate;
  /** How long what heals lasts, seconds. */
  readonly seconds: number;
  /** Aborted when the rehearsal needs no faults any more. */
  readonly over: AbortSignal;
  /** Whether every other node has begun this stage; nodes without it do not count. */
  reached(stage: string): boolean;
  /** Told when the harm is done: a host that it hits before its power is on is powered on then. */
  placed(): void;
  /** Leaves powering this node on to the fault. */
  hold(): void;
  /** Gives the node up, with the reason: it will never boot. */
  lose(why: string): void;
  /** Waits for seconds; ends at once when the rehearsal is over. */
  wait(seconds: number): Promise<void>;
}

/** Where a fault can hit besides the stages of the boot script: as the host is powered on. */
export const POWER = 'power';

/** One thing that goes wrong, on one node, at one moment. */
export interface Fault {
  readonly id: string;
  /** What happens, one sentence without a full stop. */
  readonly about: string;
  /** The moments of a node at which it can hit: `power`, and stages; none where it does not apply. */
  hits(node: FaultNode): readonly string[];
  /** What must come of it: the cluster as declared without a person, or a boot that ends within its limit and names this. */
  readonly expected: 'converges' | { readonly bounded: RegExp };
  /** How long it lasts, seconds, where it heals. @default 8 */
  readonly seconds?: number;
  /** It lasts as long as the rehearsal does. @default false */
  readonly lasting?: true;
  /** A program of this machine that it needs besides those of every rehearsal. */
  readonly needs?: string;
  /** What it prepares of a node: two that prepare the same do not fit on one node. */
  readonly prepares?: 'clock' | 'names' | 'core' | 'disk' | 'own-disk' | 'programs' | 'kato';
  /** Done before power is on. */
  arrange?(scene: Scene): void | Promise<void>;
  /** Done at its moment; resolves when it is healed. `false` says that it hit nothing. */
  strike?(scene: Scene): Promise<boolean | undefined>;
  /** What else must be true of the node afterwards: says what is not. */
  check?(scene: Scene): Promise<string | undefined>;
}

/** Stages whose body calls one of these shell functions. */
export function stagesWith(node: FaultNode, calls: RegExp): string[] {
  return [...node.stages].filter(([, body]) => calls.test(body)).map(([stage]) => stage);
}

export const everyStage = (node: FaultNode): string[] => [...node.stages.keys()];
