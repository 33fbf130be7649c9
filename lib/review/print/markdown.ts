import type { Finding } from '../finding';
import type { Review } from '../review';
import {
  byCause,
  type CauseGroup,
  causeText,
  commandLine,
  countsText,
  dangers,
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
  weighty,
} from './sections';
import { markdownTable } from './table';
import { codeBlock, codeSpan, markdownText } from './writing';

/** Options of `renderMarkdown`. */
export interface MarkdownOptions {
  /** Longest result, in bytes of UTF-8, at least 2,000. GitHub accepts 65,536 characters in a comment. @default 60,000 */
  readonly maxBytes?: number;
}

/** Parts that may be left out to fit, in this order. Dangers, their evidence and the steps always stay. */
const CUTS = ['resources', 'diagnostics', 'numbers', 'info', 'followers'] as const;
type Cut = (typeof CUTS)[number];

const SYMBOL = { nothing: '✅', safe: '✅', attention: '⚠️', blocked: '⛔' } as const;
const CIRCLED = '①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳';

/** The review as Markdown for a pull request comment, at most `maxBytes` long. The same review always gives the same bytes. */
export function renderMarkdown(review: Review, { maxBytes = 60_000 }: MarkdownOptions = {}): string {
  const limit = Math.max(2000, maxBytes);
  const cut: Cut[] = [];
  let text = compose(review, cut, Number.POSITIVE_INFINITY);
  for (const next of CUTS) {
    if (Buffer.byteLength(text) <= limit) return text;
    cut.push(next);
    text = compose(review, cut, Number.POSITIVE_INFINITY);
  }
  // The dangers alone are too long: the worst stay, the others are counted.
  for (
    let most = Math.min(64, weighty(review).length);
    Buffer.byteLength(text) > limit && most >= 1;
    most = Math.floor(most / 2)
  ) {
    text = compose(review, cut, most);
  }
  return Buffer.byteLength(text) <= limit
    ? text
    : `${title(review)}\n\n${countsText(review)}. The rest does not fit; see the text or JSON report.\n`;
}

function compose(review: Review, cut: readonly Cut[], most: number): string {
  const all = weighty(review);
  const shown = all.slice(0, most);
  const left = all.length - shown.length;
  const parts = [
    title(review),
    headline(review, shown),
    table(impactTable(review), most),
    findingsPart(review, shown, cut.includes('followers')),
    evidence(shown),
    left > 0
      ? `**And ${left} more finding${left === 1 ? '' : 's'}** that do not fit here; see the text or JSON report.`
      : '',
    safer(shown),
    steps(review, shown),
    cut.includes('numbers') ? '' : table(numbersTable(review)),
    cut.includes('info') ? '' : info(review),
    cut.includes('diagnostics') ? '' : diagnostics(review),
    cut.includes('resources') ? '' : resources(review),
    cut.length > 0 ? `Left out to fit: ${cut.join(', ')}; see the text or JSON report.` : '',
    `<sub>${markdownText(footer(review))}</sub>`,
  ];
  return `${parts.filter((part) => part !== '').join('\n\n')}\n`;
}

function title(review: Review): string {
  return `## ${SYMBOL[review.verdict.level]} ${markdownText(`${subjectOf(review)}: ${review.verdict.words}`)}`;
}

/** The first lines: each danger, else the sentence that says most. */
function headline(review: Review, shown: readonly Finding[]): string {
  const among = new Set(shown);
  const bad = dangers(review).filter((finding) => among.has(finding));
  const best = headlineOf(review);
  const refused = best?.rule === 'plan-blocked' ? best : undefined;
  const first = refused ? `${markdownText(refused.statement)}\n\n` : '';
  if (bad.length > 0) {
    const lines = bad.map((f, i) => `> ${i + 1}. **${SEVERITY_WORDS[f.severity]}**: ${markdownText(f.statement)}`);
    return `${first}> [!CAUTION]\n${lines.join('\n')}`;
  }
  if (refused) return markdownText(refused.statement);
  const statement = best ? `${markdownText(best.statement)}\n\n` : '';
  const { counts } = review;
  const quiet =
    counts.replace + counts.delete + counts.forget + counts.leftOver === 0 ? ' Nothing is replaced or destroyed.' : '';
  return review.verdict.level === 'nothing' ? statement.trimEnd() : `${statement}**${countsText(review)}.**${quiet}`;
}

function table(rows: ReturnType<typeof impactTable>, most = Number.POSITIVE_INFINITY): string {
  return rows
    ? markdownTable({ ...rows, rows: rows.rows.slice(0, most === Number.POSITIVE_INFINITY ? most : most * 3) })
    : '';
}

