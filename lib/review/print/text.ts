import type { Finding } from '../finding';
import type { Review } from '../review';
import { createPage, type Page, type Paint } from './page';
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
import { type Table, textTable } from './table';
import { commandText } from './writing';

/** Terminal colours: each function wraps a text in its colour. Words say everything that a colour says. */
export interface Colors {
  /** Headings. */
  readonly bold: Paint;
  /** Details. */
  readonly dim: Paint;
  /** Dangers. */
  readonly red: Paint;
  /** A safe verdict. */
  readonly green: Paint;
  /** Warnings. */
  readonly yellow: Paint;
}

/** Options of `renderText`. */
export interface TextOptions {
  /** Colours of the output. @default no colour */
  readonly colors?: Colors;
  /** Longest line, in characters; at least 60. @default 120 */
  readonly width?: number;
  /** Show all evidence, full messages of the program, and the address of every resource. @default only what decides */
  readonly full?: boolean;
}

const plain: Colors = { bold: (t) => t, dim: (t) => t, red: (t) => t, green: (t) => t, yellow: (t) => t };

/** The tools that each part of the text is written with. */
interface Writer {
  readonly review: Review;
  readonly page: Page;
  readonly colors: Colors;
  readonly full: boolean;
  heading(text: string): void;
}

/** The review for a terminal or a job log, the most important first. The same review always gives the same text. */
export function renderText(review: Review, options: TextOptions = {}): string {
  const colors = options.colors ?? plain;
  const page = createPage(Math.max(60, options.width ?? 120));
  const heading = (text: string) => page.add('', colors.bold(text));
  const writer: Writer = { review, page, colors, full: options.full === true, heading };
  const best = headlineOf(review);
  sayVerdict(writer, best);
  sayFindings(writer);
  sayTable(writer, impactTable(review));
  sayWays(writer);
  sayTable(writer, numbersTable(review));
  sayAlso(
    writer,
    minor(review).filter((finding) => finding !== best),
  );
  sayDetails(writer);
  page.add('');
  page.say(0, footer(review), { paint: colors.dim });
  return `${page.lines.join('\n')}\n`;
}

function sayVerdict({ review, page, colors }: Writer, best: Finding | undefined): void {
  const tones = { nothing: colors.green, safe: colors.green, attention: colors.yellow, blocked: colors.red };
  const tone = tones[review.verdict.level];
  page.say(0, `${subjectOf(review)}: ${review.verdict.words}`, { paint: (line) => colors.bold(tone(line)) });
  page.say(0, countsText(review));
  if (best?.severity !== 'info') return;
  page.add('');
  page.say(0, best.statement);
  for (const text of best.consequences) page.say(2, text, { mark: '- ' });
}

function sayFindings({ review, page, colors }: Writer): void {
  byCause(review, weighty(review)).forEach(({ cause, findings }, i, groups) => {
    page.add('');
    const mark = groups.length > 1 ? `(${i + 1}) ` : '';
    if (cause) {
      const { statement, subjects } = causeText(review, cause, 8);
      page.say(0, `${statement}${subjects}`, { paint: colors.bold, mark });
    }
    if (!cause && groups.length > 1) page.say(0, 'other findings', { paint: colors.bold, mark });
    for (const finding of findings) {
      const paintMark = finding.severity === 'capacity' ? colors.yellow : colors.red;
      page.say(2, finding.statement, { mark: `${SEVERITY_WORDS[finding.severity]}: `, paintMark });
      for (const text of finding.consequences) page.say(4, text, { mark: '- ' });
    }
    if (cause) for (const text of followers(review, cause, 12)) page.say(4, text, { paint: colors.dim, mark: '> ' });
  });
}

function sayTable({ page, colors }: Writer, table: Table | undefined): void {
  if (table) page.add('', ...textTable(table, page.width, colors.bold));
}

function sayWays(writer: Writer): void {
  const { review, heading } = writer;
  const findings = weighty(review);
  const ways = saferWays(findings);
  if (ways.length > 0) heading('safer alternatives');
  for (const way of ways) sayStep(writer, way, '- ');
  const relevant = [...findings, ...minor(review)];
  const before = stepsOf(relevant, 'before');
  const after = stepsOf(relevant, 'after');
  if (before.length + after.length === 0) return;
  heading(review.verdict.level === 'safe' ? 'steps' : 'if you must apply it');
  const apply: ShownStep = { text: 'apply', commands: [] };
  [...before, apply, ...after].forEach((step, i) => {
    sayStep(writer, step, `${i + 1}. `);
  });
}

function sayStep({ page, colors }: Writer, { text, commands }: ShownStep, mark: string): void {
  page.say(2, `${text}${commands.length > 0 ? ':' : ''}`, { mark });
  // A command stays in one piece, so that it can be copied.
  for (const line of commands) page.add(`     ${colors.bold(commandText(commandLine(line)))}`);
}

function sayAlso({ page, colors, heading }: Writer, also: readonly Finding[]): void {
  if (also.length > 0) heading('also');
  for (const finding of also) {
    page.say(2, `${finding.statement} [${finding.rule}]`, { mark: '- ' });
    for (const text of finding.consequences) page.say(4, text, { paint: colors.dim });
  }
}

function sayDetails(writer: Writer): void {
  const { review, page, colors, full, heading } = writer;
  if (review.diagnostics.length > 0) heading('messages of Terraform or OpenTofu');
  for (const line of diagnosticLines(review)) page.brief(2, line);
  if (full) for (const { detail } of review.diagnostics) page.say(4, detail, { paint: colors.dim });
  const proven = (full ? review.findings : weighty(review)).filter((finding) => finding.evidence.length > 0);
  if (proven.length > 0) heading('evidence in the plan');
  const widest = Math.max(...proven.map((finding) => finding.rule.length));
  for (const finding of proven) sayEvidence(writer, finding, widest);
  if (!full) return;
  if (review.resources.length > 0) heading(`resources: ${countsText(review)}`);
  for (const r of review.resources)
    page.say(2, `${r.address}${r.note ? ` (${r.note})` : ''}`, { mark: r.kind.padEnd(8) });
}

function sayEvidence({ page, colors, full }: Writer, finding: Finding, widest: number): void {
  if (full) page.say(2, finding.id);
  const facts = full ? finding.evidence : telling(finding);
  facts.forEach((fact, i) => {
    const mark = full ? '' : (i === 0 ? `${finding.rule}  ` : '').padEnd(widest + 2);
    page.brief(full ? 4 : 2, `${fact.path} = ${fact.value}`, { paint: colors.dim, mark });
  });
}
