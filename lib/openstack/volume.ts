import { Construct } from 'constructs';
import { BlockstorageVolumeV3 } from '#provider-openstack/blockstorage-volume-v3';
import { ComputeVolumeAttachV2 } from '#provider-openstack/compute-volume-attach-v2';
import { resourceAddress } from '../stack/address';
import { instanceOf, type NodeKeys } from '../stack/nodes';
import { volumeGib } from '../stack/sizes';
import { metadataOf } from './tags';

/** A data volume and the machine that it belongs to. */
export interface DataVolumeProps {
  /** The cluster that it belongs to: its name marks it. */
  readonly cluster: { readonly name: string; readonly tags?: Readonly<Record<string, string>> };
  /** Name of the node that it belongs to, without the cluster's. */
  readonly name: string;
  /** GiB. It can grow later, never shrink. */
  readonly gib: number;
  /** Cinder's availability zone. @default the cloud's own */
  readonly availabilityZone?: string;
  readonly instanceId: string;
  /** Cinder type; it also decides whether the volume is encrypted. @default the cloud's own */
  readonly type?: string;
  /** Whether Terraform refuses to destroy it. @default yes */
  readonly protect?: boolean;
  /** One volume for every key of an iterator. @default one volume */
  readonly forEach?: NodeKeys;
}

/** A Cinder volume that outlives its machine: protected, and never moved or retyped by a changed word. */
export class DataVolume extends Construct {
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
      // Another zone or type would be another, empty volume.
      lifecycle: { preventDestroy: props.protect ?? true, ignoreChanges: ['availability_zone', 'volume_type'] },
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

  /** Terraform address of the volume, or of one of its instances. */
  address(key?: string): string {
    return resourceAddress(this.volume, key);
  }
}
