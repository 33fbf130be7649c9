import type { RehearsalEvent, RehearsalOptions, RehearsalResult } from '../contract';
import type { Ran } from '../host/machine';
import type { ClusterSource } from '../source/source';

/** A rehearsal that another process makes: what of it can be sent there. */
export interface Order {
  readonly cluster: ClusterSource;
  readonly options: Omit<RehearsalOptions, 'visit' | 'keep' | 'faults'>;
  /** As after `--fault`. */
  readonly faults: readonly string[];
  /** Ports of this machine's loopback that are to be found there. */
  readonly ports: readonly number[];
  /** Whether somebody visits the nodes while they boot. */
  readonly visited: boolean;
}

/** What the one who asked tells the one who makes it. */
export type Told =
  | { readonly order: Order }
  | { readonly stop: true }
  /** The visitor runs a script on a node, or gives that up. */
  | {
      readonly run: {
        readonly id: number;
        readonly node: string;
        readonly script: string;
        readonly input?: Buffer | undefined;
      };
    }
  | { readonly drop: number }
  /** The visit has ended: well, or with what went wrong. */
  | { readonly visit: { readonly error?: string } };

/** What comes back. A listening server goes with `port`. */
export type Answered =
  | { readonly port: number }
  | { readonly event: RehearsalEvent }
  /** The nodes can be visited now; then, that nobody waits for the visit any more. */
  | { readonly visit: 'begin' | 'over' }
  | { readonly ran: { readonly id: number; readonly ran: Ran } }
  | { readonly result: RehearsalResult }
  | { readonly failed: { readonly message: string; readonly next?: string; readonly detail?: string } };
