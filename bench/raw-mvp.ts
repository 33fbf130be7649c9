import { DbInstance } from '@cdktf/provider-aws/lib/db-instance';
import { DbSubnetGroup } from '@cdktf/provider-aws/lib/db-subnet-group';
import { EbsVolume } from '@cdktf/provider-aws/lib/ebs-volume';
import { Eip } from '@cdktf/provider-aws/lib/eip';
import { EipAssociation } from '@cdktf/provider-aws/lib/eip-association';
import { IamInstanceProfile } from '@cdktf/provider-aws/lib/iam-instance-profile';
import { IamRole } from '@cdktf/provider-aws/lib/iam-role';
import { IamRolePolicy } from '@cdktf/provider-aws/lib/iam-role-policy';
import { Instance } from '@cdktf/provider-aws/lib/instance';
import { InternetGateway } from '@cdktf/provider-aws/lib/internet-gateway';
import { NatGateway } from '@cdktf/provider-aws/lib/nat-gateway';
import { NetworkInterface } from '@cdktf/provider-aws/lib/network-interface';
import { AwsProvider } from '@cdktf/provider-aws/lib/provider';
import { Route } from '@cdktf/provider-aws/lib/route';
import { RouteTable } from '@cdktf/provider-aws/lib/route-table';
import { RouteTableAssociation } from '@cdktf/provider-aws/lib/route-table-association';
import { SecretsmanagerSecret } from '@cdktf/provider-aws/lib/secretsmanager-secret';
import { SecurityGroup } from '@cdktf/provider-aws/lib/security-group';
import { SsmParameter } from '@cdktf/provider-aws/lib/ssm-parameter';
import { Subnet } from '@cdktf/provider-aws/lib/subnet';
import { VolumeAttachment } from '@cdktf/provider-aws/lib/volume-attachment';
import { Vpc } from '@cdktf/provider-aws/lib/vpc';
import { VpcSecurityGroupEgressRule } from '@cdktf/provider-aws/lib/vpc-security-group-egress-rule';
import { VpcSecurityGroupIngressRule } from '@cdktf/provider-aws/lib/vpc-security-group-ingress-rule';
import {
  App,
  Fn,
  LocalBackend,
  TerraformIterator,
  TerraformOutput,
  TerraformResource,
  TerraformStack,
  Token,
} from 'cdktf';

// The cluster of stacks/mvp.yaml with cdktf and no library: the baseline of the bench.
// It has the same resources with about the same arguments; the bench compares the counts.

const REGION = 'us-west-2';
const ZONES = ['us-west-2a', 'us-west-2b'];
const IMAGE = 'ami-7d5fb21d';
const BOOT = Buffer.from('#!/bin/sh\nexec kato node attach 10.0.0.10\n'.repeat(80)).toString('base64');
const tags = (name: string) => ({ 'stackato:cluster': 'mvp', Name: `mvp-${name}` });

class Mvp extends TerraformStack {
  constructor(app: App, id: string) {
    super(app, id);
    new LocalBackend(this, { path: `../../../terraform.${id}.tfstate` });
    new AwsProvider(this, 'aws', { region: REGION, maxRetries: 8, s3UsePathStyle: true });
    const network = makeNetwork(this);
    const groups = makeGroups(this, network.vpcId);
    const dbSecret = makeDatabase(this, network.privateIds, groups.database);
    new SecretsmanagerSecret(this, 'cluster-key', {
      name: 'stackato/mvp/cluster-key',
      recoveryWindowInDays: 0,
      tags: tags('cluster-key'),
    });
    const address = makeCore(this, network, groups);
    makeData(this, network, groups, dbSecret);
    makeDeas(this, network, groups);
    new TerraformOutput(this, 'address', { value: address });
  }
}

type Network = ReturnType<typeof makeNetwork>;

function makeNetwork(stack: TerraformStack) {
  const vpc = new Vpc(stack, 'vpc', {
    cidrBlock: '10.0.0.0/16',
    enableDnsHostnames: true,
    enableDnsSupport: true,
    tags: tags('vpc'),
  });
  const gateway = new InternetGateway(stack, 'gateway', { vpcId: vpc.id, tags: tags('gateway') });
  const open = new RouteTable(stack, 'public', { vpcId: vpc.id, tags: tags('public') });
  new Route(stack, 'public-route', {
    routeTableId: open.id,
    destinationCidrBlock: '0.0.0.0/0',
    gatewayId: gateway.id,
  });
  const inner = new RouteTable(stack, 'private', { vpcId: vpc.id, tags: tags('private') });
  const publicIds = makeSubnets(stack, 'public', { vpc, table: open }, (i) => `10.0.${i}.0/24`);
  const privateIds = makeSubnets(stack, 'private', { vpc, table: inner }, (i) => `10.0.${16 * (i + 1)}.0/20`);
  const natAddress = new Eip(stack, 'nat-address', { domain: 'vpc', tags: tags('nat'), dependsOn: [gateway] });
  const nat = new NatGateway(stack, 'nat', {
    allocationId: natAddress.id,
    subnetId: publicIds[0]!,
    tags: tags('nat'),
    dependsOn: [gateway],
  });
  new Route(stack, 'private-route', {
    routeTableId: inner.id,
    destinationCidrBlock: '0.0.0.0/0',
    natGatewayId: nat.id,
  });
  return { vpcId: vpc.id, publicIds, privateIds };
}

