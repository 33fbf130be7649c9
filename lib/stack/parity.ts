import type { ClusterSpec } from '../declaration/spec';

/** The difference between the clouds in a part of the declaration. */
export interface ParityLine {
  /** Path in the declaration: `databases`, `clouds.*.flavors`. */
  readonly part: string;
  readonly aws: string;
  readonly openstack: string;
  /** `same`: the same effect; `substituted`: a different effect, with a consequence; `refused`: one cloud refuses it. */
  readonly kind: 'same' | 'substituted' | 'refused';
  /** The consequence of a move between the clouds. @default none */
  readonly consequence?: string;
}

/** The differences between the clouds, by part of the declaration. */
export const PARITY: readonly ParityLine[] = [
  {
    part: 'core',
    aws: 'EC2 instance behind a network interface with a fixed address',
    openstack: 'Nova server behind a port with a fixed address',
    kind: 'same',
  },
  {
    part: 'pools',
    aws: 'EC2 instances, spread over zones',
    openstack: 'Nova servers, spread over zones, and over hosts if possible',
    kind: 'same',
  },
  {
    part: 'pools.*.diskGib',
    aws: 'EBS volume, encrypted, with a final snapshot',
    openstack: 'Cinder volume; its type decides whether it is encrypted',
    kind: 'substituted',
    consequence: 'choose an encrypted volumeType; there is no final snapshot; stop a node before its volume moves',
  },
  {
    part: 'databases',
    aws: 'RDS instance: new, encrypted, backed up, with a password from RDS',
    openstack: 'an existing database by its host (clouds.openstack.databases)',
    kind: 'substituted',
    consequence:
      'its owner provides backups, encryption, password and firewall; storageGib, size, majorUpgrade, multiZone, backupDays have no effect',
  },
  {
    part: 'firewall',
    aws: 'security groups',
    openstack: 'security groups, without Neutron’s default rules',
    kind: 'same',
  },
  {
    part: 'protect',
    aws: 'prevent_destroy, termination and deletion protection',
    openstack: 'prevent_destroy',
    kind: 'substituted',
    consequence: 'only Terraform refuses a destroy; the cloud does not',
  },
  {
    part: 'release',
    aws: 'lifts prevent_destroy, termination and deletion protection',
    openstack: 'lifts prevent_destroy',
    kind: 'same',
  },
  {
    part: 'secrets',
    aws: 'Secrets Manager; nodes read it with the role of the machine',
    openstack:
      'an operator delivers them over SSH after the apply, or delivers one application credential for Barbican',
    kind: 'substituted',
    consequence: 'with ssh, the operator also copies the cluster key from the core to each node: see docs/openstack.md',
  },
  {
    part: 'clouds.*.network',
    aws: 'VPC with a public and a private subnet in every zone; nat, public or no egress',
    openstack: 'one subnet for all zones behind a router; or an existing tenant or provider network',
    kind: 'substituted',
    consequence: 'nodes always reach the internet through the router; clients outside reach only floating addresses',
  },
  {
    part: 'clouds.*.image',
    aws: 'AMI id; its abilities (imdsv2); a new one replaces DEAs and routers',
    openstack: 'name or id; a new one rebuilds DEAs and routers in place',
    kind: 'substituted',
    consequence: 'a rebuild wipes the root disk and keeps the address; neither cloud changes nodes that keep data',
  },
  {
    part: 'clouds.*.images',
    aws: 'replaces the core or nodes that keep data',
    openstack: 'rebuilds the core or nodes that keep data',
    kind: 'same',
  },
  {
    part: 'clouds.*.loadBalancer',
    aws: 'network load balancer, TCP; nodes see the client’s address',
    openstack: 'Octavia, TCP; nodes see the balancer’s address',
    kind: 'substituted',
    consequence: 'logs of routers name the balancer instead of clients',
  },
  {
    part: 'clouds.*.dns',
    aws: 'Route 53 records in an existing zone',
    openstack: 'Designate records in an existing or a new zone',
    kind: 'same',
  },
  {
    part: 'clouds.*.sshFrom',
    aws: 'logins to world-facing nodes and to the core',
    openstack: 'logins to world-facing nodes and to the core, which passes secrets on',
    kind: 'same',
  },
  {
    part: 'clouds.*.volumeType',
    aws: 'gp3, gp2, io1, io2 or st1',
    openstack: 'a type of the cloud',
    kind: 'same',
  },
  {
    part: 'clouds.*.tags',
    aws: 'tags of all resources',
    openstack: 'metadata of servers and volumes, tags of Neutron and Octavia resources, else the name',
    kind: 'substituted',
    consequence: 'server groups, rules, monitors and records are found only by the prefix of their names',
  },
  ...only('openstack', 'clouds.*.flavors', 'flavor by size word (AWS: instanceTypes)'),
  ...only('aws', 'clouds.*.instanceTypes', 'instance type by size word (OpenStack: flavors)'),
  ...only('aws', 'clouds.*.databaseClasses', 'RDS class by size word', 'OpenStack has no managed databases'),
  ...only('aws', 'clouds.*.kmsKeyId', 'key of volumes, databases and secrets', 'the volume type decides the key'),
  ...only('openstack', 'clouds.*.databases', 'place of each declared database', 'RDS creates them'),
  ...only('openstack', 'clouds.*.authUrl', 'address of Keystone', 'the region decides the endpoints of AWS'),
  ...only('openstack', 'clouds.*.cloud', 'entry of clouds.yaml', 'the environment or a profile has the credentials'),
  ...only('openstack', 'clouds.*.publicKey', 'creates a key pair', 'you create a key pair by hand'),
  ...only('openstack', 'clouds.*.volumeZone', 'zone of Cinder', 'volumes are in the zone of their node'),
  ...only('openstack', 'clouds.*.antiAffinity', 'server groups', 'EC2 spreads nodes over hosts by itself'),
  ...only('openstack', 'clouds.*.configDrive', 'user data on a drive', 'EC2 always has the metadata service'),
  ...only('openstack', 'clouds.*.secrets', 'ssh or barbican', 'always Secrets Manager'),
];

