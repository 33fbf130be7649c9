import { didYouMean, InputError } from '../base/input';
import { byName } from '../base/json';
import { AUDIENCES } from '../kato/facts';
import { appCapacity } from './cluster/capacity';
import { type Cause, findCauses } from './cluster/causes';
import { readCluster } from './cluster/cluster';
import { type Counts, countAll, type ResourceLine, resourceLines } from './cluster/counts';
import { type Name, namesOf } from './cluster/names';
import { type Figure, figures } from './cluster/numbers';
import { code, type Finding, type Impact, SEVERITIES, type Severity } from './finding';
import { type Loss, lossesOf } from './losses';
import { type Diagnostic, readDiagnostics } from './plan/diagnostics';
import { readPlan } from './plan/plan';
import { checkPlan } from './plan/plan-file';
import { createRedactor } from './redact/redact';
import type { Context } from './rule';
import { rules } from './rules';
import { isCosmetic } from './rules/plan';
import { type Verdict, verdictOf } from './verdict';

/** Severities that block by default: data-loss, outage and security. */
export const DEFAULT_FAIL_ON: readonly Severity[] = ['data-loss', 'outage', 'security'];

/** Options of `reviewPlan`. */
export interface ReviewOptions {
  /** Severities that block (exit 3); an empty list never blocks. @default data-loss, outage and security */
  readonly failOn?: readonly Severity[];
  /** The log of `terraform plan -json`: its errors explain why Terraform refuses a plan. @default the review gives no reason for a refused plan */
  readonly diagnostics?: string;
  /** More values to mask, for example those of environment variables. @default only the secrets of the plan are masked */
  readonly secrets?: readonly string[];
  /** The name of the plan in errors, for example its file. @default `plan` */
  readonly subject?: string;
}

/** A review as plain data, without secrets of the plan. The same plan always gives the same review. */
export interface Review {
  /** Version of this format. */
  readonly schema: 1;
  /** The cluster; undefined for a plan without a manifest. The review then covers resources only. */
  readonly cluster?: {
    readonly name: string;
    readonly hostname: string;
    readonly version: string;
    readonly cloud: string;
    readonly region: string;
  };
  /** The verdict on the whole plan. */
  readonly verdict: Verdict;
  /** Exit code: 0 fine · 1 Terraform refuses the plan · 3 a finding blocks. */
  readonly exit: 0 | 1 | 3;
  /** Severities that block. */
  readonly failOn: readonly Severity[];
  /** Whether the plan changes anything. */
  readonly changes: boolean;
  /** Whether the plan changes only tags, descriptions and outputs. */
  readonly cosmetic: boolean;
  /** Version of Terraform or OpenTofu, whether it stopped with an error, and whether part of the plan is deferred. */
  readonly engine: { readonly version: string; readonly errored: boolean; readonly deferred: boolean };
  /** Numbers of resources by action. */
  readonly counts: Counts;
  /** Worst first. */
  readonly findings: readonly Finding[];
  /** What changed, and which resources follow. */
  readonly causes: readonly Cause[];
  /** Who notices what, and for how long; one entry for each audience and duration. */
  readonly impacts: readonly Impact[];
  /** The cluster in numbers, before and after. */
  readonly numbers: readonly Figure[];
  /** Memory for apps in MiB, if known; `duringMiB` is the least during the apply. */
  readonly capacity?: { readonly beforeMiB?: number; readonly duringMiB?: number; readonly afterMiB?: number };
  /** Every change as a line, worst first. */
  readonly resources: readonly ResourceLine[];
  /** Names that operators use for the resources in the manifest. */
  readonly names: readonly Name[];
  /** Errors and warnings of Terraform or OpenTofu while planning. */
  readonly diagnostics: readonly Diagnostic[];
  /** Number of different secrets in the plan; all are masked. */
  readonly masked: number;
}

/** Fields with our own words. They stay as they are, even if a secret has the same text. */
const OURS = new Set([
  'schema',
  'rule',
  'severity',
  'failOn',
  'kind',
  'level',
  'when',
  'who',
  'cause',
  'label',
  'exit',
]);

/**
 * Judges a plan (`terraform show -json`, parsed): what it means for nodes, roles and data.
 * @throws InputError when the value is not a plan, or when a severity is unknown.
 */
