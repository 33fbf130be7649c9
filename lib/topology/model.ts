import type { KeptFolder } from '../kato/boot';
import type { RoleFacts } from '../kato/facts';
import type { RolePort, Step } from '../kato/step';

/** A cluster, derived from its declaration by `planTopology`: plain data, without clouds or tokens. */
export interface Topology {
  /** Name of the cluster. */
  readonly cluster: string;
  /** The cluster's fully qualified name; the API is `api.<hostname>`. */
  readonly hostname: string;
  /** As declared: `3.6` or `3.4.2`. */
  readonly version: string;
  /** `inside`: nodes can reach each other on all ports; `strict`: only on the ports of their roles. */
  readonly firewall: 'inside' | 'strict';
  /** Whether volumes, databases and the core are protected against a destroy. */
  readonly protect: boolean;
  /** The core: a pool of one node. */
  readonly core: Pool;
  /** Things that keep data and may go, by name. */
  readonly releases: Readonly<Record<string, Release>>;
  /** All other pools by name, sorted. */
  readonly pools: Readonly<Record<string, Pool>>;
  /** All databases, by name. */
  readonly databases: Readonly<Record<string, Database>>;
  /** Firewall rules, sorted by id. */
  readonly rules: readonly TrafficRule[];
  /** Cluster-wide kato configuration: component, key path, value. The core sets it once. */
  readonly config: KatoConfig;
  /** Facts about every role of its nodes, by name. */
  readonly roles: Readonly<Record<string, RoleFacts>>;
  /** Secrets that an operator must create before the first deployment, by name. */
  readonly secrets: readonly string[];
}

/** Permission to delete, replace or empty one thing that keeps data. */
export interface Release {
  /** Why it may go. */
  readonly reason: string;
  /** Last day on which it may go (UTC): `2026-12-31`. */
  readonly until: string;
}

/** Configuration of kato: component, key path, value: `{ dea_ng: { 'resources/memory_max_percent': 85 } }`. */
export type KatoConfig = Readonly<Record<string, Readonly<Record<string, unknown>>>>;

/** Nodes that differ only in name and zone. The core is a pool of one, named `core`. */
export interface Pool {
  /** Name of the pool. */
  readonly name: string;
  /** kato's role names, in kato's start order. */
  readonly roles: readonly string[];
  /** Machine size: a word of the declaration such as `large`. */
  readonly size: string;
  /** Its nodes, by name: `dea-1`. */
  readonly nodes: Readonly<Record<string, Node>>;
  /** The data volume of every node; undefined if the nodes have none. */
  readonly disk?: Disk;
  /** Whether the world can reach it (ports 80 and 443, and those that its roles add). */
  readonly world: boolean;
  /** Whether its nodes hold data that must outlive them. */
  readonly keeps: boolean;
  /** Whether a release lifts the protection of its machine; only the core has one. */
  readonly released?: true;
  /** Secrets that its nodes read at boot, by name. */
  readonly secrets: readonly string[];
  /** Databases whose credentials its nodes read at boot, by name. */
  readonly databases: readonly string[];
  /** Placement zones of its DEAs; empty for none. */
  readonly placementZones: readonly string[];
  /** Ports that its roles listen on. */
  readonly ports: readonly RolePort[];
  /** Steps of a node's first boot, in order. */
  readonly boot: readonly Step[];
  /** Its former names, oldest first. */
  readonly was: readonly string[];
}

/** A node of a pool. */
export interface Node {
  /** Position in its pool, from 0. It only decides the zone. */
  readonly ordinal: number;
}

/** The data volume of every node of a pool. */
export interface Disk {
  /** Size, GiB. */
  readonly gib: number;
  /** Where the node mounts it. */
  readonly mount: string;
  /** The product's folders that lie on it. */
  readonly relocate: readonly KeptFolder[];
  /** Roles that keep their data on it. */
  readonly keeps: readonly string[];
  /** Whether a release lifts Terraform's protection of it: of all volumes of the pool when one is released. */
  readonly released?: true;
}

/** A database outside the nodes, used by a role of the same engine. */
export interface Database {
  /** Name of the database in the declaration. */
  readonly name: string;
  /** Database engine. */
  readonly engine: 'mysql' | 'postgresql';
  /** Engine version, for example `8.0`. */
  readonly version: string;
  /** Whether the cloud may change it to another major version. */
  readonly majorUpgrade: boolean;
  /** Storage, GiB. */
  readonly storageGib: number;
  /** Machine size: a word of the declaration such as `large`. */
  readonly size: string;
  /** Whether a standby runs in another zone. */
  readonly multiZone: boolean;
  /** Number of days to keep automatic backups; 0 for none. */
  readonly backupDays: number;
  /** Pools and roles that use it. */
  readonly usedBy: readonly { readonly pool: string; readonly role: string }[];
  /** Whether a release lifts its protection. */
  readonly released?: true;
  /** Its former names, oldest first. */
  readonly was: readonly string[];
}

/** One permitted direction of traffic, with its reason. */
export interface TrafficRule {
  /** Stable and unique: `dea-from-router-41000-tcp`. */
  readonly id: string;
  /** `world`, `cluster` (every node), or the name of a pool. */
  readonly from: string;
  /** `cluster` (every node), the name of a pool, or `database:<name>`. */
  readonly to: string;
  /** Transport protocol. */
  readonly protocol: 'tcp' | 'udp' | 'all';
  /** First and last port. */
  readonly ports: readonly [first: number, last: number];
  /** Reason for the rule: the text of its description in the cloud. */
  readonly why: string;
  /** Certainty of the fact: stated by the vendor (H), by one other source (M), or inferred (L). */
  readonly sure: 'H' | 'M' | 'L';
}
