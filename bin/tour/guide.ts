import { InputError, ToolError } from '../../lib/base/input';
import type { Io, StepView } from '../../lib/base/voice';

/** Leads through a tour step by step; what cannot be done here is said, and the rest goes on. */
export interface Guide {
  readonly io: Io;
  /** Labels of what could not be shown. */
  readonly failures: string[];
  /** One step; nothing when it could not be done, or the tour was stopped. @throws Error for a defect */
  show<T>(label: string, work: (step: StepView) => Promise<T>, done: (result: T) => string): Promise<T | undefined>;
  /** The last step, also of a tour that was stopped. @throws Error for a defect */
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
