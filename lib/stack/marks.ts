import { KEEPS_MARK } from '../topology/manifest';
import type { Pool } from '../topology/model';

/** What the machine of a core says of itself for its whole life: which folders its first boot put on its volume. */
export const keepsMark = ({ disk }: Pool): Readonly<Record<string, string>> =>
  disk ? { [KEEPS_MARK]: disk.relocate.join(' ') } : {};

/** The paths of these marks, for `ignore_changes`: a machine that was made without them does not get them later. */
export const fixedMarks = (attribute: 'tags' | 'metadata', plan: Pool): readonly string[] =>
  Object.keys(keepsMark(plan)).map((key) => `${attribute}["${key}"]`);
