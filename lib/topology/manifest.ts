import type { RoleFacts } from '../kato/facts';
import type { KatoConfig, Release, TrafficRule } from './model';

/**
 * The cluster in the output `stackato_manifest` of its stack. A plan's JSON then holds the cluster before and after, so
 * that a review can name nodes, roles and data. It holds no secret values and nothing that is unknown at plan time.
 */
export interface Manifest {
  /** Version of this format. */
  readonly schema: 1;
  /** Name of the cluster. */
  readonly cluster: string;
  /** Fully qualified name; the API is `api.<hostname>`. */
  readonly hostname: string;
  /** Stackato version: `3.6`. */
  readonly version: string;
  /** `aws` or `openstack`. */
  readonly cloud: string;
  /** Region of the cloud. */
  readonly region: string;
  /** `inside`: nodes can reach each other on all ports; `strict`: only on the ports of their roles. */
  readonly firewall: 'inside' | 'strict';
  /** Whether volumes, databases and the core are protected against a destroy. */
  readonly protect: boolean;
  /** Things that keep data and may go, by name; absent when nothing is released. */
  readonly releases?: Readonly<Record<string, Release>>;
  /** All nodes, by name. */
  readonly nodes: Readonly<Record<string, ManifestNode>>;
  /** All databases, by name. */
  readonly databases: Readonly<Record<string, ManifestDatabase>>;
  /** Facts about every role of its nodes, by name; absent in manifests of older builds. */
  readonly roles?: Readonly<Record<string, RoleFacts>>;
  /** Firewall rules, sorted by id. */
  readonly rules: readonly TrafficRule[];
  /** Cluster-wide kato configuration: component, key path, value or `{ secret: name }`. */
  readonly config: KatoConfig;
  /** Terraform addresses of firewall groups, by pool; `cluster` contains every node; `database:<name>` is that of a database. */
  readonly groups: Readonly<Record<string, string>>;
}

/** A node in a cluster's manifest. */
export interface ManifestNode {
  /** Name of its pool. */
  readonly pool: string;
  /** Its roles, in kato's start order. */
  readonly roles: readonly string[];
  /** Availability zone. */
  readonly zone: string;
  /** Machine size: a word of the declaration such as `large`. */
  readonly size: string;
  /** Instance type or flavor of the machine. */
  readonly machine: string;
  /** Memory of the machine, MiB; absent if unknown. */
  readonly ramMiB?: number;
  /** Image of the machine. */
  readonly image: string;
  /** Fixed private address, if it has one (the core's is the MBUS IP). */
  readonly address?: string;
  /** Terraform address of the machine: `aws_instance.paas_dea["dea-1"]`. */
  readonly resource: string;
  /** Its data volume; absent if it has none. */
  readonly disk?: ManifestDisk;
  /** Placement zones, if it is a DEA. */
  readonly placementZones: readonly string[];
  /** Whether the world can reach it. */
  readonly world: boolean;
  /** Whether the node holds data that must outlive it. */
  readonly keeps: boolean;
  /** SHA-256 of the boot script, 16 hexadecimal digits. */
  readonly boot: string;
  /** Files that an operator must deliver to the node, in the order of its boot; absent if the node reads the cloud's store. */
  readonly delivered?: readonly DeliveredFile[];
}

/** A secret that a node waits for as a file; never its value. */
export interface DeliveredFile {
  /** Name of the secret, and of the file. */
  readonly name: string;
  /** Its source: an operator, or the core, which creates it at its first boot. */
  readonly from: 'operator' | 'core';
}

/** The data volume of a node in a cluster's manifest. */
export interface ManifestDisk {
  /** Size, GiB. */
  readonly gib: number;
  /** Where the node mounts it. */
  readonly mount: string;
  /** Roles that keep their data on it. */
  readonly keeps: readonly string[];
  /** Terraform address of the volume. */
  readonly resource: string;
}

/** A database in a cluster's manifest. */
export interface ManifestDatabase {
  /** Database engine. */
  readonly engine: 'mysql' | 'postgresql';
  /** Engine version: `8.0`. */
  readonly version: string;
  /** Storage, GiB. */
  readonly storageGib: number;
  /** Machine type, for example an RDS class; empty for an external database. */
  readonly machine: string;
  /** Terraform address. */
  readonly resource: string;
  /** Pools and roles that use it. */
  readonly usedBy: readonly { readonly pool: string; readonly role: string }[];
}

/** Name of the stack's output with the manifest. */
export const MANIFEST_OUTPUT = 'stackato_manifest';

/**
 * Tag or metadata of a core's machine: the folders that its first boot put on its volume. It is set when the machine is made and
 * never changed, since a core that runs ignores another boot script. `services data droplets` is all that a core keeps.
 */
export const KEEPS_MARK = 'stackato:keeps';

/** The addresses of a deployed node. The apply decides them, so the manifest does not hold them. */
export interface NodeAddress {
  /** The cloud's id of the machine; a new machine has another one. */
  readonly machine: string;
  /** Its private address. */
  readonly inside: string;
  /** Its public address; absent if it has none. */
  readonly outside?: string;
}

/** The name of the output that holds the address of every node by its name. */
export const ADDRESSES_OUTPUT = 'stackato_addresses';

/** Name of the delivered application credential: the output of `openstack application credential create -f json`. */
export const CREDENTIAL = 'application-credential';
