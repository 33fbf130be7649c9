import type { RoleFacts } from '../kato/facts';
import type { RolePort, Step } from '../kato/step';

/** A cluster, derived from its declaration: plain data, printable, without clouds or tokens. Made by `planTopology`. */
export interface Topology {
  readonly cluster: string;
  /** The cluster's fully qualified name; the API is `api.<hostname>`. */
  readonly hostname: string;
  /** As declared: `3.6` or `3.4.2`. */
  readonly version: string;
  readonly firewall: 'inside' | 'strict';
  /** Whether what keeps data is protected from being destroyed. */
  readonly protect: boolean;
  readonly core: Pool;
  /** All other pools by name, sorted. */
  readonly pools: Readonly<Record<string, Pool>>;
  readonly databases: Readonly<Record<string, Database>>;
  readonly rules: readonly TrafficRule[];
  /** Cluster-wide kato configuration: component, key path, value; set once, on the core. */
  readonly config: KatoConfig;
  /** What is known of every role that a node has, by its name. */
  readonly roles: Readonly<Record<string, RoleFacts>>;
  /** Secrets that an operator must create before the first deployment, by name. */
  readonly secrets: readonly string[];
}

export type KatoConfig = Readonly<Record<string, Readonly<Record<string, unknown>>>>;

/** Nodes alike in everything but their name and zone. The core is a pool of one, named `core`. */
export interface Pool {
  readonly name: string;
  /** kato's role names, in kato's start order. */
  readonly roles: readonly string[];
  /** The declaration's own word for a machine size. */
  readonly size: string;
  readonly nodes: Readonly<Record<string, Node>>;
  readonly disk?: Disk;
  /** Whether the world may reach it (80 and 443, and what its roles add). */
  readonly world: boolean;
  /** Whether its nodes hold data that must outlive them. */
  readonly keeps: boolean;
  /** Secrets that its nodes read at boot, by name. */
  readonly secrets: readonly string[];
  /** Databases whose credentials its nodes read at boot, by name. */
  readonly databases: readonly string[];
  readonly placementZones: readonly string[];
  readonly ports: readonly RolePort[];
  /** What a node of this pool does at first boot, in order. */
  readonly boot: readonly Step[];
}

export interface Node {
  /** Position in its pool, from 0: decides its zone and nothing else. */
  readonly ordinal: number;
}

/** A volume of its own under every node of a pool. */
export interface Disk {
  /** GiB. */
  readonly gib: number;
  /** Where the node mounts it. */
  readonly mount: string;
  /** What `kato relocate` moves onto it. */
  readonly relocate: 'services' | 'droplets';
  /** Roles whose data lie on it. */
  readonly keeps: readonly string[];
}

/** A database outside the nodes, used by a role of the same engine. */
export interface Database {
  readonly name: string;
  readonly engine: 'mysql' | 'postgresql';
  /** Engine version, for example `8.0`. */
  readonly version: string;
  /** GiB. */
  readonly storageGib: number;
  readonly size: string;
  readonly multiZone: boolean;
  /** Days that automatic backups are kept. */
  readonly backupDays: number;
  readonly usedBy: readonly { readonly pool: string; readonly role: string }[];
}

/** One permitted direction of traffic, with its reason. */
export interface TrafficRule {
  /** Stable and unique: `dea-from-router-41000-tcp`. */
  readonly id: string;
  /** `world`, `cluster` (every node), or the name of a pool. */
  readonly from: string;
  /** `cluster` (every node), the name of a pool, or `database:<name>`. */
  readonly to: string;
  readonly protocol: 'tcp' | 'udp' | 'all';
  readonly ports: readonly [first: number, last: number];
  readonly why: string;
  /** How sure the facts are of it: stated by the vendor (H), by one other source (M), inferred (L). */
  readonly sure: 'H' | 'M' | 'L';
}
