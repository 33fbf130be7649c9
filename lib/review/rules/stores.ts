import { code, type Draft } from '../finding';
import { destroys } from '../plan/plan';
import { actionsOf, type ReviewRule, was } from '../rule';

/** Resources that hold data besides volumes and databases. A flag before the change decides whether a destroy is possible. */
const STORES: Readonly<Record<string, { readonly what: string; readonly lostIf?: string; readonly safeIf?: string }>> =
  {
    aws_s3_bucket: { what: 'bucket', lostIf: 'force_destroy' },
    aws_dynamodb_table: { what: 'table', safeIf: 'deletion_protection_enabled' },
    aws_efs_file_system: { what: 'file system' },
    aws_fsx_lustre_file_system: { what: 'file system' },
    aws_docdb_cluster: { what: 'database cluster', lostIf: 'skip_final_snapshot', safeIf: 'deletion_protection' },
    aws_neptune_cluster: { what: 'database cluster', lostIf: 'skip_final_snapshot', safeIf: 'deletion_protection' },
    openstack_objectstorage_container_v1: { what: 'container', lostIf: 'force_destroy' },
    openstack_sharedfilesystem_share_v2: { what: 'share' },
    openstack_db_instance_v1: { what: 'database' },
  };

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
