import { existsSync, readFileSync, rmSync } from 'node:fs';
import { resolve } from 'node:path';
import { writeWhole } from '../base/file';
import { ToolError } from '../base/input';
import { isObject } from '../base/json';
import { typedWord } from '../base/shell';

/**
 * The time of an apply that began here and is not known to have ended well: what it made may be in the cloud and not in
 * the state. What was made before or after it belongs to something else.
 */
export interface Unfinished {
  /** When it began, by the clock of this machine: `2026-11-30T18:00:00.000Z`. */
  readonly since: string;
  /** When it ended; of a killed one, when it would have been stopped at the latest. */
  readonly until: string;
}

/** A stack on one cloud. */
export interface Run {
  readonly stack: string;
  readonly practice: boolean;
}

const fileOf = ({ stack, practice }: Run): string =>
  resolve('.stackato', `unfinished-${stack}${practice ? '-practice' : ''}.json`);

/** Notes the beginning of an apply that lasts `limitSeconds` at most, beside earlier ones. */
export function beginRun(run: Run, now: Date, limitSeconds: number): void {
  const until = new Date(now.getTime() + limitSeconds * 1000).toISOString();
  write(run, [...unfinishedRuns(run), { since: now.toISOString(), until }]);
}

/** Notes that the last apply has failed: it makes nothing more. */
export function failRun(run: Run, now: Date): void {
  const notes = unfinishedRuns(run);
  const last = notes.at(-1);
  if (last) write(run, [...notes.slice(0, -1), { ...last, until: now.toISOString() }]);
}

/** Removes the notes: state and cloud agree. */
export function endRuns(run: Run): void {
  rmSync(fileOf(run), { force: true });
}

const write = (run: Run, notes: readonly Unfinished[]): void => writeWhole(fileOf(run), JSON.stringify(notes));

/**
 * The applies that have not ended well, the first one first.
 * @throws ToolError when their file is damaged
 */
export function unfinishedRuns(run: Run): readonly Unfinished[] {
  const file = fileOf(run);
  if (!existsSync(file)) return [];
  try {
    const notes: unknown = JSON.parse(readFileSync(file, 'utf8'));
    if (Array.isArray(notes) && notes.every(isUnfinished)) return notes;
  } catch {
    // no JSON
  }
  throw new ToolError(
    `the note of an unfinished run is damaged: ${file}; nothing was changed`,
    `rm ${typedWord(file)}`,
  );
}

const isUnfinished = (note: unknown): note is Unfinished =>
  isObject(note) &&
  [note['since'], note['until']].every((date) => typeof date === 'string' && !Number.isNaN(Date.parse(date)));
