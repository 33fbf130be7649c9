import type { z } from 'zod';

/** One problem in a person's input. */
export interface Problem {
  /** Path in the input: `pools.dea.count`. */
  readonly path: string;
  /** `what is wrong; what to write`, lower case, no full stop. */
  readonly message: string;
  /** The rule that found it, for `explain`: `disk-required`. */
  readonly rule: string;
  /** Position in the file, if the input was a file (both from 1). */
  readonly line?: number;
  /** Column in the file, from 1. */
  readonly column?: number;
}

/** All problems found in one input; the only error that a user's mistake raises. */
export class InputError extends Error {
  /** Name of the class, also across packages. */
  override readonly name = 'InputError';
  constructor(
    /** What was read: a file name or a word such as `cluster`. */
    readonly subject: string,
    /** Every problem of the input. */
    readonly problems: readonly Problem[],
  ) {
    super(`${subject}: ${count(problems.length, 'problem')}\n${problems.map(problemLine).join('\n')}`);
    // A user's mistake is not a bug of ours: no stack trace.
    this.stack = `${this.name}: ${this.message}`;
  }
}

/** Something outside failed (a program, an API, a file): what failed, and what to do next. */
export class ToolError extends Error {
  /** Name of the class, also across packages. */
  override readonly name = 'ToolError';
  constructor(
    /** What failed, and what is kept, in the operator's terms. */
    message: string,
    /** The next command or step, if there is one. */
    readonly next?: string,
    /** The tool's own message, shown below ours. */
    readonly detail?: string,
  ) {
    super(message);
  }
}

/** `1 problem`, `2 problems`. */
export function count(n: number, noun: string): string {
  return `${n} ${noun}${n === 1 ? '' : 's'}`;
}

function problemLine(p: Problem): string {
  const at = p.line === undefined ? '' : `${p.line}:${p.column ?? 1}  `;
  return `  ${at}${p.path || '(top)'}: ${p.message} [${p.rule}]`;
}

/** The closest of `known` to `word`, if it is close enough to be a typo. */
export function nearest(word: string, known: Iterable<string>): string | undefined {
  let best: string | undefined;
  let bestDistance = Math.max(1, Math.floor(word.length / 3)) + 1;
  for (const candidate of known) {
    const d = editDistance(word.toLowerCase(), candidate.toLowerCase());
    if (d < bestDistance) [best, bestDistance] = [candidate, d];
  }
  return best;
}

/** `; did you mean "dea"?`, or an empty text. */
export function didYouMean(word: string, known: Iterable<string>): string {
  const near = nearest(word, known);
  return near === undefined ? '' : `; did you mean "${near}"?`;
}

/** Optimal string alignment: insertions, deletions, changes and swaps of neighbours cost one. */
function editDistance(a: string, b: string): number {
  let before: number[] = [];
  let previous = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      const same = a[i - 1] === b[j - 1] ? 0 : 1;
      let d = Math.min(previous[j]! + 1, row[j - 1]! + 1, previous[j - 1]! + same);
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) d = Math.min(d, before[j - 2]! + 1);
      row.push(d);
    }
    [before, previous] = [previous, row];
  }
  return previous[b.length]!;
}

function valueAt(input: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce((value, key) => (value as Record<PropertyKey, unknown> | null | undefined)?.[key], input);
}

/** `pools.dea.roles[0]` from zod's path. */
export function pathText(path: readonly PropertyKey[]): string {
  let out = '';
  for (const part of path) out += typeof part === 'number' ? `[${part}]` : `${out && '.'}${String(part) || '""'}`;
  return out;
}

/**
 * zod's issues as problems of a file: unknown keys suggest the nearest known one, wrong types say what to write.
 * `input` is what was parsed: zod does not say whether a value was missing or of another type.
 */
export function zodProblems(
  error: z.ZodError,
  keysAt: (path: readonly PropertyKey[]) => readonly string[],
  input: unknown,
): Problem[] {
  return error.issues.flatMap((issue): Problem[] => {
    const path = pathText(issue.path);
    if (issue.code === 'unrecognized_keys') {
      const known = keysAt(issue.path);
      return issue.keys.map((key) => ({
        path: pathText([...issue.path, key]),
        // A key of another form of the same thing: zod reports the form that fits best.
        message: `${known.includes(key) ? 'does not go with the other keys here' : `unknown key${didYouMean(key, known)}`}${known.length ? ` (known: ${known.join(', ')})` : ''}`,
        rule: 'key-unknown',
      }));
    }
    if (issue.code === 'invalid_union') {
      // The intended branch is the one whose problems lie deepest. Of several, it is the one that knows most of the keys, then
      // the one with the fewest problems.
      const strange = (branch: readonly z.core.$ZodIssue[]) =>
        branch.reduce((sum, i) => sum + (i.code === 'unrecognized_keys' ? i.keys.length : 0), 0);
      const [meant] = issue.errors
        .filter((branch) => branch.length && branch.every((i) => i.path.length || i.code === 'unrecognized_keys'))
        .sort((a, b) => strange(a) - strange(b) || a.length - b.length);
      const deeper = meant?.map((i) => ({ ...i, path: [...issue.path, ...i.path] }) as z.core.$ZodIssue);
      if (deeper) return zodProblems({ issues: deeper } as z.ZodError, keysAt, input);
      return [
        { path, message: issue.message === 'Invalid input' ? 'has the wrong shape' : issue.message, rule: 'shape' },
      ];
    }
    if (issue.code === 'invalid_key') {
      return [{ path, message: `as a name: ${issue.issues[0]?.message ?? 'wrong'}`, rule: 'shape' }];
    }
    if (issue.code === 'invalid_type' && valueAt(input, issue.path) === undefined) {
      return [
        { path, message: `required${issue.message.startsWith('must') ? `; ${issue.message}` : ''}`, rule: 'shape' },
      ];
    }
    const message = issue.message.replace(/^Invalid input: /, '').replace(/^./, (c) => c.toLowerCase());
    return [{ path, message, rule: 'shape' }];
  });
}
