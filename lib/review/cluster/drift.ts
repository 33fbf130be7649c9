import { byName, isObject, list, object, same } from '../../base/json';
import type { Change, Plan } from '../plan/plan';
import { type Inbound, inboundRules, portsBeyond } from './firewall';
import { isMachine } from './machines';

/** Attributes that always matter: whether a resource runs, who can reach it, whether it may be deleted. */
const WATCHED = new Set([
  'instance_state',
  'power_state',
  'vpc_security_group_ids',
  'publicly_accessible',
  'deletion_protection',
  'disable_api_termination',
]);
/** Attributes that never matter. */
const IDLE = new Set(['tags_all', 'all_tags', 'all_metadata', 'updated_at', 'description', 'timeouts']);
/** Tags by which this library finds its resources. */
const OUR_TAG = /^stackato:/;

/**
 * Attributes that changed outside Terraform: those with another value before that the configuration sets, or that always
 * matter. A value that a refresh fills in for the first time (null, "", [] or {} before) is not drift.
 */
export function driftedAttributes(change: Change, plan: Plan): string[] {
  if (change.kind !== 'update') return [];
  const configured = plan.configuration.attributes(change.configAddress);
  const keys = new Set([...Object.keys(change.before ?? {}), ...Object.keys(change.after ?? {})]);
  return [...keys]
    .filter((key) => {
      const [before, after] = [change.before?.[key], change.after?.[key]];
      if (IDLE.has(key)) return false;
      if (key === 'tags' || key === 'metadata') return overwritten(ours(before), ours(after));
      if (isMachine(change) && /_state$/.test(key) && /^(running|active)$/i.test(String(after))) return false;
      return (WATCHED.has(key) || (configured?.has(key) ?? true)) && overwritten(before, after);
    })
    .sort(byName);
}

function ours(tags: unknown): unknown {
  return Object.fromEntries(Object.entries(object(tags)).filter(([key]) => OUR_TAG.test(key)));
}

function isEmpty(value: unknown): boolean {
  if (value === null || value === undefined || value === '') return true;
  return typeof value === 'object' && Object.keys(value).length === 0;
}

/** Whether an existing value changed; new fields of an object do not count. */
function overwritten(before: unknown, after: unknown): boolean {
  if (isEmpty(before) || same(before, after)) return false;
  if (Array.isArray(before) && Array.isArray(after)) {
    if (before.length !== after.length) return true;
    const objects = before.every(isObject) && after.every(isObject);
    // Sets of words come in any order.
    return objects ? before.some((item, i) => overwritten(item, after[i])) : !same(words(before), words(after));
  }
  if (isObject(before) && isObject(after))
    return Object.keys(before).some((key) => overwritten(before[key], after[key]));
  return true;
}

function words(values: readonly unknown[]): string[] {
  return values.map((value) => JSON.stringify(value)).sort();
}

/** An inbound rule in the cloud that no declaration contains, with the ports that it adds. */
export interface Opening {
  readonly rule: Inbound;
  readonly ports: readonly [number, number][];
}

/**
 * Inbound rules that a refresh found in a security group and that no rule of the plan explains. A group lists the rules
 * of other resources too, so a longer list alone is not drift.
 */
export function openings(plan: Plan): Opening[] {
  const groups = plan.drift.filter((c) => c.managed && list(c.after?.['ingress']).length > 0);
  if (groups.length === 0) return [];
  const drifted = inboundRules({ ...plan, changes: [...plan.changes, ...groups] });
  const isDrift = (rule: Inbound) => rule.path.startsWith('resource_drift');
  const inline = new Set(
    plan.changes
      .filter((c) => 'ingress' in (c.after ?? c.before ?? {}))
      .filter((c) => !(plan.configuration.attributes(c.configAddress)?.has('ingress') ?? false))
      .map((c) => c.address),
  );
  // The group's own list after the refresh declares nothing, unless its configuration sets it.
  const declared = [...drifted.before, ...drifted.after].filter((rule) => !isDrift(rule) && !inline.has(rule.address));
  const known = [...declared, ...drifted.before.filter(isDrift)];
  return drifted.after.filter(isDrift).flatMap((rule) => {
    const ports = portsBeyond(rule, known);
    return ports.length > 0 ? [{ rule, ports }] : [];
  });
}
