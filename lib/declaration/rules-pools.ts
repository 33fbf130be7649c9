import { knowsAction } from '../kato/commands';
import { keptBy } from '../kato/role';
import { portRange } from './port-range';
import type { DeclarationRule } from './rule';
import { everyPool, nominalGib } from './spec';

/** Rules over pools: their names, roles, machines and disks. */
export const poolRules: readonly DeclarationRule[] = [
  {
    id: 'name-reserved',
    severity: 'error',
    explain:
      'Pools and databases lend their names to firewall rules and resources; core, cluster, world, database, all and constructor are taken.',
    remedy: 'Write another name. A pool or database that is deployed already would be made anew under it.',
    check: (spec) =>
      [...Object.keys(spec.pools).map((n) => ['pools', n]), ...Object.keys(spec.databases).map((n) => ['databases', n])]
        .filter(([, name]) => RESERVED.includes(name!))
        .map(([kind, name]) => ({
          path: `${kind}.${name}`,
          message: `the name "${name}" is taken; write another one`,
        })),
  },
  {
    id: 'name-taken',
    severity: 'error',
    explain:
      'Pools stand in their stack beside the parts of a cluster (network, nodes, key, dns, balancer, …); two parts of one name cannot be.',
    remedy: 'Write another name. A pool that is deployed already would be made anew under it.',
    check: (spec) => {
      const names = Object.keys(spec.pools);
      const others = [...names, 'core'].map((name) => `nodes-${name}`);
      const taken = new Set([...PARTS, ...others, ...Object.keys(spec.databases).map((name) => `database-${name}`)]);
      return names
        .filter((name) => taken.has(name) || /^(allow|login)-.+-from-/.test(name))
        .map((name) => ({
          path: `pools.${name}`,
          message: `a part of the cluster is called "${name}"; write another name`,
        }));
    },
  },
  {
    id: 'role-alone',
    severity: 'error',
    explain: 'A load_balancer node holds no other role (administrator guide, cluster set-up; H).',
    remedy: 'Give the load balancer a pool of its own: pools: { front: { roles: [load_balancer] } }.',
    check: (spec) =>
      everyPool(spec).flatMap(([path, { roles }]) =>
        roles
          .filter((r) => r.role.placement === 'alone' && (roles.length > 1 || path === 'core'))
          .map((r) => ({
            path: `${path}.roles`,
            message: `${r.role.name} cannot share a node; give it a pool of its own`,
          })),
      ),
  },
  {
    id: 'role-twice',
    severity: 'error',
    explain: 'A node has a role once.',
    remedy: 'Remove one of the two; data-services already stands for its seven roles.',
    check: (spec) =>
      everyPool(spec).flatMap(([path, { roles }]) =>
        [...new Set(roles.map((r) => r.role.name).filter((name, i, all) => all.indexOf(name) !== i))].map((name) => ({
          path: `${path}.roles`,
          message: `${name} is listed twice; write it once`,
        })),
      ),
  },
  {
    id: 'disk-required',
    severity: 'error',
    explain:
      'Data services keep data in /var/stackato/services, which must outlive the node (facts §7.3; H): the pool needs a volume.',
    remedy: 'Write diskGib for the pool. It can grow later, never shrink.',
    check: (spec) =>
      everyPool(spec).flatMap(([path, pool]) => {
        const keeping = pool.roles.filter((r) => keptBy(r.role)?.relocate === 'services').map((r) => r.role.name);
        if (!keeping.length || pool.diskGib !== undefined) return [];
        const verb = keeping.length > 1 ? 'keep' : 'keeps';
        return [
          {
            path: `${path}.diskGib`,
            message: `required: ${list(keeping)} ${verb} data in /var/stackato/services; write for example diskGib: 50`,
          },
        ];
      }),
  },
  {
    id: 'disk-unused',
    severity: 'error',
    explain:
      'A volume under nodes that keep nothing costs money and is never filled; containers do not belong on network disks (facts §7.3; H).',
    remedy: 'Remove diskGib, or add the role whose data should lie there.',
    check: (spec) =>
      Object.entries(spec.pools)
        .filter(([, pool]) => pool.diskGib !== undefined && !pool.roles.some((r) => keptBy(r.role)))
        .map(([name]) => ({ path: `pools.${name}.diskGib`, message: 'no role of this pool keeps data; remove it' })),
  },
  {
    id: 'disk-version',
    severity: 'warning',
    explain:
      'Data is moved to a volume by kato relocate, which came with 2.4 (facts §2.7; H): before, it stays on the root disk, and the volume empty.',
    remedy: 'Declare 2.4 or later, or move the data to /mnt/stackato by hand before the cluster is used.',
    check: (spec) => {
      // Droplets of the core's controller, which is implied, and what roles keep.
      const kept = everyPool(spec).filter(
        ([path, pool]) => pool.diskGib && (path === 'core' || pool.roles.some((r) => keptBy(r.role))),
      );
      if (kept.length === 0 || knowsAction(spec.version, 'relocate')) return [];
      const names = list(kept.map(([path]) => path.replace('pools.', '')));
      const message = `${spec.version.text} does not move data to volumes (kato relocate, from 2.4): ${names} would keep it on the root disk; declare 2.4 or later, or move it by hand`;
      return [{ path: 'version', message }];
    },
  },
  {
    id: 'memory-required',
    severity: 'error',
    explain:
      'A node has at least 2 GiB (facts §5.2; H); DEAs and nodes of several data services have 4 in every sizing that is known (M).',
    remedy: 'Write size: medium or larger, or split the roles over several pools.',
    check: (spec) =>
      everyPool(spec).flatMap(([path, pool]) => {
        const has = nominalGib(pool.size);
        const heavy =
          pool.roles.some((r) => r.role.name === 'dea') || pool.roles.filter((r) => keptBy(r.role)).length > 1;
        if (has === undefined || has >= 4 || !heavy) return [];
        return [
          {
            path: `${path}.size`,
            message: `"${pool.size}" has ${has} GiB of memory; ${list(pool.roles.map((r) => r.role.name))} need at least 4: write medium or larger`,
          },
        ];
      }),
  },
  {
    id: 'port-overlap',
    severity: 'error',
    explain:
      'Two services of a node would hand out the same ports (harbor and rabbit by default, facts §3.4; H). Separate them, or change one with kato: { rabbit_node: { port_range: … } }.',
    remedy:
      'Put one of the services into another pool, or give one a range of its own by kato: { rabbit_node: { port_range: 50001-51000 } }.',
    check: (spec) =>
      everyPool(spec).flatMap(([path, { roles }]) => {
        const ranges = roles.flatMap((r) => portRange(spec, r.role));
        return ranges.flatMap((a, i) =>
          ranges
            .slice(i + 1)
            .filter((b) => b.role !== a.role && a.first <= b.last && b.first <= a.last)
            .map((b) => ({
              path: `${path}.roles`,
              message: `${a.role} (${a.first}-${a.last}) and ${b.role} (${b.first}-${b.last}) use the same ports; put one into another pool or set kato.${b.role}_node.port_range`,
            })),
        );
      }),
  },
  {
    id: 'zones-dea',
    severity: 'error',
    explain: 'Placement zones belong to DEAs, from 3.2 on (facts §5.5; H).',
    remedy: 'Remove placementZones from pools without DEAs, and from versions before 3.2.',
    check: (spec) =>
      Object.entries(spec.pools)
        .filter(([, pool]) => pool.placementZones.length)
        .flatMap(([name, pool]) => {
          const path = `pools.${name}.placementZones`;
          if (!pool.roles.some((r) => r.role.name === 'dea'))
            return [{ path, message: 'only DEAs have placement zones; remove it' }];
          return knowsAction(spec.version, 'placement-zone')
            ? []
            : [{ path, message: `version ${spec.version.text} has no placement zones (from 3.2); remove it` }];
        }),
  },
  {
    id: 'dea-missing',
    severity: 'warning',
    explain: 'A cluster without a DEA cannot run applications (facts §1.2; M), unless another stack brings one.',
    remedy: 'Add a pool with the role dea, or let another stack join one.',
    check: (spec) =>
      everyPool(spec).some(([, pool]) => pool.roles.some((r) => r.role.name === 'dea'))
        ? []
        : [{ path: 'pools', message: 'no pool has the role dea; add one, or join DEAs from another stack' }],
  },
];

// The last is what every object of JavaScript has.
const RESERVED = ['core', 'cluster', 'world', 'database', 'all', 'constructor'];

/** Parts of a cluster on any cloud, as the constructs call them; a test compares. */
const PARTS = [
  ...['network', 'nodes', 'nodes-egress', 'key', 'balancer', 'dns', 'cluster-key', 'cluster-certificate'],
  ...['manifest', 'handle', 'addresses'],
];

/** `mysql`, `mysql and redis`, `mysql, redis and mongodb`. */
function list(names: readonly string[]): string {
  return names.length < 2 ? names.join('') : `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`;
}
