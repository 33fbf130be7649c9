import type { ManifestDatabase } from '../../topology/manifest';
import { ESTIMATES } from '../estimates';
import { code, codes, type Draft, type RemedyStep } from '../finding';
import { number, text } from '../json';
import { type Change, destroys, isUnknown } from '../plan';
import { actionsOf, becomes, type Context, type Rule, was } from '../rule';

/** Attributes of a managed database that decide what its end costs. All are read BEFORE the change: a destroy does. */
const DATABASES = new Set(['aws_db_instance', 'aws_rds_cluster']);
const FLAGS = [
  'deletion_protection',
  'skip_final_snapshot',
  'final_snapshot_identifier',
  'backup_retention_period',
  'delete_automated_backups',
];
const SOURCES = ['snapshot_identifier', 'restore_to_point_in_time', 's3_import', 'replicate_source_db'];

interface Subject {
  readonly change: Change;
  readonly name?: string;
  readonly declared?: ManifestDatabase;
  /** `database `apps` (mysql, 50 GiB)`. */
  readonly title: string;
}

function databases(context: Context): Subject[] {
  return context.changes
    .filter((change) => DATABASES.has(change.type))
    .map((change) => {
      for (const manifest of [context.cluster?.before, context.cluster?.after]) {
        for (const [name, declared] of Object.entries(manifest?.databases ?? {})) {
          if (declared.resource !== change.address) continue;
          const title = `database ${code(name)} (${declared.engine} ${declared.version}, ${declared.storageGib} GiB)`;
          return { change, name, declared, title };
        }
      }
      return { change, title: `database ${code(change.address)}` };
    });
}

type End = 'lost' | 'kept' | 'refused';

/** What happens to the content of a database that the plan destroys, and why. */
function endOf({ before }: Change): { end: End; why: string } {
  if (before?.['deletion_protection'] === true) {
    return { end: 'refused', why: 'its deletion protection is on, so the cloud refuses to delete it' };
  }
  if (before?.['skip_final_snapshot'] === true) {
    const retained =
      before['delete_automated_backups'] === false && (number(before['backup_retention_period']) ?? 0) > 0;
    return retained
      ? { end: 'kept', why: 'automatic backups are retained' }
      : { end: 'lost', why: 'no final snapshot is taken, and its automatic backups go with it' };
  }
  return text(before?.['final_snapshot_identifier']) !== undefined
    ? { end: 'kept', why: 'a final snapshot is taken' }
    : {
        end: 'refused',
        why: 'a final snapshot is wanted but has no name (final_snapshot_identifier), so the provider refuses',
      };
}

function flagsOf(context: Context, change: Change) {
  return [
    ...actionsOf(context, change),
    ...FLAGS.filter((flag) => change.before?.[flag] !== undefined && change.before[flag] !== null).map((flag) =>
      was(context, change, flag),
    ),
  ];
}

function ended(context: Context, end: End): Subject[] {
  return databases(context).filter(({ change }) => destroys(change) && change.before && endOf(change).end === end);
}

function users(subject: Subject): string {
  const used = (subject.declared?.usedBy ?? []).map((use) => use.role);
  return used.length === 0 ? 'the services that use it' : `services of ${codes(used)}`;
}

const snapshotStep = (change: Change): RemedyStep => ({
  when: 'before',
  text: 'take a snapshot by hand, and wait until it is available',
  command: `aws rds create-db-snapshot --db-instance-identifier ${text(change.before?.['identifier']) ?? text(change.before?.['id']) ?? '<identifier>'} --db-snapshot-identifier before-apply`,
});

export const databaseLost: Rule = {
  id: 'database-lost',
  severity: 'data-loss',
  title: 'A database is destroyed without a snapshot',
  explain: {
    means: 'Everything in the database is gone when the plan is applied; one made in its place is empty.',
    reads:
      'what the plan does to aws_db_instance or aws_rds_cluster; deletion_protection, skip_final_snapshot and backup settings BEFORE the change',
    todo: 'Turn deletion_protection on in a pull request of its own; snapshot by hand; restore with snapshot_identifier.',
  },
  find(context) {
    return ended(context, 'lost').map((subject): Draft => {
      const { change } = subject;
      const replaced = change.kind === 'replace';
      const source = SOURCES.find(
        (attribute) => change.after?.[attribute] && change.after[attribute] !== change.before?.[attribute],
      );
      const turnedOff = change.after?.['skip_final_snapshot'] === false;
      return {
        subject: change.address,
        statement: source
          ? `${subject.title} is replaced by one filled from ${code(context.redactor.show(change.after?.[source], { name: source, limit: 60 }))}: what was written after that is lost`
          : `${subject.title} is ${replaced ? 'replaced by an empty one' : 'deleted'}: its content is lost`,
        consequences: [
          endOf(change).why,
          ...(turnedOff
            ? ['`skip_final_snapshot = false` in the same change does not help: a destroy reads the old value']
            : []),
        ],
        evidence: flagsOf(context, change),
        remedy: [
          snapshotStep(change),
          ...(replaced && !source
            ? [
                {
                  when: 'before' as const,
                  text: 'name that snapshot as the source of the new one, and plan again',
                  command: 'snapshot_identifier = "before-apply"',
                },
              ]
            : []),
        ],
        safer:
          'turn deletion protection on in a pull request of its own; change the database in place where the cloud can',
        addresses: [change.address],
        impacts: [
          {
            who: 'data services',
            what: `${users(subject)}: down${replaced ? ', then empty' : ''}`,
            howLong: ESTIMATES.restore,
          },
        ],
      };
    });
  },
};

