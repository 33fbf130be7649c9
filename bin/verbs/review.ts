import { readFileSync } from 'node:fs';
import { writeWhole } from '../../lib/base/file';
import { didYouMean, InputError, ToolError } from '../../lib/base/input';
import type { Io } from '../../lib/base/voice';
import {
  atOrAbove,
  checkSeverities,
  DEFAULT_FAIL_ON,
  parsePlan,
  type Review,
  renderJson,
  renderMarkdown,
  renderText,
  reviewPlan,
  SEVERITIES,
} from '../../lib/review';

export interface ReviewVerbOptions {
  /** File with the output of `terraform show -json`; `-` is standard input. */
  readonly plan?: string;
  /** File with the log of `terraform plan -json`. */
  readonly diagnostics?: string;
  /** `text`, `md` or `json`. @default text; json with --json */
  readonly format?: string;
  /** File to write to. @default standard output */
  readonly out?: string;
  /** What blocks: a threshold, or a list separated by commas; `none` never blocks. @default data-loss,outage,security */
  readonly failOn?: string;
  /** Text: all evidence, the engine's own messages and every resource. @default only the deciding facts */
  readonly full?: boolean;
  /** Exit 2 when the plan changes something and nothing blocks. */
  readonly detailedExitcode?: boolean;
}

const FORMATS = ['text', 'md', 'json'];

/** `review --plan plan.json`: reviews a plan; exits 0 fine, 1 wrong input or refused plan, 2 changes (on request), 3 blocked. */
export async function run(args: readonly string[], options: ReviewVerbOptions, io: Io): Promise<number> {
  const source = options.plan ?? args[0];
  const format = options.format ?? (io.json ? 'json' : 'text');
  const problems = [
    ...(source === undefined
      ? [
          {
            path: '--plan',
            message: 'required; write the file made by terraform show -json PLAN > plan.json',
            rule: 'plan-required',
          },
        ]
      : []),
    ...(FORMATS.includes(format)
      ? []
      : [
          {
            path: '--format',
            message: `unknown format "${format}"${didYouMean(format, FORMATS)}; write one of ${FORMATS.join(', ')}`,
            rule: 'format-unknown',
          },
        ]),
    ...(io.json && format !== 'json'
      ? [{ path: '--format', message: `--json asks for json, not ${format}; leave one of the two out`, rule: 'shape' }]
      : []),
  ];
  if (source === undefined || problems.length > 0) throw new InputError('review', problems);
  const failOn = failOnOf(options.failOn);

  const plan = parsePlan(
    read(source, 'the plan', 'terraform show -json PLAN > plan.json'),
    source === '-' ? 'standard input' : source,
  );
  const diagnostics =
    options.diagnostics === undefined
      ? undefined
      : read(options.diagnostics, 'the diagnostics', 'terraform plan -out plan.bin -json > plan.log.json');
  const review = reviewPlan(plan, { failOn, diagnostics });

  const text = render(review, format, io, options);
  if (options.out === undefined) io.out(text.trimEnd());
  else {
    write(options.out, text);
    io.err(`${review.verdict.words}; written to ${options.out}`);
  }
  if (review.exit === 0 && review.changes && options.detailedExitcode) return 2;
  return review.exit;
}

function failOnOf(words: string | undefined) {
  if (words === undefined) return DEFAULT_FAIL_ON;
  const list = words.split(',').flatMap((word) => word.trim() || []);
  if (list.length === 0) {
    const message = `names no severity; write some of ${SEVERITIES.join(', ')}, or none to block nothing`;
    throw new InputError('review', [{ path: '--fail-on', message, rule: 'severity-unknown' }]);
  }
  if (list.length === 1 && list[0] === 'none') return [];
  const severities = checkSeverities(list);
  // One word is a threshold; a list means exactly its members.
  return severities.length === 1 ? atOrAbove(severities[0]!) : severities;
}

function render(review: Review, format: string, io: Io, { out, full }: ReviewVerbOptions): string {
  if (format === 'json') return renderJson(review);
  if (format === 'md') return renderMarkdown(review);
  return renderText(review, { full, ...(out === undefined ? { colors: io.color } : {}) });
}

function read(file: string, what: string, next: string): string {
  try {
    return readFileSync(file === '-' ? 0 : file, 'utf8');
  } catch (error) {
    const reason = (error as NodeJS.ErrnoException).code === 'ENOENT' ? 'no such file' : (error as Error).message;
    throw new ToolError(`reading ${what} from ${file}: ${reason}`, next);
  }
}

function write(file: string, text: string): void {
  try {
    writeWhole(file, text);
  } catch (error) {
    throw new ToolError(`writing the review to ${file}: ${(error as Error).message}; nothing was written`);
  }
}
