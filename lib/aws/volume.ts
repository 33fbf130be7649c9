import { EbsVolume } from '@cdktf/provider-aws/lib/ebs-volume';
import { VolumeAttachment } from '@cdktf/provider-aws/lib/volume-attachment';
import { Construct } from 'constructs';
import { resourceAddress } from '../stack/address';
import { instanceOf, type NodeKeys } from '../stack/nodes';
import { volumeGib } from '../stack/sizes';
import { isAlias } from './props';
import { tagsOf } from './tags';

/** Properties of a data volume and of its attachment. */
export interface DataVolumeProps {
  /** The cluster that it belongs to; the volume gets its tags. */
  readonly cluster: { readonly name: string; readonly tags?: Readonly<Record<string, string>> };
  /** Name of its node without the cluster: `data-1`. */
  readonly name: string;
  /** Size, GiB. It can grow later, never shrink. */
  readonly gib: number;
  /** Availability zone of the machine. */
  readonly availabilityZone: string;
  /** Id of the machine that it is attached to. */
  readonly instanceId: string;
  /** EBS type. @default gp3 */
  readonly type?: string;
  /** ARN of the key that encrypts it, or of its alias; later changes of an alias have no effect. @default the account's EBS key */
  readonly kmsKeyId?: string;
  /** Whether Terraform refuses to destroy it. @default true */
  readonly protect?: boolean;
  /** Keys of an iterator; one volume is created per key. @default a single volume */
  readonly forEach?: NodeKeys;
}

/**
 * Attributes whose change must not replace a volume (`test/aws/by-itself.test.ts` asks the provider): a new zone of the
 * cluster affects new nodes only; a volume that was restored and imported may be without encryption; and a person may let
 * several machines attach it.
 */
const KEPT = ['availability_zone', 'encrypted', 'multi_attach_enabled'];

/** An EBS volume that outlives its machine: encrypted, protected, with a final snapshot before a destroy. */
export class DataVolume extends Construct {
  /** EBS volume id. */
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
      lifecycle: {
        preventDestroy: props.protect ?? true,
        ignoreChanges: [...KEPT, ...(isAlias(props.kmsKeyId) ? ['kms_key_id'] : [])],
      },
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

  /** Terraform address of the volume, or of the instance for a key. */
  address(key?: string): string {
    return resourceAddress(this.volume, key);
  }
}
