import { byName } from '../../base/json';
import { spokenVersion } from '../../kato/advice';
import type { KatoVersion } from '../../kato/version';
import type { Manifest, ManifestNode } from '../../topology/manifest';
import { type Change, destroys, type Plan } from '../plan/plan';
import { currentAddress, rebuildAttribute, sizeAttribute, userDataAttribute } from './machines';
import { isCore, type KnownRoles, knownRoles } from './roles';

/**
 * What becomes of a node's machine. `rebuilt`: same machine, root disk wiped. `restarted`: off and on again.
 * `forgotten`: Terraform lets go of it, it keeps running.
 */
export type Fate = 'new' | 'gone' | 'forgotten' | 'replaced' | 'rebuilt' | 'restarted' | 'updated' | 'kept';

/** One node, before and after. */
export interface NodeChange {
  readonly name: string;
  readonly before?: ManifestNode;
  readonly after?: ManifestNode;
  /** As it will be, or as it was when it goes. */
  readonly node: ManifestNode;
  readonly fate: Fate;
  /** The change of its machine, where the plan has one. */
  readonly change?: Change;
  /** Its private address now, where the manifest or the plan knows it. */
  readonly address?: string;
  /** Roles that it runs once the plan is applied: a machine that stays keeps those that it booted with. */
  readonly rolesAfter: readonly string[];
}

/** The cluster before and after. */
export interface ClusterChange {
  readonly before?: Manifest;
  readonly after?: Manifest;
  /** After, or before where nothing comes after. */
  readonly manifest: Manifest;
  /** Sorted by name. */
  readonly nodes: readonly NodeChange[];
  readonly core?: NodeChange;
  /** What is known of its roles. */
  readonly known: KnownRoles;
  /** The product's version, which decides what a person types. */
  readonly version: KatoVersion;
}

/** Maps the plan's changes to the manifest's nodes; nothing where the plan holds no manifest. */
export function readCluster(plan: Plan): ClusterChange | undefined {
  const manifest = plan.after ?? plan.before;
  if (!manifest) return undefined;
  const changes = new Map<string, Change>();
  for (const change of plan.changes) {
    if (change.managed && change.deposed === undefined) changes.set(change.address, change);
  }
  const names = new Set([...Object.keys(plan.before?.nodes ?? {}), ...Object.keys(plan.after?.nodes ?? {})]);
  const known = knownRoles(plan.before, plan.after);
  const nodes = [...names].sort(byName).map((name) => nodeChange(name, plan, changes));
  return {
    before: plan.before,
    after: plan.after,
    manifest,
    nodes,
    core: nodes.find((n) => isCore(n.before, known)) ?? nodes.find((n) => isCore(n.node, known)),
    known,
    version: spokenVersion(manifest.version),
  };
}

function nodeChange(name: string, plan: Plan, changes: ReadonlyMap<string, Change>): NodeChange {
  const before = plan.before?.nodes[name];
  const after = plan.after?.nodes[name];
  const node = (after ?? before)!;
  const now = after && changes.get(after.resource);
  const old = before && before.resource !== after?.resource ? changes.get(before.resource) : undefined;
  const fate = fateOf(before, after, now, old);
  const change = fate === 'gone' || fate === 'forgotten' || (fate === 'replaced' && old) ? (old ?? now) : now;
  const stays = fate !== 'new' && fate !== 'gone' && fate !== 'replaced' && fate !== 'rebuilt';
  return {
    name,
    before,
    after,
    node,
    fate,
    change,
    address: before?.address ?? (change && currentAddress(change)) ?? after?.address,
    rolesAfter: fate === 'gone' || fate === 'forgotten' ? [] : stays ? (before ?? node).roles : node.roles,
  };
}

function fateOf(before: ManifestNode | undefined, after: ManifestNode | undefined, now?: Change, old?: Change): Fate {
  if (!after) {
    // Without a change of its own (a target, a partial plan) the machine stays where it is.
    if (!old) return 'forgotten';
    return destroys(old) ? 'gone' : 'forgotten';
  }
  if (now?.kind === 'create') return before && old && destroys(old) ? 'replaced' : 'new';
  if (!before) return now?.before || !now ? 'kept' : 'new';
  if (now?.kind === 'replace') return 'replaced';
  if (now?.kind === 'delete') return 'gone';
  if (now?.kind === 'forget') return 'forgotten';
  if (now?.kind !== 'update') return 'kept';
  if (rebuildAttribute(now)) return 'rebuilt';
  return sizeAttribute(now) || userDataAttribute(now) ? 'restarted' : 'updated';
}

/** Whether the machine that was there is gone or empty after the apply, and a fresh one boots under its name. */
export function bootsAfresh(node: NodeChange): boolean {
  return node.fate === 'replaced' || node.fate === 'rebuilt';
}

/** Whether the node goes on running through the apply. */
export function undisturbed(node: NodeChange): boolean {
  return node.before !== undefined && (node.fate === 'kept' || node.fate === 'updated' || node.fate === 'forgotten');
}
