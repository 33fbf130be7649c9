import { count } from '../../base/input';
import { codes } from '../finding';
import type { Change } from '../plan/plan';
import { actionsOf, type ReviewRule } from '../rule';

/** A rule that only counts changes of one kind. */
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
  'Terraform forgets a resource that keeps running',
  'The resource stays in the cloud and on the bill; Terraform no longer manages it.',
  'the action forget',
  'Decide who manages it from now on.',
  (c) => c.kind === 'forget',
  (n, names) =>
    `Terraform forgets ${n} and destroys nothing: ${names}; still running and on the bill, no longer managed`,
);

export const leftOver = apart(
  'resource-left-over',
  'A leftover resource of a failed replacement is destroyed',
  'An earlier create-before-destroy replacement failed partway and left the old object behind; the apply destroys it.',
  'deposed',
  'Nothing, unless it is a volume or database: then see the finding about it.',
  (c) => c.deposed !== undefined && c.kind !== 'noop',
  (n, names) => `${n} left over from a failed replacement: ${names}`,
);

export const imported = apart(
  'resource-imported',
  'Existing resources are imported',
  'Terraform takes over a resource that already exists; it does not create a new one.',
  'importing',
  'Check that no other tool or state manages it.',
  (c) => c.importing,
  (n, names) => `${n} imported: ${names}`,
);

export const moved = apart(
  'resource-moved',
  'Resources get another address in the state',
  'The resource has another address in Terraform; the move itself changes nothing in the cloud.',
  'previous_address',
  'Nothing.',
  (c) => c.previousAddress !== undefined && c.previousAddress !== c.address,
  (n, names) => `${n} moved to another address in the state; the move changes nothing in the cloud: ${names}`,
);
