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

// What somebody writes who builds the cluster of stacks/mvp.yaml with cdktf and no library: the yardstick of the bench.
// It has the same resources with about the same arguments; a check of the bench compares the counts.

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

    const vpc = new Vpc(this, 'vpc', {
      cidrBlock: '10.0.0.0/16',
      enableDnsHostnames: true,
      enableDnsSupport: true,
      tags: tags('vpc'),
    });
    const gateway = new InternetGateway(this, 'gateway', { vpcId: vpc.id, tags: tags('gateway') });
    const open = new RouteTable(this, 'public', { vpcId: vpc.id, tags: tags('public') });
    new Route(this, 'public-route', {
      routeTableId: open.id,
      destinationCidrBlock: '0.0.0.0/0',
      gatewayId: gateway.id,
    });
    const inner = new RouteTable(this, 'private', { vpcId: vpc.id, tags: tags('private') });
    const subnets = (kind: string, table: RouteTable, cidr: (i: number) => string) =>
      ZONES.map((zone, i) => {
        const name = `${kind}-${zone}`;
        const subnet = new Subnet(this, name, {
          vpcId: vpc.id,
          availabilityZone: zone,
          cidrBlock: cidr(i),
          tags: tags(name),
        });
        new RouteTableAssociation(this, `${name}-routes`, { subnetId: subnet.id, routeTableId: table.id });
        return subnet.id;
      });
    const publicIds = subnets('public', open, (i) => `10.0.${i}.0/24`);
    const privateIds = subnets('private', inner, (i) => `10.0.${16 * (i + 1)}.0/20`);
    const natAddress = new Eip(this, 'nat-address', { domain: 'vpc', tags: tags('nat'), dependsOn: [gateway] });
    const nat = new NatGateway(this, 'nat', {
      allocationId: natAddress.id,
      subnetId: publicIds[0]!,
      tags: tags('nat'),
      dependsOn: [gateway],
    });
    new Route(this, 'private-route', {
      routeTableId: inner.id,
      destinationCidrBlock: '0.0.0.0/0',
      natGatewayId: nat.id,
    });

    const group = (name: string) =>
      new SecurityGroup(this, name, {
        name: `mvp-${name}`,
        description: `${name} of mvp`,
        vpcId: vpc.id,
        tags: tags(name),
      }).id;
    const nodes = group('cluster');
    const coreGroup = group('core');
    const dataGroup = group('data');
    const deaGroup = group('dea-group');
    const dbGroup = group('database-apps');
    new VpcSecurityGroupEgressRule(this, 'egress', {
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
      new VpcSecurityGroupIngressRule(this, name, {
        securityGroupId,
        description: name,
        ...from,
        ...(port === 0 ? { ipProtocol: '-1' } : { ipProtocol: 'tcp', fromPort: port, toPort: port }),
        tags: tags(name),
      });
    ingress('inside', nodes, 0, { referencedSecurityGroupId: nodes });
    ingress('http', coreGroup, 80, { cidrIpv4: '0.0.0.0/0' });
    ingress('https', coreGroup, 443, { cidrIpv4: '0.0.0.0/0' });
    ingress('mysql', dbGroup, 3306, { referencedSecurityGroupId: dataGroup });
    ingress('mysql-apps', dbGroup, 3306, { referencedSecurityGroupId: deaGroup });

    const subnetGroup = new DbSubnetGroup(this, 'db-subnets', {
      name: 'mvp-apps',
      description: 'apps of mvp',
      subnetIds: privateIds,
      tags: tags('apps'),
    });
    const life = new TerraformResource(this, 'life', {
      terraformResourceType: 'terraform_data',
      terraformGeneratorMetadata: { providerName: 'terraform' },
    });
    life.addOverride('input', 'mvp-apps');
    const db = new DbInstance(this, 'apps', {
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
      vpcSecurityGroupIds: [dbGroup],
      multiAz: false,
      backupRetentionPeriod: 7,
      copyTagsToSnapshot: true,
      deletionProtection: true,
      skipFinalSnapshot: false,
      finalSnapshotIdentifier: `mvp-apps-final-${life.getStringAttribute('id')}`,
      tags: tags('apps'),
      lifecycle: { preventDestroy: true },
    });
    const dbSecret = db.masterUserSecret.get(0).secretArn;
    new SsmParameter(this, 'apps-parameter', {
      name: '/stackato/mvp/databases/apps',
      description: 'where nodes find database apps',
      type: 'String',
      value: JSON.stringify({ host: db.address, port: 3306, user: 'stackato', secret: dbSecret }),
      tags: tags('apps'),
    });
    new SecretsmanagerSecret(this, 'cluster-key', {
      name: 'stackato/mvp/cluster-key',
      recoveryWindowInDays: 0,
      tags: tags('cluster-key'),
    });

    const policy = (Action: string, Resource: readonly string[]) =>
      JSON.stringify({ Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action, Resource }] });
    const identity = (pool: string) => {
      const role = new IamRole(this, `${pool}-role`, {
        name: `mvp-${pool}`,
        assumeRolePolicy: JSON.stringify({
          Version: '2012-10-17',
          Statement: [{ Effect: 'Allow', Principal: { Service: 'ec2.amazonaws.com' }, Action: 'sts:AssumeRole' }],
        }),
        tags: tags(pool),
      });
      const arn = `arn:aws:secretsmanager:${REGION}:*:secret:stackato/mvp/cluster-key-??????`;
      new IamRolePolicy(this, `${pool}-secrets`, {
        name: 'secrets',
        role: role.name,
        policy: policy('secretsmanager:GetSecretValue', [arn]),
      });
      const profile = new IamInstanceProfile(this, `${pool}-profile`, {
        name: `mvp-${pool}`,
        role: role.name,
        tags: tags(pool),
      });
      return { role: role.name, profile: profile.name };
    };
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
    const volume = (name: string, size: number) => ({
      size,
      type: 'gp3',
      encrypted: true,
      finalSnapshot: true,
      tags: tags(name),
      lifecycle: { preventDestroy: true },
    });

    const core = identity('core');
    const nic = new NetworkInterface(this, 'core-interface', {
      subnetId: publicIds[0]!,
      privateIps: ['10.0.0.10'],
      securityGroups: [nodes, coreGroup],
      description: 'core of mvp',
      tags: tags('core'),
    });
    const coreMachine = new Instance(this, 'core-machine', {
      ...machine('core', core.profile),
      networkInterface: [{ deviceIndex: 0, networkInterfaceId: nic.id }],
      disableApiTermination: true,
      lifecycle: { preventDestroy: true, ignoreChanges: ['ami', 'user_data_base64'] },
    });
    const address = new Eip(this, 'core-address', { domain: 'vpc', tags: tags('core') });
    new EipAssociation(this, 'core-association', { allocationId: address.id, networkInterfaceId: nic.id });
    const coreDisk = new EbsVolume(this, 'core-disk', { availabilityZone: ZONES[0]!, ...volume('core', 100) });
    new VolumeAttachment(this, 'core-attachment', {
      deviceName: '/dev/sdf',
      volumeId: coreDisk.id,
      instanceId: coreMachine.id,
    });

    const data = identity('data');
    new IamRolePolicy(this, 'data-database', {
      name: 'apps',
      role: data.role,
      policy: policy('secretsmanager:GetSecretValue', [dbSecret]),
    });
    const dataMachine = new Instance(this, 'data-machine', {
      ...machine('data', data.profile),
      subnetId: privateIds[0]!,
      vpcSecurityGroupIds: [nodes, dataGroup],
      lifecycle: { ignoreChanges: ['ami', 'user_data_base64'] },
    });
    const dataDisk = new EbsVolume(this, 'data-disk', { availabilityZone: ZONES[0]!, ...volume('data', 200) });
    new VolumeAttachment(this, 'data-attachment', {
      deviceName: '/dev/sdf',
      volumeId: dataDisk.id,
      instanceId: dataMachine.id,
    });

    const deas = TerraformIterator.fromMap({ 'dea-1': 0, 'dea-2': 1 });
    new Instance(this, 'dea', {
      ...machine('dea', identity('dea').profile),
      forEach: deas,
      subnetId: Token.asString(Fn.element(privateIds, Token.asNumber(deas.value))),
      vpcSecurityGroupIds: [nodes, deaGroup],
      userDataReplaceOnChange: true,
    });
    new TerraformOutput(this, 'address', { value: address.publicIp });
  }
}

const app = new App({ outdir: process.env['CDKTF_OUTDIR'] ?? 'cdktf.out' });
new Mvp(app, 'raw-mvp');
app.synth();