function findingsPart(review: Review, shown: readonly Finding[], brief: boolean): string {
  const groups = byCause(review, shown).filter((group) => group.findings.length > 0 || !brief);
  if (groups.length === 0) return '';
  const blocks = groups.map((group, i) => groupPart(review, group, groups.length > 1 ? i : undefined, brief));
  return [`### Causes and consequences`, ...blocks].join('\n\n');
}

function groupPart(review: Review, { cause, findings }: CauseGroup, index: number | undefined, brief: boolean): string {
  const mark = index === undefined ? '' : `${CIRCLED[index] ?? `(${index + 1})`} `;
  const lines: string[] = [];
  if (cause) {
    const { statement, subjects } = causeText(review, cause, brief ? 3 : 8);
    lines.push(`**${mark}${markdownText(statement)}**${markdownText(subjects)}`, '');
  } else if (mark) lines.push(`**${mark}Other findings**`, '');
  for (const finding of findings) lines.push(...findingLines(finding));
  if (cause && !brief) for (const follower of followers(review, cause, 12)) lines.push(`- ↳ ${markdownText(follower)}`);
  return lines.join('\n').trimEnd();
}

function findingLines(finding: Finding): string[] {
  return [
    `- **${SEVERITY_WORDS[finding.severity]}**: ${markdownText(finding.statement)} (${codeSpan(finding.rule)})`,
    ...finding.consequences.map((text) => `  - ${markdownText(text)}`),
  ];
}

/** The facts in the plan, for readers who want to check them. */
function evidence(findings: readonly Finding[]): string {
  const lines = findings
    .filter((finding) => finding.evidence.length > 0)
    .flatMap((finding) => [
      `- ${codeSpan(finding.id)}`,
      ...finding.evidence.map((e) => `  - ${codeSpan(e.path)} = ${codeSpan(e.value || ' ')}`),
    ]);
  return lines.length === 0 ? '' : folded('Evidence in the plan', lines.join('\n'));
}

function safer(findings: readonly Finding[]): string {
  const ways = saferWays(findings);
  return ways.length === 0
    ? ''
    : ['### Safer alternatives', '', ...ways.flatMap((way) => stepLines(way, '- '))].join('\n');
}

function steps(review: Review, findings: readonly Finding[]): string {
  const relevant = [
    ...findings,
    ...minor(review)
      .filter((finding) => finding.remedy.length > 0)
      .slice(0, 20),
  ];
  const before = stepsOf(relevant, 'before');
  const after = stepsOf(relevant, 'after');
  if (before.length + after.length === 0) return '';
  const apply = '**apply**';
  const list = [
    ...before.map((step, i) => stepLines(step, `${i + 1}. `)),
    [`${before.length + 1}. ${apply}`],
    ...after.map((step, i) => stepLines(step, `${before.length + i + 2}. `)),
  ].flat();
  return [`### ${review.verdict.level === 'safe' ? 'Steps' : 'If you must apply it'}`, '', ...list].join('\n');
}

function stepLines({ text, commands }: ShownStep, mark: string): string[] {
  const [first] = commands;
  if (first === undefined) return [`${mark}${markdownText(text)}`];
  if (commands.length === 1) return [`${mark}${markdownText(text)}: ${codeSpan(commandLine(first))}`];
  return [
    `${mark}${markdownText(text)}:`,
    ...commands.map((line) => `${' '.repeat(mark.length)}- ${codeSpan(commandLine(line))}`),
  ];
}

function info(review: Review): string {
  const lines = minor(review)
    .filter((finding) => finding !== headlineOf(review))
    .flatMap((finding) => [
      `- ${markdownText(finding.statement)} (${codeSpan(finding.rule)})`,
      ...finding.consequences.map((text) => `  - ${markdownText(text)}`),
    ]);
  return lines.length === 0 ? '' : ['### Also', '', ...lines].join('\n');
}

function diagnostics({ diagnostics: all }: Review): string {
  if (all.length === 0) return '';
  const text = all.map((d) => `${d.severity}: ${d.summary}${d.detail ? `\n${d.detail}` : ''}`).join('\n\n');
  return folded(`Messages of Terraform or OpenTofu (${all.length})`, codeBlock(text));
}

function resources(review: Review): string {
  if (review.resources.length === 0) return '';
  const lines = review.resources.map((r) => `${r.kind.padEnd(8)}${r.address}${r.note ? `  (${r.note})` : ''}`);
  return folded(`Resources: ${countsText(review)}`, codeBlock(lines.join('\n')));
}

function folded(summary: string, body: string): string {
  return `<details><summary>${markdownText(summary)}</summary>\n\n${body}\n\n</details>`;
}
