import { DATABASE_DEFAULTS } from '../kato/roles/database';
import { handleDefaults, type JoinableCluster, type KnownOfAnyCluster, type RemoteOutputs } from '../stack/handle';
import type { OpenstackImage } from './props';

/**
 * What a stack must know of a cluster to join nodes to it: plain strings, so that the cluster may be an
 * `openstack.Cluster` of the same app, the outputs of another stack, or something that somebody wrote down.
 */
export interface ClusterHandle extends JoinableCluster {
  readonly networkId: string;
  /** The subnet of all nodes, in every zone. */
  readonly subnetId: string;
  /** Name or id of the network that floating addresses come from; absent where nodes are reached at their own. */
  readonly externalNetwork?: string;
  readonly image: OpenstackImage;
  readonly flavors: Readonly<Record<string, string>>;
  readonly volumeType?: string;
  readonly volumeZone?: string;
  readonly antiAffinity: 'soft' | 'hard' | 'none';
  readonly configDrive: boolean;
  /** How nodes come by secrets. */
  readonly secretCarrier: 'ssh' | 'barbican';
  /** Address of Keystone, for nodes that read Barbican. */
  readonly authUrl?: string;
  /** Where the databases are that roles of its nodes use: `{ ...handle, databases: { reports: database.endpoint } }` for a guest's. */
  readonly databases: Readonly<Record<string, ExternalDatabase>>;
}

/** A cluster before it has a core; without an address for it Neutron chooses one. */
export type CorelessHandle = Omit<ClusterHandle, 'coreAddress'> & Partial<Pick<ClusterHandle, 'coreAddress'>>;

/** What is fixed when a stack is written, and so must be said by whoever joins: the rest is read from the outputs. */
export type KnownOfCluster = KnownOfAnyCluster &
  Pick<ClusterHandle, 'image'> &
  Partial<
    Pick<
      ClusterHandle,
      | 'externalNetwork'
      | 'flavors'
      | 'volumeType'
      | 'volumeZone'
      | 'antiAffinity'
      | 'configDrive'
      | 'secretCarrier'
      | 'authUrl'
      | 'databases'
    >
  >;

/** Reads a cluster from the outputs of the stack that made it (`stackato_handle`). */
export function handleFromOutputs(remote: RemoteOutputs, known: KnownOfCluster): ClusterHandle {
  const text = (attribute: string) => remote.getString(`stackato_handle.${attribute}`);
  return {
    coreAddress: text('coreAddress'),
    networkId: text('networkId'),
    subnetId: text('subnetId'),
    clusterGroupId: text('clusterGroupId'),
    ...handleDefaults(known.name),
    flavors: {},
    antiAffinity: 'soft',
    configDrive: true,
    secretCarrier: 'ssh',
    databases: {},
    ...known,
  };
}

/** Where a database is that somebody else keeps. */
export interface ExternalDatabase {
  /** Host name or address. */
  readonly host: string;
  /** @default 3306 for mysql, 5432 for postgresql */
  readonly port?: number;
  /** A user with the rights of an administrator. */
  readonly user: string;
  /** Name of the secret that holds the password. */
  readonly password: { readonly secret: string };
}

/** Where an engine listens unless somebody says otherwise. */
export function portOf(engine: 'mysql' | 'postgresql', port?: number): number {
  return port ?? DATABASE_DEFAULTS[engine].port;
}
