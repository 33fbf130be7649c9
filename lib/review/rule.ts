import type { Capacity } from './cluster/capacity';
import type { ClusterChange } from './cluster/cluster';
import type { Draft, Evidence, Severity } from './finding';
import type { Diagnostic } from './plan/diagnostics';
import type { Change, Plan } from './plan/plan';
import type { Redactor } from './redact/redact';

/** One thing that a review can say, with how it is computed and what a person does about it. */
export interface ReviewRule {
  /** For `explain` and for a policy: `volume-lost`. */
  readonly id: string;
  readonly severity: Severity;
  /** In a few words. */
  readonly title: string;
  readonly explain: Explanation;
  /** Every place where it holds; none is the usual answer. */
  find(context: Context): readonly Draft[];
}

export interface Explanation {
  /** What it means for the people who use the cluster. */
  readonly means: string;
  /** What it is computed from. */
  readonly reads: string;
  /** What to do about it. */
  readonly todo: string;
}

/** What rules look at. */
export interface Context {
  readonly plan: Plan;
  /** Changes of resources that really change something, without data sources. */
  readonly changes: readonly Change[];
  /** Nothing where the plan holds no manifest: then only rules about resources speak. */
  readonly cluster?: ClusterChange;
  readonly capacity?: Capacity;
  readonly diagnostics: readonly Diagnostic[];
  readonly redactor: Redactor;
  /** What operators call resources, by address: what the manifest knows. */
  readonly names: ReadonlyMap<string, string>;
}

/** An operator's word for a resource, or its address where the manifest knows none. */
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

/** What the plan does to a resource, and the attribute that costs it. */
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
