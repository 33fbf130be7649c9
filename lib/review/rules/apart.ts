import { count } from '../../base/input';
import { codes } from '../finding';
import type { Change } from '../plan/plan';
import { actionsOf, type ReviewRule } from '../rule';

/** A rule that only counts changes of one sort apart from the others. */
function apart(
  id: string,
  title: string,
  means: string,
  reads: string,
  todo: string,
  test: (change: Change) => boolean,
  say: (n: string, names: string) => string,
): ReviewRule {
  return {
    id,
    severity: 'info',
    title,
    explain: { means, reads, todo },
    find(context) {
      const found = context.plan.changes.filter((change) => change.managed && test(change));
      if (found.length === 0) return [];
      return [
        {
          subject: 'plan',
          statement: say(
            count(found.length, 'resource'),
            codes(
              found.map((c) => c.address),
              5,
            ),
          ),
          evidence: found.slice(0, 3).flatMap((change) => actionsOf(context, change)),
          addresses: found.map((c) => c.address),
        },
      ];
    },
  };
}

export const forgotten = apart(
  'resource-forgotten',
  'Terraform lets go of something that goes on running',
  'The resource stays in the cloud and on the bill; Terraform no longer knows it.',
  'the action forget',
  'Note who looks after it from now on.',
  (c) => c.kind === 'forget',
  (n, names) =>
    `${n} forgotten, not destroyed: ${names}; it goes on running and costing, and Terraform no longer knows it`,
);

export const leftOver = apart(
  'resource-left-over',
  'What a failed replacement left behind is destroyed',
  'An earlier create-before-destroy failed half-way; the old object is still there and goes now.',
  'deposed',
  'Nothing, unless it is a volume or database: then see that finding.',
  (c) => c.deposed !== undefined && c.kind !== 'noop',
  (n, names) => `${n} left over from a replacement that failed: ${names}`,
);

export const imported = apart(
  'resource-imported',
  'Existing things are taken over',
  'Terraform takes over something that exists already; it is not made anew.',
  'importing',
  'Check that nothing else manages it.',
  (c) => c.importing,
  (n, names) => `${n} taken over (import): ${names}`,
);

export const moved = apart(
  'resource-moved',
  'Things get another address in the state',
  'The same thing under another name; the move itself touches nothing in the cloud.',
  'previous_address',
  'Nothing.',
  (c) => c.previousAddress !== undefined && c.previousAddress !== c.address,
  (n, names) => `${n} moved to another address, without being touched for it: ${names}`,
);
