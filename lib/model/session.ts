import { customRoles } from './custom-roles';
import type { NodeReport } from './node-state';
import { controlSocket, type Place, readText } from './place';
import {
  inOrder,
  type ModelProcess,
  type ModelRole,
  processesOf,
  rolesOf,
  shippedGroups,
  supervisorPort,
} from './roles';
import type { Product } from './version';
import { ask, pause, Refusal, type Request, type Target, takeTurn } from './wire';
import { parseYaml, type Value, yamlText } from './yaml';

/** Said by kato to its user; `code` is what it would exit with if this version is honest about it. */
export class KatoError extends Error {
  constructor(
    message: string,
    readonly code = 1,
  ) {
    super(message);
  }
}

/** One run of kato on one node: what it can ask and what it prints. */
export interface Session {
  readonly place: Place;
  readonly product: Product;
  /** Roles that this node knows: the version's and those of its own files (1.4, H). */
  readonly roles: readonly ModelRole[];
  /** Processes of some roles. */
  processes(roles: readonly string[]): ModelProcess[];
  out(line: string): void;
  stdin(): string;
  /** Runs another kato command on this node, as its shell and what was deferred do; gives its exit code. */
  kato(words: readonly string[], stdin: () => string): Promise<number>;
  /** The supervisor's view of this node. */
  report(): Promise<Report>;
  /** Asks the supervisor of this node, or of another one over 9001. */
  supervisor<T>(request: Request, address?: string): Promise<T>;
  /** Asks the store that this node belongs to. */
  store<T>(request: Request): Promise<T>;
  /** Does something while no other kato changes what a node is. */
  turn<T>(address: string | undefined, work: () => Promise<T>): Promise<T>;
  /** Where a port of another node is. */
  at(host: string, port: number): Target;
}

export type Report = NodeReport & {
  readonly booted: boolean;
  readonly suppressed: boolean;
  readonly passwordless: boolean;
};

/** Where a session prints and reads. */
export interface Terminal {
  out(line: string): void;
  err(line: string): void;
  stdin(): string;
}

/** Runs one kato command and gives its exit code. */
export type Kato = (place: Place, product: Product, words: readonly string[], io: Terminal) => Promise<number>;

export function openSession(place: Place, product: Product, io: Pick<Terminal, 'out' | 'stdin'>, kato: Kato): Session {
  const local: Target = { path: place.path(controlSocket) };
  const at = (host: string, port: number): Target => ({ host, port: place.port(port), from: place.bind });
  const noStore = (where: string, why: string) =>
    new KatoError(`cannot connect to the config store at ${where}:${product.storePort}: ${why}`);
  const report = () =>
    ask<Report>(local, { op: 'report' }).catch((error: Error) => {
      throw noStore('127.0.0.1', error.message);
    });
  const known = () => rolesOf(product.version, customRoles(place, product.version));
  return {
    place,
    product,
    get roles() {
      return known();
    },
    processes: (roles) => processesOf(product.version, roles, known()),
    ...io,
    kato: (words, stdin) => kato(place, product, words, { out: io.out, err: io.out, stdin }),
    at,
    report,
    async supervisor<T>(request: Request, address?: string): Promise<T> {
      const remote = address !== undefined && address !== place.address;
      const target = remote ? at(address, supervisorPort) : local;
      return ask<T>(target, request).catch((error: Error) => {
        if (error instanceof Refusal) throw new KatoError(error.message);
        throw new KatoError(`cannot connect to supervisord on ${remote ? address : '127.0.0.1'}: ${error.message}`);
      });
    },
    async turn<T>(address: string | undefined, work: () => Promise<T>): Promise<T> {
      const remote = address !== undefined && address !== place.address;
      const end = await takeTurn(remote ? at(address, supervisorPort) : local, 120).catch((error: Error) => {
        if (!remote) throw noStore('127.0.0.1', error.message);
        throw new KatoError(`cannot connect to supervisord on ${address}: ${error.message}`);
      });
      return work().finally(end);
    },
    async store<T>(request: Request): Promise<T> {
      const { mode, mbusip, processes } = await report();
      const keeper = product.storePort === 7474 ? 'config_redis' : 'doozerd';
      if (mode !== 'attached' && processes[keeper]?.state !== 'RUNNING') {
        throw noStore('127.0.0.1', `${keeper} is not running`);
      }
      return ask<T>(mode === 'attached' ? at(mbusip, product.storePort) : local, request).catch((error: Error) => {
        if (error instanceof Refusal) throw new KatoError(error.message);
        throw noStore(mbusip, error.message);
      });
    },
  };
}

/** A command that changes what its node is: one after the other (L). */
export const inTurn =
  <C>(run: (session: Session, call: C) => Promise<number>) =>
  (session: Session, call: C): Promise<number> =>
    session.turn(undefined, () => run(session, call));

/** Prints a value as `--json` or `--yaml` ask for, or the lines that a person reads. */
export function print(
  session: Session,
  flags: Readonly<Record<string, string | undefined>>,
  value: Value,
  lines: readonly string[],
): void {
  if (flags['json'] !== undefined) session.out(JSON.stringify(value, null, 2));
  else if (flags['yaml'] !== undefined) session.out(yamlText(value));
  else for (const line of lines) session.out(line);
}

/** Waits until nothing is starting any more, as kato does before it returns; a minute at most. */
export async function settle(session: Session, address?: string): Promise<void> {
  for (const end = Date.now() + 60_000; Date.now() < end; await pause(0.1)) {
    const { processes } = await session.supervisor<Report>({ op: 'report' }, address);
    if (!Object.values(processes).some((process) => process.state === 'STARTING' && !process.hung)) return;
  }
}

/** Role groups of this node: the file wins over what was shipped (1.3, H). */
export function groupsOf(place: Place): Record<string, readonly string[]> {
  const text = readText(place.path('/home/stackato/stackato/etc/kato/role_groups.yml'));
  // Without the names that objects have anyway: a word of an operator is looked up here.
  const groups: Record<string, readonly string[]> = Object.create(null);
  if (text === undefined) return Object.assign(groups, shippedGroups);
  const map = parseYaml(text);
  if (map === null || typeof map !== 'object' || Array.isArray(map))
    throw new KatoError('role_groups.yml is not a map');
  for (const [name, list] of Object.entries(map)) groups[name] = (Array.isArray(list) ? list : []).map(String);
  return groups;
}

/** Role names and groups as roles, in start order; refuses what this version does not know and what is never listed. */
export function expandRoles(session: Session, words: readonly string[]): string[] {
  const known = session.roles;
  const groups = groupsOf(session.place);
  const names = words.flatMap((word) => groups[word] ?? [word]);
  for (const name of names) {
    const role = known.find((r) => r.name === name);
    if (!role) throw new KatoError(`unknown role: ${name}`);
    if (name === 'primary') throw new KatoError('primary stays on the core; there is exactly one in a cluster');
    if (name === 'base') throw new KatoError('base is on every node and cannot be added or removed');
  }
  const list = inOrder(names);
  const alone = known.find((r) => r.alone && list.includes(r.name));
  if (alone && list.length > 1) throw new KatoError(`${alone.name} cannot hold any other role`);
  return list;
}
