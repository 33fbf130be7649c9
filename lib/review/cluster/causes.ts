import { anyTrue, byName, object } from '../../base/json';
import { isRecord } from '../../topology/kept';
import { code } from '../finding';
import { at, lastName, markAt, pathText, type ValuePath } from '../plan/paths';
import type { Change, Plan } from '../plan/plan';
import { isBlobName, isSecretName, MASK, type Redactor } from '../redact/redact';
import { flavorGone, stoppedAttribute } from './machines';

/** One change, and every resource that is replaced, removed or changed because of it. */
export interface Cause {
  /** `cause-1`, numbered in the order of the review. */
  readonly id: string;
  /** What changed, in words: `ami: ami-1 → ami-2`. May hold inline code between backticks. */
  readonly statement: string;
  /** Addresses of the resources that it affects directly. */
  readonly subjects: readonly string[];
  /** Resources that it affects through others. */
  readonly consequences: readonly Consequence[];
  /** JSON path of the fact in the plan that shows it. */
  readonly evidence: string;
}

/** A resource that a cause affects through another resource. */
export interface Consequence {
  /** Terraform address of the resource. */
  readonly address: string;
  /** What the plan does to it. */
  readonly kind: 'replace' | 'update' | 'create' | 'delete';
  /** The attribute that refers to the other resource. */
  readonly via?: string;
}

interface Step {
  /** The change that this one follows from. */
  readonly parent?: Change;
  readonly attribute?: string;
}

/** Groups replacements, removals and their consequences by cause. Blobs and secrets show no value. */
export function findCauses(plan: Plan, redactor: Redactor): Cause[] {
  const changes = plan.changes.filter(
    (c) => c.managed && c.kind !== 'noop' && c.kind !== 'read' && c.deposed === undefined,
  );
  const byConfig = new Map<string, Change[]>();
  for (const change of changes) {
    const known = byConfig.get(change.configAddress);
    if (known) known.push(change);
    else byConfig.set(change.configAddress, [change]);
  }
  const steps = new Map<Change, Step>();
  const stepOf = (change: Change): Step => {
    let step = steps.get(change);
    if (!step) {
      step = findStep(change, plan, byConfig);
      steps.set(change, step);
    }
    return step;
  };

  const groups = new Map<
    string,
    { statement: string; evidence: string; subjects: Change[]; consequences: Consequence[] }
  >();
  for (const change of changes) {
    const root = rootOf(change, stepOf);
    // Only a destroy or a replacement is a cause; an update or a create counts only as a consequence, and the stack's own
    // records of its state have no effect in the cloud.
    if ((root.kind !== 'replace' && root.kind !== 'delete') || isRecord(root.address)) continue;
    const { statement, evidence, key } = describe(root, redactor);
    let group = groups.get(key);
    if (!group) {
      group = { statement, evidence, subjects: [], consequences: [] };
      groups.set(key, group);
    }
    if (root === change) group.subjects.push(change);
    else {
      const kind = change.kind as Consequence['kind'];
      group.consequences.push({ address: change.address, kind, via: stepOf(change).attribute });
    }
  }
  return [...groups.values()].map((group, i) => ({
    id: `cause-${i + 1}`,
    statement: group.statement,
    subjects: group.subjects.map((c) => c.address).sort(byName),
    consequences: group.consequences.sort((a, b) => byName(a.address, b.address)),
    evidence: group.evidence,
  }));
}

/** Follows parents to the first change without one; stops at a cycle. */
function rootOf(change: Change, stepOf: (change: Change) => Step): Change {
  const seen = new Set<Change>();
  let root = change;
  while (!seen.has(root)) {
    seen.add(root);
    const { parent } = stepOf(root);
    if (!parent || seen.has(parent)) break;
    root = parent;
  }
  return root;
}

