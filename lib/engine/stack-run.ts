import type { Engine } from './engine';

/** A synthesized stack and what is needed to run an engine on it. */
export interface StackRun {
  readonly engine: Engine;
  /** The folder with `cdk.tf.json`. */
  readonly dir: string;
  readonly env: NodeJS.ProcessEnv;
  readonly signal: AbortSignal;
  /** Where the state is kept, in words for a message. */
  readonly stateFile: string;
  /** The command that goes on after a failure. */
  readonly next: string;
}
