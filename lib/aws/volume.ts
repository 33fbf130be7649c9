import { EbsVolume } from '@cdktf/provider-aws/lib/ebs-volume';
import { VolumeAttachment } from '@cdktf/provider-aws/lib/volume-attachment';
import { Construct } from 'constructs';
import { resourceAddress } from '../stack/address';
import { instanceOf, type NodeKeys } from '../stack/nodes';
import { volumeGib } from '../stack/sizes';
import { tagsOf } from './tags';

/** A data volume and the machine that it belongs to. */
export interface DataVolumeProps {
  /** The cluster that it belongs to: its name tags it. */
  readonly cluster: { readonly name: string; readonly tags?: Readonly<Record<string, string>> };
  /** Name of the node that it belongs to, without the cluster's. */
  readonly name: string;
  /** GiB. It can grow later, never shrink. */
  readonly gib: number;
  readonly availabilityZone: string;
  readonly instanceId: string;
  /** EBS type. @default gp3 */
  readonly type?: string;
  /** Key that encrypts it. @default the account's own EBS key */
  readonly kmsKeyId?: string;
  /** Whether Terraform refuses to destroy it. @default yes */
  readonly protect?: boolean;
  /** One volume for every key of an iterator. @default one volume */
  readonly forEach?: NodeKeys;
}

/** An EBS volume that outlives its machine: encrypted, protected, snapshotted before it is ever destroyed. */
export class DataVolume extends Construct {
  readonly volumeId: string;
  private readonly volume: EbsVolume;

  constructor(scope: Construct, id: string, props: DataVolumeProps) {
    super(scope, id);
    const { forEach } = props;
    this.volume = new EbsVolume(this, 'volume', {
      availabilityZone: props.availabilityZone,
      size: volumeGib(props.gib, props.name),
      type: props.type ?? 'gp3',
      encrypted: true,
      finalSnapshot: true,
      tags: tagsOf(
        { name: props.cluster.name, tags: props.cluster.tags ?? {} },
        { Name: `${props.cluster.name}-${props.name}`, 'stackato:node': props.name, 'stackato:keeps': 'data' },
      ),
      // A zone added to the cluster moves nodes to come, never a volume that is there.
      lifecycle: { preventDestroy: props.protect ?? true, ignoreChanges: ['availability_zone'] },
      ...(props.kmsKeyId ? { kmsKeyId: props.kmsKeyId } : {}),
      ...(forEach ? { forEach } : {}),
    });
    this.volumeId = this.volume.id;
    new VolumeAttachment(this, 'attachment', {
      deviceName: '/dev/sdf',
      volumeId: forEach ? instanceOf(this.volume, forEach) : this.volume.id,
      instanceId: props.instanceId,
      stopInstanceBeforeDetaching: true,
      ...(forEach ? { forEach } : {}),
    });
  }

  /** Terraform address of the volume, or of one of its instances. */
  address(key?: string): string {
    return resourceAddress(this.volume, key);
  }
}
