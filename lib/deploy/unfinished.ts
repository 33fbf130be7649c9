import { existsSync, readFileSync, rmSync } from 'node:fs';
import { resolve } from 'node:path';
import { writeWhole } from '../base/file';
import { ToolError } from '../base/input';
import { isObject } from '../base/json';

/** An apply that began here and is not known to have ended well: what it made may be in the cloud and not in the state. */
export interface Unfinished {
  /** When it began, by the clock of this machine: `2026-11-30T18:00:00.000Z`. */
  readonly since: string;
}

/** A stack on one cloud. */
export interface Run {
  readonly stack: string;
  readonly practice: boolean;
}

const fileOf = ({ stack, practice }: Run): string =>
  resolve('.stackato', `unfinished-${stack}${practice ? '-practice' : ''}.json`);

/** Notes the beginning of an apply; the note of an earlier one that never ended stays. */
export function beginRun(run: Run, now: Date): void {
  if (!unfinishedRun(run)) writeWhole(fileOf(run), JSON.stringify({ since: now.toISOString() }));
}

/** Removes the note: state and cloud agree. */
export function endRun(run: Run): void {
  rmSync(fileOf(run), { force: true });
}

/**
 * The note of an apply that has not ended.
 * @throws ToolError when the note is damaged
 */
export function unfinishedRun(run: Run): Unfinished | undefined {
  const file = fileOf(run);
  if (!existsSync(file)) return undefined;
  try {
    const note: unknown = JSON.parse(readFileSync(file, 'utf8'));
    if (isObject(note) && typeof note['since'] === 'string' && !Number.isNaN(Date.parse(note['since'])))
      return { since: note['since'] };
  } catch {
    // no JSON
  }
  throw new ToolError(`the note of an unfinished run is damaged: ${file}; nothing was changed`, `rm ${file}`);
}
