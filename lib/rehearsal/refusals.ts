import { InputError, type Problem } from '../base/input';
import type { Placed } from './faults/place';
import { faultText } from './faults/place';
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
