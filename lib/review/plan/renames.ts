import type { JsonObject } from '../../base/json';
import type { Manifest, ManifestNode } from '../../topology/manifest';

/** Names that a plan changes without a change in the cloud: former names by present ones. */
export interface Renames {
  readonly nodes: ReadonlyMap<string, string>;
  readonly pools: ReadonlyMap<string, string>;
  readonly databases: ReadonlyMap<string, string>;
}

/** The part of a change that `readRenames` needs. */
interface Movable {
  readonly address: string;
  readonly before: JsonObject | null;
  readonly previousAddress?: string;
}

type Names = ReadonlyMap<string, string>;

/**
 * The manifest before in the names and addresses after, so that a moved node is the same node; and what was renamed. A node
 * or database is the same if the plan moves its resource to the address of the other name.
 */
export function readRenames(
  before: Manifest | undefined,
  after: Manifest | undefined,
  changes: readonly Movable[],
): { readonly before?: Manifest; readonly renames: Renames } {
  const moved = new Map(changes.flatMap((c) => (c.previousAddress ? [[c.previousAddress, c.address] as const] : [])));
  const renames = { nodes: new Map(), pools: new Map(), databases: new Map() };
  if (!before || moved.size === 0) return { before, renames };
  const present = (address: string) => moved.get(address) ?? address;
  const nodes = namesAfter(before.nodes, after?.nodes ?? {}, present);
  const databases = namesAfter(before.databases, after?.databases ?? {}, present);
  const pools = new Map([...nodes].map(([was, is]) => [before.nodes[was]!.pool, after!.nodes[is]!.pool]));
  return {
    before: inPresentNames(before, { nodes, pools, databases }, present),
    renames: { nodes: inverse(nodes), pools: inverse(pools), databases: inverse(databases) },
  };
}

/** The JSON path of a node in the plan's manifest before, where it has its former name. */
export function nodeBefore(plan: { readonly beforePath: string; readonly renames: Renames }, name: string): string {
  return `${plan.beforePath}.nodes.${plan.renames.nodes.get(name) ?? name}`;
}

const inverse = (names: Names) => new Map([...names].filter(([was, is]) => was !== is).map(([was, is]) => [is, was]));

/** Present names by former ones, of things at the same address. */
function namesAfter(
  before: Readonly<Record<string, { readonly resource: string }>>,
  after: Readonly<Record<string, { readonly resource: string }>>,
  present: (address: string) => string,
): Names {
  const byAddress = new Map(Object.entries(after).map(([name, { resource }]) => [resource, name]));
  return new Map(
    Object.entries(before).flatMap(([was, { resource }]) => {
      const is = byAddress.get(present(resource));
      const free = is !== undefined && is !== was && !Object.hasOwn(before, is) && !Object.hasOwn(after, was);
      return free ? [[was, is] as const] : [];
    }),
  );
}

type ByFormer = { readonly [Kind in keyof Renames]: Names };

function inPresentNames(manifest: Manifest, names: ByFormer, present: (address: string) => string): Manifest {
  const pool = (name: string) => names.pools.get(name) ?? name;
  const end = (name: string) => {
    const [, database] = /^database:(.*)/.exec(name) ?? [];
    return database === undefined ? pool(name) : `database:${names.databases.get(database) ?? database}`;
  };
  const node = (one: ManifestNode): ManifestNode => ({
    ...one,
    pool: pool(one.pool),
    resource: present(one.resource),
    ...(one.disk ? { disk: { ...one.disk, resource: present(one.disk.resource) } } : {}),
  });
  const renamed = <T>(all: Readonly<Record<string, T>>, name: (was: string) => string, change: (one: T) => T) =>
    Object.fromEntries(Object.entries(all).map(([was, one]) => [name(was), change(one)]));
  return {
    ...manifest,
    nodes: renamed(manifest.nodes, (was) => names.nodes.get(was) ?? was, node),
    databases: renamed(
      manifest.databases,
      (was) => names.databases.get(was) ?? was,
      (one) => ({
        ...one,
        resource: present(one.resource),
        usedBy: one.usedBy.map((use) => ({ ...use, pool: pool(use.pool) })),
      }),
    ),
    rules: manifest.rules.map((rule) => ({ ...rule, from: end(rule.from), to: end(rule.to) })),
    groups: renamed(manifest.groups, end, present),
  };
}
