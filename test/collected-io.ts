import pc from 'picocolors';
import type { Io } from '../lib/base/voice';

/** An Io that only collects what a verb says. */
export interface CollectedIo extends Io {
  /** Everything on standard output. */
  text(): string;
  /** Everything on standard error. */
  messages(): string;
  /** One line per step: label, then what its end said. */
  steps(): string;
}

export function collectedIo(options: { json?: boolean; signal?: AbortSignal } = {}): CollectedIo {
  const out: string[] = [];
  const err: string[] = [];
  const steps: string[] = [];
  return {
    out: (text) => void out.push(text),
    err: (text) => void err.push(text),
    json: options.json ?? false,
    color: pc.createColors(false),
    signal: options.signal ?? new AbortController().signal,
    step: (label) => ({
      note: () => undefined,
      table: () => undefined,
      done: (detail) => void steps.push(`${label}  ${detail ?? ''}`),
      fail: (detail) => void steps.push(`${label}  failed ${detail ?? ''}`),
    }),
    text: () => out.join('\n'),
    messages: () => err.join('\n'),
    steps: () => steps.join('\n'),
  };
}
