import { count } from '../base/input';
import { number, object, same, text } from '../base/json';
import { spokenName } from './progress';

/** A change that the cloud has accepted and makes later, at a time of its own. */
export interface Waiting {
  readonly address: string;
  /** What changes: `instance_class db.t3.medium → db.m5.large`. */
  readonly what: readonly string[];
  /** The weekly window in which the cloud makes it, UTC: `sun:09:00-sun:09:30`; absent if unknown. */
  readonly window?: string;
}

/**
 * The attributes that RDS puts off to the maintenance window unless it is told `apply_immediately`: those with a place in
 * `PendingModifiedValues` of its API (RDS API reference; H). Until then it reports the old value, so a plan repeats the change.
 */
const PUT_OFF = new Set([
  'allocated_storage',
  'backup_retention_period',
  'ca_cert_identifier',
  'engine_version',
  'instance_class',
  'iops',
  'license_model',
  'multi_az',
  'storage_throughput',
  'storage_type',
]);

/** The changes of a plan, made right after an apply, that wait for a maintenance window and for nothing else. */
export function waitingChanges(json: Readonly<Record<string, unknown>>): Waiting[] {
  const entries = (json['resource_changes'] ?? []) as readonly { type: string; address: string; change: PlanChange }[];
  return entries.flatMap(({ type, address, change }): Waiting[] => {
    if (type !== 'aws_db_instance' || change.actions.join() !== 'update') return [];
    const [before, after] = [object(change.before), object(change.after)];
    if (after['apply_immediately'] === true || hasUnknown(change.after_unknown)) return [];
    const names = Object.keys({ ...before, ...after }).filter(
      (name) => !same(before[name] ?? null, after[name] ?? null),
    );
    if (names.length === 0 || !names.every((name) => PUT_OFF.has(name))) return [];
    const window = text(before['maintenance_window']);
    const what = names.map((name) => `${name} ${shown(before[name])} → ${shown(after[name])}`);
    return [{ address, what, ...(window ? { window } : {}) }];
  });
}

/** What a second plan shows. */
export const secondPlanText = (waiting: readonly Waiting[]) =>
  waiting.length === 0
    ? 'empty'
    : `${count(waiting.length, 'change')} ${waiting.length === 1 ? 'waits' : 'wait'}, nothing else`;

/** One line for every change that waits. */
export function waitingLines(waiting: readonly Waiting[], cluster: string): string[] {
  return waiting.map(
    ({ address, what, window }) =>
      `${spokenName(address, cluster)}: ${what.join(', ')}, waits for its maintenance window${window ? ` (${window} UTC)` : ''}`,
  );
}

interface PlanChange {
  readonly actions: readonly string[];
  readonly before: unknown;
  readonly after: unknown;
  readonly after_unknown?: unknown;
}

const shown = (value: unknown) => text(value) ?? number(value) ?? (typeof value === 'boolean' ? value : 'none');

/** Whether anything is unknown until an apply; Terraform writes `false` and empty objects for what is known. */
function hasUnknown(value: unknown): boolean {
  if (typeof value === 'object' && value !== null) return Object.values(value).some(hasUnknown);
  return value === true;
}
