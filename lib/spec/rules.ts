import { didYouMean, type Problem } from '../input';
import { knowsAction } from '../kato/commands';
import { ROLES } from '../kato/roles';
import { atLeast } from '../kato/version';
import { overlaps, parseCidr } from './fields';
import { portRange } from './port-range';
import { type ClusterSpec, everyPool, nominalGib } from './spec';

/** A rule over a declaration whose shape is right. */
export interface SpecRule {
  readonly id: string;
  /** An error stops; a warning is shown by `check`. */
  readonly severity: 'error' | 'warning';
  /** What it means and why, for `explain`. */
  readonly explain: string;
  readonly check: (spec: ClusterSpec) => readonly { readonly path: string; readonly message: string }[];
}

const RESERVED = ['core', 'cluster', 'world', 'database', 'all'];

/** Every rule over meaning; shape is the schema's, role words are resolved before (`role-unknown`, `role-version` …). */
export const specRules: readonly SpecRule[] = [
  {
    id: 'name-reserved',
    severity: 'error',
    explain:
      'Pools and databases lend their names to firewall rules and resources; core, cluster, world, database and all are taken.',
    check: (spec) =>
      [...Object.keys(spec.pools).map((n) => ['pools', n]), ...Object.keys(spec.databases).map((n) => ['databases', n])]
        .filter(([, name]) => RESERVED.includes(name!))
        .map(([kind, name]) => ({
          path: `${kind}.${name}`,
          message: `the name "${name}" is taken; write another one`,
        })),
  },
  {
    id: 'hostname-api',
    severity: 'error',
    explain: 'The endpoint is api.<hostname>; a hostname that begins with api. would give api.api.<…>.',
    check: ({ hostname }) =>
      hostname.startsWith('api.')
        ? [{ path: 'hostname', message: `is the endpoint's name; write ${hostname.slice(4)}` }]
        : [],
  },
  {
    id: 'role-alone',
    severity: 'error',
    explain: 'A load_balancer node holds no other role (administrator guide, cluster set-up; H).',
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
    check: (spec) =>
      everyPool(spec).flatMap(([path, pool]) => {
        const keeping = pool.roles.filter((r) => r.role.keeps?.relocate === 'services').map((r) => r.role.name);
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
    check: (spec) =>
      Object.entries(spec.pools)
        .filter(([, pool]) => pool.diskGib !== undefined && !pool.roles.some((r) => r.role.keeps))
        .map(([name]) => ({ path: `pools.${name}.diskGib`, message: 'no role of this pool keeps data; remove it' })),
  },
  {
    id: 'memory-required',
    severity: 'error',
    explain:
      'A node has at least 2 GiB (facts §5.2; H); DEAs and nodes of several data services have 4 in every sizing that is known (M).',
    check: (spec) =>
      everyPool(spec).flatMap(([path, pool]) => {
        const has = nominalGib(pool.size);
        const heavy =
          pool.roles.some((r) => r.role.name === 'dea') || pool.roles.filter((r) => r.role.keeps).length > 1;
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
    id: 'database-unknown',
    severity: 'error',
    explain: 'A role uses a database that the declaration does not have.',
    check: (spec) =>
      uses(spec)
        .filter((u) => !Object.hasOwn(spec.databases, u.database))
        .map((u) => {
          const known = Object.keys(spec.databases);
          return {
            path: u.path,
            message: `${u.role} uses database "${u.database}", which is not in databases${didYouMean(u.database, known)} (declared: ${known.join(', ') || 'none'})`,
          };
        }),
  },
  {
    id: 'database-engine',
    severity: 'error',
    explain: 'A role can use a database of its own engine only.',
    check: (spec) =>
      uses(spec).flatMap((u) => {
        const engine = Object.hasOwn(spec.databases, u.database) ? spec.databases[u.database]?.engine : undefined;
        return engine && engine !== u.engine
          ? [
              {
                path: u.path,
                message: `${u.role} needs engine ${u.engine}, but database "${u.database}" has ${engine}; write another database or change its engine`,
              },
            ]
          : [];
      }),
  },
  {
    id: 'database-unused',
    severity: 'error',
    explain: 'A database that no role uses would be paid for and never filled.',
    check: (spec) =>
      Object.entries(spec.databases)
        .filter(([name]) => !uses(spec).some((u) => u.database === name))
        .map(([name, { engine }]) => ({
          path: `databases.${name}`,
          message: `declared but used by no role; give ${engine}: { database: ${name} } to a pool, or remove it`,
        })),
  },
  {
    id: 'database-one',
    severity: 'error',
    explain:
      'The address of a service’s database is cluster-wide configuration (mysql_node mysql/host, facts §10.1; H): all nodes of a role use the same one.',
    check: (spec) => {
      const places = everyPool(spec).flatMap(([path, { roles }]) =>
        roles
          .filter((r) => r.role.database)
          .map((r) => ({ path: `${path}.roles`, role: r.role.name, database: r.database })),
      );
      return places.flatMap((place) => {
        const first = places.find((p) => p.role === place.role)!;
        if (first === place || first.database === place.database) return [];
        return [
          {
            path: place.path,
            message: `${place.role} uses ${place.database ?? 'its own server'} here but ${first.database ?? 'its own server'} in ${first.path}; its configuration is cluster-wide: write the same in both`,
          },
        ];
      });
    },
  },
  {
    id: 'zones-dea',
    severity: 'error',
    explain: 'Placement zones belong to DEAs, from 3.2 on (facts §5.5; H).',
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
    id: 'license-version',
    severity: 'error',
    explain: 'kato license exists from 3.4 on (facts §2.4; H).',
    check: (spec) =>
      spec.license && !knowsAction(spec.version, 'license-set')
        ? [{ path: 'license', message: `version ${spec.version.text} has no kato license (from 3.4); remove it` }]
        : [],
  },
  {
    id: 'config-conflict',
    severity: 'error',
    explain: 'A key that a declared database sets must not be set by hand as well.',
    check: (spec) =>
      uses(spec).flatMap((u) =>
        ['host', 'port', 'user', 'pass']
          .filter((key) => spec.kato[`${u.engine}_node`]?.[`${u.engine}/${key}`] !== undefined)
          .map((key) => ({
            path: `kato.${u.engine}_node.${u.engine}/${key}`,
            message: `is set by database "${u.database}"; remove it`,
          })),
      ),
  },
  {
    id: 'network-private',
    severity: 'error',
    explain:
      'Nodes talk over private addresses only (facts §3.1; H). 172.17.0.0/16 is where Docker puts containers on the DEAs (L).',
    check: (spec) =>
      ownNetworks(spec).flatMap(([cloud, own]) => {
        const path = `${cloud}.network.cidr`;
        if (!PRIVATE.some((p) => p.length <= own.length && overlaps(p, own)))
          return [
            { path, message: 'is not a private network; write one inside 10.0.0.0/8, 172.16.0.0/12 or 192.168.0.0/16' },
          ];
        return overlaps(DOCKER, own)
          ? [{ path, message: "overlaps 172.17.0.0/16, where a DEA's containers are; write for example 10.0.0.0/16" }]
          : [];
      }),
  },
  {
    id: 'network-size',
    severity: 'error',
    explain:
      'A network of its own is divided into a public and a private subnet for each of up to six zones: it needs a /20 at least.',
    check: (spec) =>
      ownNetworks(spec).flatMap(([path, own]) =>
        own.length > 20
          ? [
              {
                path: `${path}.network.cidr`,
                message: `is too small (/${own.length}); write a /20 or larger, for example 10.0.0.0/16`,
              },
            ]
          : [],
      ),
  },
  {
    id: 'zones-twice',
    severity: 'error',
    explain:
      'Nodes and subnets are dealt out over the zones by their place in the list; a zone listed twice would get two subnets of one name.',
    check: (spec) =>
      Object.entries(spec.clouds).flatMap(([cloud, settings]) =>
        [...new Set(settings?.zones.filter((zone, i, all) => all.indexOf(zone) !== i))].map((zone) => ({
          path: `clouds.${cloud}.zones`,
          message: `${zone} is listed twice; write it once`,
        })),
      ),
  },
  {
    id: 'zones-region',
    severity: 'error',
    explain: 'The name of an availability zone begins with the name of its region: us-west-2a is in us-west-2.',
    check: ({ clouds: { aws } }) =>
      (aws && !aws.region.includes('${') ? aws.zones : []).flatMap((zone, i) =>
        zone.includes('${') || (zone.startsWith(aws!.region) && zone !== aws!.region)
          ? []
          : [
              {
                path: `clouds.aws.zones[${i}]`,
                message: `"${zone}" is not in region ${aws!.region}; write for example ${aws!.region}a`,
              },
            ],
      ),
  },
  {
    id: 'license-memory',
    severity: 'warning',
    explain:
      'Without a licence key a cluster may use 4 GB of memory, with a free one 20 (facts §0.1-15; H). How the product counts is not public: at most the memory of all nodes.',
    check: (spec) => {
      const total = everyPool(spec).reduce((sum, [, pool]) => sum + pool.count * (nominalGib(pool.size) ?? 0), 0);
      if (total <= spec.licenseGib) return [];
      const key = spec.license
        ? 'raise licenseGib to what your key allows'
        : 'write license: { secret: license } and licenseGib';
      return [
        {
          path: 'license',
          message: `all nodes have ${total} GiB of memory, the licence allows ${spec.licenseGib}; ${key}`,
        },
      ];
    },
  },
  {
    id: 'dea-missing',
    severity: 'warning',
    explain: 'A cluster without a DEA cannot run applications (facts §1.2; M), unless another stack brings one.',
    check: (spec) =>
      everyPool(spec).some(([, pool]) => pool.roles.some((r) => r.role.name === 'dea'))
        ? []
        : [{ path: 'pools', message: 'no pool has the role dea; add one, or join DEAs from another stack' }],
  },
  {
    id: 'component-unknown',
    severity: 'warning',
    explain: 'The component is none of the processes that we know of; kato would refuse a misspelt one only at boot.',
    check: (spec) =>
      Object.keys(spec.kato)
        .filter(
          (c) =>
            !COMPONENTS.has(c) && !everyPool(spec).some(([, p]) => p.roles.some((r) => r.role.processes.includes(c))),
        )
        .map((c) => ({ path: `kato.${c}`, message: `no component "${c}" is known${didYouMean(c, COMPONENTS)}` })),
  },
  {
    id: 'admin-by-hand',
    severity: 'warning',
    explain: 'kato can set up the first user from 2.10 on (facts §2.3; H); earlier versions ask in the console.',
    check: (spec) =>
      knowsAction(spec.version, 'first-user')
        ? []
        : [
            {
              path: 'admin',
              message: `version ${spec.version.text} sets up its first user in the console only; do that after the deployment`,
            },
          ],
  },
  {
    id: 'database-compat',
    severity: 'warning',
    explain:
      'aws_rds_compat exists from 3.0 on (facts §7.5; H); before, a managed MySQL lacks rights that the service wants.',
    check: (spec) =>
      Object.keys(spec.databases).length && !atLeast(spec.version, '3.0')
        ? [
            {
              path: 'databases',
              message: `version ${spec.version.text} does not know managed databases (aws_rds_compat, from 3.0); use one that you administer yourself`,
            },
          ]
        : [],
  },
];

const PRIVATE = ['10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16'].map((c) => parseCidr(c)!);
const DOCKER = parseCidr('172.17.0.0/16')!;

/** Components of `kato config` beyond the processes of roles (facts §2.1, §11, §12; H). */
const COMPONENTS = new Set([
  ...ROLES.flatMap((w) => w.role.processes),
  'cluster',
  'local',
  'cloud_controller',
  'stackato_rest',
]);

/** Networks that are ours to make, by the path of their cloud. */
function ownNetworks(spec: ClusterSpec) {
  return Object.entries(spec.clouds).flatMap(([cloud, settings]) => {
    const network = settings?.network;
    const own = network && !('vpcId' in network) ? parseCidr(network.cidr) : undefined;
    return own ? [[`clouds.${cloud}`, own] as const] : [];
  });
}

function uses(spec: ClusterSpec) {
  return everyPool(spec).flatMap(([path, { roles }]) =>
    roles.flatMap((r) =>
      r.database === undefined || !r.role.database
        ? []
        : [{ path: `${path}.roles`, role: r.role.name, engine: r.role.database, database: r.database }],
    ),
  );
}

/** `mysql`, `mysql and redis`, `mysql, redis and mongodb`. */
function list(names: readonly string[]): string {
  return names.length < 2 ? names.join('') : `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`;
}

/** Problems of a declaration whose shape is right, errors or warnings. */
export function checkRules(spec: ClusterSpec, severity: SpecRule['severity']): Problem[] {
  return specRules
    .filter((r) => r.severity === severity)
    .flatMap((rule) => rule.check(spec).map((p) => ({ ...p, rule: rule.id })));
}
