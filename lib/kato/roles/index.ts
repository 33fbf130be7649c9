import { didYouMean, InputError } from '../../base/input';
import { hasRole, type Role, type RoleOptions, type RoleUse, type RoleWord } from '../role';
import type { KatoVersion } from '../version';
import { base } from './base';
import { controller } from './controller';
import { dea } from './dea';
import { filesystem } from './filesystem';
import { harbor } from './harbor';
import { loadBalancer } from './load-balancer';
import { mdns } from './mdns';
import { memcached } from './memcached';
import { mongodb } from './mongodb';
import { mysql } from './mysql';
import { postgresql } from './postgresql';
import { primary } from './primary';
import { rabbit } from './rabbit';
import { rabbit3 } from './rabbit3';
import { redis } from './redis';
import { router } from './router';
import { stager } from './stager';

export {
  controller,
  dea,
  filesystem,
  harbor,
  loadBalancer,
  memcached,
  mongodb,
  mysql,
  postgresql,
  rabbit,
  rabbit3,
  redis,
  router,
  stager,
};

/** All roles of the product, in kato's start order (facts §1.2; M). */
export const ROLES: readonly RoleWord[] = [
  ...[base, mdns, primary, controller, router, stager, dea, mysql, postgresql, redis, mongodb, rabbit, rabbit3],
  ...[memcached, filesystem, harbor, loadBalancer],
];

/** The roles that `kato node setup core` adds to the core (facts §1.1, §2.3; H). */
export const CORE_ROLES: readonly string[] = ['primary', 'controller', 'router'];

const byName = new Map(ROLES.map((word) => [word.role.name, word]));

/** The built-in role of that name. */
export function findRole(name: string): RoleWord | undefined {
  return byName.get(name);
}

/** kato's own role groups (facts §1.3): data-services H, microcloud M. */
export const ROLE_GROUPS: Readonly<Record<string, readonly string[]>> = {
  'data-services': ['mysql', 'postgresql', 'redis', 'mongodb', 'rabbit', 'memcached', 'filesystem'],
  microcloud: ['base', 'primary', 'controller', 'router', 'dea', 'filesystem', 'mysql', 'postgresql'],
};

/** Names that a pool may list in that version: roles and groups. */
export function poolWords(version: KatoVersion): readonly string[] {
  const roles = ROLES.map((word) => word.role).filter((r) => hasRole(version, r) && mayBePooled(r));
  return [...roles.map((r) => r.name), 'data-services'];
}

/** Whether a pool may list the role: it is neither implied nor only for the core. */
export function mayBePooled(role: Role): boolean {
  return role.placement !== 'implied' && role.placement !== 'core';
}

/**
 * The roles of kato's group `data-services`: mysql, postgresql, redis, mongodb, rabbit, memcached, filesystem.
 *
 * Options are by role: `dataServices({ mysql: { database: 'apps' } })`.
 * @throws InputError when an option names a role outside the group.
 */
export function dataServices(options: Readonly<Record<string, RoleOptions>> = {}): RoleUse[] {
  const members = ROLE_GROUPS['data-services']!;
  const strangers = Object.keys(options).filter((name) => !members.includes(name));
  if (strangers.length) {
    const problem = (name: string) => ({
      path: name,
      message: `not in data-services${didYouMean(name, members)} (its roles: ${members.join(', ')})`,
      rule: 'role-unknown',
    });
    throw new InputError('dataServices', strangers.map(problem));
  }
  return members.map((name) => findRole(name)!(options[name]));
}

/** Sorts role names by kato's start order, custom roles last. */
export function byStartOrder(names: readonly string[]): readonly string[] {
  const rank = (name: string) => {
    const at = ROLES.findIndex((word) => word.role.name === name);
    return at < 0 ? ROLES.length : at;
  };
  return [...new Set(names)].sort((a, b) => rank(a) - rank(b) || (a < b ? -1 : 1));
}
