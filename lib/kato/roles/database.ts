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
