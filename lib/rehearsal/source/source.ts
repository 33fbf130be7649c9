/** A node as a cloud holds it: all that is needed to boot it here. */
export interface NodeSource {
  readonly name: string;
  /** Private address. */
  readonly address: string;
  /** Its subnet, `10.0.1.0/24`. @default the /24 around the address */
  readonly subnet?: string;
  readonly zone: string;
  /** What the instance is called by its cloud. */
  readonly instanceId: string;
  readonly userData: Buffer;
  readonly disks: readonly NodeDisk[];
  /** Name of the role whose credentials the machine may fetch. */
  readonly role?: string;
  /** Whether metadata is refused without a token. */
  readonly tokensRequired?: boolean;
}

export interface NodeDisk {
  /** GiB. */
  readonly gib: number;
  /** As the node's kernel names it: `/dev/xvdf`. */
  readonly device: string;
}

/** Where a database answers. */
export interface DatabaseSource {
  readonly host: string;
  readonly port: number;
}

/** One thing that firewalls let through: a rule of a security group, with the members of the groups by name. */
export interface FirewallRule {
  /** What its cloud or its stack calls it. */
  readonly name: string;
  /** What it protects: names of nodes, and hosts of databases. */
  readonly at: readonly string[];
  readonly direction: 'in' | 'out';
  readonly protocol: 'tcp' | 'udp' | 'icmp' | 'all';
  /** First and last. @default every port */
  readonly ports?: readonly [first: number, last: number];
  /** The other side: names of nodes, and networks. */
  readonly peers: readonly string[];
}

/** Everything of one cluster that a rehearsal needs from outside. */
export interface ClusterSource {
  readonly nodes: readonly NodeSource[];
  readonly databases: readonly DatabaseSource[];
  /** All that is let through. @default there is no firewall, and everything passes */
  readonly firewall?: readonly FirewallRule[];
}