export const databaseReplaced: Rule = {
  id: 'database-replaced',
  severity: 'outage',
  title: 'A database is destroyed; its content survives in a backup',
  explain: {
    means:
      'Whoever uses it is down until somebody restores the snapshot into a database and points the services at it.',
    reads:
      'what the plan does to the database; skip_final_snapshot, final_snapshot_identifier and backup settings BEFORE the change',
    todo: 'Restore with snapshot_identifier in the same plan, or avoid the replacement.',
  },
  find(context) {
    return ended(context, 'kept').map((subject): Draft => {
      const { change } = subject;
      const replaced = change.kind === 'replace';
      return {
        subject: change.address,
        statement: `${subject.title} is ${replaced ? 'replaced' : 'deleted'}: ${endOf(change).why}, but ${replaced ? 'the new one does not hold it unless it is restored' : 'nobody answers any more'}`,
        evidence: flagsOf(context, change),
        remedy: replaced
          ? [
              snapshotStep(change),
              { when: 'after', text: 'restore the snapshot, then point the services at the result' },
            ]
          : [],
        addresses: [change.address],
        impacts: [{ who: 'data services', what: `${users(subject)}: down`, howLong: ESTIMATES.restore }],
      };
    });
  },
};

export const databaseDeleteFails: Rule = {
  id: 'database-delete-fails',
  severity: 'outage',
  title: 'A database is to be destroyed, which the cloud refuses',
  explain: {
    means: 'The apply stops there, half-way, with whatever was done before it. The data is safe.',
    reads: 'deletion_protection, skip_final_snapshot and final_snapshot_identifier of the database BEFORE the change',
    todo: 'If it must go: turn the protection off in a pull request of its own, apply, then this one.',
  },
  find(context) {
    return ended(context, 'refused').map(
      (subject): Draft => ({
        subject: subject.change.address,
        statement: `the apply will fail half-way: ${subject.title} is to be ${subject.change.kind === 'replace' ? 'replaced' : 'deleted'}, and ${endOf(subject.change).why}`,
        evidence: flagsOf(context, subject.change),
        remedy: [
          {
            when: 'instead',
            text: 'avoid the replacement, or change the protecting attribute in a pull request of its own first',
          },
        ],
        addresses: [subject.change.address],
      }),
    );
  },
};

/** Commands that tell a role its database's new data; MySQL and PostgreSQL apply them differently. (H: facts §10.1) */
function pointAt(engine: string, keys: readonly ('host' | 'port' | 'user' | 'pass')[]): RemedyStep[] {
  const isMysql = engine !== 'postgresql';
  const [node, prefix] = isMysql ? ['mysql_node', 'mysql'] : ['postgresql_node', 'postgresql'];
  return [
    ...keys.map((key): RemedyStep => {
      // kato reads a value that is not given from standard input: a password then stands in no history.
      const value = key === 'pass' ? '' : ` <new ${key}>`;
      return {
        when: 'after',
        text: `on the core: set the new ${key === 'pass' ? 'password (it is read from standard input)' : key}`,
        command: `kato config set ${node} ${prefix}/${key}${value}`,
      };
    }),
    {
      when: 'after',
      text: 'on the node that runs the role: use it',
      command: isMysql ? 'kato restart mysql' : 'kato process restart postgresql_node',
    },
  ];
}

function engineOf(subject: Subject): string {
  return (
    subject.declared?.engine ?? (text(subject.change.before?.['engine'])?.includes('postgres') ? 'postgresql' : 'mysql')
  );
}

const PASSWORD = ['password', 'master_password'];
const PASSWORD_MARKERS = ['password_wo_version', 'master_password_wo_version', 'manage_master_user_password'];

export const databasePassword: Rule = {
  id: 'database-password',
  severity: 'outage',
  title: "A database's password changes",
  explain: {
    means:
      'The role that makes databases for apps still has the old password in the configuration store and can make none until it is told.',
    reads: 'password before and after, compared and never shown; password_wo_version; manage_master_user_password',
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
          statement: `the password of ${subject.title} changes: ${users(subject)} cannot make or bind databases until kato knows the new one`,
          evidence: hidden
            ? [{ path: `${change.path}.change.after.${name}`, value: 'differs from before (not shown)' }]
            : [was(context, change, name), becomes(context, change, name)],
          remedy: pointAt(engineOf(subject), ['pass']),
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

export const databaseEndpoint: Rule = {
  id: 'database-endpoint',
  severity: 'outage',
  title: "A database's address, port or user changes",
  explain: {
    means: 'The keys in the configuration store go stale: the role connects to an address where nobody answers.',
    reads: 'replacement of the database; identifier, port and username before and after',
    todo: 'Set the keys anew in kato and restart the role right after the apply.',
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
          statement: `${keys.join(', ')} of ${subject.title} ${moved ? 'may be another' : 'change'}: the keys in kato go stale for ${users(subject)}`,
          evidence,
          remedy: pointAt(engineOf(subject), change.kind === 'replace' ? [...keys, 'pass'] : keys),
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
