import { STORES } from '../cluster/keepers';
import { code, type Draft } from '../finding';
import { destroys } from '../plan/plan';
import { actionsOf, type ReviewRule, was } from '../rule';

export const storeLost: ReviewRule = {
  id: 'store-lost',
  severity: 'data-loss',
  title: 'A bucket, file system or other store and its content are destroyed',
  explain: {
    means: 'The apply deletes everything in it.',
    reads:
      'what the plan does to buckets, tables, file systems, shares; force_destroy and similar flags BEFORE the change (the cloud deletes a bucket without it only when it is empty)',
    todo: 'Copy the content first. Or keep the resource: take it out of the state with a removed block.',
  },
  find(context) {
    return context.changes.flatMap((change): Draft[] => {
      const store = STORES[change.type];
      if (!store || !destroys(change) || !change.before) return [];
      if (store.lostIf && change.before[store.lostIf] !== true) return [];
      if (store.safeIf && change.before[store.safeIf] === true) return [];
      return [
        {
          subject: change.address,
          statement: `${store.what} ${code(change.address)} is ${change.kind === 'replace' ? 'replaced by an empty one' : 'deleted'} with everything in it`,
          evidence: [
            ...actionsOf(context, change),
            ...[store.lostIf, store.safeIf].flatMap((flag) => (flag ? [was(context, change, flag)] : [])),
          ],
          remedy: [{ when: 'before', text: 'copy its content elsewhere' }],
          safer:
            store.lostIf === 'force_destroy'
              ? 'turn `force_destroy` off: the cloud then refuses to delete it unless it is empty'
              : undefined,
          addresses: [change.address],
        },
      ];
    });
  },
};