function findStep(change: Change, plan: Plan, byConfig: ReadonlyMap<string, readonly Change[]>): Step {
  const upstream = (references: readonly string[]): Change | undefined => {
    for (const reference of references) {
      if (reference === change.configAddress) continue;
      const candidates = (byConfig.get(reference) ?? []).filter((c) => c.kind === 'replace');
      const found = candidates.find((c) => c.key === change.key) ?? candidates[0];
      if (found) return found;
    }
    return undefined;
  };
  if (change.kind === 'replace' && change.replacePaths.length === 0) {
    // The configuration in a plan does not hold replace_triggered_by: the reason is the only clue.
    if (change.reason !== 'replace_by_triggers') return {};
    return {
      parent: upstream(plan.configuration.allReferences(change.configAddress)),
      attribute: 'replace_triggered_by',
    };
  }
  if (ownPath(change) !== undefined) return {};
  const paths: readonly ValuePath[] =
    change.kind === 'replace'
      ? change.replacePaths
      : change.kind === 'update'
        ? Object.keys(object(change.afterUnknown)).map((key) => [key])
        : [];
  for (const path of paths) {
    const attribute = String(path[0]);
    if (!anyTrue(markAt(change.afterUnknown, path))) continue;
    const parent = upstream(plan.configuration.references(change.configAddress, attribute));
    if (parent) return { parent, attribute };
  }
  return {};
}

/** The first path that forces the replacement by its own new value, known now. */
function ownPath(change: Change): ValuePath | undefined {
  return change.replacePaths.find((path) => path.length > 0 && !anyTrue(markAt(change.afterUnknown, path)));
}

const DELETED_BECAUSE: Readonly<Record<string, string>> = {
  delete_because_no_resource_config: 'is no longer declared',
  delete_because_no_module: 'is in a module that is no longer declared',
  delete_because_wrong_repetition: 'switched between single and multiple instances (count or for_each)',
  delete_because_count_index: 'is beyond the new count',
  delete_because_each_key: 'is no longer declared',
  delete_because_no_move_target: 'was moved to an address that is not declared',
};

const REPLACED_BECAUSE: Readonly<Record<string, string>> = {
  replace_because_tainted: 'is tainted: its creation failed partway, or someone ran terraform taint',
  replace_by_request: 'is replaced on request (-replace)',
  replace_by_triggers: 'is replaced because a reference in its replace_triggered_by changes',
};

function describe(root: Change, redactor: Redactor): { statement: string; evidence: string; key: string } {
  if (root.kind === 'delete') {
    const why = DELETED_BECAUSE[root.reason ?? ''] ?? 'is destroyed';
    const subject = root.reason === 'delete_because_each_key' ? String(root.key) : root.configAddress;
    return {
      statement: `${code(subject)} ${why}`,
      evidence: `${root.path}.action_reason`,
      key: `delete|${root.reason}|${subject}`,
    };
  }
  const path = ownPath(root) ?? root.replacePaths[0];
  if (path === undefined || path.length === 0) {
    const why = REPLACED_BECAUSE[root.reason ?? ''] ?? 'is replaced';
    const key = `replace|${root.reason}|${root.configAddress}`;
    return { statement: `${code(root.configAddress)} ${why}`, evidence: `${root.path}.action_reason`, key };
  }
  const name = lastName(path);
  const side = (values: unknown, marks: unknown) =>
    brief(redactor.show(at(values, path), { name, sensitive: markAt(marks, path), limit: 160 }));
  const before = side(root.before, root.beforeSensitive);
  const unknown = anyTrue(markAt(root.afterUnknown, path));
  const after = unknown ? 'known after the apply' : side(root.after, root.afterSensitive);
  const secret = path.some((part) => typeof part === 'string' && (isBlobName(part) || isSecretName(part)));
  const hidden = secret || [before, after].some((shown) => shown.includes(MASK)) || before === after;
  const values = hidden ? 'changes (its value is not shown)' : `${code(before)} → ${unknown ? after : code(after)}`;
  return {
    statement: `${code(pathText(path))}: ${values}${whySoText(root, name)}`,
    evidence: `${root.path}.change.replace_paths`,
    key: `replace|${pathText(path)}|${before}|${after}${hidden || unknown ? `|${root.configAddress}` : ''}`,
  };
}

/** Why an attribute has changed by itself, if its machine shows it. */
function whySoText(change: Change, attribute: string): string {
  if (attribute === stoppedAttribute(change)) return ', because the machine is stopped: start it, and plan again';
  if (flavorGone(change)) return ', because the cloud has deleted its former flavor';
  return '';
}

/** At most 60 characters; an ARN without its common prefix. */
function brief(shown: string): string {
  const arn = /^arn:[\w-]*:[\w-]*:[\w-]*:\d*:(.+)$/.exec(shown)?.[1];
  const text = arn ?? shown;
  return text.length > 60 ? `${text.slice(0, 59)}…` : text;
}
