import type { Role } from '../kato/role';
import type { Action } from '../kato/step';
import { type ClusterSpec, everyPool } from './spec';

/** A step of a role, and the place of the role in the declaration. */
export interface RoleStep {
  readonly path: string;
  readonly role: Role;
  readonly when: 'before' | 'after' | 'onCore';
  readonly action: Action;
  /** Its stage of the boot. A stage runs once. */
  readonly stage: string;
  /** Databases that the node of the step may use. */
  readonly databases: readonly string[];
}

/** Steps of all roles, in the order of a boot within each stage. */
export function roleSteps(spec: ClusterSpec): readonly RoleStep[] {
  const used = (roles: ClusterSpec['core']['roles']) => roles.flatMap(({ database }) => database ?? []);
  return everyPool(spec).flatMap(([path, { roles }]) =>
    roles.flatMap(({ role, database }) => {
      const context = { version: spec.version, ...(database ? { database } : {}) };
      return (['before', 'after', 'onCore'] as const).flatMap((when) => {
        const stage = { before: `${path} before`, after: `${path} after ${role.name}`, onCore: 'core' }[when];
        const databases = used(when === 'onCore' ? spec.core.roles : roles);
        const actions = role[when]?.(context) ?? [];
        return actions.map((action) => ({ path: `${path}.roles`, role, when, action, stage, databases }));
      });
    }),
  );
}

/** Whether a step runs kato as a program. */
export function isKato(action: Action): action is Extract<Action, { do: 'run' }> {
  return action.do === 'run' && /(^|\/)kato$/.test(String(action.words[0]));
}
