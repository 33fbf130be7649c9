import { count } from '../../base/input';
import type { Cause } from '../cluster/causes';
import { code, codes, type Finding, type RemedyStep, type Severity, words } from '../finding';
import type { Review } from '../review';
import { isDanger } from '../verdict';
import type { Table } from './table';

/** The content that both renderers show, without markup. */

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

/** `4 to create, 1 to replace`; imports, moves and outputs come last. */
export function countsText({ counts }: Review): string {
  const parts = [
    [counts.create, 'to create'],
    [counts.update, 'to update in place'],
    [counts.replace, 'to replace'],
    [counts.delete, 'to destroy'],
    [counts.forget, 'to forget'],
    [counts.leftOver, 'leftover to destroy'],
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

/** Findings that need attention: dangers and capacity, without info. */
export function weighty(review: Review): Finding[] {
  return review.findings.filter((finding) => finding.severity !== 'info');
}

export function minor(review: Review): Finding[] {
  return review.findings.filter((finding) => finding.severity === 'info');
}

/** The finding that sums up a review without danger; the report shows it only once. */
export function headlineOf(review: Review): Finding | undefined {
  return review.findings.find((finding) => finding.rule === 'plan-blocked') ?? review.findings[0];
}

export function dangers(review: Review): Finding[] {
  return review.findings.filter(isDanger);
}

/** Who notices what; undefined when no one does. */
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
  /** Undefined for findings without a known cause. */
  readonly cause?: Cause;
  readonly findings: readonly Finding[];
}

/** Findings by cause, worst cause first; causes without a finding come after. */
export function byCause(review: Review, findings: readonly Finding[]): CauseGroup[] {
  const groups = new Map<string, Finding[]>();
  for (const finding of findings) {
    const key = finding.cause ?? '';
    const members = groups.get(key);
    if (members) members.push(finding);
    else groups.set(key, [finding]);
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

/** A step as the report shows it: equal steps of several nodes are one. */
export interface ShownStep {
  readonly text: string;
  /** Each with its node, if several steps were merged. */
  readonly commands: readonly { readonly command: string; readonly about?: string }[];
}

/**
 * Steps of the findings in the order to follow. Steps with the same text are one; so are those with the same command at
 * the same place. Each comes where the last of its findings has it, and after every step that a finding puts before it:
 * an export after the maintenance mode that another finding asks for, a restart after all settings that it reads.
 */
export function stepsOf(findings: readonly Finding[], when: RemedyStep['when']): ShownStep[] {
  const groups = new Map<string, RemedyStep[]>();
  const texts = new Map<string, string>();
  const before = new Map<string, Set<string>>();
  for (const finding of findings) {
    const own = new Set<string>();
    for (const step of finding.remedy) {
      if (step.when !== when) continue;
      const key = groupOf(step, texts);
      const members = groups.get(key) ?? [];
      members.push(step);
      for (const order of [groups, own]) order.delete(key);
      groups.set(key, members);
      own.add(key);
    }
    let last: string | undefined;
    for (const key of own) {
      const earlier = before.get(key) ?? new Set();
      before.set(key, last === undefined ? earlier : earlier.add(last));
      last = key;
    }
  }
  return inOrder([...groups.keys()], before).map((text) => shown(text, groups.get(text)!));
}

/** The text of the first step with the same command at the same place, else its own. */
function groupOf({ text, command, place, on, about }: RemedyStep, texts: Map<string, string>): string {
  if (command === undefined || on !== undefined || about !== undefined) return text;
  const what = JSON.stringify([place, command]);
  const known = texts.get(what) ?? text;
  texts.set(what, known);
  return known;
}

/** Keys in their order, but each after those that must come before it. In a circle the order of the keys decides. */
function inOrder(keys: readonly string[], before: ReadonlyMap<string, ReadonlySet<string>>): string[] {
  const rank = new Map(keys.map((key, i) => [key, i]));
  const found = new Set<string>();
  const seen = new Set<string>();
  const visit = (key: string) => {
    if (seen.has(key)) return;
    seen.add(key);
    for (const earlier of [...(before.get(key) ?? [])].sort((a, b) => rank.get(a)! - rank.get(b)!)) visit(earlier);
    found.add(key);
  };
  for (const key of keys) visit(key);
  return [...found];
}

function shown(text: string, steps: readonly RemedyStep[]): ShownStep {
  const nodes = [...new Set(steps.flatMap((step) => step.on ?? []))];
  const commands = new Map<string, string | undefined>();
  for (const step of steps) if (step.command !== undefined) commands.set(step.command, step.about);
  const subjects = commands.size > 0 ? [] : [...new Set(steps.flatMap((step) => step.about ?? []))];
  return {
    text: `${nodes.length > 0 ? `on ${codes(nodes)}: ` : ''}${text}${subjects.length > 0 ? ` (${codes(subjects)})` : ''}`,
    commands: [...commands].map(([command, about]) => ({ command, about })),
  };
}

/** A command, followed by its node as a shell comment. */
export function commandLine({ command, about }: ShownStep['commands'][number]): string {
  return about === undefined ? command : `${command}  # ${words(about)}`;
}

/** Alternatives to the change, each once. */
export function saferWays(findings: readonly Finding[]): ShownStep[] {
  const ways = new Set(findings.flatMap((finding) => finding.safer ?? []));
  return [...[...ways].map((text) => ({ text, commands: [] })), ...stepsOf(findings, 'instead')];
}

/** The name that operators use for a resource, or its address. */
function namer(review: Review): (address: string) => string {
  const names = new Map(review.names.map(({ address, name }) => [address, name]));
  return (address) => names.get(address) ?? address;
}

/** At most two facts that say most. The action on a resource counts only if there is no other fact. */
export function telling(finding: Finding): readonly Finding['evidence'][number][] {
  const facts = finding.evidence.filter((fact) => !fact.path.endsWith('.actions'));
  return (facts.length > 0 ? facts : finding.evidence).slice(0, 2);
}

/** `error: Instance cannot be destroyed: core's volume, database apps`: equal messages share a line. */
export function diagnosticLines(review: Review): string[] {
  const name = namer(review);
  const lines = new Map<string, string[]>();
  for (const { severity, summary, detail, address, preventDestroy } of review.diagnostics) {
    // The summary of prevent_destroy says it all; other messages explain themselves in the first sentence of the detail.
    const first = preventDestroy ? '' : (detail.split(/(?<=[.!?])\s|\n/)[0] ?? '');
    const said = `${severity}: ${code(`${summary}${first ? `: ${first}` : ''}`)}`;
    lines.set(said, [...(lines.get(said) ?? []), ...(address === undefined ? [] : [name(address)])]);
  }
  return [...lines].map(([said, subjects]) => (subjects.length > 0 ? `${said} · ${codes(subjects)}` : said));
}

/** The consequences of a cause, with the attribute that passes it on; long lists are counted. */
export function followers(review: Review, cause: Cause, limit: number): string[] {
  const name = namer(review);
  const verbs = { replace: 'replaced', update: 'updated', create: 'created', delete: 'destroyed' } as const;
  const shown = cause.consequences
    .slice(0, limit)
    .map((c) => `${code(name(c.address))} ${verbs[c.kind] ?? c.kind}${c.via ? ` (through ${code(c.via)})` : ''}`);
  const rest = cause.consequences.length - shown.length;
  return rest > 0 ? [...shown, `and ${count(rest, 'more resource')}`] : shown;
}

/** A cause and the resources that it affects, at most `limit` by name, without those that the statement names. */
export function causeText(
  review: Review,
  { statement, subjects }: Cause,
  limit: number,
): { statement: string; subjects: string } {
  const unsaid = subjects.map(namer(review)).filter((name) => !statement.includes(code(name)));
  return { statement, subjects: unsaid.length > 0 ? ` · ${codes(unsaid, limit)}` : '' };
}

/** The last line of a report. */
export function footer(review: Review): string {
  const masked = review.masked > 0 ? ` · ${count(review.masked, 'secret')} masked` : '';
  return `Terraform or OpenTofu ${words(review.engine.version)} · exit ${review.exit}${masked} · times are estimates unless a source is named`;
}
