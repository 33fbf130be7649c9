import { type Change, destroys } from '../plan/plan';

/** Terraform types that keep data; the machines of a cluster are judged by their roles instead. */
const KEEPERS: ReadonlySet<string> = new Set([
  'aws_db_instance',
  'aws_docdb_cluster',
  'aws_dynamodb_table',
  'aws_ebs_volume',
  'aws_efs_file_system',
  'aws_fsx_lustre_file_system',
  'aws_kms_key',
  'aws_neptune_cluster',
  'aws_rds_cluster',
  'aws_s3_bucket',
  'aws_secretsmanager_secret',
  'openstack_blockstorage_volume_v2',
  'openstack_blockstorage_volume_v3',
  'openstack_db_instance_v1',
  'openstack_keymanager_secret_v1',
  'openstack_objectstorage_container_v1',
  'openstack_sharedfilesystem_share_v2',
]);

/** Whether a type keeps data. */
export const isKeeper = (type: string): boolean => KEEPERS.has(type);

/** Whether the plan takes a thing away: it deletes it, or puts a new one in its place. */
export function takesAway(change: Change): boolean {
  return change.before !== null && (destroys(change) || change.letsGo);
}
