import { sorted } from '../base/order';
import type { ClusterSpec, PoolSpec } from '../declaration/spec';
import { bootCore, bootNode, coreFolders } from '../kato/boot';
import { commonFacts, type RoleFacts } from '../kato/facts';
import { factsOf, mayKeep, portsOf, type Role, type RoleUse } from '../kato/role';
import { byStartOrder, CORE_ROLES, findRole, ROLE_GROUPS } from '../kato/roles';
import { DATABASE_DEFAULTS } from '../kato/roles/database';
import type { Action, Hole, RolePort, Step, Word } from '../kato/step';
import { BALANCER } from './entry';
import { planRules } from './firewall';
import { databaseName, volumeNames } from './kept';
import type { Database, Disk, Pool, Topology } from './model';

const BASE = findRole('base')!.role;
const OF_CORE = CORE_ROLES.map((name) => findRole(name)!.role);

/** Derives pools, nodes, disks, databases, firewall rules and boot steps from a declaration. The order of keys has no effect. */
export function planTopology(spec: ClusterSpec): Topology {
  const names = Object.keys(spec.pools).sort();
  const behindBalancer = roleNames(spec).includes(BALANCER);
  const joined = { ...spec, behindBalancer };
  const pools = Object.fromEntries(names.map((name) => [name, planPool(name, spec.pools[name]!, joined)]));
  const core = planCore(spec);
  const databases = planDatabases(spec);
  const releases = sorted(spec.release);
  const secrets = [core, ...Object.values(pools)].flatMap((p) => p.secrets);
  return withReleases({
    cluster: spec.name,
    hostname: spec.hostname,
    version: spec.version.text,
    firewall: spec.firewall,
    protect: spec.protect,
    core,
    pools,
    databases,
    rules: planRules(spec.firewall, [core, ...Object.values(pools)], Object.values(databases)),
    config: sortKeys(spec.kato),
    roles: planRoles(spec),
    releases,
    secrets: [...new Set(secrets)].sort(),
  });
}

/** The topology with what its releases unprotect. */
function withReleases(topology: Topology): Topology {
  const { releases, core, databases } = topology;
  const has = (name: string) => Object.hasOwn(releases, name);
  const pool = (plan: Pool): Pool =>
    plan.disk && volumeNames(plan).some(has) ? { ...plan, disk: { ...plan.disk, released: true } } : plan;
  const database = (plan: Database): Database => (has(databaseName(plan.name)) ? { ...plan, released: true } : plan);
  return {
    ...topology,
    core: { ...pool(core), ...(has('core') ? { released: true } : {}) },
    pools: mapped(topology.pools, pool),
    databases: mapped(databases, database),
  };
}

const mapped = <T>(all: Readonly<Record<string, T>>, change: (one: T) => T): Record<string, T> =>
  Object.fromEntries(Object.entries(all).map(([name, one]) => [name, change(one)]));

/** Facts about all roles; for a role with different options in two pools, the facts common to both. */
function planRoles(spec: ClusterSpec): Topology['roles'] {
  const uses = [spec.core, ...Object.values(spec.pools)].flatMap(({ roles }) => roles.map(({ role }) => role));
  const all = new Map<string, RoleFacts>();
  for (const role of [BASE, ...OF_CORE, ...uses]) {
    const facts = factsOf(spec.version, role);
    const other = all.get(role.name);
    all.set(role.name, other ? commonFacts(other, facts) : facts);
  }
  return Object.fromEntries(byStartOrder([...all.keys()]).map((name) => [name, all.get(name)!]));
}

/** The data that a pool needs of the cluster that it joins. */
export interface JoinedCluster extends Pick<ClusterSpec, 'hostname' | 'version' | 'databases'> {
  /** Whether routers are reached through a `load_balancer` node only. @default false */
  readonly behindBalancer?: boolean;
}

const roleNames = ({ pools }: ClusterSpec) =>
  Object.values(pools).flatMap(({ roles }) => roles.map((r) => r.role.name));