export function reviewPlan(planJson: unknown, options: ReviewOptions = {}): Review {
  const raw = checkPlan(planJson, options.subject);
  const failOn = checkSeverities(options.failOn ?? DEFAULT_FAIL_ON);
  const plan = readPlan(raw);
  const redactor = createRedactor(raw, options.secrets);
  const cluster = readCluster(plan);
  const capacity = cluster && appCapacity(cluster);
  const changes = plan.changes.filter((c) => c.managed && c.kind !== 'noop' && c.kind !== 'read');
  const diagnostics = readDiagnostics(options.diagnostics ?? '');
  const names = namesOf(plan);
  const losses = lossesOf(plan, cluster);
  const context: Context = { plan, changes, cluster, capacity, losses, diagnostics, redactor, names };
  const causes = findCauses(plan, redactor);
  const findings = withReleases(findAll(context, causes), losses);
  const counts = countAll(plan, changes);
  const verdict = verdictOf({
    findings,
    failOn,
    errored: plan.errored,
    generic: cluster === undefined,
    deferred: plan.deferred,
  });

  const review: Review = {
    schema: 1,
    cluster: cluster && {
      name: cluster.manifest.cluster,
      hostname: cluster.manifest.hostname,
      version: cluster.manifest.version,
      cloud: cluster.manifest.cloud,
      region: cluster.manifest.region,
    },
    verdict,
    exit: verdict.blocked ? 3 : plan.errored ? 1 : 0,
    failOn,
    changes: changes.length > 0 || counts.outputs > 0,
    cosmetic: changes.length + counts.outputs > 0 && changes.every(isCosmetic),
    engine: { version: plan.engineVersion, errored: plan.errored, deferred: plan.deferred },
    counts,
    findings,
    causes,
    impacts: mergeImpacts(findings),
    numbers: figures(plan, cluster),
    capacity: capacity && { beforeMiB: capacity.before, duringMiB: capacity.during, afterMiB: capacity.after },
    resources: resourceLines(changes),
    names: [...names].map(([address, name]) => ({ address, name })).sort((a, b) => byName(a.address, b.address)),
    diagnostics,
    masked: redactor.count,
  };
  // Every printed text has passed this one place.
  return redactor.tree(review, OURS);
}

/**
 * Checks severities as a person wrote them, for example on a command line.
 * @throws InputError when one is unknown.
 */
export function checkSeverities(words: readonly string[]): Severity[] {
  const isSeverity = (word: string): word is Severity => (SEVERITIES as readonly string[]).includes(word);
  const problems = words
    .filter((word) => !isSeverity(word))
    .map((word) => ({
      path: 'failOn',
      message: `unknown severity "${word}"${didYouMean(word, SEVERITIES)}; write some of ${SEVERITIES.join(', ')}`,
      rule: 'severity-unknown',
    }));
  if (problems.length > 0) throw new InputError('review', problems);
  return words.filter(isSeverity);
}

function findAll(context: Context, causes: readonly Cause[]): Finding[] {
  const causeOf = new Map<string, string>();
  for (const cause of causes) {
    for (const address of [...cause.subjects, ...cause.consequences.map((c) => c.address)])
      causeOf.set(address, cause.id);
  }
  const found = rules.flatMap((rule) =>
    rule
      .find(context)
      .map(
        (draft): Finding => ({
          id: `${rule.id}:${draft.subject}`,
          rule: rule.id,
          severity: rule.severity,
          statement: draft.statement,
          consequences: draft.consequences ?? [],
          evidence: draft.evidence ?? [],
          remedy: draft.remedy ?? [],
          safer: draft.safer,
          nodes: draft.nodes ?? [],
          addresses: draft.addresses ?? [],
          impacts: draft.impacts ?? [],
          cause: (draft.addresses ?? []).map((address) => causeOf.get(address)).find((id) => id !== undefined),
        }),
      )
      .sort((a, b) => byName(a.id, b.id)),
  );
  // The sort is stable: within a severity the order of the rules stays.
  return found.sort((a, b) => SEVERITIES.indexOf(a.severity) - SEVERITIES.indexOf(b.severity));
}

/** Marks losses that the declaration releases: they do not block. */
function withReleases(findings: readonly Finding[], all: readonly Loss[]): Finding[] {
  const losses = new Map(all.map((loss) => [loss.address, loss]));
  return findings.map((finding) => {
    const mine = finding.addresses.flatMap((address) => losses.get(address) ?? []);
    const released = mine.length > 0 && mine.every((loss) => loss.released) ? mine[0]!.release : undefined;
    if (finding.severity !== 'data-loss' || !released) return finding;
    const says = `released until ${code(released.until)}: ${code(released.reason)}`;
    return { ...finding, consequences: [...finding.consequences, says], released };
  });
}

/** One row for each audience and duration, in the order of the audiences. */
function mergeImpacts(findings: readonly Finding[]): Impact[] {
  const rows = new Map<string, { impact: Impact; what: Set<string> }>();
  for (const impact of findings.flatMap((finding) => finding.impacts)) {
    const key = `${impact.who}|${impact.howLong}`;
    const row = rows.get(key) ?? { impact, what: new Set<string>() };
    rows.set(key, row);
    row.what.add(impact.what);
  }
  return [...rows.values()]
    .map(({ impact, what }) => ({ ...impact, what: [...what].join('; ') }))
    .sort((a, b) => AUDIENCES.indexOf(a.who) - AUDIENCES.indexOf(b.who));
}
