import type { Audience } from '../kato/facts';
import type { Release } from '../topology/model';

/** The severities of findings, worst first. */
export const SEVERITIES = ['data-loss', 'outage', 'security', 'capacity', 'info'] as const;
/** How bad a finding is. */
export type Severity = (typeof SEVERITIES)[number];

/** The severity and all that are worse. */
export function atOrAbove(severity: Severity): Severity[] {
  return SEVERITIES.slice(0, SEVERITIES.indexOf(severity) + 1);
}

/** A fact of the plan that a finding rests on. */
export interface Evidence {
  /** JSON path into the plan: `resource_changes[3].change.before.final_snapshot`. */
  readonly path: string;
  /** The value there, redacted. */
  readonly value: string;
}

/** Who notices a change, what they notice, and for how long. */
export interface Impact {
  /** Who notices it. */
  readonly who: Audience;
  /** What they notice. */
  readonly what: string;
  /** In words: `about 5 minutes (estimate)`, `until it is restored from a backup`. Minutes are estimates. */
  readonly howLong: string;
}

/**
 * One step for an operator: when to do it, and the exact command if there is one. Reports merge steps with the same text, and
 * steps with the same command at the same place.
 */
export interface RemedyStep {
  /** Before the apply, after it, or instead of it. */
  readonly when: 'before' | 'after' | 'instead';
  /** What to do. */
  readonly text: string;
  /** Node on which to do it, if `text` does not name it. */
  readonly on?: string;
  /** Where to type the command, as `text` names it: `the core`. The same command elsewhere is another step. */
  readonly place?: string;
  /** Node that the command is about. */
  readonly about?: string;
  /** A command to type there. */
  readonly command?: string;
}

/** A result of a rule, in an operator's words. Texts may hold inline code between backticks. */
export interface Finding {
  /** Rule and subject, stable across pushes: `volume-lost:aws_ebs_volume.paas_data["data-1"]`. */
  readonly id: string;
  /** Id of the rule: `volume-lost`. */
  readonly rule: string;
  /** How bad it is. */
  readonly severity: Severity;
  /** What happens, in one sentence. */
  readonly statement: string;
  /** Consequences, one sentence each. */
  readonly consequences: readonly string[];
  /** Facts of the plan that prove it. */
  readonly evidence: readonly Evidence[];
  /** What to do before and after the apply, or instead of it. */
  readonly remedy: readonly RemedyStep[];
  /** An alternative without the danger. */
  readonly safer?: string;
  /** Names of the affected nodes. */
  readonly nodes: readonly string[];
  /** Terraform addresses of the affected resources. */
  readonly addresses: readonly string[];
  /** Who notices it, and for how long. */
  readonly impacts: readonly Impact[];
  /** The declaration's permission, if it releases everything that the finding is about; the finding does not block. */
  readonly released?: Release;
  /** The id of its `Cause`, if one is known: `cause-1`. */
  readonly cause?: string;
}

/** A finding as a rule returns it. The review adds the rule, its severity and the cause. */
export interface Draft {
  /** What the finding is about; part of its id. */
  readonly subject: string;
  /** What happens, in one sentence. */
  readonly statement: string;
  readonly consequences?: readonly string[];
  readonly evidence?: readonly Evidence[];
  readonly remedy?: readonly RemedyStep[];
  readonly safer?: string;
  readonly nodes?: readonly string[];
  readonly addresses?: readonly string[];
  readonly impacts?: readonly Impact[];
}

/** A value of the plan as inline code. It cannot end the code span, start a line or control a terminal. */
export function code(value: unknown): string {
  const flat = String(value)
    .replace(/[\s\p{Cc}\p{Cf}]+/gu, ' ')
    .replaceAll('`', "'")
    .trim();
  return `\`${flat.length > 160 ? `${flat.slice(0, 159)}…` : flat || ' '}\``;
}

/** A value of the plan as ordinary words in a sentence: no code, no line break. */
export function words(value: unknown): string {
  return code(value).slice(1, -1).trim();
}

/** `a`, `b` and 3 more: names as inline code, at most `limit` of them. */
export function codes(values: readonly string[], limit = 8): string {
  const shown = values.slice(0, limit).map(code).join(', ');
  return values.length > limit ? `${shown} and ${values.length - limit} more` : shown;
}
