import { count } from '../input';
import type { Cause } from './causes';
import { code, codes, type Finding, type RemedyStep, type Severity, words } from './finding';
import type { Review } from './review';
import type { Table } from './table';
import { isDanger } from './verdict';

/** What both renderers show, arranged: no markup of either in it. */

export const SEVERITY_WORDS: Readonly<Record<Severity, string>> = {
  'data-loss': 'DATA LOSS',
  outage: 'OUTAGE',
  security: 'SECURITY',
  capacity: 'capacity',
  info: 'info',
};

/** `Stackato plan · mvp (aws us-west-2)`, or `Terraform plan`. */
export function subjectOf({ cluster }: Review): string {
  return cluster
    ? `Stackato plan · ${code(cluster.name)} (${words(`${cluster.cloud} ${cluster.region}`)})`
    : 'Terraform plan';
}

/** `4 to create, 1 to replace`; what is counted apart comes after. */
export function countsText({ counts }: Review): string {
  const parts = [
    [counts.create, 'to create'],
    [counts.update, 'to update in place'],
    [counts.replace, 'to replace'],
    [counts.delete, 'to destroy'],
    [counts.forget, 'to forget'],
    [counts.leftOver, 'left over, to destroy'],
    [counts.import, 'imported'],
    [counts.move, 'moved'],
    [counts.outputs, counts.outputs === 1 ? 'output' : 'outputs'],
  ] as const;
  return (
    parts
      .filter(([n]) => n > 0)
      .map(([n, what]) => `${n} ${what}`)
      .join(', ') || 'no changes'
  );
}

/** Findings that speak for themselves: dangers and capacity; info comes last. */
export function weighty(review: Review): Finding[] {
  return review.findings.filter((finding) => finding.severity !== 'info');
}

export function minor(review: Review): Finding[] {
  return review.findings.filter((finding) => finding.severity === 'info');
}

/** The finding that stands for the whole review where there is no danger; it is not told twice. */
export function headlineOf(review: Review): Finding | undefined {
  return review.findings.find((finding) => finding.rule === 'plan-blocked') ?? review.findings[0];
}

export function dangers(review: Review): Finding[] {
  return review.findings.filter(isDanger);
}

/** Who notices what; nothing where nobody does. */
export function impactTable({ impacts }: Review): Table | undefined {
  if (impacts.length === 0) return undefined;
  return { head: ['Who', 'What they notice', 'How long'], rows: impacts.map((i) => [i.who, i.what, i.howLong]) };
}

export function numbersTable({ numbers, changes }: Review): Table | undefined {
  if (numbers.length === 0 || !changes) return undefined;
  return {
    head: ['', 'Before', 'After', ''],
    rows: numbers.map((n) => [n.label, n.before, n.after, n.note]),
  };
}

export interface CauseGroup {
  /** Nothing for findings that follow from no cause we know. */
  readonly cause?: Cause;
  readonly findings: readonly Finding[];
}

/** Findings by the cause that they follow from, worst cause first; causes without a finding come after. */
export function byCause(review: Review, findings: readonly Finding[]): CauseGroup[] {
  const groups = new Map<string, Finding[]>();
  for (const finding of findings) {
    const key = finding.cause ?? '';
    groups.set(key, [...(groups.get(key) ?? []), finding]);
  }
  const withCause = [...groups].filter(([id]) => id !== '');
  const causes = new Map(review.causes.map((cause) => [cause.id, cause]));
  const silent = review.causes.filter((cause) => !groups.has(cause.id));
  return [
    ...withCause.map(([id, members]) => ({ cause: causes.get(id), findings: members })),
    ...silent.map((cause) => ({ cause, findings: [] })),
    ...(groups.has('') ? [{ findings: groups.get('')! }] : []),
  ];
}

/** Steps of the findings in the order of doing, each once. */
export function stepsOf(findings: readonly Finding[], when: RemedyStep['when']): RemedyStep[] {
  const seen = new Map<string, RemedyStep>();
  for (const step of findings.flatMap((finding) => finding.remedy)) {
    if (step.when === when) seen.set(`${step.text}|${step.command ?? ''}`, step);
  }
  return [...seen.values()];
}

/** Other ways to the same goal, each once. */
export function saferWays(findings: readonly Finding[]): string[] {
  const instead = stepsOf(findings, 'instead').map((step) =>
    step.command ? `${step.text}: ${code(step.command)}` : step.text,
  );
  return [...new Set([...findings.flatMap((finding) => finding.safer ?? []), ...instead])];
}

/** What follows a cause, with the attribute that carries it over; long lists are counted. */
export function followers(cause: Cause, limit: number): string[] {
  const verbs = { replace: 'replaced', update: 'updated', create: 'created', delete: 'destroyed' } as const;
  const shown = cause.consequences
    .slice(0, limit)
    .map((c) => `${code(c.address)} ${verbs[c.kind] ?? c.kind}${c.via ? ` (through ${code(c.via)})` : ''}`);
  const rest = cause.consequences.length - shown.length;
  return rest > 0 ? [...shown, `and ${count(rest, 'more resource')}`] : shown;
}

/** What a cause strikes, at most `limit` of them by name. */
export function subjectsText(cause: Cause, limit: number): string {
  return codes(cause.subjects, limit);
}

/** The one line at the end. */
export function footer(review: Review): string {
  const masked = review.masked > 0 ? ` · ${count(review.masked, 'secret')} masked` : '';
  return `Terraform or OpenTofu ${words(review.engine.version)} · exit ${review.exit}${masked} · times are estimates unless a source is named`;
}
