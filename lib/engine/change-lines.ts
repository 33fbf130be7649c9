import { count } from '../base/input';
import { spokenName } from './progress';
import type { EnginePlan, PlannedChange } from './run';

const WORDS: Readonly<Record<PlannedChange['action'], string>> = {
  create: 'make',
  update: 'change',
  replace: 'replace',
  destroy: 'destroy',
  forget: 'forget',
};

/** A plan as lines: counts first, then destroyed and changed resources by name; created ones are counted by kind. */
export function changeLines(plan: Pick<EnginePlan, 'changes' | 'outputs'>, cluster: string): string[] {
  if (plan.changes.length === 0) {
    return plan.outputs.length > 0
      ? [`no resource changes; ${count(plan.outputs.length, 'output')} new`]
      : ['no changes'];
  }
  const by = (action: PlannedChange['action']) => plan.changes.filter((change) => change.action === action);
  const actions = (['destroy', 'replace', 'update', 'create', 'forget'] as const).filter((a) => by(a).length > 0);
  const head = actions.map((action) => `${by(action).length} to ${WORDS[action]}`).join(', ');
  const lines = actions.flatMap((action) => {
    const names = by(action).map(({ address }) => spokenName(address, cluster));
    return action === 'create'
      ? [`  make     ${kinds(by(action)).join(', ')}`]
      : names.map((n) => `  ${WORDS[action].padEnd(8)} ${n}`);
  });
  return [`${count(plan.changes.length, 'resource')}: ${head}`, ...lines];
}

/** `3 nodes, 2 volumes`, most frequent first. */
function kinds(changes: readonly PlannedChange[]): string[] {
  const counts = new Map<string, number>();
  for (const { address } of changes) {
    const type = /^(?:module\.[^.]+\.)*([^.]+)\./.exec(address)?.[1] ?? address;
    const noun = spokenName(`${type}.this`);
    counts.set(noun, (counts.get(noun) ?? 0) + 1);
  }
  return [...counts]
    .sort((a, b) => b[1] - a[1] || a[0].localeCompare(b[0]))
    .map(([noun, n]) => `${n} ${n === 1 ? noun : plural(noun)}`);
}

function plural(noun: string): string {
  if (/(ss|x|ch)$/.test(noun)) return `${noun}es`;
  if (/[^aeiou]y$/.test(noun)) return `${noun.slice(0, -1)}ies`;
  return noun.endsWith('s') ? noun : `${noun}s`;
}

/** The same for programs, without values, which may be secrets. */
export function changesJson(plan: EnginePlan, cluster: string): Record<string, unknown> {
  return {
    changes: plan.changes.map((change) => ({ ...change, name: spokenName(change.address, cluster) })),
    outputs: plan.outputs,
    errored: plan.errored,
    diagnostics: plan.diagnostics.map(({ severity, summary, address }) => ({ severity, summary, address })),
  };
}
