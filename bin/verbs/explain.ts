import { didYouMean, InputError } from '../../lib/base/input';
import { tableLines } from '../../lib/base/table';
import type { Io } from '../../lib/base/voice';
import { openstackRules } from '../../lib/cloud-api/openstack/rules';
import { explanations } from '../../lib/declaration/explain';
import { rules } from '../../lib/review/rules';

/** A rule of `check`, of `review`, or of the questions to the cloud before a deployment. */
interface Explained {
  readonly id: string;
  readonly of: 'check' | 'review' | 'deploy';
  readonly severity: string;
  readonly explain: string;
  readonly remedy: string;
}

const all: readonly Explained[] = [
  ...explanations.map((e) => ({ ...e, of: 'check' as const })),
  ...rules.map(({ id, severity, explain }) => ({
    id,
    of: 'review' as const,
    severity,
    explain: `${explain.means} Reads: ${explain.reads}.`,
    remedy: explain.todo,
  })),
  ...openstackRules.map((e) => ({ ...e, of: 'deploy' as const, severity: 'error' })),
];

/** `explain [RULE]`: what a rule means and what to do; without a rule, all of them. */
export async function run(args: readonly string[], _options: Record<string, unknown>, io: Io): Promise<number> {
  const wanted = args[0];
  const found = wanted === undefined ? undefined : all.find((e) => e.id === wanted);
  if (wanted !== undefined && !found) {
    const near = didYouMean(
      wanted,
      all.map((e) => e.id),
    );
    const message = `no such rule${near}; cdktf-stackato explain lists all`;
    throw new InputError('explain', [{ path: wanted, message, rule: 'rule-unknown' }]);
  }
  if (io.json) io.out(JSON.stringify(found ?? all, null, 2));
  else if (found) io.out(text(found, io));
  else io.out(list(io));
  return 0;
}

function text({ id, of, severity, explain, remedy }: Explained, io: Io): string {
  return [`${io.color.bold(id)}  ${severity}, a rule of ${of}`, explain, `What to do: ${remedy}`].join('\n');
}

function list(io: Io): string {
  const lines = tableLines(
    { rows: all.map((e) => [e.id, e.severity, first(e.explain)]) },
    { indent: '  ', cell: (cell, column) => (column === 0 ? io.color.bold(cell) : cell) },
  );
  const section = (of: Explained['of']) => [`rules of ${of}`, ...lines.filter((_, i) => all[i]!.of === of)];
  return [...section('check'), ...section('review'), ...section('deploy')].join('\n');
}

const first = (explanation: string) => explanation.split(/(?<=\.) /)[0]!;
