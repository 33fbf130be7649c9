/**
 * What every cloud's stack must know of a cluster to join nodes to it: plain strings. A cloud's own handle adds where the
 * nodes are and what they are made of.
 */
export interface JoinableCluster {
  readonly name: string;
  readonly hostname: string;
  /** Stackato version of the cluster. */
  readonly version: string;
  readonly region: string;
  readonly zones: readonly string[];
  /** The core's private address, to which nodes attach. */
  readonly coreAddress: string;
  /** The group that every node is in. */
  readonly clusterGroupId: string;
  /** The cluster's pools as others' firewall rules need them: roles, and the pool's own group where it has one. */
  readonly pools: Readonly<Record<string, { readonly roles: readonly string[]; readonly groupId?: string }>>;
  readonly firewall: 'inside' | 'strict';
  readonly keyName?: string;
  /** Begins the names of the cluster's secrets. */
  readonly secretPrefix: string;
  /** Secrets that an operator creates before the first deployment, without the prefix. */
  readonly secrets: readonly string[];
  readonly protect: boolean;
  readonly tags: Readonly<Record<string, string>>;
}

/** Another stack's state, as far as it is needed here: `DataTerraformRemoteStateS3` and its siblings fit. */
export interface RemoteOutputs {
  getString(output: string): string;
}

/** What is fixed when a stack is written, and so must be said by whoever joins. */
export type KnownOfAnyCluster = Pick<JoinableCluster, 'name' | 'hostname' | 'version' | 'region' | 'zones'> &
  Partial<Pick<JoinableCluster, 'pools' | 'firewall' | 'protect' | 'tags' | 'keyName' | 'secretPrefix'>>;

/** What a cluster's handle says where whoever joins says nothing. */
export function handleDefaults(name: string) {
  return {
    pools: {},
    firewall: 'inside' as const,
    secretPrefix: `stackato/${name}/`,
    secrets: [],
    protect: true,
    tags: {},
  };
}
