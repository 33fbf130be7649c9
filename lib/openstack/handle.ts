import { DATABASE_DEFAULTS } from '../kato/roles/database';
import { handleDefaults, type JoinableCluster, type KnownOfAnyCluster, type RemoteOutputs } from '../stack/handle';
import type { OpenstackImage } from './props';

/**
 * The data that a stack needs to join nodes to a cluster. It is plain strings, so it can come from an
 * `openstack.Cluster` of the same app, from the outputs of another stack, or from constants.
 */
export interface ClusterHandle extends JoinableCluster {
  /** Id of the network. */
  readonly networkId: string;
  /** Id of the subnet of all nodes, in every zone. */
  readonly subnetId: string;
  /** Name or id of the network for floating addresses. @default none: clients reach nodes at their own addresses */
  readonly externalNetwork?: string;
  /** The machine image of its nodes. */
  readonly image: OpenstackImage;
  /** Flavors by size word; they add to and override the default table. */
  readonly flavors: Readonly<Record<string, string>>;
  /** Cinder type of volumes. @default that of the cloud */
  readonly volumeType?: string;
  /** Cinder's availability zone. @default that of the cloud */
  readonly volumeZone?: string;
  /** Whether nodes of a pool run on different hosts: if possible (`soft`), always (`hard`), or on any host (`none`). */
  readonly antiAffinity: 'soft' | 'hard' | 'none';
  /** Whether nodes have a config drive with their user data. */
  readonly configDrive: boolean;
  /** How nodes get secrets: an operator delivers them over SSH, or nodes read Barbican. */
  readonly secretCarrier: 'ssh' | 'barbican';
  /** Address of Keystone: `https://cloud.example.com:5000/v3`. Required for nodes that read Barbican. */
  readonly authUrl?: string;
  /** The databases that roles of its nodes use, by name. For a database of a guest: `{ ...handle, databases: { reports: database.endpoint } }`. */
  readonly databases: Readonly<Record<string, ExternalDatabase>>;
}

/** A cluster without its core. If `coreAddress` is absent, Neutron chooses one. */
export type CorelessHandle = Omit<ClusterHandle, 'coreAddress'> & Partial<Pick<ClusterHandle, 'coreAddress'>>;

/** The part of a handle that must be known at synthesis; the rest comes from the outputs. */
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

/** Reads a cluster's handle from the output `stackato_handle` of its stack. */
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

/** The place of an external database. */
export interface ExternalDatabase {
  /** Host name or address. */
  readonly host: string;
  /** TCP port. @default 3306 for mysql, 5432 for postgresql */
  readonly port?: number;
  /** A user with administrator rights. */
  readonly user: string;
  /** Name of the secret that holds the password. */
  readonly password: { readonly secret: string };
}

/** The port of an engine, if none is given. */
export function portOf(engine: 'mysql' | 'postgresql', port?: number): number {
  return port ?? DATABASE_DEFAULTS[engine].port;
}
