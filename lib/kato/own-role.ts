import type { z } from 'zod';
import { InputError, zodProblems } from '../base/input';
import type { Role, RoleUse } from './role';
import { findRole, ROLE_GROUPS } from './roles';

/**
 * Defines a custom role, such as a data service that the image lacks.
 *
 * `options` is a zod object; `body` receives the parsed options and returns the role.
 *
 * @throws InputError when the name is not valid for kato or reserved, or when the returned function gets wrong options.
 *
 * @example const elasticsearch = defineRole({ name: 'elasticsearch', options: z.strictObject({ source: z.url() }), body: … })
 */
export function defineRole<Schema extends z.ZodObject>(definition: {
  readonly name: string;
  readonly options: Schema;
  readonly body: (options: z.output<Schema>) => Omit<Role, 'name'>;
}): (options: z.input<Schema>) => RoleUse {
  const message = nameProblem(definition.name);
  if (message !== undefined)
    throw new InputError(`role ${definition.name}`, [{ path: 'name', message, rule: 'shape' }]);
  return (options) => {
    const parsed = definition.options.safeParse(options);
    if (!parsed.success) {
      throw new InputError(
        `role ${definition.name}`,
        zodProblems(parsed.error, () => Object.keys(definition.options.shape), options),
      );
    }
    return { role: { shipped: false, ...definition.body(parsed.data), name: definition.name } };
  };
}

/** Words that port rules, firewall groups and the configuration use beside role names, and a key of every object. */
const RESERVED = ['all', 'world', 'core', 'cluster', 'database', 'local', 'constructor'];

/** Roles that only older versions of the product have (facts §1.1; H). */
const FORMER = ['cloud_controller', 'health_manager', 'prealloc'];

function nameProblem(name: string): string | undefined {
  if (!/^[a-z][a-z0-9_-]{0,62}$/.test(name))
    return 'must be lower-case letters, digits, _ and -, beginning with a letter';
  if (findRole(name) || FORMER.includes(name)) return `the product has a role "${name}"; write another name`;
  if (Object.hasOwn(ROLE_GROUPS, name)) return `kato has a group of roles "${name}"; write another name`;
  return RESERVED.includes(name) ? `the name "${name}" is reserved; write another one` : undefined;
}
