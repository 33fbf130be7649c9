import { number, text } from '../../base/json';
import { typedWord } from '../../base/shell';
import type { ManifestDatabase } from '../../topology/manifest';
import { ESTIMATES } from '../cluster/estimates';
import { code, codes, type Draft, type RemedyStep, words } from '../finding';
import { type Change, destroys } from '../plan/plan';
import { actionsOf, type Context, type ReviewRule, was } from '../rule';

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

/** A database in the plan, with what the manifest says of it. */
export interface Subject {
  readonly change: Change;
  readonly name?: string;
  readonly declared?: ManifestDatabase;
  /** `database `apps` (mysql, 50 GiB)`. */
  readonly title: string;
}

export function databases(context: Context): Subject[] {
  return context.changes
    .filter((change) => DATABASES.has(change.type))
    .map((change) => {
      for (const manifest of [context.cluster?.before, context.cluster?.after]) {
        for (const [name, declared] of Object.entries(manifest?.databases ?? {})) {
          if (declared.resource !== change.address) continue;
          const title = `database ${code(name)} (${words(`${declared.engine} ${declared.version}, ${declared.storageGib} GiB`)})`;
          return { change, name, declared, title };
        }
      }
      return { change, title: `database ${code(change.address)}` };
    });
}

type End = 'lost' | 'kept' | 'refused';

/** What happens to the content of a database that the plan destroys, and why. */
export function endOf({ before }: Change): { end: End; why: string } {
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

/** What is done to it, then what decides its end: the protection where it is on, else the snapshot. */
function flagsOf(context: Context, change: Change) {
  const known = FLAGS.filter((flag) => change.before?.[flag] !== undefined && change.before[flag] !== null);
  const off = known.filter((flag) => flag === 'deletion_protection' && change.before?.[flag] !== true);
  return [
    ...actionsOf(context, change),
    ...[...known.filter((flag) => !off.includes(flag)), ...off].map((flag) => was(context, change, flag)),
  ];
}

function ended(context: Context, end: End): Subject[] {
  return databases(context).filter(({ change }) => destroys(change) && change.before && endOf(change).end === end);
}

/** Who uses it, in words. */
export function users(subject: Subject): string {
  const used = (subject.declared?.usedBy ?? []).map((use) => use.role);
  return used.length === 0 ? 'the services that use it' : `services of ${codes(used)}`;
}

const snapshotStep = (change: Change): RemedyStep => ({
  when: 'before',
  text: 'take a snapshot by hand, and wait until it is available',
  command: `aws rds create-db-snapshot --db-instance-identifier ${typedWord(text(change.before?.['identifier']) ?? text(change.before?.['id']) ?? '<identifier>')} --db-snapshot-identifier before-apply`,
});

export const databaseLost: ReviewRule = {
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

export const databaseReplaced: ReviewRule = {
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

export const databaseDeleteFails: ReviewRule = {
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
