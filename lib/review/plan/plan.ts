import { isObject, type JsonObject, list, object, text, texts } from '../../base/json';
import type { Manifest } from '../../topology/manifest';
import { type Configuration, configAddress, readConfiguration } from './configuration';
import { readManifests } from './manifests';
import { type Renames, readRenames } from './renames';

/** A plan's action on one resource. `replace` destroys the old one; `forget` keeps the resource running. */
export type Kind = 'create' | 'update' | 'replace' | 'delete' | 'forget' | 'read' | 'noop' | 'other';

/** One entry of `resource_changes` or `resource_drift`. */
export interface Change {
  /** JSON path in the plan: `resource_changes[3]`. */
  readonly path: string;
  readonly address: string;
  /** Address without instance keys, as the configuration writes it. */
  readonly configAddress: string;
  readonly type: string;
  /** Key of `for_each`, or index of `count`. */
  readonly key?: string | number;
  readonly managed: boolean;
  readonly kind: Kind;
  /** Whether a replacement creates the new resource before it destroys the old one. */
  readonly createFirst: boolean;
  /** Whether a new resource is created while the old one stays in the cloud, unmanaged (OpenTofu, `destroy = false`). */
  readonly letsGo: boolean;
  /** Attributes that force the replacement; none for `-replace`, a taint and `replace_triggered_by`. */
  readonly replacePaths: readonly (readonly (string | number)[])[];
  /** Terraform's `action_reason`, an open set. */
  readonly reason?: string;
  readonly before: JsonObject | null;
  readonly after: JsonObject | null;
  readonly afterUnknown: unknown;
  readonly beforeSensitive: unknown;
  readonly afterSensitive: unknown;
  readonly importing: boolean;
  readonly previousAddress?: string;
  /** Key of an object that a failed create-before-destroy left behind. */
  readonly deposed?: string;
}

/** One entry of `output_changes`. */
export interface OutputChange {
  readonly name: string;
  readonly changed: boolean;
  readonly before: unknown;
  readonly after: unknown;
  readonly sensitive: boolean;
}

/** A `check`, precondition or postcondition, and its result. */
export interface Check {
  readonly address: string;
  readonly status: string;
  readonly messages: readonly string[];
}

/** A plan as the review reads it. */
export interface Plan {
  /** The version of Terraform or OpenTofu. */
  readonly engineVersion: string;
  /** Whether the program stopped with an error; its list of changes is then partial. */
  readonly errored: boolean;
  /** Whether part of the plan is deferred (Terraform only). */
  readonly deferred: boolean;
  /** In the order of the plan; evidence refers to that order. */
  readonly changes: readonly Change[];
  readonly drift: readonly Change[];
  readonly outputs: readonly OutputChange[];
  readonly checks: readonly Check[];
  readonly configuration: Configuration;
  /** When the plan was made, as Terraform writes it: `2026-11-30T18:00:00Z`. */
  readonly timestamp?: string;
  /** The cluster before and after, from the output `stackato_manifest`; the one before in the names and addresses after. */
  readonly before?: Manifest;
  readonly after?: Manifest;
  /** JSON paths of the manifests in the plan. */
  readonly beforePath: string;
  readonly afterPath: string;
  /** Names that change although the resource stays. */
  readonly renames: Renames;
  /** The plan's JSON, unchanged. It holds secrets in plain text: never print from it. */
  readonly raw: JsonObject;
}

/** Reads a parsed plan leniently: ignores unknown parts, treats missing ones as empty. `parsePlan` checks the shape. */
export function readPlan(raw: JsonObject): Plan {
  const errored = raw['errored'] === true;
  const changes = list(raw['resource_changes']).map((entry, i) => readChange(entry, `resource_changes[${i}]`));
  const manifests = readManifests(raw, errored, changes);
  return {
    engineVersion: text(raw['terraform_version']) ?? 'unknown',
    errored,
    deferred: list(raw['deferred_changes']).length > 0 || (raw['complete'] === false && !errored),
    changes,
    drift: list(raw['resource_drift']).map((entry, i) => readChange(entry, `resource_drift[${i}]`)),
    outputs: readOutputs(raw['output_changes']),
    checks: readChecks(raw['checks']),
    configuration: readConfiguration(raw['configuration']),
    timestamp: text(raw['timestamp']),
    ...manifests,
    ...readRenames(manifests.before, manifests.after, changes),
    raw,
  };
}

function readChange(entry: unknown, path: string): Change {
  const rc = object(entry);
  const change = object(rc['change']);
  const actions = texts(change['actions']);
  const address = text(rc['address']) ?? '(no address)';
  const key = rc['index'];
  return {
    path,
    address,
    configAddress: configAddress(address),
    type: text(rc['type']) ?? '',
    key: typeof key === 'string' || typeof key === 'number' ? key : undefined,
    managed: rc['mode'] !== 'data',
    kind: kindOf(actions),
    createFirst: actions[0] === 'create',
    letsGo: actions.includes('forget') && actions.includes('create'),
    replacePaths: list(change['replace_paths']).map(
      (p) => list(p).filter((part) => typeof part === 'string' || typeof part === 'number') as (string | number)[],
    ),
    reason: text(rc['action_reason']),
    before: isObject(change['before']) ? change['before'] : null,
    after: isObject(change['after']) ? change['after'] : null,
    afterUnknown: change['after_unknown'],
    beforeSensitive: change['before_sensitive'],
    afterSensitive: change['after_sensitive'],
    importing: isObject(change['importing']),
    previousAddress: text(rc['previous_address']),
    deposed: text(rc['deposed']),
  };
}

/** Tests what the list contains, not equality: new actions keep appearing (`["create","forget"]`, `open`). */
function kindOf(actions: readonly string[]): Kind {
  const has = (action: string) => actions.includes(action);
  if (has('delete')) return has('create') ? 'replace' : 'delete';
  if (has('create')) return 'create';
  if (has('update')) return 'update';
  if (has('forget')) return 'forget';
  if (has('read')) return 'read';
  return actions.length === 0 || has('no-op') ? 'noop' : 'other';
}

function readOutputs(value: unknown): OutputChange[] {
  return Object.entries(object(value)).map(([name, entry]) => {
    const change = object(entry);
    return {
      name,
      changed: !texts(change['actions']).includes('no-op'),
      before: change['before'],
      after: change['after'],
      sensitive: change['before_sensitive'] === true || change['after_sensitive'] === true,
    };
  });
}

function readChecks(value: unknown): Check[] {
  return list(value).map((entry) => {
    const check = object(entry);
    const problems = list(check['instances']).flatMap((instance) => list(object(instance)['problems']));
    return {
      address: text(object(check['address'])['to_display']) ?? '(check)',
      status: text(check['status']) ?? 'unknown',
      messages: problems.map((problem) => text(object(problem)['message']) ?? '').filter((message) => message !== ''),
    };
  });
}

/** Whether the change destroys the existing object. */
export function destroys(change: Change): boolean {
  return change.kind === 'delete' || change.kind === 'replace';
}

/** Whether the change takes the existing object from the stack: destroys it, or lets it go for a new one. */
export function takesAway(change: Change): boolean {
  return change.before !== null && (destroys(change) || change.letsGo);
}

/** Whether an attribute's new value is unknown until the apply. */
export function isUnknown(change: Change, attribute: string): boolean {
  return object(change.afterUnknown)[attribute] === true;
}
