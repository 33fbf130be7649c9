import type { RoleContext } from '../role';
import type { Action, DatabaseAttribute, Word } from '../step';
import { atLeast } from '../version';

/** An engine that a role can use instead of its own server. */
export type DatabaseEngine = 'mysql' | 'postgresql';

/** The default port of an engine (facts §3.2; H), and the default version of a new database. */
export const DATABASE_DEFAULTS: Readonly<Record<DatabaseEngine, { readonly port: number; readonly version: string }>> =
  {
    mysql: { port: 3306, version: '8.0' },
    postgresql: { port: 5432, version: '16' },
  };

/** A version's major part, which decides what clients it takes: `8.0`, `16`; PostgreSQL before 10 counts two numbers. */
export function majorVersion(engine: DatabaseEngine, version: string): string {
  const [first = '', second] = version.split('.');
  const one = second === undefined || (engine === 'postgresql' && Number(first) >= 10);
  return one ? first : `${first}.${second}`;
}

/**
 * Settings without which a server refuses the clients of the image, whose libraries are of 2012 to 2015 (facts §10.2): its libpq
 * knows no SCRAM, PostgreSQL's default from 14 on, and need not know TLS, which RDS insists on from 15 on. MySQL needs none up to 8.0.
 */
export function serverSettings(engine: DatabaseEngine, version: string): Readonly<Record<string, string>> {
  const major = Number(majorVersion(engine, version));
  if (engine === 'mysql' || major < 14) return {};
  return { password_encryption: 'md5', ...(major >= 15 ? { 'rds.force_ssl': '0' } : {}) };
}

/** What an engine of this version refuses of the services: `refused` at every login, `grants` when an app's user is made (facts §10.2). */
export function misfit(engine: DatabaseEngine, version: string): 'refused' | 'grants' | undefined {
  if (engine !== 'mysql') return undefined;
  const major = Number(majorVersion(engine, version));
  if (major > 8) return 'refused';
  return major >= 8 ? 'grants' : undefined;
}

/**
 * Steps that point a database service at a declared database: the keys of facts §10.1 (H), in the order of the
 * vendor's page on external data services (3.6). `aws_rds_compat` is only for MySQL, from 3.0; `external_datastore` exists from 3.6.
 */
export function useDatabase(engine: DatabaseEngine): (context: RoleContext) => readonly Action[] {
  return ({ version, database }) => {
    if (database === undefined) return [];
    const node = `${engine}_node`;
    const from = (attribute: DatabaseAttribute): Word => ({ hole: 'database', name: database, attribute });
    const set = (component: string, key: string, value: Word, type: 'string' | 'json'): Action => ({
      do: 'config',
      component,
      key,
      value,
      type,
    });
    return [
      // A process that starts before its dependencies answer goes FATAL for good (facts §13.4; H of the core, M of a database).
      { do: 'wait-database', name: database },
      set(node, `${engine}/host`, from('host'), 'string'),
      set(node, `${engine}/user`, from('user'), 'string'),
      set(node, `${engine}/pass`, from('password'), 'string'),
      set(node, `${engine}/port`, from('port'), 'json'),
      ...(atLeast(version, '3.6') ? [set(`${engine}_gateway`, 'external_datastore', 'true', 'json')] : []),
      ...(engine === 'mysql' && atLeast(version, '3.0') ? [set(node, 'aws_rds_compat', from('managed'), 'json')] : []),
      engine === 'mysql' ? { do: 'restart', role: 'mysql' } : { do: 'restart', process: 'postgresql_node' },
      // `process ready` accepts a process from 2.8 on (facts §2.4; H).
      ...(atLeast(version, '2.8') ? [{ do: 'verify-process', process: node } as const] : []),
    ];
  };
}
