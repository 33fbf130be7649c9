import { Construct } from 'constructs';
import { BlockstorageVolumeV3 } from '#provider-openstack/blockstorage-volume-v3';
import { ComputeVolumeAttachV2 } from '#provider-openstack/compute-volume-attach-v2';
import { resourceAddress } from '../stack/address';
import { instanceOf, type NodeKeys } from '../stack/nodes';
import { volumeGib } from '../stack/sizes';
import { metadataOf } from './tags';

/** Properties of a data volume and of its attachment. */
export interface DataVolumeProps {
  /** The cluster that it belongs to; the volume gets its tags as metadata. */
  readonly cluster: { readonly name: string; readonly tags?: Readonly<Record<string, string>> };
  /** Name of its node without the cluster: `data-1`. */
  readonly name: string;
  /** Size, GiB. It can grow later, never shrink. */
  readonly gib: number;
  /** Cinder's availability zone. @default that of the cloud */
  readonly availabilityZone?: string;
  /** Id of the machine that it is attached to. */
  readonly instanceId: string;
  /** Cinder type; it also decides whether the volume is encrypted. @default that of the cloud */
  readonly type?: string;
  /** Whether Terraform refuses to destroy it. @default true */
  readonly protect?: boolean;
  /** Keys of an iterator; one volume is created per key. @default a single volume */
  readonly forEach?: NodeKeys;
}

/**
 * Attributes whose change would create another, empty volume (`ForceNew` in the provider's source): a new zone or type; and
 * where its content came from, which a volume has that was restored from a snapshot, a volume, an image or a backup and
 * imported, and which we never declare. Its attachment is only reported, and its metadata changes in place.
 */
const KEPT = ['availability_zone', 'volume_type', 'snapshot_id', 'source_vol_id', 'image_id', 'backup_id'];

/** A Cinder volume that outlives its machine: protected; a changed zone or type does not affect it. */
export class DataVolume extends Construct {
  /** Cinder's id of the volume. */
  readonly volumeId: string;
  private readonly volume: BlockstorageVolumeV3;

  constructor(scope: Construct, id: string, props: DataVolumeProps) {
    super(scope, id);
    const { forEach } = props;
    const cluster = { name: props.cluster.name, tags: props.cluster.tags ?? {} };
    this.volume = new BlockstorageVolumeV3(this, 'volume', {
      name: `${cluster.name}-${props.name}`,
      size: volumeGib(props.gib, props.name),
      enableOnlineResize: true,
      metadata: metadataOf(cluster, { 'stackato:node': props.name, 'stackato:keeps': 'data' }),
      lifecycle: { preventDestroy: props.protect ?? true, ignoreChanges: [...KEPT] },
      ...(props.availabilityZone ? { availabilityZone: props.availabilityZone } : {}),
      ...(props.type ? { volumeType: props.type } : {}),
      ...(forEach ? { forEach } : {}),
    });
    this.volumeId = this.volume.id;
    new ComputeVolumeAttachV2(this, 'attachment', {
      volumeId: forEach ? instanceOf(this.volume, forEach) : this.volume.id,
      instanceId: props.instanceId,
      ...(forEach ? { forEach } : {}),
    });
  }

  /** Terraform address of the volume, or of the instance for a key. */
  address(key?: string): string {
    return resourceAddress(this.volume, key);
  }
}
