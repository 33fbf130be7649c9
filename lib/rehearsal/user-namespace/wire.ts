import type { RehearsalEvent, RehearsalOptions, RehearsalResult } from '../contract';
import type { Ran } from '../host/machine';
import type { ClusterSource } from '../source/source';

/** A rehearsal in another process: the part of its options that can be sent there. */
export interface Order {
  readonly cluster: ClusterSource;
  readonly options: Omit<RehearsalOptions, 'visit' | 'keep' | 'faults'>;
  /** Values of `--fault`. */
  readonly faults: readonly string[];
  /** Ports of this machine's loopback to open there. */
  readonly ports: readonly number[];
  /** Whether a visitor acts on the nodes while they boot. */
  readonly visited: boolean;
}

/** Messages from the caller to the rehearsal's process. */
export type Told =
  | { readonly order: Order }
  | { readonly stop: true }
  /** The visitor runs a script on a node, or cancels it. */
  | {
      readonly run: {
        readonly id: number;
        readonly node: string;
        readonly script: string;
        readonly input?: Buffer | undefined;
      };
    }
  | { readonly drop: number }
  /** The visit has ended: well, or with an error. */
  | { readonly visit: { readonly error?: string } };

/** Messages back. A listening server is sent with `port`. */
export type Answered =
  | { readonly port: number }
  | { readonly event: RehearsalEvent }
  /** The nodes can be visited now; later, that the visit is no longer awaited. */
  | { readonly visit: 'begin' | 'over' }
  | { readonly ran: { readonly id: number; readonly ran: Ran } }
  | { readonly result: RehearsalResult }
  | { readonly failed: { readonly message: string; readonly next?: string; readonly detail?: string } };
