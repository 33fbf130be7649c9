import { byName, isObject, list, object, same } from '../../base/json';
import type { Change, Plan } from '../plan/plan';
import { type Inbound, inboundRules, portsBeyond } from './firewall';
import { isMachine } from './machines';

/** Attributes that matter whoever set them: whether a thing runs, who reaches it, whether it may be deleted. */
const WATCHED = new Set([
  'instance_state',
  'power_state',
  'vpc_security_group_ids',
  'publicly_accessible',
  'deletion_protection',
  'disable_api_termination',
]);
/** Nobody decides anything by these. */
const IDLE = new Set(['tags_all', 'all_tags', 'all_metadata', 'updated_at', 'description', 'timeouts']);
/** Tags that this library finds its resources by. */
const OUR_TAG = /^stackato:/;

/**
 * What somebody changed: attributes that held something else before and that the configuration sets, or that matter
 * anyway. What a refresh fills in for the first time (null, "", [] or {} before) is no drift.
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

/** Whether something that was there is another now; what came in addition to an object's fields does not count. */
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

/** An inbound permission that stands in the cloud and that nobody declared, with the ports that are beyond. */
export interface Opening {
  readonly rule: Inbound;
  readonly ports: readonly [number, number][];
}

/**
 * Permissions that a refresh found in a security group and that no rule of the plan explains: a group lists the rules
 * of other resources too, so that a list that fills up is no sign by itself.
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
  // What the group's own entry lists after the refresh is no declaration, unless its configuration writes it.
  const declared = [...drifted.before, ...drifted.after].filter((rule) => !isDrift(rule) && !inline.has(rule.address));
  const known = [...declared, ...drifted.before.filter(isDrift)];
  return drifted.after.filter(isDrift).flatMap((rule) => {
    const ports = portsBeyond(rule, known);
    return ports.length > 0 ? [{ rule, ports }] : [];
  });
}
