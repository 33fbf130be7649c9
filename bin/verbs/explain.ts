import { didYouMean, InputError } from '../../lib/input';
import { type Explanation, explanations } from '../../lib/spec/explain';
import type { Io } from '../io';

/** `explain [RULE]`: what a rule means and what to do; without a rule, all of them. */
export async function run(args: readonly string[], _options: Record<string, unknown>, io: Io): Promise<number> {
  const wanted = args[0];
  const found = wanted === undefined ? undefined : explanations.find((e) => e.id === wanted);
  if (wanted !== undefined && !found) {
    const near = didYouMean(
      wanted,
      explanations.map((e) => e.id),
    );
    const message = `there is no such rule${near}; cdktf-stackato explain lists all`;
    throw new InputError('explain', [{ path: wanted, message, rule: 'rule-unknown' }]);
  }
  if (io.json) io.out(JSON.stringify(found ?? explanations, null, 2));
  else if (found) io.out(text(found, io));
  else io.out(list(io));
  return 0;
}

function text({ id, severity, explain, remedy }: Explanation, io: Io): string {
  return [`${io.color.bold(id)}  ${severity}`, explain, `What to do: ${remedy}`].join('\n');
}

function list(io: Io): string {
  const width = Math.max(...explanations.map((e) => e.id.length));
  return explanations
    .map((e) => `${io.color.bold(e.id.padEnd(width))}  ${e.severity.padEnd(7)}  ${e.explain}`)
    .join('\n');
}