/** Plans one pool, also for a pool that joins the cluster of another stack. */
export function planPool(name: string, pool: PoolSpec, cluster: JoinedCluster): Pool {
  const uses = inStartOrder(pool.roles);
  const roles = uses.map((r) => r.role);
  const disk = planDisk(pool);
  const ports = planPorts(cluster, [BASE, ...roles], cluster.behindBalancer ?? false);
  const boot = bootNode({
    version: cluster.version,
    hostname: cluster.hostname,
    roles: uses,
    attach: attachNames(pool.roles),
    placementZones: pool.placementZones,
    ...(disk ? { disk } : {}),
  });
  return {
    name,
    roles: roles.map((r) => r.name),
    size: pool.size,
    nodes: Object.fromEntries(Array.from({ length: pool.count }, (_, i) => [`${name}-${i + 1}`, { ordinal: i }])),
    ...(disk ? { disk } : {}),
    world: ports.some((p) => p.from === 'world'),
    // Without a disk, data of a role that does not say what it keeps may be on the root disk.
    keeps: disk !== undefined || roles.some(mayKeep),
    ...reads(boot),
    placementZones: pool.placementZones,
    ports,
    boot,
    was: pool.was ?? [],
  };
}

function planCore(spec: ClusterSpec): Pool {
  const { version, core, admin } = spec;
  const own = inStartOrder(core.roles);
  const names = Object.keys(spec.pools).sort();
  const everyone = names.flatMap((name) => inStartOrder(spec.pools[name]!.roles));
  const fronted = everyone.some((r) => r.role.name === 'router' || r.role.name === BALANCER);
  const disk = coreDisk(spec);
  const boot = bootCore({
    version,
    hostname: spec.hostname,
    roles: [BASE, ...OF_CORE].map((role): RoleUse => ({ role })).concat(own),
    admin: { ...admin, password: secretHole(admin.password.secret) },
    ...(spec.license ? { license: secretHole(spec.license.secret) } : {}),
    config: configActions(spec),
    onCore: [...own, ...everyone].flatMap((r) => [
      ...(r.role.onCore?.({ version, ...(r.database ? { database: r.database } : {}) }) ?? []),
    ]),
    sharesCertificate: fronted,
    ...(disk ? { disk } : {}),
  });
  const roles = [BASE, ...OF_CORE, ...own.map((r) => r.role)];
  return {
    name: 'core',
    roles: byStartOrder(roles.map((r) => r.name).filter((n) => n !== 'base')),
    size: core.size,
    nodes: { core: { ordinal: 0 } },
    ...(disk ? { disk } : {}),
    // If the cluster has separate routers, that of the core serves only the cluster (facts §1.1; H).
    world: !fronted,
    keeps: true,
    ...reads(boot),
    placementZones: [],
    ports: planPorts(spec, roles, fronted),
    boot,
    was: [],
  };
}

function planDisk(pool: { diskGib?: number | undefined; roles: readonly RoleUse[] }): Disk | undefined {
  if (pool.diskGib === undefined) return undefined;
  return { gib: pool.diskGib, mount: MOUNT, relocate: ['services'], keeps: keptRoles(pool.roles) };
}

/** The core's disk keeps what the core keeps, and beside it the data of its own services. */
function coreDisk({ version, core }: ClusterSpec): Disk | undefined {
  if (core.diskGib === undefined) return undefined;
  const own = keptRoles(core.roles);
  const relocate = coreFolders(version, own.length > 0);
  const implied = relocate.includes('data') ? ['primary', 'controller'] : ['controller'];
  return { gib: core.diskGib, mount: MOUNT, relocate, keeps: byStartOrder([...implied, ...own]) };
}

const MOUNT = '/mnt/stackato';

const keptRoles = (roles: readonly RoleUse[]) =>
  byStartOrder(roles.filter((r) => mayKeep(r.role)).map((r) => r.role.name));

