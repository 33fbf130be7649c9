import { number, object, text } from '../../base/json';
import { volumeOwner } from '../cluster/data';
import { ESTIMATES } from '../cluster/estimates';
import { growthOf, shrinkOf } from '../cluster/shrink';
import { code, type Draft, type RemedyStep } from '../finding';
import { type Change, isUnknown } from '../plan/plan';
import { becomes, named, type ReviewRule, was } from '../rule';
import { databases, users } from './databases';

export const volumeShrink: ReviewRule = {
  id: 'volume-shrink',
  severity: 'outage',
  title: 'A volume cannot shrink',
  explain: {
    means:
      'No cloud shrinks a volume or a database in place. The apply stops partway; changes made before that point stay.',
    reads: 'size before and after of a volume or database that the plan updates in place',
    todo: 'Keep the size. To get a smaller volume, create a new one and move the data.',
  },
  find(context) {
    return context.changes.flatMap((change): Draft[] => {
      const shrink = shrinkOf(change);
      if (!shrink) return [];
      const { attribute, before, after } = shrink;
      return [
        {
          subject: change.address,
          statement: `the apply will fail partway: ${code(named(context, change.address))} cannot shrink from ${before} to ${after} GiB`,
          evidence: [was(context, change, attribute), becomes(context, change, attribute)],
          remedy: [{ when: 'instead', text: `set the size back to ${before} GiB` }],
          addresses: [change.address],
        },
      ];
    });
  },
};

export const volumeGrows: ReviewRule = {
  id: 'volume-grows',
  severity: 'info',
  title: 'A volume grows in place',
  explain: {
    means:
      'The volume grows while its node keeps running, and can never shrink again. Its file system follows by itself within a minute on a node that a build with this rule has booted; a kept node of an older build has an older boot script, which does not do this.',
    reads: 'size of the volume before and after; the node that it belongs to in stackato_manifest',
    todo: 'On a node of an older build, let the file system follow with the printed command. It does no harm on others.',
  },
  find(context) {
    return context.changes.flatMap((change): Draft[] => {
      const growth = growthOf(change);
      if (!growth || change.type === 'aws_db_instance') return [];
      const { attribute, before, after } = growth;
      const owner = volumeOwner(context.cluster?.after, change.address);
      const what = owner ? `the volume of ${code(owner.name)}` : `volume ${code(change.address)}`;
      const later = change.type === 'aws_ebs_volume' ? ', and AWS accepts no further change of it for six hours' : '';
      return [
        {
          subject: change.address,
          statement: `${what} grows from ${before} to ${after} GiB in place: its machine keeps running`,
          consequences: [`it cannot shrink again${later}`],
          evidence: [was(context, change, attribute), becomes(context, change, attribute)],
          remedy: [followStep(owner?.name)],
          nodes: owner ? [owner.name] : [],
          addresses: [change.address],
        },
      ];
    });
  },
};

/** Safe to type in any case: a file system that fills its volume stays as it is, and a mounted one grows without a pause. */
function followStep(node: string | undefined): RemedyStep {
  const step = { when: 'after', text: 'let the file system follow, if `df -h` still shows the old size' } as const;
  return node === undefined ? step : { ...step, on: node, command: 'sudo resize2fs "$(sudo blkid -L stackato-data)"' };
}

/** When RDS makes the change: at once only with apply_immediately. */
export function whenOf({ after }: Change): string {
  if (after?.['apply_immediately'] === true) return 'at once';
  const window = text(after?.['maintenance_window']);
  return `in its next maintenance window${window ? ` (${code(window)} UTC)` : ''}`;
}

function differs(change: Change, attribute: string): boolean {
  const [before, after] = [change.before?.[attribute], change.after?.[attribute]];
  return change.kind === 'update' && !isUnknown(change, attribute) && after !== undefined && before !== after;
}

export const databaseGrows: ReviewRule = {
  id: 'database-grows',
  severity: 'info',
  title: 'A database grows in place',
  explain: {
    means:
      'The storage grows while the database keeps running. It can never shrink again, and RDS accepts no further change of storage for six hours.',
    reads: 'allocated_storage of the database before and after; apply_immediately and maintenance_window',
    todo: 'Nothing.',
  },
  find(context) {
    return databases(context).flatMap((subject): Draft[] => {
      const { change } = subject;
      const [before, after] = ['before', 'after'].map((side) =>
        number(object(change[side as 'before' | 'after'])['allocated_storage']),
      );
      if (!differs(change, 'allocated_storage') || before === undefined || after === undefined || after < before)
        return [];
      return [
        {
          subject: change.address,
          statement: `database ${code(subject.name ?? change.address)} grows from ${before} to ${after} GiB in place, ${whenOf(change)}: it keeps running`,
          consequences: ['it cannot shrink again, and RDS accepts no further change of storage for six hours'],
          evidence: [was(context, change, 'allocated_storage'), becomes(context, change, 'allocated_storage')],
          addresses: [change.address],
        },
      ];
    });
  },
};

export const databaseResized: ReviewRule = {
  id: 'database-resized',
  severity: 'outage',
  title: 'A database changes its machine',
  explain: {
    means:
      'RDS restarts the database on the other machine; it is down meanwhile. With a standby (multi_az) it is down only for the switch.',
    reads: 'instance_class before and after; multi_az, apply_immediately and maintenance_window of the database',
    todo: 'Announce the outage, or leave the change to the maintenance window.',
  },
  find(context) {
    return databases(context).flatMap((subject): Draft[] => {
      const { change } = subject;
      if (!differs(change, 'instance_class')) return [];
      const standby = change.before?.['multi_az'] === true;
      return [
        {
          subject: change.address,
          statement: `${subject.title} restarts on ${code(change.after?.['instance_class'])} ${whenOf(change)}: ${users(subject)} cannot reach it meanwhile`,
          evidence: [was(context, change, 'instance_class'), becomes(context, change, 'instance_class')],
          remedy: [{ when: 'before', text: 'announce a maintenance window' }],
          addresses: [change.address],
          impacts: [
            {
              who: 'data services',
              what: `${users(subject)}: down`,
              howLong: standby ? ESTIMATES.databaseSwitch : ESTIMATES.databaseRestart,
            },
          ],
        },
      ];
    });
  },
};
