import type { Capacity } from './cluster/capacity';
import type { ClusterChange } from './cluster/cluster';
import type { Draft, Evidence, Severity } from './finding';
import type { Loss } from './losses';
import type { Diagnostic } from './plan/diagnostics';
import type { Change, Plan } from './plan/plan';
import type { Redactor } from './redact/redact';

/** A rule over plans: what it finds, how it finds it, and what to do about it. */
export interface ReviewRule {
  /** Id for `explain` and for policies: `volume-lost`. */
  readonly id: string;
  /** Severity of its findings. */
  readonly severity: Severity;
  /** The finding in a few words. */
  readonly title: string;
  /** Its explanation. */
  readonly explain: Explanation;
  /** Every finding of this rule in a plan; usually none. */
  find(context: Context): readonly Draft[];
}

/** A rule's explanation, as `explain` prints it. */
export interface Explanation {
  /** What the finding means for the users of the cluster. */
  readonly means: string;
  /** What the rule reads in the plan. */
  readonly reads: string;
  /** What to do about it. */
  readonly todo: string;
}

/** The input of rules. */
export interface Context {
  readonly plan: Plan;
  /** Changes of managed resources, without reads and no-ops. */
  readonly changes: readonly Change[];
  /** Undefined if the plan has no manifest: then only rules about resources apply. */
  readonly cluster?: ClusterChange;
  readonly capacity?: Capacity;
  /** Everything that keeps data and goes. */
  readonly losses: readonly Loss[];
  readonly diagnostics: readonly Diagnostic[];
  readonly redactor: Redactor;
  /** Names that operators use for resources, by address, from the manifest. */
  readonly names: ReadonlyMap<string, string>;
}

/** The name that operators use for a resource, or its address if the manifest has none. */
export function named(context: Context, address: string): string {
  return context.names.get(address) ?? address;
}

/** An attribute before the change, as evidence. */
export function was(context: Context, change: Change, attribute: string): Evidence {
  return evidence(context, change, 'before', attribute);
}

/** An attribute after the change, as evidence. */
export function becomes(context: Context, change: Change, attribute: string): Evidence {
  return evidence(context, change, 'after', attribute);
}

/** The plan's action on a resource, and the attribute that causes a replacement. */
export function actionsOf(context: Context, change: Change): Evidence[] {
  const words: Partial<Record<Change['kind'], string>> = {
    replace: change.createFirst ? '["create","delete"]' : '["delete","create"]',
  };
  const found = [{ path: `${change.path}.change.actions`, value: words[change.kind] ?? `["${change.kind}"]` }];
  if (change.replacePaths.length > 0) {
    found.push({ path: `${change.path}.change.replace_paths`, value: context.redactor.show(change.replacePaths) });
  } else if (change.reason) found.push({ path: `${change.path}.action_reason`, value: change.reason });
  return found;
}

function evidence(context: Context, change: Change, side: 'before' | 'after', attribute: string): Evidence {
  const marks = side === 'before' ? change.beforeSensitive : change.afterSensitive;
  const sensitive = typeof marks === 'object' && marks !== null ? (marks as Record<string, unknown>)[attribute] : marks;
  const unknown = side === 'after' && (change.afterUnknown as Record<string, unknown> | null)?.[attribute] === true;
  const path = `${change.path}.change.${unknown ? 'after_unknown' : side}.${attribute}`;
  const value = unknown ? 'true' : context.redactor.show(change[side]?.[attribute], { name: attribute, sensitive });
  return { path, value };
}
