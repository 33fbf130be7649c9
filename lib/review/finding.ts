import { quote } from '../base/shell';

/** How bad a finding is, worst first. */
export const SEVERITIES = ['data-loss', 'outage', 'security', 'capacity', 'info'] as const;
export type Severity = (typeof SEVERITIES)[number];

/** A severity and all that are worse. */
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

/** Who notices something, what, and for how long. */
export interface Impact {
  readonly who: Audience;
  readonly what: string;
  /** An estimate where it names minutes. */
  readonly howLong: string;
}

/** In the order in which a review lists them. */
export const AUDIENCES = [
  'apps on DEAs',
  'app traffic',
  'deploys, API, console',
  'data services',
  'other nodes',
] as const;
export type Audience = (typeof AUDIENCES)[number];

/** One step for a person: when, and the exact command if there is one. Steps of the same text are shown as one. */
export interface RemedyStep {
  readonly when: 'before' | 'after' | 'instead';
  readonly text: string;
  /** Node on which it is done, where `text` does not say so. */
  readonly on?: string;
  /** Node that the command is about. */
  readonly about?: string;
  /** A command to type there. */
  readonly command?: string;
}

/** What a rule found, in an operator's words. `code` in texts stands between backticks. */
export interface Finding {
  /** Rule and subject, stable over pushes: `volume-lost:aws_ebs_volume.paas_data["data-1"]`. */
  readonly id: string;
  readonly rule: string;
  readonly severity: Severity;
  readonly statement: string;
  /** What follows from it, one sentence each. */
  readonly consequences: readonly string[];
  readonly evidence: readonly Evidence[];
  readonly remedy: readonly RemedyStep[];
  /** A way to the same goal without the danger. */
  readonly safer?: string;
  /** Names of the nodes concerned. */
  readonly nodes: readonly string[];
  /** Terraform addresses concerned. */
  readonly addresses: readonly string[];
  readonly impacts: readonly Impact[];
  /** The cause that it follows from: a `Cause`'s id. */
  readonly cause?: string;
}

/** A finding as a rule makes it: the review adds the rule, its severity and the cause. */
export interface Draft {
  /** What it is about, for the id. */
  readonly subject: string;
  readonly statement: string;
  readonly consequences?: readonly string[];
  readonly evidence?: readonly Evidence[];
  readonly remedy?: readonly RemedyStep[];
  readonly safer?: string;
  readonly nodes?: readonly string[];
  readonly addresses?: readonly string[];
  readonly impacts?: readonly Impact[];
}

/** A value of the plan as inline code: it can't end the code span, start a line or steer a terminal. */
export function code(value: unknown): string {
  const flat = String(value)
    .replace(/[\s\p{Cc}\p{Cf}]+/gu, ' ')
    .replaceAll('`', "'")
    .trim();
  return `\`${flat.length > 160 ? `${flat.slice(0, 159)}…` : flat || ' '}\``;
}

/** A value of the plan as ordinary words of a sentence: no code, no new line. */
export function words(value: unknown): string {
  return code(value).slice(1, -1).trim();
}

/** `a`, `b` and 3 more: names as inline code, at most `limit` of them. */
export function codes(values: readonly string[], limit = 8): string {
  const shown = values.slice(0, limit).map(code).join(', ');
  return values.length > limit ? `${shown} and ${values.length - limit} more` : shown;
}

/** A value of the plan as one word of a shell's command: it can't end the command and begin another. `<…>` is to be filled in. */
export function shellWord(value: unknown): string {
  const word = String(value).replace(/[\s\p{Cc}]+/gu, ' ');
  return /^<[\w ./-]+>$/.test(word) ? word : quote(word);
}
