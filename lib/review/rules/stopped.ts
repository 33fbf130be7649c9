import { text } from '../../base/json';
import { typedWord } from '../../base/shell';
import { flavorGone, isStopped, stoppedAttribute } from '../cluster/machines';
import { code, codes, type Draft } from '../finding';
import type { Change } from '../plan/plan';
import { type Context, named, type ReviewRule, was } from '../rule';

const machinesOf = ({ plan }: Context, is: (change: Change) => boolean) =>
  plan.changes.filter((c) => c.managed && c.deposed === undefined && c.kind !== 'delete' && is(c));

export const machineStopped: ReviewRule = {
  id: 'machine-stopped',
  severity: 'info',
  title: 'A machine is stopped',
  explain: {
    means:
      'The machine is down. On AWS it has given back its public address, so a plan may want to replace it. OpenStack servers are started by the apply.',
    reads: 'instance_state or power_state of machines before the plan, also of those that it leaves alone',
    todo: 'Start the machine and plan again: a stopped machine is no reason to replace it.',
  },
  find(context) {
    const stopped = machinesOf(context, isStopped);
    if (stopped.length === 0) return [];
    const names = stopped.map((change) => named(context, change.address));
    const replaced = stopped.filter((c) => c.kind === 'replace' && stoppedAttribute(c));
    const starts = stopped.filter((c) => c.kind === 'update' && c.after?.['power_state'] === 'active');
    return [
      {
        subject: names.join(','),
        statement: `${codes(names)} ${names.length === 1 ? 'is' : 'are'} stopped`,
        consequences: [
          ...(replaced.length > 0
            ? [
                `that is why the plan replaces ${codes(replaced.map((c) => named(context, c.address)))}: a stopped machine has no public address`,
                `start and plan again instead: ${replaced.map((c) => code(startOf(c))).join(', ')}`,
              ]
            : []),
          ...(starts.length > 0 ? [`the apply starts ${codes(starts.map((c) => named(context, c.address)))}`] : []),
        ],
        evidence: stopped
          .slice(0, 5)
          .map((c) => was(context, c, c.type === 'aws_instance' ? 'instance_state' : 'power_state')),
        remedy: stopped
          .filter((c) => !starts.includes(c))
          .map((c) => ({
            when: 'instead' as const,
            text: 'start the machine, and plan again',
            about: named(context, c.address),
            command: startOf(c),
          })),
        nodes: names.filter((name) => context.cluster?.nodes.some((n) => n.name === name)),
        addresses: stopped.map((c) => c.address),
      },
    ];
  },
};

function startOf({ type, before }: Change): string {
  const id = typedWord(text(before?.['id']) ?? '<id>');
  return type === 'aws_instance' ? `aws ec2 start-instances --instance-ids ${id}` : `openstack server start ${id}`;
}

export const flavorDeleted: ReviewRule = {
  id: 'flavor-gone',
  severity: 'info',
  title: 'A server is replaced because its flavor no longer exists',
  explain: {
    means: 'OpenStack cannot resize a server whose flavor was deleted, so the provider replaces the server.',
    reads: 'flavor_id and flavor_name of a server before the plan, which are empty then; what forces its replacement',
    todo: 'Ask the cloud for the flavor, with the same name and numbers, and plan again.',
  },
  find(context) {
    return machinesOf(context, flavorGone).map(
      (change): Draft => ({
        subject: change.address,
        statement: `the cloud has deleted the flavor of ${code(named(context, change.address))}: that is why the plan replaces it`,
        evidence: [was(context, change, 'flavor_name')],
        remedy: [{ when: 'instead', text: 'ask the cloud for that flavor, and plan again' }],
        addresses: [change.address],
      }),
    );
  },
};
