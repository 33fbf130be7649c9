/** What the review knows of a type of volume. */
export interface VolumeType {
  readonly size: string;
  /** Flag that makes a destroy take a snapshot first. The OLD value decides. */
  readonly finalSnapshot?: string;
  /** Attributes that name the source of a new volume's content. */
  readonly from: readonly string[];
}

// AWS provider `ebs_volume.go`; OpenStack provider `resource_openstack_blockstorage_volume_v3.go`.
const cinder: VolumeType = { size: 'size', from: ['snapshot_id', 'source_vol_id', 'backup_id', 'source_replica'] };
export const VOLUMES: Readonly<Record<string, VolumeType>> = {
  aws_ebs_volume: { size: 'size', finalSnapshot: 'final_snapshot', from: ['snapshot_id'] },
  openstack_blockstorage_volume_v2: cinder,
  openstack_blockstorage_volume_v3: cinder,
};

/** Managed databases. */
export const DATABASES = new Set(['aws_db_instance', 'aws_rds_cluster']);

/** Resources that hold data besides volumes and databases. A flag before the change decides whether a destroy is possible. */
export const STORES: Readonly<
  Record<string, { readonly what: string; readonly lostIf?: string; readonly safeIf?: string }>
> = {
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

/** What keeps data besides volumes, databases and stores. */
const OTHERS = new Set(['aws_kms_key', 'aws_secretsmanager_secret', 'openstack_keymanager_secret_v1']);

/** Whether a Terraform type keeps data; the machines of a cluster are judged by their roles instead. */
export const isKeeper = (type: string): boolean =>
  Object.hasOwn(VOLUMES, type) || Object.hasOwn(STORES, type) || DATABASES.has(type) || OTHERS.has(type);
