import type { Engine } from './engine';

/** A synthesized stack, and what an engine needs to run on it. */
export interface StackRun {
  readonly engine: Engine;
  /** The folder with `cdk.tf.json`. */
  readonly dir: string;
  readonly env: NodeJS.ProcessEnv;
  readonly signal: AbortSignal;
  /** Where the state is kept, for messages. */
  readonly stateFile: string;
  /** The command that continues after a failure. */
  readonly next: string;
}
