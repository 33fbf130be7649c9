import { text } from '../../base/json';
import { type Advice, spokenVersion } from '../../kato/advice';
import { atLeast } from '../../kato/version';
import type { Draft, RemedyStep } from '../finding';
import { isUnknown } from '../plan/plan';
import { katoStep, restartStep } from '../remedy';
import { actionsOf, becomes, type Context, type ReviewRule, was } from '../rule';
import { databases, endOf, type Subject, users } from './databases';

/** Commands that tell a role the new access data of its database; MySQL and PostgreSQL apply them differently. (H: facts §10.1) */
function pointAt(
  { cluster }: Context,
  engine: string,
  keys: readonly ('host' | 'port' | 'user' | 'pass')[],
): RemedyStep[] {
  const version = cluster?.version ?? spokenVersion('');
  const isMysql = engine !== 'postgresql';
  const [component, prefix] = isMysql ? ['mysql_node', 'mysql'] : ['postgresql_node', 'postgresql'];
  const setStep = (key: (typeof keys)[number]): RemedyStep => {
    const name = `${prefix}/${key}`;
    const read = atLeast(version, '2.8') ? ' (read from standard input)' : '';
    const what = `set the new ${key === 'pass' ? `password${read}` : key}`;
    const advice: Advice =
      key === 'pass'
        ? { do: 'set-secret', component, key: name }
        : { do: 'set', component, key: name, value: `<new ${key}>`, type: key === 'port' ? 'json' : 'string' };
    return katoStep(version, { when: 'after', what, advice });
  };
  return [...keys.map(setStep), restartStep(version, isMysql ? { role: 'mysql' } : { process: 'postgresql_node' })];
}

function engineOf(subject: Subject): string {
  return (
    subject.declared?.engine ?? (text(subject.change.before?.['engine'])?.includes('postgres') ? 'postgresql' : 'mysql')
  );
}

const PASSWORD = ['password', 'master_password'];
const PASSWORD_MARKERS = ['password_wo_version', 'master_password_wo_version', 'manage_master_user_password'];

export const databasePassword: ReviewRule = {
  id: 'database-password',
  severity: 'outage',
  title: "A database's password changes",
  explain: {
    means:
      'The role that creates databases for apps still has the old password in the configuration store. It cannot create databases until kato knows the new one.',
    reads: 'password before and after (compared, never shown); password_wo_version; manage_master_user_password',
    todo: 'Set the new password in kato and restart the role right after the apply.',
  },
  find(context) {
    return databases(context).flatMap((subject): Draft[] => {
      const { change } = subject;
      if (change.kind !== 'update') return [];
      const differs = (name: string) =>
        (change.before?.[name] ?? null) !== (change.after?.[name] ?? null) || isUnknown(change, name);
      const name = [...PASSWORD, ...PASSWORD_MARKERS].find(differs);
      if (name === undefined) return [];
      const hidden = PASSWORD.includes(name);
      return [
        {
          subject: change.address,
          statement: `the password of ${subject.title} changes: ${users(subject)} cannot create or bind databases until kato knows the new one`,
          evidence: hidden
            ? [{ path: `${change.path}.change.after.${name}`, value: 'differs from before (not shown)' }]
            : [was(context, change, name), becomes(context, change, name)],
          remedy: pointAt(context, engineOf(subject), ['pass']),
          addresses: [change.address],
          impacts: [
            {
              who: 'data services',
              what: `${users(subject)}: no new databases`,
              howLong: 'until kato knows the new password',
            },
          ],
        },
      ];
    });
  },
};

export const databaseEndpoint: ReviewRule = {
  id: 'database-endpoint',
  severity: 'outage',
  title: "A database's address, port or user changes",
  explain: {
    means: 'The keys in the configuration store become stale: the role connects to an address that no longer answers.',
    reads: 'replacement of the database; identifier, port and username before and after',
    todo: 'Set the new values in kato and restart the role right after the apply.',
  },
  find(context) {
    return databases(context).flatMap((subject): Draft[] => {
      const { change } = subject;
      const changed = (name: string) =>
        change.after?.[name] !== undefined && change.before?.[name] !== change.after[name] && !isUnknown(change, name);
      const moved =
        change.kind === 'replace' ||
        ['address', 'endpoint'].some((name) => isUnknown(change, name)) ||
        changed('identifier');
      const keys = (
        [
          ['host', moved],
          ['port', changed('port')],
          ['user', changed('username')],
        ] as const
      ).flatMap(([key, is]) => (is ? [key] : []));
      // If the cloud refuses the destroy, the apply stops and no address changes.
      if (change.kind === 'replace' && change.before && endOf(change).end === 'refused') return [];
      if (keys.length === 0 || (change.kind !== 'replace' && change.kind !== 'update')) return [];
      const evidence = [
        ...(change.kind === 'replace' ? actionsOf(context, change) : []),
        ...['address', 'identifier', 'port', 'username']
          .filter((name) => changed(name) || isUnknown(change, name))
          .map((name) => becomes(context, change, name)),
      ];
      return [
        {
          subject: change.address,
          statement: `${keys.join(', ')} of ${subject.title} ${moved ? 'may change' : keys.length === 1 ? 'changes' : 'change'}: the keys in kato become stale for ${users(subject)}`,
          evidence,
          remedy: pointAt(context, engineOf(subject), change.kind === 'replace' ? [...keys, 'pass'] : keys),
          addresses: [change.address],
          impacts: [
            {
              who: 'data services',
              what: `${users(subject)}: cannot reach it`,
              howLong: 'until kato knows the new address',
            },
          ],
        },
      ];
    });
  },
};
