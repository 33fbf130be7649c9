import { AUDIENCES, type Audience, NOTHING, type RoleFacts, WORST_CASE } from '../../kato/facts';
import { parseVersion } from '../../kato/version';
import type { Manifest, ManifestNode } from '../../topology/manifest';
import { codes } from '../finding';

/** Facts about the roles of a cluster. */
export interface KnownRoles {
  /** The facts of a role; the worst case if the role has no description. */
  of(role: string): RoleFacts;
  /** Roles without a description, sorted. */
  readonly unknown: readonly string[];
  /** False for a role whose description leaves out what it keeps: its data may be on any disk. */
  tells(role: string): boolean;
  /** Whether kato's export covers the data of a role: only of roles of the product (facts §13.1; H). */
  exports(role: string): boolean;
}

/**
 * Facts of all roles of a cluster, from its manifests; the one before the plan wins. Manifests of older builds carry none:
 * then a role of the product has its built-in facts, and any other counts as the worst case.
 */
export function knownRoles(before: Manifest | undefined, after: Manifest | undefined): KnownRoles {
  const told = { ...after?.roles, ...before?.roles };
  const names = new Set([before, after].flatMap((m) => Object.values(m?.nodes ?? {}).flatMap((n) => n.roles)));
  const untold = [...names].filter((name) => !Object.hasOwn(told, name)).sort();
  const products = untold.length > 0 ? productRoles(untold, (after ?? before)!.version) : {};
  const all: Readonly<Record<string, RoleFacts>> = { ...products, ...told };
  return {
    of: (role) => (Object.hasOwn(all, role) ? all[role]! : WORST_CASE),
    unknown: untold.filter((name) => !Object.hasOwn(products, name)),
    tells: (role) => !Object.hasOwn(all, role) || all[role]!.keeps !== undefined,
    exports: isProductRole,
  };
}

/** Loaded only when a finding asks: it is the largest part that a review would load. */
function isProductRole(name: string): boolean {
  const { findRole } = require('../../kato/roles') as typeof import('../../kato/roles');
  return findRole(name) !== undefined;
}

/** Loaded only for such manifests, like the above. */
function productRoles(names: readonly string[], version: string): Record<string, RoleFacts> {
  const { findRole } = require('../../kato/roles') as typeof import('../../kato/roles');
  const { factsOf } = require('../../kato/role') as typeof import('../../kato/role');
  const parsed = parseVersion(version);
  const known = 'problem' in parsed ? (parseVersion('3.6') as Exclude<typeof parsed, { problem: string }>) : parsed;
  return Object.fromEntries(
    names.flatMap((name) => {
      const word = findRole(name);
      return word ? [[name, factsOf(known, word.role)] as const] : [];
    }),
  );
}

/** Whether a node with the role holds data that is lost with its disk; unknown counts as yes. */
export function keepsData({ keeps, keptOn, placement }: RoleFacts, onCore: boolean): boolean {
  if (placement === 'implied' || keeps === NOTHING) return false;
  return keptOn !== 'core' || onCore;
}

/** Roles of a node that no other node can take over, except the core's. */
export function soleRoles(roles: readonly string[], known: KnownRoles): string[] {
  return roles.filter((role) => {
    const { standIn, placement } = known.of(role);
    return !standIn && placement !== 'core' && placement !== 'implied';
  });
}

/**
 * Whether a node runs apps: the process `dea_ng` does, whose settings share its memory out and which `kato node retire`
 * empties (facts §1.1, §13.4; H). A role that only serves apps does not.
 */
export function runsApps(node: Pick<ManifestNode, 'roles'> | undefined, known: KnownRoles): boolean {
  return node?.roles.some((role) => isDea(role, known)) ?? false;
}

/** Whether nodes with the role are DEAs. */
export function isDea(role: string, known: KnownRoles): boolean {
  return known.of(role).processes.includes('dea_ng');
}

/** Roles by who notices that they are down, in the order of a review. */
export function byAudience(roles: readonly string[], known: KnownRoles): (readonly [Audience, readonly string[]])[] {
  return AUDIENCES.flatMap((who) => {
    const theirs = roles.filter((role) => known.of(role).serves === who);
    return theirs.length > 0 ? [[who, theirs] as const] : [];
  });
}

/** What an audience notices when no node runs these roles: whom other roles than DEAs serve may still have apps. */
export function whatIsDown(who: Audience, roles: readonly string[], known: KnownRoles): string {
  if (who !== 'apps on DEAs') return 'down';
  return roles.some((role) => isDea(role, known)) ? 'all down' : `${codes(roles)}: down`;
}

/** Whether a node is the core. */
export function isCore(node: Pick<ManifestNode, 'roles'> | undefined, known: KnownRoles): boolean {
  return node?.roles.some((role) => known.of(role).placement === 'core') ?? false;
}
