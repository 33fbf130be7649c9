import type pc from 'picocolors';

/** What a verb may say to the person who called it; tests give one that only collects. */
export interface Io {
  /** Results: standard output, one line or several. */
  out(text: string): void;
  /** Messages: standard error. */
  err(text: string): void;
  /** Whether results are wanted as JSON: then `out` gets one document and progress goes to standard error. */
  readonly json: boolean;
  readonly color: Pick<typeof pc, 'bold' | 'dim' | 'red' | 'green' | 'yellow' | 'cyan'>;
  /** Begins a line of progress; end it with `done` or `fail`. */
  step(label: string): StepView;
  /** Aborted by Ctrl-C or a time limit: stop what you started, leave nothing behind. */
  readonly signal: AbortSignal;
}

export interface StepView {
  /** What is going on now; replaces the last note on a terminal, a plain line every ten seconds elsewhere. */
  note(text: string): void;
  /** Lines below the line of progress, on a terminal only; each call replaces those of the last. */
  table(lines: readonly string[]): void;
  done(detail?: string): void;
  fail(detail?: string): void;
}

/** `0.4 s`, `12 s`, `1 m 42 s`. */
export function duration(seconds: number): string {
  if (seconds < 10) return `${seconds.toFixed(1)} s`;
  if (seconds < 60) return `${Math.round(seconds)} s`;
  return `${Math.floor(seconds / 60)} m ${String(Math.round(seconds % 60)).padStart(2, '0')} s`;
}

/** One line of progress around a piece of work; `done` is what its end says. */
export async function stepped<T>(
  io: Io,
  label: string,
  work: (step: StepView) => Promise<T>,
  done: string | ((result: T) => string) = '',
): Promise<T> {
  const step = io.step(label);
  try {
    const result = await work(step);
    step.done(typeof done === 'string' ? done : done(result));
    return result;
  } catch (error) {
    step.fail();
    throw error;
  }
}

/** An Io that says nothing and stops when the signal does. */
export function quietIo(signal: AbortSignal): Io {
  const same = (text: unknown) => String(text);
  return {
    out: () => undefined,
    err: () => undefined,
    json: true,
    color: { bold: same, dim: same, red: same, green: same, yellow: same, cyan: same },
    step: () => ({ note: () => undefined, table: () => undefined, done: () => undefined, fail: () => undefined }),
    signal,
  };
}
