import { type Finding, SEVERITIES, type Severity } from './finding';

/** The first thing a reader sees. */
export interface Verdict {
  /** `nothing` to do, `safe`, `attention` (a danger that does not block, or a refused plan without a danger), `blocked`. */
  readonly level: 'nothing' | 'safe' | 'attention' | 'blocked';
  /** In words: `DATA LOSS and OUTAGE, blocked`. */
  readonly words: string;
  /** Whether a finding has a severity that blocks. */
  readonly blocked: boolean;
}

/** Severities in a verdict's words; those without one are no danger. */
const WORDS: Partial<Record<Severity, string>> = {
  'data-loss': 'DATA LOSS',
  outage: 'OUTAGE',
  security: 'SECURITY HOLE',
};

export function isDanger(finding: Finding): boolean {
  return finding.severity in WORDS;
}

interface Facts {
  readonly findings: readonly Finding[];
  readonly failOn: readonly Severity[];
  readonly errored: boolean;
  readonly generic: boolean;
  readonly deferred: boolean;
}

export function verdictOf({ findings, failOn, errored, generic, deferred }: Facts): Verdict {
  const present = SEVERITIES.filter((severity) => findings.some((finding) => finding.severity === severity));
  const blocked = findings.some(({ severity, released }) => failOn.includes(severity) && !released);
  const dangers = present.flatMap((severity) => WORDS[severity] ?? []);
  // `failOn` may list capacity or info: then that is the reason.
  const reasons = dangers.length > 0 ? dangers : blocked ? present.filter((severity) => failOn.includes(severity)) : [];
  const list = reasons.length > 1 ? `${reasons.slice(0, -1).join(', ')} and ${reasons.at(-1)}` : (reasons[0] ?? '');
  if (errored) {
    const words = list
      ? `Terraform refuses this plan; it would cause ${list}${blocked ? ', blocked' : ''}`
      : 'Terraform refuses this plan';
    return { level: blocked ? 'blocked' : 'attention', words, blocked };
  }
  if (list)
    return {
      level: blocked ? 'blocked' : 'attention',
      words: `${list}, ${blocked ? 'blocked' : 'not blocked'}`,
      blocked,
    };
  if (findings.some((finding) => finding.rule === 'nothing-changed')) {
    return {
      level: 'nothing',
      words: deferred ? 'nothing to do yet; part of the plan is deferred' : 'nothing to do',
      blocked,
    };
  }
  if (generic) return { level: 'safe', words: 'generic review, no danger found', blocked };
  const steps = findings.some((finding) => finding.remedy.some((step) => step.when === 'before'));
  return { level: 'safe', words: steps ? 'safe to apply after the steps below' : 'safe to apply', blocked };
}