/** The lines about parts that a declaration has. */
export function parityOf(cluster: ClusterSpec): readonly ParityLine[] {
  const settings = Object.values(cluster.clouds).flatMap((cloud) => Object.entries(cloud ?? {}));
  const said = new Set(settings.filter(([, value]) => !isEmpty(value)).map(([key]) => `clouds.*.${key}`));
  const disks = cluster.core.diskGib !== undefined || Object.values(cluster.pools).some((p) => p.diskGib !== undefined);
  return PARITY.filter(({ part }) => {
    if (part.startsWith('clouds.')) return said.has(part);
    if (part === 'databases') return Object.keys(cluster.databases).length > 0;
    return part !== 'pools.*.diskGib' || disks;
  });
}

const isEmpty = (value: unknown) =>
  value === undefined || value === false || (typeof value === 'object' && Object.keys(value ?? {}).length === 0);

/** A setting that only one cloud has, with the reason or the substitute on the other. */
function only(
  cloud: 'aws' | 'openstack',
  part: string,
  does: string,
  otherwise = 'has a setting of its own',
): ParityLine[] {
  const line = { part, kind: 'refused' as const };
  return [
    cloud === 'aws'
      ? { ...line, aws: does, openstack: `refused: ${otherwise}` }
      : { ...line, aws: `refused: ${otherwise}`, openstack: does },
  ];
}

/**
 * Constructs, attributes and props that only one cloud has, and props that only one requires, each with its reason; a test
 * compares.
 */
