import type { ClusterSpec } from '../declaration/spec';

/** How two clouds differ in a part of the declaration, of a construct, or of its props. */
export interface ParityLine {
  /** Where it is declared, or what it is called: `databases`, `clouds.*.flavors`, `NodePool.databaseSecretArns`. */
  readonly part: string;
  readonly aws: string;
  readonly openstack: string;
  /** `same` in effect; `substituted`, with a consequence; or `refused` on the cloud that says so. */
  readonly kind: 'same' | 'substituted' | 'refused';
  /** What follows for whoever moves from one to the other. @default nothing */
  readonly consequence?: string;
}

/** For each part of the declaration what the clouds make of it. */
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
    openstack: 'Nova servers, spread over zones, and over hosts where possible',
    kind: 'same',
  },
  {
    part: 'pools.*.diskGib',
    aws: 'EBS volume, encrypted, with a last snapshot',
    openstack: 'Cinder volume; the volume type decides whether it is encrypted',
    kind: 'substituted',
    consequence: 'choose an encrypted volumeType; there is no last snapshot; stop a node before its volume moves',
  },
  {
    part: 'databases',
    aws: 'RDS: made, encrypted, backed up, password made there',
    openstack: 'an existing one by its host (clouds.openstack.databases)',
    kind: 'substituted',
    consequence:
      'backups, encryption, password and firewall are its owner’s; storageGib, size, multiZone, backupDays do nothing',
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
    consequence: 'Terraform refuses; the cloud itself does not',
  },
  {
    part: 'secrets',
    aws: 'Secrets Manager, read by the role of the machine',
    openstack: 'delivered over ssh after the apply, or Barbican by an application credential that is delivered',
    kind: 'substituted',
    consequence:
      'with ssh the cluster key is carried from the core to each node by the operator: see docs/openstack.md',
  },
  {
    part: 'clouds.*.network',
    aws: 'VPC with a public and a private subnet in every zone; nat, public or no egress',
    openstack: 'one subnet for all zones behind a router; or an existing tenant or provider network',
    kind: 'substituted',
    consequence: 'nodes reach the world through the router always; only floating addresses are reached from it',
  },
  {
    part: 'clouds.*.image',
    aws: 'AMI id; its abilities (imdsv2); a new one replaces DEAs and routers',
    openstack: 'name or id; a new one rebuilds DEAs and routers in place',
    kind: 'substituted',
    consequence: 'a rebuild wipes the root disk and keeps the address; nodes that keep data are left alone on both',
  },
  {
    part: 'clouds.*.images',
    aws: 'replaces kept nodes on purpose',
    openstack: 'rebuilds kept nodes on purpose',
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
    aws: 'Route 53 records in a zone that is there',
    openstack: 'Designate records in a zone that is there, or in one that is made',
    kind: 'same',
  },
  {
    part: 'clouds.*.sshFrom',
    aws: 'logins to world-facing nodes',
    openstack: 'logins to world-facing nodes and to the core, through which secrets are delivered',
    kind: 'same',
  },
  {
    part: 'clouds.*.volumeType',
    aws: 'gp3 and its siblings',
    openstack: 'what the cloud’s owner named',
    kind: 'same',
  },
  {
    part: 'clouds.*.tags',
    aws: 'tags of everything',
    openstack: 'metadata of servers and volumes, tags of what Neutron and Octavia make, else the name',
    kind: 'substituted',
    consequence: 'server groups, rules, monitors and records are found by the beginning of their names only',
  },
  ...only('openstack', 'clouds.*.flavors', 'flavor by size word (AWS: instanceTypes)'),
  ...only('aws', 'clouds.*.instanceTypes', 'instance type by size word (OpenStack: flavors)'),
  ...only('aws', 'clouds.*.databaseClasses', 'RDS class by size word', 'there are no managed databases'),
  ...only('aws', 'clouds.*.kmsKeyId', 'key of volumes, databases and secrets', 'a volume type says which key'),
  ...only('openstack', 'clouds.*.databases', 'where each declared database is', 'RDS makes them'),
  ...only('openstack', 'clouds.*.authUrl', 'address of Keystone', 'AWS is found by its region'),
  ...only('openstack', 'clouds.*.cloud', 'entry of clouds.yaml', 'the environment or a profile has the credentials'),
  ...only('openstack', 'clouds.*.publicKey', 'makes a key pair', 'a key pair is made by hand'),
  ...only('openstack', 'clouds.*.volumeZone', 'zone of Cinder', 'volumes are in the zone of their node'),
  ...only('openstack', 'clouds.*.antiAffinity', 'server groups', 'EC2 spreads by itself; zones are for the rest'),
  ...only('openstack', 'clouds.*.configDrive', 'user data on a drive', 'the metadata service has it'),
  ...only('openstack', 'clouds.*.secrets', 'ssh or barbican', 'always Secrets Manager'),
];

/** The lines that speak of something which a declaration has. */
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

/** A setting that one cloud has and the other has no use for, with the reason or what the other has instead. */
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
 * Names that one cloud's constructs have and the other's lack: constructs, their attributes and props, and props that only one
 * of them requires. Every difference stands here with its reason; a test compares.
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