function makeSubnets(
  stack: TerraformStack,
  kind: string,
  { vpc, table }: { vpc: Vpc; table: RouteTable },
  cidr: (i: number) => string,
) {
  return ZONES.map((zone, i) => {
    const name = `${kind}-${zone}`;
    const subnet = new Subnet(stack, name, {
      vpcId: vpc.id,
      availabilityZone: zone,
      cidrBlock: cidr(i),
      tags: tags(name),
    });
    new RouteTableAssociation(stack, `${name}-routes`, { subnetId: subnet.id, routeTableId: table.id });
    return subnet.id;
  });
}

type Groups = ReturnType<typeof makeGroups>;

function makeGroups(stack: TerraformStack, vpcId: string) {
  const group = (name: string) =>
    new SecurityGroup(stack, name, { name: `mvp-${name}`, description: `${name} of mvp`, vpcId, tags: tags(name) }).id;
  const nodes = group('cluster');
  const core = group('core');
  const data = group('data');
  const dea = group('dea-group');
  const database = group('database-apps');
  new VpcSecurityGroupEgressRule(stack, 'egress', {
    securityGroupId: nodes,
    ipProtocol: '-1',
    cidrIpv4: '0.0.0.0/0',
    tags: tags('out'),
  });
  const ingress = (
    name: string,
    securityGroupId: string,
    port: number,
    from: { cidrIpv4: string } | { referencedSecurityGroupId: string },
  ) =>
    new VpcSecurityGroupIngressRule(stack, name, {
      securityGroupId,
      description: name,
      ...from,
      ...(port === 0 ? { ipProtocol: '-1' } : { ipProtocol: 'tcp', fromPort: port, toPort: port }),
      tags: tags(name),
    });
  ingress('inside', nodes, 0, { referencedSecurityGroupId: nodes });
  ingress('http', core, 80, { cidrIpv4: '0.0.0.0/0' });
  ingress('https', core, 443, { cidrIpv4: '0.0.0.0/0' });
  ingress('mysql', database, 3306, { referencedSecurityGroupId: data });
  ingress('mysql-apps', database, 3306, { referencedSecurityGroupId: dea });
  return { nodes, core, data, dea, database };
}

/** Returns the ARN of the secret with its password. */
function makeDatabase(stack: TerraformStack, subnetIds: string[], groupId: string): string {
  const subnetGroup = new DbSubnetGroup(stack, 'db-subnets', {
    name: 'mvp-apps',
    description: 'apps of mvp',
    subnetIds,
    tags: tags('apps'),
  });
  const life = new TerraformResource(stack, 'life', {
    terraformResourceType: 'terraform_data',
    terraformGeneratorMetadata: { providerName: 'terraform' },
  });
  life.addOverride('input', 'mvp-apps');
  for (const [id, names] of [
    ['kept', ['core', 'core volume', 'data-1 volume', 'database apps']],
    ['released', []],
  ] as const) {
    const record = new TerraformResource(stack, id, {
      terraformResourceType: 'terraform_data',
      terraformGeneratorMetadata: { providerName: 'terraform' },
      lifecycle: { preventDestroy: id === 'kept' },
    });
    record.addOverride('for_each', Object.fromEntries(names.map((name) => [name, name])));
  }
  const db = new DbInstance(stack, 'apps', {
    identifier: 'mvp-apps',
    engine: 'mysql',
    engineVersion: '8.0',
    instanceClass: 'db.t3.medium',
    allocatedStorage: 50,
    storageType: 'gp3',
    storageEncrypted: true,
    username: 'stackato',
    manageMasterUserPassword: true,
    port: 3306,
    dbSubnetGroupName: subnetGroup.name,
    vpcSecurityGroupIds: [groupId],
    multiAz: false,
    backupRetentionPeriod: 7,
    copyTagsToSnapshot: true,
    deletionProtection: true,
    skipFinalSnapshot: false,
    finalSnapshotIdentifier: `mvp-apps-final-${life.getStringAttribute('id')}`,
    tags: tags('apps'),
    lifecycle: { preventDestroy: true },
  });
  const secret = db.masterUserSecret.get(0).secretArn;
  new SsmParameter(stack, 'apps-parameter', {
    name: '/stackato/mvp/databases/apps',
    description: 'where nodes find database apps',
    type: 'String',
    value: JSON.stringify({ host: db.address, port: 3306, user: 'stackato', secret }),
    tags: tags('apps'),
  });
  return secret;
}