export const DIFFERENT_NAMES: Readonly<Record<string, string>> = {
  'aws: ClusterProps.aws': 'openstack: ClusterProps.openstack is the same for that cloud',
  'openstack: ClusterProps.openstack': 'aws: ClusterProps.aws is the same for that cloud',
  'openstack: CoreNode.subnetId':
    'the subnet is known when the core has its port; on AWS nobody else can get its address',
  'aws: Database.groupId': 'the firewall of an external one is its owner’s',
  'aws: Database.groupAddress': 'the firewall of an external one is its owner’s',
  'aws: Database.secretArn': 'RDS makes the password; that of an external one is a secret like others',
  'openstack: Database.endpoint': 'what a handle says of an external one; on AWS nodes find it in the parameter store',
  'aws: DatabaseProps.storageGib is required': 'an external one has its storage',
  'aws: DataVolumeProps.availabilityZone is required': 'Cinder has a zone of its own choice',
  'aws: DnsProps.zoneId is required': 'openstack: DnsProps.zone makes one',
  'openstack: DnsProps.addresses is required': 'aws: DnsProps.alias stands for them',
  'aws: LoadBalancer.zoneId': 'for an alias in Route 53',
  'aws: Network.vpcId': 'openstack: Network.networkId',
  'aws: Network.publicSubnetIds': 'openstack: Network.subnetId, one for all',
  'aws: Network.privateSubnetIds': 'openstack: Network.subnetId, one for all',
  'openstack: Network.networkId': 'aws: Network.vpcId',
  'openstack: Network.subnetId': 'aws: one public and one private per zone',
  'aws: ClusterHandle.volumeType is required': 'Cinder has a type of its own choice',
  'openstack: KnownOfCluster.image is required':
    'a name or an id, which decides what is asked for; on AWS the outputs have it',
  'openstack: ExternalDatabase': 'where a database is that the cloud does not make',
  'openstack: DatabaseProps.external': 'where it is; RDS says that itself',
  'aws: DatabaseProps.size': 'RDS class; an external one has its size',
  'aws: DatabaseProps.released': 'no stack of ours can destroy an external one',
  'aws: DatabaseProps.majorUpgrade': 'the owner of an external one upgrades it',
  'aws: DatabaseProps.multiZone': 'the owner of an external one decides',
  'aws: DatabaseProps.backupDays': 'the owner of an external one backs it up',
  'aws: DataVolumeProps.kmsKeyId': 'a Cinder type says which key',
  'aws: DnsProps.alias': 'a network load balancer has a name, Octavia an address',
  'openstack: DnsProps.zone': 'Designate zones belong to a project; a hosted zone is bought',
  'aws: NetworkProps.zones': 'a subnet is in one zone on AWS, in all of them on OpenStack',
  'aws: NetworkProps.egress': 'the router of OpenStack always leads out',
  'openstack: NetworkProps.externalNetwork': 'where the router leads; a VPC has its own gateway',
  'openstack: NetworkProps.dnsServers': 'a VPC has its own name server',
  'aws: NodePoolProps.databaseSecretArns': 'what the role of the nodes may read; OpenStack has no roles of machines',
  'aws: CoreNodeProps.databaseSecretArns': 'what the role of the core may read; OpenStack has no roles of machines',
  'aws: AwsImage': 'openstack: OpenstackImage is the same for that cloud',
  'openstack: OpenstackImage': 'aws: AwsImage is the same for that cloud',
  'aws: AwsSettings': 'openstack: OpenstackSettings is the same for that cloud',
  'openstack: OpenstackSettings': 'aws: AwsSettings is the same for that cloud',
  'openstack: CorelessHandle': 'Neutron may choose the address of the core; an owner of subnets chooses it on AWS',
  'aws: ClusterHandle.vpcId': 'openstack: networkId',
  'aws: ClusterHandle.publicSubnetIds': 'openstack: subnetId, one for all',
  'aws: ClusterHandle.privateSubnetIds': 'openstack: subnetId, one for all',
  'aws: ClusterHandle.kmsKeyId': 'a Cinder type says which key',
  'aws: ClusterHandle.instanceTypes': 'openstack: flavors',
  'aws: ClusterHandle.databaseClasses': 'OpenStack has no managed databases',
  'openstack: ClusterHandle.networkId': 'aws: vpcId',
  'openstack: ClusterHandle.subnetId': 'aws: one public and one private per zone',
  'openstack: ClusterHandle.externalNetwork': 'where floating addresses come from; on AWS subnets are public',
  'openstack: ClusterHandle.flavors': 'aws: instanceTypes',
  'openstack: ClusterHandle.volumeZone': 'on AWS a volume is in the zone of its node',
  'openstack: ClusterHandle.antiAffinity': 'EC2 spreads by itself',
  'openstack: ClusterHandle.configDrive': 'EC2 has the metadata service always',
  'openstack: ClusterHandle.secretCarrier': 'on AWS always Secrets Manager',
  'openstack: ClusterHandle.authUrl': 'AWS is found by its region',
  'openstack: ClusterHandle.databases': 'on AWS a node finds them in the parameter store',
};
