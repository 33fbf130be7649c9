import {
  DefaultTokenResolver,
  StringConcat,
  TerraformElement,
  TerraformResource,
  TerraformStack,
  Tokenization,
} from 'cdktf';
import { Construct, RootConstruct } from 'constructs';
import type { Pool, Topology, TrafficRule } from '../topology/model';

/** A `moved` block of Terraform: the state's object at one address belongs to another. */
export interface Move {
  readonly from: string;
  readonly to: string;
}

/** A pool or database, and the names that it has had, its present one last. */
interface Named {
  readonly names: readonly string[];
}

/** An id in the construct tree: text, and names that were others before. */
type Id = readonly (string | Named)[];

/** A renamed topology, as far as ids and keys of resources depend on names. */
export type Renamed = Pick<Topology, 'pools' | 'databases' | 'rules'>;

/**
 * Adds `moved` blocks for all resources of renamed pools and databases below a construct, so that Terraform remakes none of
 * them for a new name. Adds nothing if the topology has no former names.
 */
export function movedResources(scope: Construct, topology: Renamed): void {
  const { pools, databases } = topology;
  if (![...Object.values(pools), ...Object.values(databases)].some(({ was }) => was.length > 0)) return;
  addMoves(scope, 'Moved', () => movesBelow(scope, topology));
}

/** Adds `moved` blocks to the stack, listed when it is synthesized: no class of cdktf writes moves of single instances. */
export function addMoves(scope: Construct, id: string, moves: () => readonly Move[]): void {
  Object.assign(new TerraformElement(scope, id), { toTerraform: () => ({ moved: moves() }) });
}

/** The moves of all resources below a construct. */
export function movesBelow(scope: Construct, topology: Renamed): readonly Move[] {
  const stack = TerraformStack.of(scope);
  const former = formerIds(topology);
  const depth = scope.node.scopes.length;
  return scope.node.findAll().flatMap((resource) => {
    if (!TerraformResource.isTerraformResource(resource)) return [];
    const own = resource.node.scopes.map((s) => s.node.id).slice(stack.node.scopes.length);
    const upTo = depth - stack.node.scopes.length;
    const path = own.map((id, i): Id => (i < upTo ? [id] : former(own.slice(upTo, i), id)));
    const address = (ids: readonly string[]) => `${resource.terraformResourceType}.${logicalId(stack, ids)}`;
    const named = pathsOf(path).map(address);
    // an id that someone overrode depends on no name
    const moves = named.at(-1) === addressOf(resource) ? line(named) : [];
    return [...moves, ...keyMoves(resource, Object.values(topology.pools))];
  });
}

const addressOf = (resource: TerraformResource) => `${resource.terraformResourceType}.${resource.friendlyUniqueId}`;

/** Moves of single instances, from keys of former node names to those of present ones. */
function keyMoves(resource: TerraformResource, pools: readonly Pool[]): Move[] {
  const made = resource.toTerraform() as { resource?: Record<string, Record<string, { for_each?: unknown }>> };
  const each = made.resource?.[resource.terraformResourceType]?.[resource.friendlyUniqueId]?.for_each;
  const resolver = new DefaultTokenResolver(new StringConcat());
  const keys: unknown = Tokenization.resolve(each, { scope: resource, resolver, preparing: false });
  if (typeof keys !== 'object' || keys === null) return [];
  return pools.flatMap(({ name, was, nodes }) =>
    Object.keys(nodes)
      .filter((node) => Object.hasOwn(keys, node))
      .flatMap((node) => {
        const names = [...was, name].map((one) => one + node.slice(name.length));
        return line(names.map((key) => `${addressOf(resource)}[${JSON.stringify(key)}]`));
      }),
  );
}

/**
 * One move from each address to the next. At an address may be only one end of a move, and an object is at only one of the
 * addresses; so it gets to the last one wherever it is, whichever of several names changed first.
 */
export function line(addresses: readonly string[]): Move[] {
  return addresses.slice(1).map((to, i) => ({ from: addresses[i]!, to }));
}

/** The id that a stack gives to an element at a path. */
function logicalId(stack: TerraformStack, ids: readonly string[]): string {
  const [first, ...rest] = ids;
  const leaf = rest.reduce((parent: Construct, id) => new Construct(parent, id), new RootConstruct(first));
  return stack.getLogicalId(leaf.node);
}

/** All paths that a path has had, with every combination of names, the present one last. */
function pathsOf(path: readonly Id[]): readonly (readonly string[])[] {
  const renamed = [...new Set(path.flat().filter((part) => typeof part !== 'string'))];
  const chosen = renamed.reduce<ReadonlyMap<Named, string>[]>(
    (all, one) => all.flatMap((before) => one.names.map((name) => new Map(before).set(one, name))),
    [new Map()],
  );
  const text = (names: ReadonlyMap<Named, string>) => (part: string | Named) =>
    typeof part === 'string' ? part : names.get(part)!;
  return chosen.map((names) => path.map((id) => id.map(text(names)).join('')));
}

/** The parts of an id by the ids above it, as the constructs of the clouds compose it. */
function formerIds({ pools, databases, rules }: Renamed): (above: readonly string[], id: string) => Id {
  const named = (all: Readonly<Record<string, { readonly name: string; readonly was: readonly string[] }>>) => {
    const entries = Object.values(all).map(({ name, was }) => [name, { names: [...was, name] }] as const);
    const known = new Map<string, Named>(entries);
    return (name: string): string | Named => known.get(name) ?? name;
  };
  const [pool, database] = [named(pools), named(databases)];
  const ofDatabases = Object.keys(databases).map((name): [string, Id] => [
    `database-${name}`,
    ['database-', database(name)],
  ]);
  const inPool = new Map(ofDatabases);
  const inCluster = new Map<string, Id>([
    ...ofDatabases,
    ...Object.keys(pools).flatMap((name): [string, Id][] => [
      [name, [pool(name)]],
      [`nodes-${name}`, ['nodes-', pool(name)]],
    ]),
    ...rules.map((rule): [string, Id] => [`allow-${rule.id}`, ['allow-', ...ruleId(rule, pool, database)]]),
  ]);
  return (above, id) => {
    if (above.length === 0) return inCluster.get(id) ?? loginId(id, pool);
    return above.length === 1 && Object.hasOwn(pools, above[0]!) ? (inPool.get(id) ?? [id]) : [id];
  };
}

type Naming = (name: string) => string | Named;

/** `storage-from-web-4222-tcp`, `database-apps-from-storage-3306-tcp`. */
function ruleId({ id, from, to }: TrafficRule, pool: Naming, database: Naming): Id {
  const [, owned] = /^database:(.*)/.exec(to) ?? [];
  const head = owned === undefined ? [pool(to)] : ['database-', database(owned)];
  const length = `${to}-from-${from}`.length;
  return [...head, '-from-', pool(from), id.slice(length)];
}

/** `login-front-from-203-0-113-0-24`. */
function loginId(id: string, pool: Naming): Id {
  const [, name, network] = /^login-(.+)(-from-[\d-]+)$/.exec(id) ?? [];
  return name === undefined ? [id] : ['login-', pool(name), network!];
}
