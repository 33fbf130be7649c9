import type { RoleFacts } from '../kato/facts';
import type { KatoConfig, TrafficRule } from './model';

/**
 * What a deployed stack says of itself in its one output, `stackato_manifest`: a plan's JSON then holds the cluster
 * before and after, and a review speaks of nodes, roles and data. Never a secret's value, nothing unknown at plan time.
 */
export interface Manifest {
  readonly schema: 1;
  readonly cluster: string;
  readonly hostname: string;
  readonly version: string;
  readonly cloud: string;
  readonly region: string;
  readonly firewall: 'inside' | 'strict';
  readonly protect: boolean;
  readonly nodes: Readonly<Record<string, ManifestNode>>;
  readonly databases: Readonly<Record<string, ManifestDatabase>>;
  /** What is known of every role of its nodes, by name; absent in manifests of versions before 0.2. */
  readonly roles?: Readonly<Record<string, RoleFacts>>;
  readonly rules: readonly TrafficRule[];
  /** Cluster-wide kato configuration: component, key path, value or `{ secret: name }`. */
  readonly config: KatoConfig;
  /** Terraform addresses of firewall groups: by pool, `cluster` for the one that every node is in, `database:<name>`. */
  readonly groups: Readonly<Record<string, string>>;
}

export interface ManifestNode {
  readonly pool: string;
  readonly roles: readonly string[];
  readonly zone: string;
  readonly size: string;
  /** The cloud's word for the machine: instance type or flavor. */
  readonly machine: string;
  /** Memory, where the machine type is known to us. */
  readonly ramMiB?: number;
  readonly image: string;
  /** Fixed private address, where there is one (the core's is the MBUS IP). */
  readonly address?: string;
  /** Terraform address of the machine: `aws_instance.paas_dea["dea-1"]`. */
  readonly resource: string;
  readonly disk?: ManifestDisk;
  readonly placementZones: readonly string[];
  readonly world: boolean;
  /** Whether the node holds data that must outlive it. */
  readonly keeps: boolean;
  /** SHA-256 of the boot script, 16 hexadecimal digits. */
  readonly boot: string;
  /** Files that must be brought to the node, in the order of its boot; absent where its machine may read the cloud's store. */
  readonly delivered?: readonly DeliveredFile[];
}

/** A secret that a node waits for as a file; never its value. */
export interface DeliveredFile {
  /** Name of the secret, and of the file. */
  readonly name: string;
  /** Who has it: an operator, or the core, which makes it at its first boot. */
  readonly from: 'operator' | 'core';
}

export interface ManifestDisk {
  readonly gib: number;
  readonly mount: string;
  /** Roles whose data lie on it. */
  readonly keeps: readonly string[];
  /** Terraform address of the volume. */
  readonly resource: string;
}

export interface ManifestDatabase {
  readonly engine: 'mysql' | 'postgresql';
  readonly version: string;
  readonly storageGib: number;
  readonly machine: string;
  /** Terraform address. */
  readonly resource: string;
  readonly usedBy: readonly { readonly pool: string; readonly role: string }[];
}

/** The name of the output. */
export const MANIFEST_OUTPUT = 'stackato_manifest';

/** Where a deployed node is; known only after the apply, and so no part of the manifest. */
export interface NodeAddress {
  /** The cloud's id of the machine: another one after it was made anew. */
  readonly machine: string;
  /** Its private address. */
  readonly inside: string;
  /** At which the world reaches it; absent where it has none of its own. */
  readonly outside?: string;
}

/** The name of the output that holds the address of every node by its name. */
export const ADDRESSES_OUTPUT = 'stackato_addresses';

/** Under this name the application credential is delivered: the answer of `openstack application credential create -f json`. */
export const CREDENTIAL = 'application-credential';
