import type pc from 'picocolors';

/** Output of a verb; tests use one that only collects. */
export interface Io {
  /** Results: standard output, one line or several. */
  out(text: string): void;
  /** Messages: standard error. */
  err(text: string): void;
  /** Whether results are JSON: `out` then gets one document, and progress goes to standard error. */
  readonly json: boolean;
  readonly color: Pick<typeof pc, 'bold' | 'dim' | 'red' | 'green' | 'yellow' | 'cyan'>;
  /** Begins a progress line; end it with `done` or `fail`. */
  step(label: string): StepView;
  /** Aborted by Ctrl-C or a timeout: stop what you started, leave nothing behind. */
  readonly signal: AbortSignal;
}

export interface StepView {
  /** The current activity: replaces the last note on a terminal, a plain line every ten seconds elsewhere. */
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

/** Runs a piece of work with a progress line; `done` is the text at its end. */
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

/** A silent Io that stops with the signal. */
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
