/** A node in a cloud, with everything needed to boot it here. */
export interface NodeSource {
  readonly name: string;
  /** Private address. */
  readonly address: string;
  /** Its subnet, `10.0.1.0/24`. @default the /24 around the address */
  readonly subnet?: string;
  readonly zone: string;
  /** The cloud's name or id of the instance. */
  readonly instanceId: string;
  readonly userData: Buffer;
  readonly disks: readonly NodeDisk[];
  /** IAM role of the machine, by name. */
  readonly role?: string;
  /** Whether metadata requires a token. */
  readonly tokensRequired?: boolean;
}

export interface NodeDisk {
  /** GiB. */
  readonly gib: number;
  /** The kernel's device name: `/dev/xvdf`. */
  readonly device: string;
}

/** The endpoint of a database. */
export interface DatabaseSource {
  readonly host: string;
  readonly port: number;
}

/** Traffic that firewalls allow: a rule of a security group, with group members by name. */
export interface FirewallRule {
  /** Its name in the cloud or the stack. */
  readonly name: string;
  /** What it applies to: names of nodes, and hosts of databases. */
  readonly at: readonly string[];
  readonly direction: 'in' | 'out';
  readonly protocol: 'tcp' | 'udp' | 'icmp' | 'all';
  /** First and last. @default every port */
  readonly ports?: readonly [first: number, last: number];
  /** The other side: names of nodes, and networks. */
  readonly peers: readonly string[];
}

/** The input of a rehearsal: one cluster. */
export interface ClusterSource {
  readonly nodes: readonly NodeSource[];
  readonly databases: readonly DatabaseSource[];
  /** All allowed traffic. @default no firewall: everything is allowed */
  readonly firewall?: readonly FirewallRule[];
}
