import type { Finding } from './finding';
import type { Review } from './review';
import {
  byCause,
  countsText,
  followers,
  footer,
  headlineOf,
  impactTable,
  minor,
  numbersTable,
  SEVERITY_WORDS,
  saferWays,
  stepsOf,
  subjectOf,
  subjectsText,
  weighty,
} from './sections';
import { textTable } from './table';
import { commandText, plainText, wrap } from './writing';

type Paint = (text: string) => string;

/** Colours of a terminal; what is coloured also says it in words. */
export interface Colors {
  readonly bold: Paint;
  readonly dim: Paint;
  readonly red: Paint;
  readonly green: Paint;
  readonly yellow: Paint;
}

export interface TextOptions {
  /** @default no colour */
  readonly colors?: Colors;
  /** Longest line, in characters; at least 60. @default 120 */
  readonly width?: number;
  /** Resources listed by name at most. @default 40 */
  readonly maxResources?: number;
}

const plain: Colors = { bold: (t) => t, dim: (t) => t, red: (t) => t, green: (t) => t, yellow: (t) => t };

/** The review for a terminal or a job's log: the same review always gives the same text. */
export function renderText(review: Review, options: TextOptions = {}): string {
  const colors = options.colors ?? plain;
  const width = Math.max(60, options.width ?? 120);
  const out: string[] = [];
  const same: Paint = (text) => text;
  const say = (indent: number, text: string, paint = same, first = '', paintFirst = same) => {
    wrap(plainText(text), width - indent - first.length).forEach((line, i) => {
      out.push(`${' '.repeat(indent)}${i === 0 ? paintFirst(first) : ' '.repeat(first.length)}${paint(line)}`);
    });
  };
  const heading = (text: string) => out.push('', colors.bold(text));

  const tone = { nothing: colors.green, safe: colors.green, attention: colors.yellow, blocked: colors.red }[
    review.verdict.level
  ];
  say(0, `${subjectOf(review)}: ${review.verdict.words}`, (line) => colors.bold(tone(line)));
  say(0, countsText(review));
  const best = headlineOf(review);
  if (best?.severity === 'info') {
    out.push('');
    say(0, best.statement);
    for (const text of best.consequences) say(2, text, undefined, '- ');
  }

  const impacts = impactTable(review);
  if (impacts) out.push('', ...textTable(impacts, width, colors.bold));

  const findings = weighty(review);
  const groups = byCause(review, findings);
  if (groups.length > 0) heading('why, and what follows');
  groups.forEach(({ cause, findings: members }, i) => {
    if (i > 0) out.push('');
    if (cause)
      say(2, `${cause.statement} · ${subjectsText(cause, 8)}`, colors.bold, groups.length > 1 ? `(${i + 1}) ` : '');
    else if (groups.length > 1) say(2, 'of their own', colors.bold, `(${i + 1}) `);
    for (const finding of members) tell(finding);
    if (cause) for (const follower of followers(cause, 12)) say(6, follower, colors.dim, '> ');
  });

  const ways = saferWays(findings);
  if (ways.length > 0) heading('safer ways to the same goal');
  for (const way of ways) say(2, way, undefined, '- ');

  const relevant = [...findings, ...minor(review)];
  const before = stepsOf(relevant, 'before');
  const after = stepsOf(relevant, 'after');
  if (before.length + after.length > 0) {
    heading(review.verdict.level === 'safe' ? 'steps' : 'if you must do it');
    let n = 0;
    for (const step of [...before, { text: 'apply', command: undefined }, ...after]) {
      say(2, `${step.text}${step.command ? ':' : ''}`, undefined, `${++n}. `);
      // A command stays in one piece, so that it can be copied.
      if (step.command) out.push(`     ${colors.bold(commandText(step.command))}`);
    }
  }

  const numbers = numbersTable(review);
  if (numbers) out.push('', ...textTable(numbers, width, colors.bold));

  const also = minor(review).filter((finding) => finding !== best);
  if (also.length > 0) heading('also');
  for (const finding of also) {
    say(2, `${finding.statement} [${finding.rule}]`, undefined, '- ');
    for (const text of finding.consequences) say(4, text, colors.dim);
  }

  if (review.diagnostics.length > 0) heading('what the program said');
  for (const d of review.diagnostics) {
    say(2, `${d.severity}: ${d.summary}`);
    if (d.detail) say(4, d.detail, colors.dim);
  }

  const most = options.maxResources ?? 40;
  if (review.resources.length > 0) heading(`resources: ${countsText(review)}`);
  for (const r of review.resources.slice(0, most))
    say(2, `${r.address}${r.note ? ` (${r.note})` : ''}`, undefined, r.kind.padEnd(8));
  if (review.resources.length > most) say(2, `and ${review.resources.length - most} more; --format json has them all`);

  out.push('');
  say(0, footer(review), colors.dim);
  return `${out.join('\n')}\n`;

  function tell(finding: Finding) {
    const paint = finding.severity === 'capacity' ? colors.yellow : colors.red;
    say(4, `${finding.statement} [${finding.rule}]`, undefined, `${SEVERITY_WORDS[finding.severity]}: `, paint);
    for (const text of finding.consequences) say(6, text, undefined, '- ');
    for (const e of finding.evidence) say(6, `${e.path} = ${e.value}`, colors.dim);
  }
}
