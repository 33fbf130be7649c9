/** A line of a node's status file or console: a stage of its boot script began, failed once, or ended. */
export interface StatusLine {
  readonly stage: string;
  /** `retry`: an attempt failed, with its error; the next one follows. */
  readonly state: 'started' | 'retry' | 'done' | 'failed';
  /** Seconds since the stage began; of the stage `boot`, since the machine started. */
  readonly seconds: number;
  readonly error?: string;
}

/** What was read of a node's boot. */
export interface BootSeen {
  readonly from: 'ssh' | 'console';
  /** Oldest first; a console has only the last lines, and lags. */
  readonly lines: readonly StatusLine[];
  /** Seconds since the last line was written; absent when unknown. */
  readonly age?: number;
  /** What the script waits for now. */
  readonly waits?: string;
  /** Whether the script is running; absent when unknown. */
  readonly running?: boolean;
}

/** The state of a node's boot. */
export type BootState =
  | { readonly state: 'silent'; readonly why: string }
  | { readonly state: 'booting'; readonly stage: string; readonly seconds: number; readonly why?: string }
  /** The script is not running and reported no end: it was killed. */
  | { readonly state: 'stopped'; readonly stage: string; readonly why?: string }
  | { readonly state: 'failed'; readonly stage: string; readonly why: string }
  | { readonly state: 'booted'; readonly seconds: number };

/** Beginning of the reason for a node that stopped answering. */
export const GONE = 'no longer answers';

const STATES = ['started', 'retry', 'done', 'failed'];
/** The last stage of every boot script: its end is the end of the boot. */
const LAST = 'boot';

/** The status lines in a text; everything else is left out, also a line that a reboot cut off. */
export function statusLines(text: string): readonly StatusLine[] {
  return text.split('\n').flatMap((line) => {
    const at = line.lastIndexOf('{"stage":');
    if (at < 0) return [];
    try {
      const { stage, state, seconds, error } = JSON.parse(line.slice(at).trim()) as Record<string, unknown>;
      if (typeof stage !== 'string' || !STATES.includes(String(state))) return [];
      const status = { stage: plain(stage), state: state as StatusLine['state'], seconds: Number(seconds) || 0 };
      return [typeof error === 'string' && error !== '' ? { ...status, error: plain(error) } : status];
    } catch {
      return [];
    }
  });
}

/** The state that they mean; the last line decides. */
export function bootState({ lines, age = 0, waits, running }: BootSeen): BootState {
  const last = lines.at(-1);
  if (!last) return { state: 'silent', why: 'its boot script has reported nothing yet' };
  const { stage, state, error } = last;
  if (stage === LAST && state === 'done') return { state: 'booted', seconds: last.seconds };
  if (state === 'failed') return failed(stage, error);
  const why = waits ?? error;
  if (running === false) return { state: 'stopped', stage, ...(why ? { why } : {}) };
  const seconds = (state === 'done' || stage === LAST ? 0 : last.seconds) + age;
  return { state: 'booting', stage, seconds, ...(why && state !== 'done' ? { why } : {}) };
}

/** The last line of a failed boot says `stage: error`. */
function failed(stage: string, error = 'it gives no reason'): BootState {
  const [, inner, words] = (stage === LAST && /^(\w+): (.*)$/s.exec(error)) || [];
  return inner === undefined
    ? { state: 'failed', stage, why: error }
    : { state: 'failed', stage: inner, why: words || 'it gives no reason' };
}

/** Foreign text without control characters. */
export const plain = (words: string) => words.replaceAll(/\p{Cc}+/gu, ' ').trim();
