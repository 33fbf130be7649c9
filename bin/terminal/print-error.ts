import pc from 'picocolors';
import { count, InputError, type Problem, ToolError } from '../../lib/base/input';
import { tableLines } from '../../lib/base/table';

/** Prints an error: all problems as a table, or what failed and what to do next. */
export function printError(error: Error, options: { json: boolean; verbose: boolean }): void {
  if (options.json) {
    const body =
      error instanceof InputError
        ? { error: 'input', subject: error.subject, problems: error.problems }
        : {
            error: error instanceof ToolError ? 'tool' : 'defect',
            message: error.message,
            ...(error instanceof ToolError ? { next: error.next } : {}),
          };
    process.stdout.write(`${JSON.stringify(body, null, 2)}\n`);
  }
  const say = (text: string) => void process.stderr.write(`${text}\n`);
  if (error instanceof InputError) {
    say(problemTable(error.subject, error.problems));
  } else if (error instanceof ToolError) {
    say(`${color().red('✗')} ${error.message}`);
    if (error.detail) say(error.detail.replace(/^/gm, '    '));
    if (error.next) say(`Next: ${error.next}`);
  } else if ((error as NodeJS.ErrnoException).code?.startsWith('E')) {
    const { code, path, syscall } = error as NodeJS.ErrnoException;
    say(`${color().red('✗')} ${syscall ?? 'system call'} ${path ?? ''} failed (${code})`);
  } else {
    say(`${color().red('✗')} internal error, a bug in cdktf-stackato: ${error.message}`);
    say('Next: run it again with STACKATO_DEBUG=1 and report the output');
  }
  if (options.verbose && error.stack) say(error.stack);
}

const color = () => pc.createColors(process.stderr.isTTY === true && !process.env['NO_COLOR']);

/** Problems as a table: position, path, message, rule. */
export function problemTable(subject: string, problems: readonly Problem[], noun = 'problem'): string {
  // Only input from a file has positions.
  const inFile = problems.some((p) => p.line !== undefined);
  const rows = problems.map((p) => [
    ...(inFile ? [p.line === undefined ? '' : `${p.line}:${p.column ?? 1}`] : []),
    p.path || '(top)',
    `${p.message}  ${color().dim(p.rule)}`,
  ]);
  const lines = tableLines({ rows }, { indent: '  ', widest: 40 });
  const first = problems[0];
  const hint = first && first.rule !== 'shape' ? [`\`cdktf-stackato explain ${first.rule}\` says more.`] : [];
  return [`${subject}: ${count(problems.length, noun)}`, ...lines, ...hint].join('\n');
}
