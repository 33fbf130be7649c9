import { InputError, type Problem } from '../base/input';
import { spokenVersion } from '../kato/advice';
import { namesIn } from '../kato/commands';
import { findRole } from '../kato/roles';
import { rolesOf } from '../model/roles';
import { parseVersion } from '../model/version';
import type { Manifest } from '../topology/manifest';
import type { Placed } from './faults/place';
import { faultText } from './faults/place';
import type { Ground } from './ground';

/** Options of a rehearsal that not every machine supports. */
export interface Wishes {
  readonly faults?: readonly string[] | undefined;
  readonly seed?: number | undefined;
  /** Hosts are to be kept in any case. */
  readonly keep?: boolean | undefined;
  /** An SVG of the timeline is requested. */
  readonly timeline?: boolean | undefined;
}

/**
 * Refuses options that do not work where the nodes will boot.
 * @throws InputError with what each option needs
 */
export function refuseWishes(ground: Ground, { faults = [], seed, keep, timeline }: Wishes): void {
  const problems: Problem[] = [];
  const more = ground.more === undefined ? '' : `; ${ground.more}`;
  const needs = (option: string, what: string) => {
    problems.push({ path: option, message: `needs ${what}${more}`, rule: 'rehearse-rights' });
  };
  if (ground.way === 'one-host') {
    if (faults.length > 0) needs('--fault', 'a separate host for each node');
    if (seed !== undefined) needs('--seed', 'a separate host for each node');
    if (timeline) needs('--timeline', 'nodes that boot at the same time');
  }
  if (keep && ground.way !== 'hosts') needs('--keep', 'hosts that outlive the command, which need root');
  if (problems.length > 0) throw new InputError('rehearse', problems);
}

/**
 * Refuses disk faults when nodes have no disks.
 * @throws InputError with what to do instead
 */
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
 * Refuses a cluster with roles of the product that the model of kato lacks: it would refuse them at boot as unknown. The
 * model learns your own roles from the files that their steps write.
 * @throws InputError when the model lacks a role
 */
export function refuseRoles(manifest: Manifest, nodes: ReadonlySet<string>): void {
  const version = parseVersion(manifest.version);
  const known = new Set(rolesOf(version).map(({ name }) => name));
  const used = new Set([...nodes].flatMap((node) => manifest.nodes[node]?.roles ?? []));
  const lacking = [...used].filter(
    (role) => findRole(role) && namesIn(spokenVersion(manifest.version), [role]).some((n) => !known.has(n)),
  );
  if (lacking.length === 0) return;
  const problems = lacking.sort().map((role) => ({
    path: `roles.${role}`,
    message: `not in the model of kato ${manifest.version}: a rehearsal cannot show it; rehearse other nodes with --nodes`,
    rule: 'rehearse-role',
  }));
  throw new InputError('rehearse', problems);
}
