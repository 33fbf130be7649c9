import { InputError, type Problem } from '../base/input';
import { parseCluster } from '../declaration/define';
import { hostname, label, secretPrefix } from '../declaration/fields';
import { keptBy, portsOf, type RoleUse } from '../kato/role';
import { findRole } from '../kato/roles';
import { type KatoVersion, parseVersion } from '../kato/version';
import { BALANCER } from '../topology/entry';
import { planRules } from '../topology/firewall';
import type { Pool, TrafficRule } from '../topology/model';
import { planPool } from '../topology/plan';
import type { JoinableCluster } from './handle';

/** Properties of every typed pool, on any cloud. */
export interface GuestProps {
  /** Name of the pool, and prefix of its nodes' names. @default the construct's id */
  readonly name?: string;
  /** Number of nodes. @default 1 */
  readonly count?: number;
  /** Machine size: a word that the cluster's table translates. @default medium */
  readonly size?: string;
  /**
   * Its former name, or all of them, oldest first: its nodes stay when `name` changes and the construct keeps its id.
   * @default none
   */
  readonly was?: string | readonly string[];
}

/** Properties that a typed pool adds. */
export interface GuestRoles {
  readonly roles: readonly RoleUse[];
  readonly diskGib?: number;
  readonly placementZones?: readonly string[];
}

/** The plan of a pool that joins the cluster of another stack. */
export interface GuestPlan {
  readonly plan: Pool;
  /** Whether it needs a separate firewall group. */
  readonly grouped: boolean;
  /** Rules between it and the groups that the handle knows. */
  readonly rules: readonly TrafficRule[];
}

/**
 * Plans a pool that joins the cluster of another stack, and its firewall rules.
 * @throws InputError when the pool does not fit the cluster.
 */
export function planGuest(id: string, join: JoinableCluster, props: GuestProps & GuestRoles): GuestPlan {
  const name = props.name ?? id;
  const version = parseVersion(join.version);
  const problems = guestProblems(join, name, props);
  if ('problem' in version) problems.push({ path: 'join.version', message: version.problem, rule: 'version-unknown' });
  if ('problem' in version || problems.length) throw new InputError(`pool ${name}`, problems);
  const plan = planPool(
    name,
    {
      roles: props.roles,
      count: props.count ?? 1,
      size: props.size ?? 'medium',
      placementZones: [...(props.placementZones ?? [])],
      ...(props.diskGib === undefined ? {} : { diskGib: props.diskGib }),
      was: [props.was ?? []].flat(),
    },
    { hostname: join.hostname, version, databases: {}, behindBalancer: hasRole(join, BALANCER) },
  );
  // Only the rules between the guest and its hosts: the hosts' stack has those among the hosts.
  const hosts = Object.entries(join.pools).map(([host, { roles: theirs }]) => hostPool(host, theirs, version));
  const rules = planRules(join.firewall, [plan, ...hosts]).filter((r) => r.from === name || r.to === name);
  const reachable = rules.filter((r) =>
    [r.from, r.to].every((n) => n === name || n === 'world' || n === 'cluster' || join.pools[n]?.groupId),
  );
  return { plan, grouped: rules.length > 0, rules: reachable };
}

const hasRole = ({ pools }: JoinableCluster, role: string) =>
  Object.values(pools).some(({ roles }) => roles.includes(role));

/** The id of the group that a rule of a guest's plan names. */
export function guestGroup(join: JoinableCluster, plan: Pool, own: string | undefined, name: string): string {
  return name === plan.name ? own! : name === 'cluster' ? join.clusterGroupId : join.pools[name]!.groupId!;
}

/** Problems of a guest: those that a declaration with such a pool has, and those that only a guest can have. */
function guestProblems(join: JoinableCluster, name: string, props: GuestProps & GuestRoles): Problem[] {
  const problems = [...handleProblems(join), ...poolProblems(join, name, props)];
  if (Object.hasOwn(join.pools, name))
    problems.push({
      path: 'name',
      message: `the cluster already has a pool "${name}"; write another name`,
      rule: 'name-reserved',
    });
  for (const was of [props.was ?? []].flat().filter((one) => Object.hasOwn(join.pools, one)))
    problems.push({
      path: 'was',
      message: `"${was}" is a pool of the cluster; remove it`,
      rule: 'was-present',
    });
  for (const { role } of props.roles) {
    if (keptBy(role) && props.diskGib === undefined && !problems.some((p) => p.rule === 'disk-required'))
      problems.push({
        path: 'diskGib',
        message: `required: ${role.name} keeps data; write for example diskGib: 50`,
        rule: 'disk-required',
      });
    const steps = role.onCore?.({ version: { text: '3.6', parts: [3, 6, 2] } }) ?? [];
    if (steps.length)
      problems.push({
        path: 'roles',
        message: `${role.name} has steps on the core, which does not boot again; declare it in the cluster`,
        rule: 'role-on-core',
      });
  }
  return problems;
}

/** The rules of a declaration over one pool, in terms of a construct's props. */
function poolProblems(join: JoinableCluster, name: string, props: GuestProps & GuestRoles): Problem[] {
  const { roles, count, size, diskGib, placementZones } = props;
  const was = typeof props.was === 'object' ? [...props.was] : props.was;
  const uses = roles.flatMap(({ role, database }) => (database ? [[database, { engine: role.database }]] : []));
  const result = parseCluster({
    name: 'guest',
    hostname: 'guest.example.com',
    version: 'problem' in parseVersion(join.version) ? undefined : join.version,
    admin: { email: 'guest@example.com', organization: 'guest', password: { secret: 'guest' } },
    pools: { [name]: { roles, count, size, diskGib, placementZones, was } },
    databases: Object.fromEntries(uses),
  });
  const path = `pools.${name}`;
  return ('problems' in result ? result.problems : [])
    .filter((p) => (p.path === path || p.path.startsWith(`${path}.`)) && p.rule !== 'name-taken')
    .map((p) => ({
      ...p,
      path: p.path.slice(path.length + 1) || 'name',
      message: p.message.replace(/^as a name: /, ''),
    }));
}

/** Values in boot scripts and names must be known at synthesis. */
function handleProblems(join: JoinableCluster): Problem[] {
  const fields = { name: label, hostname, secretPrefix } as const;
  const problems = Object.entries(fields).flatMap(([key, field]) =>
    (field.safeParse(join[key as keyof typeof fields]).error?.issues ?? []).map((issue) => ({
      path: `join.${key}`,
      message: issue.message,
      rule: 'shape',
    })),
  );
  if (join.zones.length > 0) return problems;
  return [...problems, { path: 'join.zones', message: 'must name at least one availability zone', rule: 'shape' }];
}

/** A host's pool with the fields that firewall rules read. */
function hostPool(name: string, roles: readonly string[], version: KatoVersion): Pool {
  const ports = portsOfNames(roles, version);
  return {
    name,
    roles,
    size: '',
    nodes: {},
    world: false,
    keeps: false,
    secrets: [],
    databases: [],
    placementZones: [],
    ports,
    boot: [],
    was: [],
  };
}

function portsOfNames(names: readonly string[], version: KatoVersion) {
  return [...new Set(['base', ...names])].flatMap((n) => {
    const word = findRole(n);
    return word ? portsOf(version, word.role) : [];
  });
}
