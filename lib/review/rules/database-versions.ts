import { text } from '../../base/json';
import { majorVersion } from '../../kato/roles/database';
import { ESTIMATES } from '../cluster/estimates';
import { code, type Draft, type RemedyStep } from '../finding';
import { isUnknown } from '../plan/plan';
import { becomes, type Context, type ReviewRule, was } from '../rule';
import { databases, type Subject, snapshotStep, users } from './databases';
import { whenOf } from './sizes';

/** A change of version in place. */
interface Upgrade {
  readonly subject: Subject;
  readonly from: string;
  readonly to: string;
  readonly major: boolean;
  readonly back: boolean;
}

function upgrades(context: Context): Upgrade[] {
  return databases(context).flatMap((subject): Upgrade[] => {
    const { change } = subject;
    const [from, to] = [text(change.before?.['engine_version']), text(change.after?.['engine_version'])];
    if (change.kind !== 'update' || isUnknown(change, 'engine_version') || !from || !to || from === to) return [];
    const engine = text(change.before?.['engine'])?.includes('postgres') ? 'postgresql' : 'mysql';
    const major = majorVersion(engine, from) !== majorVersion(engine, to);
    return [{ subject, from, to, major, back: isBefore(to, from) }];
  });
}

/** Whether a version is an older one; a number that one of them lacks says nothing. */
function isBefore(version: string, other: string): boolean {
  const [a, b] = [version.split('.').map(Number), other.split('.').map(Number)];
  const at = a.findIndex((part, i) => b[i] !== undefined && part !== b[i]);
  return at >= 0 && a[at]! < b[at]!;
}

/** RDS refuses another major version unless it is allowed, and every older one. */
const refused = ({ subject, major, back }: Upgrade) =>
  back || (major && subject.change.after?.['allow_major_version_upgrade'] !== true);

export const databaseUpgraded: ReviewRule = {
  id: 'database-upgraded',
  severity: 'outage',
  title: 'A database gets another version',
  explain: {
    means:
      'RDS restarts the database on the other version; it is down meanwhile, also with a standby. There is no way back to an older major version but a restore of a snapshot, and what clients send may be refused by the new one.',
    reads:
      'engine_version before and after of a database that the plan updates in place; allow_major_version_upgrade, apply_immediately and maintenance_window',
    todo: 'Try it on a restored snapshot first, announce the outage, and take a manual snapshot right before. Another major version needs majorUpgrade: true in the declaration.',
  },
  find(context) {
    return upgrades(context)
      .filter((upgrade) => !refused(upgrade))
      .map(({ subject, from, to, major }): Draft => {
        const { change } = subject;
        const kind = major ? 'another major version, irreversibly' : 'another version';
        const before: RemedyStep[] = [
          ...(major
            ? [
                { when: 'before' as const, text: 'try the upgrade on a database restored from a snapshot' },
                snapshotStep(change),
              ]
            : []),
          { when: 'before', text: 'announce a maintenance window' },
        ];
        return {
          subject: change.address,
          statement: `${subject.title} gets ${kind}: from ${code(from)} to ${code(to)} ${whenOf(change)}, with a restart: ${users(subject)} cannot reach it meanwhile`,
          consequences: major
            ? ['this cannot be undone: the only way back is a snapshot, without what was written after it']
            : [],
          evidence: [was(context, change, 'engine_version'), becomes(context, change, 'engine_version')],
          remedy: before,
          addresses: [change.address],
          impacts: [{ who: 'data services', what: `${users(subject)}: down`, howLong: ESTIMATES.databaseRestart }],
        };
      });
  },
};

export const databaseUpgradeFails: ReviewRule = {
  id: 'database-upgrade-fails',
  severity: 'outage',
  title: 'RDS refuses another version of a database',
  explain: {
    means:
      'RDS never goes back to an older version, and changes to another major version only where that is allowed. The apply stops partway; changes made before that point stay.',
    reads: 'engine_version before and after; allow_major_version_upgrade after',
    todo: 'Keep the version; or write majorUpgrade: true for the database if it is to get another major version, which cannot be undone.',
  },
  find(context) {
    return upgrades(context)
      .filter(refused)
      .map(({ subject, from, to, back }): Draft => {
        const { change } = subject;
        const why = back
          ? 'RDS never goes back'
          : 'another major version must be allowed, and is irreversible, with a restart';
        return {
          subject: change.address,
          statement: `the apply will fail partway: ${subject.title} cannot change from ${code(from)} to ${code(to)}: ${why}`,
          consequences: back
            ? []
            : ['if it is allowed, the database restarts for it, and the only way back is a snapshot'],
          evidence: [
            was(context, change, 'engine_version'),
            becomes(context, change, 'engine_version'),
            becomes(context, change, 'allow_major_version_upgrade'),
          ],
          remedy: [
            {
              when: 'instead',
              text: back
                ? `keep version ${from}`
                : `keep version ${from}, or write majorUpgrade: true for the database and review again`,
            },
          ],
          addresses: [change.address],
        };
      });
  },
};

export const databasePublic: ReviewRule = {
  id: 'database-public',
  severity: 'security',
  title: 'A database gets a public address',
  explain: {
    means:
      'Its name leads to a public address. Whoever its security group lets in from the internet reaches it, and then only its password protects it.',
    reads: 'publicly_accessible of the database before and after',
    todo: 'Keep publicly_accessible = false; reach it through a node or a VPN.',
  },
  find(context) {
    return databases(context).flatMap((subject): Draft[] => {
      const { change } = subject;
      const [before, after] = [change.before?.['publicly_accessible'], change.after?.['publicly_accessible']];
      if (after !== true || before === true) return [];
      return [
        {
          subject: change.address,
          statement: `${subject.title} gets a public address: the internet reaches it wherever its security group permits that`,
          evidence: [
            ...(change.before ? [was(context, change, 'publicly_accessible')] : []),
            becomes(context, change, 'publicly_accessible'),
          ],
          remedy: [{ when: 'instead', text: 'keep publicly_accessible = false' }],
          safer: 'reach it from a node of the cluster, or through a VPN',
          addresses: [change.address],
        },
      ];
    });
  },
};
