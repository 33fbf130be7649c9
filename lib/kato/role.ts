import { z } from 'zod';
import { InputError, zodProblems } from '../base/input';
import { type Audience, NOTHING, type RoleFacts } from './facts';
import type { Action, RolePort } from './step';
import { atLeast, type KatoVersion } from './version';

/** A port of a role, with the versions that have it; `from` names roles, `all` nodes or the `world`. */
export interface PortFact extends Omit<RolePort, 'role' | 'protocol'> {
  /** @default tcp */
  readonly protocol?: 'tcp' | 'udp';
  readonly since?: string;
  /** The first version that lacks it. */
  readonly until?: string;
  /** Whether no other role of the node may use ports of the range: its processes take any of them. */
  readonly exclusive?: boolean;
}

/** Data that is lost with its disk. */
export interface KeptData {
  readonly directory: string;
  /** What `kato relocate` calls it. */
  readonly relocate: 'services' | 'droplets';
  /** In an operator's words: `MySQL databases`. @default 'data of role <name>' */
  readonly what?: string;
}

/** What a role's steps may ask for while a node is planned. */
export interface RoleContext {
  readonly version: KatoVersion;
  /** The name in the declaration of the database that the role uses, if it uses one. */
  readonly database?: string;
}

/** Everything that is known of a role; what a node does comes from its roles and nothing else. */
export interface Role {
  /** kato's name for it. */
  readonly name: string;
  /** What it does, in a sentence. */
  readonly title: string;
  readonly since?: string;
  /** The first version that lacks it. */
  readonly until?: string;
  /** Whether the image has it; a role that it lacks is installed by `before` and enabled after attach. @default true */
  readonly shipped?: boolean;
  /** Where it may run. @default 'any' */
  readonly placement?: 'any' | 'core' | 'alone' | 'implied';
  /** Most nodes of a cluster that may have it. @default no limit */
  readonly atMost?: number;
  /** Its processes, which are also the components of `kato config`. */
  readonly processes: readonly string[];
  readonly ports: readonly PortFact[];
  /** What it keeps on disk, or `nothing` that is not made again. @default not known: a review counts its data as lost */
  readonly keeps?: KeptData | 'nothing';
  /** What it keeps on the core alone, in an operator's words: further nodes with the role share it. @default nothing */
  readonly keepsOnCore?: string;
  /** Who notices when no node does its work. @default 'data services' */
  readonly serves?: Audience;
  /** Whether another node with the role takes over its work at once. @default false */
  readonly standIn?: boolean;
  /** What is restarted for a new setting of one of its processes. @default 'role' */
  readonly restart?: 'role' | 'process';
  /** The engine of a database that it can use instead of its own. */
  readonly database?: 'mysql' | 'postgresql';
  /** Steps on its node before it attaches, after it attached, and on the core. */
  readonly before?: (context: RoleContext) => readonly Action[];
  readonly after?: (context: RoleContext) => readonly Action[];
  readonly onCore?: (context: RoleContext) => readonly Action[];
}

/** A role as a pool has it. Made by the function that `defineRole` returns. */
export interface RoleUse {
  readonly role: Role;
  /** The database that it uses, by its name in the declaration. */
  readonly database?: string;
}

export interface RoleOptions {
  /**
   * Name of a declared database that the role uses instead of its own; its engine must be the role's.
   * @default the role's own server on the node
   */
  readonly database?: string;
}

/** A role, built in or your own, as a word of the declaration. */
export type RoleWord<Options = RoleOptions> = ((options?: Options) => RoleUse) & { readonly role: Role };

/**
 * Defines a role that the product ships.
 *
 * Throws `InputError` when options are given that the role does not know.
 */
export function builtinRole(role: Role): RoleWord {
  const word = (options: RoleOptions = {}): RoleUse => {
    const parsed = roleOptions(role).safeParse(options);
    if (!parsed.success)
      throw new InputError(
        `role ${role.name}`,
        zodProblems(parsed.error, () => roleOptionNames(role), options),
      );
    return { role, ...(parsed.data.database ? { database: parsed.data.database } : {}) };
  };
  return Object.assign(word, { role });
}

/**
 * Defines a role of your own, such as a data service that the image lacks, by the contract of the built-in ones.
 *
 * `options` is a zod object; `body` gets what was parsed and says what the role is.
 *
 * Throws `InputError` for a name that kato could not have, and, from the returned function, when the options do not fit.
 *
 * @example const elasticsearch = defineRole({ name: 'elasticsearch', options: z.strictObject({ source: z.url() }), body: … })
 */
export function defineRole<Schema extends z.ZodObject>(definition: {
  readonly name: string;
  readonly options: Schema;
  readonly body: (options: z.output<Schema>) => Omit<Role, 'name'>;
}): (options: z.input<Schema>) => RoleUse {
  if (!/^[a-z][a-z0-9_-]{0,62}$/.test(definition.name)) {
    const message = 'must be lower-case letters, digits, _ and -, beginning with a letter';
    throw new InputError(`role ${definition.name}`, [{ path: 'name', message, rule: 'shape' }]);
  }
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

const noOptions = z.strictObject({});
const databaseOption = z.strictObject({ database: z.string().optional() });

/** The zod schema of a built-in role's options. */
export function roleOptions(role: Role): z.ZodType<RoleOptions> {
  return role.database ? databaseOption : noOptions;
}

/** The options that a built-in role knows. */
export function roleOptionNames(role: Role): readonly string[] {
  return role.database ? ['database'] : [];
}

/** Whether a value is what a role's function returns. */
export function isRoleUse(value: unknown): value is RoleUse {
  const role = (value as Partial<RoleUse> | null | undefined)?.role as Partial<Role> | null | undefined;
  return (
    typeof role?.name === 'string' &&
    typeof role.title === 'string' &&
    Array.isArray(role.processes) &&
    Array.isArray(role.ports)
  );
}

/** Whether the version has the role. */
export function hasRole(version: KatoVersion, role: Role): boolean {
  return (!role.since || atLeast(version, role.since)) && (!role.until || !atLeast(version, role.until));
}

/** The data of a role that must outlive its node; nothing where it keeps none, or nobody said. */
export function keptBy(role: Role): KeptData | undefined {
  return typeof role.keeps === 'object' ? role.keeps : undefined;
}

/** The ports of a role in that version. */
export function portsOf(version: KatoVersion, role: Role): readonly RolePort[] {
  return role.ports
    .filter((p) => (!p.since || atLeast(version, p.since)) && (!p.until || !atLeast(version, p.until)))
    .map(({ ports, protocol = 'tcp', from, why, sure }) => ({ role: role.name, ports, protocol, from, why, sure }));
}

/** What is known of a role in that version, for whoever judges a change of its nodes. */
export function factsOf(version: KatoVersion, role: Role): RoleFacts {
  const kept = keptBy(role)?.what ?? (keptBy(role) ? `data of role ${role.name}` : undefined);
  const keeps = role.keepsOnCore ?? kept ?? (role.keeps === 'nothing' ? NOTHING : undefined);
  return {
    ...(keeps === undefined ? {} : { keeps }),
    ...(role.keepsOnCore === undefined ? {} : { keptOn: 'core' as const }),
    serves: role.serves ?? 'data services',
    standIn: role.standIn ?? false,
    placement: role.placement ?? 'any',
    restart: role.restart ?? 'role',
    processes: role.processes,
    ports: portsOf(version, role).map(({ role: _, ...port }) => port),
  };
}
