import { InputError, ToolError } from '../../lib/base/input';
import type { Io, StepView } from '../../lib/base/voice';

/** Runs a tour step by step; a step that cannot run here is reported, and the tour goes on. */
export interface Guide {
  readonly io: Io;
  /** Labels of the steps that could not run. */
  readonly failures: string[];
  /** One step; undefined when it could not run, or the tour was stopped. */
  show<T>(label: string, work: (step: StepView) => Promise<T>, done: (result: T) => string): Promise<T | undefined>;
  /** The last step; runs also after a stop. */
  end(label: string, work: (step: StepView) => Promise<string>): Promise<void>;
}

export function makeGuide(io: Io): Guide {
  const failures: string[] = [];
  const failed = (label: string, step: StepView, error: unknown) => {
    step.fail(error instanceof Error ? error.message : String(error));
    if (error instanceof ToolError && error.next) io.out(`     → ${error.next}`);
    if (!(error instanceof ToolError || error instanceof InputError)) throw error;
    failures.push(label);
  };
  return {
    io,
    failures,
    async show(label, work, done) {
      if (io.signal.aborted) return undefined;
      const step = io.step(label);
      try {
        const result = await work(step);
        step.done(done(result));
        return result;
      } catch (error) {
        failed(label, step, error);
        return undefined;
      }
    },
    async end(label, work) {
      const step = io.step(label);
      await work(step).then(
        (text) => step.done(text),
        (error: unknown) => failed(label, step, error),
      );
    },
  };
}
