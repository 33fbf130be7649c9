import { byName, object, text } from '../../base/json';
import { spokenVersion } from '../../kato/advice';
import type { KatoVersion } from '../../kato/version';
import { KEEPS_MARK, type Manifest, type ManifestNode } from '../../topology/manifest';
import { type Change, destroys, type Plan } from '../plan/plan';
import { currentAddress, rebuildAttribute, sizeAttribute, userDataAttribute } from './machines';
import { isCore, type KnownRoles, knownRoles } from './roles';

/**
 * What happens to a node's machine. `rebuilt`: same machine, root disk wiped. `restarted`: stopped and started.
 * `forgotten`: it keeps running, but Terraform no longer manages it.
 */
export type Fate = 'new' | 'gone' | 'forgotten' | 'replaced' | 'rebuilt' | 'restarted' | 'updated' | 'kept';

/** One node, before and after. */
export interface NodeChange {
  readonly name: string;
  readonly before?: ManifestNode;
  readonly after?: ManifestNode;
  /** The node after the plan, or before it if it is removed. */
  readonly node: ManifestNode;
  readonly fate: Fate;
  /** The change of its machine, if the plan has one. */
  readonly change?: Change;
  /** Its private address now, if the manifest or the plan has it. */
  readonly address?: string;
  /** Roles that it runs after the apply: a machine that stays keeps those that it booted with. */
  readonly rolesAfter: readonly string[];
}

/** The cluster before and after. */
export interface ClusterChange {
  readonly before?: Manifest;
  readonly after?: Manifest;
  /** The manifest after the plan, or the one before it if there is none after. */
  readonly manifest: Manifest;
  /** Sorted by name. */
  readonly nodes: readonly NodeChange[];
  readonly core?: NodeChange;
  /** Facts about its roles. */
  readonly known: KnownRoles;
  /** The product's version. It decides the grammar of commands. */
  readonly version: KatoVersion;
}

/** Maps the plan's changes to the manifest's nodes; undefined if the plan has no manifest. */
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
    before: before && asMade(before, change),
    after,
    node,
    fate,
    change,
    address: before?.address ?? (change && currentAddress(change)) ?? after?.address,
    rolesAfter: fate === 'gone' || fate === 'forgotten' ? [] : stays ? (before ?? node).roles : node.roles,
  };
}

/** Whether a core's machine put all that it keeps on its volume when it was made, or was moved there and marked since. */
export function keepsAll({ before }: Pick<Change, 'before'>): boolean {
  const marks = object(before?.['tags'] ?? before?.['metadata']);
  return (text(marks[KEEPS_MARK]) ?? '').split(' ').includes('data');
}

/** A core that an earlier build made has put less on its volume than a manifest of this build tells. */
function asMade(node: ManifestNode, change: Change | undefined): ManifestNode {
  const { disk } = node;
  if (!disk?.keeps.includes('primary') || (change && keepsAll(change))) return node;
  const own = disk.keeps.filter((role) => !['primary', 'controller'].includes(role));
  // It moved the one or the other.
  return { ...node, disk: { ...disk, keeps: own.length > 0 ? own : ['controller'] } };
}

function fateOf(before: ManifestNode | undefined, after: ManifestNode | undefined, now?: Change, old?: Change): Fate {
  if (!after) {
    // Without its own change (a target, a partial plan) the machine stays.
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

/** Whether the old machine is destroyed or wiped, and a fresh one boots under its name. */
export function bootsAfresh(node: NodeChange): boolean {
  return node.fate === 'replaced' || node.fate === 'rebuilt';
}

/** Whether the node keeps running during the apply. */
export function undisturbed(node: NodeChange): boolean {
  return node.before !== undefined && (node.fate === 'kept' || node.fate === 'updated' || node.fate === 'forgotten');
}
