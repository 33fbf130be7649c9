import { z } from 'zod';
import { InputError, zodProblems } from '../base/input';
import { type Audience, NOTHING, type RoleFacts } from './facts';
import type { Action, RolePort } from './step';
import { atLeast, type KatoVersion } from './version';

/** A port of a role, with the versions that have it. */
export interface PortFact extends Omit<RolePort, 'role' | 'protocol'> {
  /** Transport protocol. @default tcp */
  readonly protocol?: 'tcp' | 'udp';
  /** The first version that has it. @default every version */
  readonly since?: string;
  /** The first version that lacks it. */
  readonly until?: string;
  /** Whether no other role of the node may use ports of the range: its processes take any of them. */
  readonly exclusive?: boolean;
}

/** Data of a role that is lost with its disk. */
export interface KeptData {
  /** Where the data is on the node: `/var/stackato/services`. */
  readonly directory: string;
  /** The name of the data for `kato relocate`. */
  readonly relocate: 'services' | 'droplets';
  /** In an operator's words: `MySQL databases`. @default 'data of role <name>' */
  readonly what?: string;
}

/** The input of a role's step functions. */
export interface RoleContext {
  /** Version of the product. */
  readonly version: KatoVersion;
  /** The name of the declared database that the role uses, if any. */
  readonly database?: string;
}

/** A role of a node: facts and boot steps. Everything that a node does comes from its roles. */
export interface Role {
  /** Its name in kato: `data_service_x`. */
  readonly name: string;
  /** Its purpose, in one sentence. */
  readonly title: string;
  /** The first version that has it. @default every version */
  readonly since?: string;
  /** The first version that lacks it. */
  readonly until?: string;
  /** Whether the image contains the role. If not, `before` must install it, and it is enabled after attach. @default true */
  readonly shipped?: boolean;
  /** Where it may run: on any node, only on the core, alone on its node, or on every node without being declared. @default 'any' */
  readonly placement?: 'any' | 'core' | 'alone' | 'implied';
  /** The most nodes of a cluster that may have it. @default no limit */
  readonly atMost?: number;
  /** Its processes, which are also the components of `kato config`. */
  readonly processes: readonly string[];
  /** Ports that its processes listen on. */
  readonly ports: readonly PortFact[];
  /** The data that it keeps on disk, or `nothing` if its data can be recreated. @default unknown: a review counts its data as lost */
  readonly keeps?: KeptData | 'nothing';
  /** The data that it keeps only on the core, in an operator's words; other nodes with the role share it. @default none */
  readonly keepsOnCore?: string;
  /** Who notices when no node runs it. @default 'data services' */
  readonly serves?: Audience;
  /** Whether another node with the role takes over at once. @default false */
  readonly standIn?: boolean;
  /** What to restart for a new setting of one of its processes. @default 'role' */
  readonly restart?: 'role' | 'process';
  /** The engine of an external database that it can use instead of its own server. @default none */
  readonly database?: 'mysql' | 'postgresql';
  /** Returns the steps on its node before the node attaches. @default no steps */
  readonly before?: (context: RoleContext) => readonly Action[];
  /** Returns the steps on its node after the node has attached. @default no steps */
  readonly after?: (context: RoleContext) => readonly Action[];
  /** Returns the steps on the core. @default no steps */
  readonly onCore?: (context: RoleContext) => readonly Action[];
}

/** A role in a pool, from a role function such as `dea()` or one that `defineRole` returns. */
export interface RoleUse {
  /** The role with its facts and steps. */
  readonly role: Role;
  /** The name of the declared database that it uses. @default its own server on the node */
  readonly database?: string;
}

/** Options of a built-in role. */
export interface RoleOptions {
  /**
   * The name of a declared database of the same engine, for use instead of its own server. Only for mysql and postgresql.
   * @default the role's own server on the node
   */
  readonly database?: string;
}

/** A role function: call it to list the role in a pool. */
export type RoleWord<Options = RoleOptions> = ((options?: Options) => RoleUse) & { readonly role: Role };

/**
 * Defines a role that the product ships.
 * @throws InputError when the role does not have one of the given options.
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

const noOptions = z.strictObject({});
const databaseOption = z.strictObject({ database: z.string().optional() });

/** The zod schema of a built-in role's options. */
export function roleOptions(role: Role): z.ZodType<RoleOptions> {
  return role.database ? databaseOption : noOptions;
}

/** The names of a built-in role's options. */
export function roleOptionNames(role: Role): readonly string[] {
  return role.database ? ['database'] : [];
}

/** Whether a value comes from a role function. */
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

/** The data of a role that must outlive its node; undefined if it keeps none or that is unknown. */
export function keptBy(role: Role): KeptData | undefined {
  return typeof role.keeps === 'object' ? role.keeps : undefined;
}

/** Whether a role keeps data on each of its nodes; a role that does not say so counts as one that does. */
export function mayKeep(role: Role): boolean {
  return role.keeps === undefined ? role.keepsOnCore === undefined : role.keeps !== 'nothing';
}

/** The ports of a role in that version. */
export function portsOf(version: KatoVersion, role: Role): readonly RolePort[] {
  return role.ports
    .filter((p) => (!p.since || atLeast(version, p.since)) && (!p.until || !atLeast(version, p.until)))
    .map(({ ports, protocol = 'tcp', from, why, sure }) => ({ role: role.name, ports, protocol, from, why, sure }));
}

/** The facts of a role in that version, for reviews. */
export function factsOf(version: KatoVersion, role: Role): RoleFacts {
  return {
    ...keptFacts(role),
    serves: role.serves ?? 'data services',
    standIn: role.standIn ?? false,
    placement: role.placement ?? 'any',
    restart: role.restart ?? 'role',
    processes: role.processes,
    ports: portsOf(version, role).map(({ role: _, ...port }) => port),
  };
}

/** What is lost with a disk of the role, and whether only with the core's. */
function keptFacts(role: Role): Pick<RoleFacts, 'keeps' | 'keptOn'> {
  const { keepsOnCore } = role;
  const kept = keptBy(role);
  const what = kept && (kept.what ?? `data of role ${role.name}`);
  if (keepsOnCore === undefined) return what ? { keeps: what } : role.keeps === 'nothing' ? { keeps: NOTHING } : {};
  return what ? { keeps: `${what}, and on the core ${keepsOnCore}` } : { keeps: keepsOnCore, keptOn: 'core' };
}