const policy = (Action: string, Resource: readonly string[]) =>
  JSON.stringify({ Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action, Resource }] });

function makeIdentity(stack: TerraformStack, pool: string) {
  const role = new IamRole(stack, `${pool}-role`, {
    name: `mvp-${pool}`,
    assumeRolePolicy: JSON.stringify({
      Version: '2012-10-17',
      Statement: [{ Effect: 'Allow', Principal: { Service: 'ec2.amazonaws.com' }, Action: 'sts:AssumeRole' }],
    }),
    tags: tags(pool),
  });
  const arn = `arn:aws:secretsmanager:${REGION}:*:secret:stackato/mvp/cluster-key-??????`;
  new IamRolePolicy(stack, `${pool}-secrets`, {
    name: 'secrets',
    role: role.name,
    policy: policy('secretsmanager:GetSecretValue', [arn]),
  });
  const profile = new IamInstanceProfile(stack, `${pool}-profile`, {
    name: `mvp-${pool}`,
    role: role.name,
    tags: tags(pool),
  });
  return { role: role.name, profile: profile.name };
}

const machine = (pool: string, profile: string) => ({
  ami: IMAGE,
  instanceType: 'm3.large',
  userDataBase64: BOOT,
  metadataOptions: { httpEndpoint: 'enabled', httpTokens: 'optional', httpPutResponseHopLimit: 1 },
  rootBlockDevice: { volumeSize: 40, volumeType: 'gp3', encrypted: true, tags: tags(pool) },
  keyName: 'ops',
  iamInstanceProfile: profile,
  tags: { ...tags(pool), 'stackato:pool': pool },
});

function makeDisk(stack: TerraformStack, pool: string, size: number, instanceId: string): void {
  const volume = new EbsVolume(stack, `${pool}-disk`, {
    availabilityZone: ZONES[0]!,
    size,
    type: 'gp3',
    encrypted: true,
    finalSnapshot: true,
    tags: tags(pool),
    lifecycle: { preventDestroy: true },
  });
  new VolumeAttachment(stack, `${pool}-attachment`, { deviceName: '/dev/sdf', volumeId: volume.id, instanceId });
}

/** Returns the address at which the world reaches it. */
function makeCore(stack: TerraformStack, network: Network, groups: Groups): string {
  const nic = new NetworkInterface(stack, 'core-interface', {
    subnetId: network.publicIds[0]!,
    privateIps: ['10.0.0.10'],
    securityGroups: [groups.nodes, groups.core],
    description: 'core of mvp',
    tags: tags('core'),
  });
  const instance = new Instance(stack, 'core-machine', {
    ...machine('core', makeIdentity(stack, 'core').profile),
    networkInterface: [{ deviceIndex: 0, networkInterfaceId: nic.id }],
    disableApiTermination: true,
    lifecycle: { preventDestroy: true, ignoreChanges: ['ami', 'user_data_base64'] },
  });
  const address = new Eip(stack, 'core-address', { domain: 'vpc', tags: tags('core') });
  new EipAssociation(stack, 'core-association', { allocationId: address.id, networkInterfaceId: nic.id });
  makeDisk(stack, 'core', 100, instance.id);
  return address.publicIp;
}

function makeData(stack: TerraformStack, network: Network, groups: Groups, dbSecret: string): void {
  const { role, profile } = makeIdentity(stack, 'data');
  new IamRolePolicy(stack, 'data-database', {
    name: 'apps',
    role,
    policy: policy('secretsmanager:GetSecretValue', [dbSecret]),
  });
  const instance = new Instance(stack, 'data-machine', {
    ...machine('data', profile),
    subnetId: network.privateIds[0]!,
    vpcSecurityGroupIds: [groups.nodes, groups.data],
    lifecycle: { ignoreChanges: ['ami', 'user_data_base64'] },
  });
  makeDisk(stack, 'data', 200, instance.id);
}

function makeDeas(stack: TerraformStack, network: Network, groups: Groups): void {
  const deas = TerraformIterator.fromMap({ 'dea-1': 0, 'dea-2': 1 });
  new Instance(stack, 'dea', {
    ...machine('dea', makeIdentity(stack, 'dea').profile),
    forEach: deas,
    subnetId: Token.asString(Fn.element(network.privateIds, Token.asNumber(deas.value))),
    vpcSecurityGroupIds: [groups.nodes, groups.dea],
    userDataReplaceOnChange: true,
  });
}

const app = new App({ outdir: process.env['CDKTF_OUTDIR'] ?? 'cdktf.out' });
new Mvp(app, 'raw-mvp');
app.synth();
