import type { AwsImage } from './props';

/**
 * What a stack must know of a cluster to join nodes or databases to it: plain strings, so that the cluster may be an
 * `aws.Cluster` of the same app, the outputs of another stack, or something that somebody wrote down.
 */
export interface ClusterHandle {
  readonly name: string;
  readonly hostname: string;
  /** Stackato version of the cluster. */
  readonly version: string;
  readonly region: string;
  /** The core's private address, to which nodes attach. */
  readonly coreAddress: string;
  readonly vpcId: string;
  readonly zones: readonly string[];
  /** One per zone. */
  readonly publicSubnetIds: readonly string[];
  /** One per zone. */
  readonly privateSubnetIds: readonly string[];
  /** The group that every node is in. */
  readonly clusterGroupId: string;
  /** The cluster's pools as others' firewall rules need them: roles, and the pool's own group where it has one. */
  readonly pools: Readonly<Record<string, { readonly roles: readonly string[]; readonly groupId?: string }>>;
  readonly firewall: 'inside' | 'strict';
  readonly image: AwsImage;
  readonly keyName?: string;
  /** Begins the names of the cluster's secrets. */
  readonly secretPrefix: string;
  /** Secrets that an operator creates before the first deployment, without the prefix. */
  readonly secrets: readonly string[];
  readonly kmsKeyId?: string;
  readonly instanceTypes: Readonly<Record<string, string>>;
  readonly databaseClasses: Readonly<Record<string, string>>;
  readonly volumeType: string;
  readonly protect: boolean;
  readonly tags: Readonly<Record<string, string>>;
}

/** Another stack's state, as far as it is needed here: `DataTerraformRemoteStateS3` and its siblings fit. */
export interface RemoteOutputs {
  getString(output: string): string;
}

/** What is fixed when a stack is written, and so must be said by whoever joins: the rest is read from the outputs. */
export type KnownOfCluster = Pick<ClusterHandle, 'name' | 'hostname' | 'version' | 'region' | 'zones'> &
  Partial<
    Pick<
      ClusterHandle,
      | 'pools'
      | 'firewall'
      | 'image'
      | 'instanceTypes'
      | 'databaseClasses'
      | 'protect'
      | 'tags'
      | 'keyName'
      | 'kmsKeyId'
      | 'volumeType'
      | 'secretPrefix'
    >
  >;

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
    pools: {},
    firewall: 'inside',
    image: { id: text('image.id'), imdsv2: false, rootGib: 40 },
    secretPrefix: `stackato/${known.name}/`,
    secrets: [],
    instanceTypes: {},
    databaseClasses: {},
    volumeType: 'gp3',
    protect: true,
    tags: {},
    ...known,
  };
}
