import { handleDefaults, type JoinableCluster, type KnownOfAnyCluster, type RemoteOutputs } from '../stack/handle';
import type { AwsImage } from './props';

/**
 * What a stack must know of a cluster to join nodes or databases to it: plain strings, so that the cluster may be an
 * `aws.Cluster` of the same app, the outputs of another stack, or something that somebody wrote down.
 */
export interface ClusterHandle extends JoinableCluster {
  readonly vpcId: string;
  /** One per zone. */
  readonly publicSubnetIds: readonly string[];
  /** One per zone. */
  readonly privateSubnetIds: readonly string[];
  readonly image: AwsImage;
  readonly kmsKeyId?: string;
  readonly instanceTypes: Readonly<Record<string, string>>;
  readonly databaseClasses: Readonly<Record<string, string>>;
  readonly volumeType: string;
}

/** What is fixed when a stack is written, and so must be said by whoever joins: the rest is read from the outputs. */
export type KnownOfCluster = KnownOfAnyCluster &
  Partial<Pick<ClusterHandle, 'image' | 'instanceTypes' | 'databaseClasses' | 'kmsKeyId' | 'volumeType'>>;

/** Reads a cluster from the outputs of the stack that made it (`stackato_handle`). */
export function handleFromOutputs(remote: RemoteOutputs, known: KnownOfCluster): ClusterHandle {
  const text = (attribute: string) => remote.getString(`stackato_handle.${attribute}`);
  const list = (attribute: string) => known.zones.map((_, i) => remote.getString(`stackato_handle.${attribute}[${i}]`));
  return {
    coreAddress: text('coreAddress'),
    vpcId: text('vpcId'),
    publicSubnetIds: list('publicSubnetIds'),
    privateSubnetIds: list('privateSubnetIds'),
    clusterGroupId: text('clusterGroupId'),
    ...handleDefaults(known.name),
    image: { id: text('image.id'), imdsv2: false, rootGib: 40 },
    instanceTypes: {},
    databaseClasses: {},
    volumeType: 'gp3',
    ...known,
  };
}
