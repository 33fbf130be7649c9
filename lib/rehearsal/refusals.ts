import { InputError, type Problem } from '../base/input';
import { findRole } from '../kato/roles';
import { rolesOf } from '../model/roles';
import { parseVersion } from '../model/version';
import type { Manifest } from '../topology/manifest';
import type { Placed } from './faults/place';
import { faultText } from './faults/place';
import { namesIn } from './generations';
import type { Ground } from './ground';

/** What somebody asked of a rehearsal that not every machine can do. */
export interface Wishes {
  readonly faults?: readonly string[] | undefined;
  readonly seed?: number | undefined;
  /** Hosts are to be left in any case. */
  readonly keep?: boolean | undefined;
  /** A picture of the time line is wanted. */
  readonly timeline?: boolean | undefined;
}

/** Refuses what makes no sense where nodes are going to boot. @throws InputError that names what it needs */
export function refuseWishes(ground: Ground, { faults = [], seed, keep, timeline }: Wishes): void {
  const problems: Problem[] = [];
  const more = ground.more === undefined ? '' : `; ${ground.more}`;
  const needs = (option: string, what: string) => {
    problems.push({ path: option, message: `needs ${what}${more}`, rule: 'rehearse-rights' });
  };
  if (ground.way === 'one-host') {
    if (faults.length > 0) needs('--fault', 'hosts of their own for all nodes');
    if (seed !== undefined) needs('--seed', 'hosts of their own for all nodes');
    if (timeline) needs('--timeline', 'nodes that boot at the same time');
  }
  if (keep && ground.way !== 'hosts') needs('--keep', 'hosts that outlive the command, which root makes');
  if (problems.length > 0) throw new InputError('rehearse', problems);
}

/** Refuses faults of disks that nodes do not have there. @throws InputError with the way out */
export function refuseFaults(ground: Ground, faults: readonly Placed[]): void {
  if (ground.disks) return;
  const ofDisks = faults.filter(
    (one) => ['disk', 'own-disk'].includes(one.fault.prepares ?? '') || one.moment === 'disk',
  );
  if (ofDisks.length === 0) return;
  const more = ground.more === undefined ? '' : `; ${ground.more}`;
  const problems = ofDisks.map((one) => ({
    path: '--fault',
    message: `${faultText(one)} needs loop devices${more}`,
    rule: 'rehearse-rights',
  }));
  throw new InputError('rehearse', problems);
}

/**
 * Refuses a cluster with roles of the product that the model of kato lacks: it would refuse them at boot as if they did not
 * exist. Roles of your own reach the model through the files that their steps write.
 * @throws InputError when the model lacks a role
 */
export function refuseRoles(manifest: Manifest, nodes: ReadonlySet<string>): void {
  const version = parseVersion(manifest.version);
  const known = new Set(rolesOf(version).map(({ name }) => name));
  const used = new Set([...nodes].flatMap((node) => manifest.nodes[node]?.roles ?? []));
  const lacking = [...used].filter(
    (role) => findRole(role) && namesIn(manifest.version, [role]).some((n) => !known.has(n)),
  );
  if (lacking.length === 0) return;
  const problems = lacking.sort().map((role) => ({
    path: `roles.${role}`,
    message: `not in the model of kato ${manifest.version}: a rehearsal cannot show it; rehearse other nodes with --nodes`,
    rule: 'rehearse-role',
  }));
  throw new InputError('rehearse', problems);
}
