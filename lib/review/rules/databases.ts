import { number, text } from '../../base/json';
import { typedWord } from '../../base/shell';
import type { ManifestDatabase } from '../../topology/manifest';
import { ESTIMATES } from '../cluster/estimates';
import { DATABASES } from '../cluster/keepers';
import { code, codes, type Draft, type RemedyStep, words } from '../finding';
import { type Change, destroys } from '../plan/plan';
import { actionsOf, type Context, type ReviewRule, was } from '../rule';

/** Attributes that decide what a destroy of a managed database costs. All are read BEFORE the change, as a destroy does. */
const FLAGS = [
  'deletion_protection',
  'skip_final_snapshot',
  'final_snapshot_identifier',
  'backup_retention_period',
  'delete_automated_backups',
];
const SOURCES = ['snapshot_identifier', 'restore_to_point_in_time', 's3_import', 'replicate_source_db'];

/** A database in the plan, and its entry in the manifest. */
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
    return { end: 'refused', why: 'its deletion protection is on' };
  }
  if (before?.['skip_final_snapshot'] === true) {
    const retained =
      before['delete_automated_backups'] === false && (number(before['backup_retention_period']) ?? 0) > 0;
    return retained
      ? { end: 'kept', why: 'its automatic backups are kept' }
      : { end: 'lost', why: 'no final snapshot is taken, and its automatic backups are deleted too' };
  }
  return text(before?.['final_snapshot_identifier']) !== undefined
    ? { end: 'kept', why: 'a final snapshot is taken' }
    : {
        end: 'refused',
        why: 'its final snapshot has no name (final_snapshot_identifier)',
      };
}

/** What the plan does to it, then the flag that decides: the protection if it is on, else the snapshot. */
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

/** The services that use it, in words. */
export function users(subject: Subject): string {
  const used = (subject.declared?.usedBy ?? []).map((use) => use.role);
  return used.length === 0 ? 'the services that use it' : `services of ${codes(used)}`;
}

/** How to keep what is in it now. */
export const snapshotStep = (change: Change): RemedyStep => ({
  when: 'before',
  text: 'take a manual snapshot, and wait until it is available',
  command: `aws rds create-db-snapshot --db-instance-identifier ${typedWord(text(change.before?.['identifier']) ?? text(change.before?.['id']) ?? '<identifier>')} --db-snapshot-identifier before-apply`,
});

export const databaseLost: ReviewRule = {
  id: 'database-lost',
  severity: 'data-loss',
  title: 'A database is destroyed without a snapshot',
  explain: {
    means: 'The apply deletes everything in the database. A database that replaces it is empty.',
    reads:
      'what the plan does to aws_db_instance or aws_rds_cluster; deletion_protection, skip_final_snapshot and backup settings BEFORE the change',
    todo: 'Turn deletion_protection on in a separate pull request. If the database must go: take a manual snapshot and restore it with snapshot_identifier.',
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
          ? `${subject.title} is replaced by one created from ${code(context.redactor.show(change.after?.[source], { name: source, limit: 60 }))}: everything written after that is lost`
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
                  text: 'set that snapshot as the source of the new database, and plan again',
                  command: 'snapshot_identifier = "before-apply"',
                },
              ]
            : []),
        ],
        safer:
          'turn deletion protection on in a separate pull request; change the database in place if the cloud supports it',
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
      'The services that use it are down until you restore the snapshot to a database and point the services at it.',
    reads:
      'what the plan does to the database; skip_final_snapshot, final_snapshot_identifier and backup settings BEFORE the change',
    todo: 'Avoid the replacement, or restore with snapshot_identifier in the same plan.',
  },
  find(context) {
    return ended(context, 'kept').map((subject): Draft => {
      const { change } = subject;
      const replaced = change.kind === 'replace';
      return {
        subject: change.address,
        statement: `${subject.title} is ${replaced ? 'replaced' : 'deleted'}: ${endOf(change).why}, but ${replaced ? 'the new one is empty until a restore' : 'the services can no longer reach it'}`,
        evidence: flagsOf(context, change),
        remedy: replaced
          ? [
              snapshotStep(change),
              { when: 'after', text: 'restore the snapshot, then point the services at the restored database' },
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
  title: 'The cloud refuses to destroy a database',
  explain: {
    means: 'The apply stops partway; changes made before that point stay. The data is safe.',
    reads: 'deletion_protection, skip_final_snapshot and final_snapshot_identifier of the database BEFORE the change',
    todo: 'If the database must go: turn its protection off in a separate pull request, apply that, then apply this one.',
  },
  find(context) {
    return ended(context, 'refused').map(
      (subject): Draft => ({
        subject: subject.change.address,
        statement: `the apply will fail partway: ${subject.title} cannot be ${subject.change.kind === 'replace' ? 'replaced' : 'deleted'}: ${endOf(subject.change).why}`,
        evidence: flagsOf(context, subject.change),
        remedy: [
          {
            when: 'instead',
            text: 'avoid the replacement, or first change the protecting attribute in a separate pull request',
          },
        ],
        addresses: [subject.change.address],
      }),
    );
  },
};
