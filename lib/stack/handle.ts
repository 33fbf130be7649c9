/**
 * The data that a stack on any cloud needs to join nodes to a cluster: plain strings. A cloud's handle adds its network
 * and machines.
 */
export interface JoinableCluster {
  /** Name of the cluster. */
  readonly name: string;
  /** Fully qualified name; the API is `api.<hostname>`. */
  readonly hostname: string;
  /** Stackato version of the cluster: `3.6`. */
  readonly version: string;
  /** Region of the cloud. */
  readonly region: string;
  /** Availability zones; nodes are spread over them. */
  readonly zones: readonly string[];
  /** The core's private address, to which nodes attach. */
  readonly coreAddress: string;
  /** Id of the security group that contains every node. */
  readonly clusterGroupId: string;
  /** The cluster's pools by name, for firewall rules of other stacks: roles, and the id of the pool's group if it has one. */
  readonly pools: Readonly<Record<string, { readonly roles: readonly string[]; readonly groupId?: string }>>;
  /** `inside`: nodes can reach each other on all ports; `strict`: only on the ports of their roles. */
  readonly firewall: 'inside' | 'strict';
  /** Key pair for logins. @default none */
  readonly keyName?: string;
  /** Prefix of the names of the cluster's secrets: `stackato/<cluster>/`. */
  readonly secretPrefix: string;
  /** Secrets that an operator creates before the first deployment, without the prefix. */
  readonly secrets: readonly string[];
  /** Whether volumes, databases and the core are protected against a destroy. */
  readonly protect: boolean;
  /** Tags of all resources of the cluster. */
  readonly tags: Readonly<Record<string, string>>;
}

/** The outputs of another stack, for example a `DataTerraformRemoteStateS3`. */
export interface RemoteOutputs {
  /** The output at a path such as `stackato_handle.coreAddress`. */
  getString(output: string): string;
}

/** The data that must be known at synthesis, so that a joining stack must supply it. */
export type KnownOfAnyCluster = Pick<JoinableCluster, 'name' | 'hostname' | 'version' | 'region' | 'zones'> &
  Partial<Pick<JoinableCluster, 'pools' | 'firewall' | 'protect' | 'tags' | 'keyName' | 'secretPrefix'>>;

/** Defaults for the data that a joining stack does not supply. */
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
