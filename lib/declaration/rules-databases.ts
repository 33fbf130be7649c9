import { didYouMean } from '../base/input';
import { ROLES } from '../kato/roles';
import { DATABASE_DEFAULTS, misfit } from '../kato/roles/database';
import { atLeast } from '../kato/version';
import type { DeclarationRule } from './rule';
import { type ClusterSpec, everyPool } from './spec';

/** Rules over databases, the roles that use them, and their configuration in kato. */
export const databaseRules: readonly DeclarationRule[] = [
  {
    id: 'database-unknown',
    severity: 'error',
    explain: 'A role uses a database that the declaration does not have.',
    remedy: 'Declare the database below databases, or correct the name that the role uses.',
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
    explain: 'A role can use only a database of its own engine.',
    remedy: 'Use a database with the engine of the role. The engine of a deployed database cannot change.',
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
    explain: 'A database that no role uses costs money and stays empty.',
    remedy: 'Name it in a role of its engine: - mysql: { database: apps }. Or remove it.',
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
    remedy: 'Write the same database for the role in every pool that has it.',
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
            message: `${place.role} uses ${place.database ?? 'its own server'} here but ${first.database ?? 'its own server'} in ${first.path}; the configuration is cluster-wide: write the same in both`,
          },
        ];
      });
    },
  },
  {
    id: 'config-conflict',
    severity: 'error',
    explain: 'A declared database sets the key; the declaration must not set it again.',
    remedy: 'Remove the key; the declared database sets it at boot.',
    check: (spec) =>
      uses(spec).flatMap((u) =>
        ['host', 'port', 'user', 'pass']
          .filter((key) => spec.kato[`${u.engine}_node`]?.[`${u.engine}/${key}`] !== undefined)
          .map((key) => ({
            path: `kato.${u.engine}_node.${u.engine}/${key}`,
            message: `database "${u.database}" already sets it; remove it`,
          })),
      ),
  },
  {
    id: 'component-unknown',
    severity: 'warning',
    explain: 'This tool does not know the component. kato refuses a misspelt one, but only at boot.',
    remedy: 'Correct the name. Leave it if your own role provides the component.',
    check: (spec) =>
      Object.keys(spec.kato)
        .filter(
          (c) =>
            !COMPONENTS.has(c) && !everyPool(spec).some(([, p]) => p.roles.some((r) => r.role.processes.includes(c))),
        )
        .map((c) => ({ path: `kato.${c}`, message: `unknown component "${c}"${didYouMean(c, COMPONENTS)}` })),
  },
  {
    id: 'database-compat',
    severity: 'warning',
    explain:
      'aws_rds_compat exists from 3.0 on (facts §7.5; H). In earlier versions the service needs rights that a managed MySQL does not grant.',
    remedy: 'Use a database server that you administer, or a version from 3.0 on.',
    check: (spec) =>
      // a declared place means an external database, which its owner administers
      Object.keys(spec.databases).length && !atLeast(spec.version, '3.0') && (spec.clouds.aws || !spec.clouds.openstack)
        ? [
            {
              path: 'databases',
              message: `version ${spec.version.text} does not support managed databases (aws_rds_compat, from 3.0); use one that you administer yourself`,
            },
          ]
        : [],
  },
  {
    id: 'database-version',
    severity: 'error',
    explain:
      'From 8.4 on, MySQL greets clients with caching_sha2_password and has mysql_native_password off, so the image’s clients of 2012 to 2015 cannot log in; nor does it take GRANT … IDENTIFIED BY (facts §10.2; H for MySQL).',
    remedy: 'Write version: "5.7", for which RDS charges extended support, or use the role’s own server.',
    check: (spec) =>
      versions(spec)
        .filter(({ engine, version }) => misfit(engine, version) === 'refused')
        .map(({ path, version }) => ({
          path,
          message: `the clients of the image cannot log in to MySQL ${version}, which is newer than 8.0; write version: "5.7"`,
        })),
  },
  {
    id: 'database-grants',
    severity: 'warning',
    explain:
      'MySQL 8.0 no longer takes GRANT … IDENTIFIED BY (H), with which the MySQL service makes the users of apps, if it still does what its ancestor does (facts §10.2; M): the node runs, but no app gets a database.',
    remedy:
      'Write version: "5.7" for a new database; RDS charges extended support for it. A deployed database cannot go back: create a service on a test cluster before you rely on it.',
    check: (spec) =>
      versions(spec)
        .filter(({ engine, version }) => misfit(engine, version) === 'grants')
        .map(({ path, version }) => ({
          path,
          message: `version ${version} of MySQL refuses the GRANT … IDENTIFIED BY of services of that time; write version: "5.7" for a new database, and keep a deployed one only if an app gets its database there`,
        })),
  },
];

/** The version of every database: the default only where a cloud makes databases. */
function versions(spec: ClusterSpec) {
  const made = spec.clouds.aws !== undefined || spec.clouds.openstack === undefined;
  return Object.entries(spec.databases).flatMap(([name, { engine, version }]) => {
    const known = version ?? (made ? DATABASE_DEFAULTS[engine].version : undefined);
    const path = `databases.${name}${version === undefined ? '' : '.version'}`;
    return known === undefined ? [] : [{ path, engine, version: known }];
  });
}

/** Components of `kato config` beyond the processes of roles (facts §2.1, §11, §12; H). */
const COMPONENTS = new Set([
  ...ROLES.flatMap((w) => w.role.processes),
  'cluster',
  'local',
  'cloud_controller',
  'stackato_rest',
]);

/** Every use of a database by a role. */
function uses(spec: ClusterSpec) {
  return everyPool(spec).flatMap(([path, { roles }]) =>
    roles.flatMap((r) => {
      const engine = r.role.database;
      if (r.database === undefined || !engine) return [];
      return [{ path: `${path}.roles`, role: r.role.name, engine, database: r.database }];
    }),
  );
}
