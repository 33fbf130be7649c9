import type { Finding } from '../finding';
import type { Review } from '../review';
import { createPage, type Paint } from './page';
import {
  byCause,
  causeText,
  commandLine,
  countsText,
  diagnosticLines,
  followers,
  footer,
  headlineOf,
  impactTable,
  minor,
  numbersTable,
  SEVERITY_WORDS,
  type ShownStep,
  saferWays,
  stepsOf,
  subjectOf,
  telling,
  weighty,
} from './sections';
import { textTable } from './table';
import { commandText } from './writing';

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
  /** All evidence, what the program said in full, and every resource by its address. @default what decides */
  readonly full?: boolean;
}

const plain: Colors = { bold: (t) => t, dim: (t) => t, red: (t) => t, green: (t) => t, yellow: (t) => t };

/** The review for a terminal or a job's log: the same review always gives the same text. What decides comes first. */
export function renderText(review: Review, options: TextOptions = {}): string {
  const colors = options.colors ?? plain;
  const page = createPage(Math.max(60, options.width ?? 120));
  const heading = (text: string) => page.add('', colors.bold(text));
  const findings = weighty(review);
  const best = headlineOf(review);

  const tones = { nothing: colors.green, safe: colors.green, attention: colors.yellow, blocked: colors.red };
  const tone = tones[review.verdict.level];
  page.say(0, `${subjectOf(review)}: ${review.verdict.words}`, { paint: (line) => colors.bold(tone(line)) });
  page.say(0, countsText(review));
  if (best?.severity === 'info') {
    page.add('');
    page.say(0, best.statement);
    for (const text of best.consequences) page.say(2, text, { mark: '- ' });
  }

  sayFindings();
  const impacts = impactTable(review);
  if (impacts) page.add('', ...textTable(impacts, page.width, colors.bold));
  sayWays();
  const numbers = numbersTable(review);
  if (numbers) page.add('', ...textTable(numbers, page.width, colors.bold));

  const also = minor(review).filter((finding) => finding !== best);
  if (also.length > 0) heading('also');
  for (const finding of also) {
    page.say(2, `${finding.statement} [${finding.rule}]`, { mark: '- ' });
    for (const text of finding.consequences) page.say(4, text, { paint: colors.dim });
  }
  sayDetails();

  page.add('');
  page.say(0, footer(review), { paint: colors.dim });
  return `${page.lines.join('\n')}\n`;

  function sayFindings(): void {
    byCause(review, findings).forEach(({ cause, findings: members }, i, groups) => {
      page.add('');
      const mark = groups.length > 1 ? `(${i + 1}) ` : '';
      if (cause) {
        const { statement, subjects } = causeText(review, cause, 8);
        page.say(0, `${statement}${subjects}`, { paint: colors.bold, mark });
      }
      if (!cause && groups.length > 1) page.say(0, 'of their own', { paint: colors.bold, mark });
      for (const finding of members) {
        const paintMark = finding.severity === 'capacity' ? colors.yellow : colors.red;
        page.say(2, finding.statement, { mark: `${SEVERITY_WORDS[finding.severity]}: `, paintMark });
        for (const text of finding.consequences) page.say(4, text, { mark: '- ' });
      }
      if (cause) for (const text of followers(review, cause, 12)) page.say(4, text, { paint: colors.dim, mark: '> ' });
    });
  }

  function sayWays(): void {
    const ways = saferWays(findings);
    if (ways.length > 0) heading('safer ways to the same goal');
    for (const way of ways) sayStep(way, '- ');
    const relevant = [...findings, ...minor(review)];
    const before = stepsOf(relevant, 'before');
    const after = stepsOf(relevant, 'after');
    if (before.length + after.length === 0) return;
    heading(review.verdict.level === 'safe' ? 'steps' : 'if you must do it');
    const apply: ShownStep = { text: 'apply', commands: [] };
    [...before, apply, ...after].forEach((step, i) => {
      sayStep(step, `${i + 1}. `);
    });
  }

  function sayStep({ text, commands }: ShownStep, mark: string): void {
    page.say(2, `${text}${commands.length > 0 ? ':' : ''}`, { mark });
    // A command stays in one piece, so that it can be copied.
    for (const line of commands) page.add(`     ${colors.bold(commandText(commandLine(line)))}`);
  }

  function sayDetails(): void {
    if (review.diagnostics.length > 0) heading('what the program said');
    for (const line of diagnosticLines(review)) page.brief(2, line);
    if (options.full) for (const { detail } of review.diagnostics) page.say(4, detail, { paint: colors.dim });
    const proven = (options.full ? review.findings : findings).filter((finding) => finding.evidence.length > 0);
    if (proven.length > 0) heading('evidence in the plan');
    const widest = Math.max(...proven.map((finding) => finding.rule.length));
    for (const finding of proven) sayEvidence(finding, widest);
    if (!options.full) return;
    if (review.resources.length > 0) heading(`resources: ${countsText(review)}`);
    for (const r of review.resources)
      page.say(2, `${r.address}${r.note ? ` (${r.note})` : ''}`, { mark: r.kind.padEnd(8) });
  }

  function sayEvidence(finding: Finding, widest: number): void {
    if (options.full) page.say(2, finding.id);
    const facts = options.full ? finding.evidence : telling(finding);
    facts.forEach((fact, i) => {
      const mark = options.full ? '' : (i === 0 ? `${finding.rule}  ` : '').padEnd(widest + 2);
      page.brief(options.full ? 4 : 2, `${fact.path} = ${fact.value}`, { paint: colors.dim, mark });
    });
  }
}
