import { knowsAction } from '../kato/commands';
import { keptBy, mayKeep } from '../kato/role';
import { portRange } from './port-range';
import type { DeclarationRule } from './rule';
import { RESERVED } from './rules-renames';
import { everyPool, nominalGib } from './spec';

/** Rules over pools: their names, roles, machines and disks. */
export const poolRules: readonly DeclarationRule[] = [
  {
    id: 'name-reserved',
    severity: 'error',
    explain:
      'Firewall rules and resources are named after pools and databases; the names core, cluster, world, database, all and constructor are reserved.',
    remedy: 'Write another name. A deployed pool or database keeps its nodes and data with was: its former name.',
    check: (spec) =>
      [...Object.keys(spec.pools).map((n) => ['pools', n]), ...Object.keys(spec.databases).map((n) => ['databases', n])]
        .filter(([, name]) => RESERVED.includes(name!))
        .map(([kind, name]) => ({
          path: `${kind}.${name}`,
          message: `the name "${name}" is reserved; write another one`,
        })),
  },
  {
    id: 'name-taken',
    severity: 'error',
    explain:
      'A stack holds pools beside the parts of a cluster (network, nodes, key, dns, balancer, …); two of them cannot have the same name.',
    remedy: 'Write another name. A deployed pool keeps its nodes and data with was: its former name.',
    check: (spec) => {
      const names = Object.keys(spec.pools);
      const others = [...names, 'core'].map((name) => `nodes-${name}`);
      const taken = new Set([...PARTS, ...others, ...Object.keys(spec.databases).map((name) => `database-${name}`)]);
      return names
        .filter((name) => taken.has(name) || /^(allow|login)-.+-from-/.test(name))
        .map((name) => ({
          path: `pools.${name}`,
          message: `a part of the cluster already has the name "${name}"; write another name`,
        }));
    },
  },
  {
    id: 'role-alone',
    severity: 'error',
    explain: 'A load_balancer node holds no other role (administrator guide, cluster set-up; H).',
    remedy: 'Give the load balancer a separate pool: pools: { front: { roles: [load_balancer] } }.',
    check: (spec) =>
      everyPool(spec).flatMap(([path, { roles }]) =>
        roles
          .filter((r) => r.role.placement === 'alone' && (roles.length > 1 || path === 'core'))
          .map((r) => ({
            path: `${path}.roles`,
            message: `${r.role.name} cannot share a node; give it a separate pool`,
          })),
      ),
  },
  {
    id: 'role-twice',
    severity: 'error',
    explain: 'A node can have a role only once.',
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
    id: 'role-count',
    severity: 'error',
    explain: 'The description of the role says how many nodes of a cluster may have it (atMost).',
    remedy: 'Write a smaller count, or take the role out of a pool. If kato allows more, raise atMost of the role.',
    check: (spec) => {
      const counts = new Map<string, { nodes: number; most: number }>();
      return everyPool(spec).flatMap(([path, { roles, count }]) =>
        roles.flatMap(({ role }) => {
          const { nodes, most } = counts.get(role.name) ?? { nodes: 0, most: Number.POSITIVE_INFINITY };
          const now = { nodes: nodes + count, most: Math.min(most, role.atMost ?? most) };
          counts.set(role.name, now);
          // The pool that exceeds it is the one to name.
          if (now.nodes <= now.most || (nodes > most && now.most === most)) return [];
          const message = `${now.nodes} nodes of the cluster have ${role.name}, at most ${now.most} may; write a smaller count`;
          return [{ path: path === 'core' ? `${path}.roles` : `${path}.count`, message }];
        }),
      );
    },
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
    lacks: true,
    explain:
      'On nodes that keep no data a volume costs money and stays empty; containers do not belong on network disks (facts §7.3; H).',
    remedy: 'Remove diskGib, or add a role that keeps data.',
    check: (spec) =>
      Object.entries(spec.pools)
        .filter(([, pool]) => pool.diskGib !== undefined && !pool.roles.some((r) => mayKeep(r.role)))
        .map(([name]) => ({ path: `pools.${name}.diskGib`, message: 'no role of this pool keeps data; remove it' })),
  },
  {
    id: 'disk-version',
    severity: 'warning',
    explain:
      'kato relocate moves data to a volume; it exists from 2.4 on (facts §2.7; H). In earlier versions the data stays on the root disk, and the volume stays empty.',
    remedy: 'Declare 2.4 or later, or move the data to /mnt/stackato by hand before anyone uses the cluster.',
    check: (spec) => {
      // Droplets of the core's implied controller, and the data of roles.
      const kept = everyPool(spec).filter(
        ([path, pool]) => pool.diskGib && (path === 'core' || pool.roles.some((r) => mayKeep(r.role))),
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
      'A node needs at least 2 GiB (facts §5.2; H). DEAs and nodes with several data services have at least 4 GiB in every known sizing (M).',
    remedy: 'Write size: medium or larger, or split the roles into several pools.',
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
    explain: 'Two services of a node would assign the same ports (harbor and rabbit by default, facts §3.4; H).',
    remedy:
      'Move one of the services to another pool, or give it another range: kato: { rabbit_node: { port_range: 50001-51000 } }.',
    check: (spec) =>
      everyPool(spec).flatMap(([path, { roles }]) => {
        const ranges = roles.flatMap((r) => portRange(spec, r.role));
        return ranges.flatMap((a, i) =>
          ranges
            .slice(i + 1)
            .filter((b) => b.role !== a.role && a.first <= b.last && b.first <= a.last)
            .map((b) => ({
              path: `${path}.roles`,
              message: `${a.role} (${a.first}-${a.last}) and ${b.role} (${b.first}-${b.last}) use the same ports; move one to another pool, or set kato.${b.role}_node.port_range`,
            })),
        );
      }),
  },
  {
    id: 'zones-dea',
    severity: 'error',
    lacks: true,
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
    explain: 'A cluster without a DEA cannot run applications (facts §1.2; M), unless another stack adds one.',
    remedy: 'Add a pool with the role dea, or add DEAs from another stack.',
    check: (spec) =>
      everyPool(spec).some(([, pool]) => pool.roles.some((r) => r.role.name === 'dea'))
        ? []
        : [{ path: 'pools', message: 'no pool has the role dea; add one, or add DEAs from another stack' }],
  },
];

/** Names of the parts of a cluster on any cloud, as in the constructs; a test compares. */
const PARTS = [
  ...['network', 'nodes', 'nodes-egress', 'key', 'balancer', 'dns', 'cluster-key', 'cluster-certificate'],
  ...['manifest', 'handle', 'addresses'],
];

/** `mysql`, `mysql and redis`, `mysql, redis and mongodb`. */
function list(names: readonly string[]): string {
  return names.length < 2 ? names.join('') : `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`;
}