function planDatabases(spec: ClusterSpec): Record<string, Database> {
  const users = (name: string) =>
    [['core', spec.core.roles] as const, ...Object.entries(spec.pools).map(([pool, p]) => [pool, p.roles] as const)]
      .flatMap(([pool, roles]) => roles.filter((r) => r.database === name).map((r) => ({ pool, role: r.role.name })))
      .sort((a, b) => (a.pool < b.pool ? -1 : 1));
  return Object.fromEntries(
    Object.keys(spec.databases)
      .sort()
      .map((name) => {
        const { version, ...rest } = spec.databases[name]!;
        return [
          name,
          { name, ...rest, version: version ?? DATABASE_DEFAULTS[rest.engine].version, usedBy: users(name) },
        ];
      }),
  );
}

const inStartOrder = (roles: readonly RoleUse[]) => {
  const order = byStartOrder(roles.map((r) => r.role.name));
  return [...roles].sort((a, b) => order.indexOf(a.role.name) - order.indexOf(b.role.name));
};

/** The argument of `-e`: the name of kato's group if all its roles are present, as in the vendor's pages. */
function attachNames(roles: readonly RoleUse[]): readonly string[] {
  const names = byStartOrder(roles.filter((r) => r.role.shipped !== false).map((r) => r.role.name));
  const group = ROLE_GROUPS['data-services']!;
  return group.every((g) => names.includes(g)) ? ['data-services', ...names.filter((n) => !group.includes(n))] : names;
}

function configActions(spec: ClusterSpec): Extract<Action, { do: 'config' }>[] {
  return Object.entries(sortKeys(spec.kato)).flatMap(([component, keys]) =>
    Object.entries(keys).map(([key, value]) => {
      if (isSecret(value))
        return { do: 'config' as const, component, key, value: secretHole(value.secret), type: 'string' as const };
      const text = typeof value === 'string' ? value : JSON.stringify(value);
      return {
        do: 'config' as const,
        component,
        key,
        value: text,
        type: typeof value === 'string' ? ('string' as const) : ('json' as const),
      };
    }),
  );
}

function isSecret(value: unknown): value is { secret: string } {
  return (
    typeof value === 'object' &&
    value !== null &&
    Object.keys(value).length === 1 &&
    typeof (value as { secret?: unknown }).secret === 'string'
  );
}

const secretHole = (name: string): Hole => ({ hole: 'secret', name });

/** The secrets and databases that the steps of a node read. */
function reads(boot: readonly Step[]): { secrets: readonly string[]; databases: readonly string[] } {
  const holes = boot.flatMap((s) => holesOf(s.action));
  const names = (kind: 'secret' | 'database') =>
    [...new Set(holes.flatMap((h) => (h.hole === kind ? [h.name] : [])))].sort();
  return { secrets: names('secret'), databases: names('database') };
}

/** The holes among an action's words. */
export function holesOf(action: Action): Hole[] {
  const words: Word[] = Object.values(action).flatMap((v) =>
    Array.isArray(v) ? (v as Word[]) : typeof v === 'object' && v !== null ? [v as Word] : [],
  );
  return words.flatMap((w) =>
    typeof w === 'string' ? [] : 'hole' in w ? [w] : w.filter((p) => typeof p !== 'string'),
  );
}

/**
 * The ports of a pool. Routers behind a balancer, and the core's own router beside separate ones, serve only the cluster (facts §1.1
 * and §5.4; H): the world reaches what stands before them.
 */
function planPorts(cluster: JoinedCluster, roles: readonly Role[], fronted: boolean): readonly RolePort[] {
  const inside = (role: Role, { from }: RolePort) => !(fronted && role.name === 'router' && from === 'world');
  return roles.flatMap((role) => portsOf(cluster.version, role).filter((port) => inside(role, port)));
}

function sortKeys<T>(record: Readonly<Record<string, Readonly<Record<string, T>>>>): Record<string, Record<string, T>> {
  return Object.fromEntries(Object.entries(sorted(record)).map(([k, v]) => [k, sorted(v)]));
}
