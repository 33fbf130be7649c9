import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Instance, InstanceStateName, SecurityGroupRule } from '@aws-sdk/client-ec2';
import type { AwsApi } from '../../lib/cloud-api/aws/api';
import { deployedSource } from '../../lib/rehearsal/source/deployed';
import { standIn } from '../../lib/rehearsal/source/stand-in';
import { awsSynth } from '../../lib/rehearsal/source/synth-aws';
import { fill, reference } from '../../lib/rehearsal/source/synth-values';

const userData = Buffer.from('#!/bin/sh\n').toString('base64');

describe('a deployed cluster', () => {
  const tags = (cluster: string, node: string) => [
    { Key: 'stackato:cluster', Value: cluster },
    { Key: 'stackato:node', Value: node },
  ];
  const instance = (id: string, cluster: string, node: string, state: InstanceStateName = 'running'): Instance => ({
    InstanceId: id,
    PrivateIpAddress: '10.0.0.10',
    SubnetId: 'subnet-1',
    RootDeviceName: '/dev/sda1',
    Placement: { AvailabilityZone: 'us-west-2a' },
    IamInstanceProfile: { Arn: 'arn:aws:iam::1:instance-profile/mvp-core' },
    State: { Name: state },
    Tags: tags(cluster, node),
    NetworkInterfaces: [{ Groups: [{ GroupId: 'sg-nodes' }] }],
  });
  const permit = (id: string, more: SecurityGroupRule): SecurityGroupRule => ({
    SecurityGroupRuleId: id,
    GroupId: 'sg-nodes',
    IsEgress: false,
    IpProtocol: 'tcp',
    FromPort: 443,
    ToPort: 443,
    ...more,
  });
  const SecurityGroupRules = [
    permit('sgr-1', { CidrIpv4: '0.0.0.0/0', Tags: [{ Key: 'Name', Value: 'core-from-world' }] }),
    permit('sgr-2', { IpProtocol: '-1', FromPort: -1, ToPort: -1, CidrIpv4: '0.0.0.0/0', IsEgress: true }),
    permit('sgr-3', { GroupId: 'sg-db', ReferencedGroupInfo: { GroupId: 'sg-nodes' } }),
    permit('sgr-4', { CidrIpv6: '::/0' }),
    permit('sgr-5', { GroupId: 'sg-elsewhere', CidrIpv4: '0.0.0.0/0' }),
    permit('sgr-6', { IpProtocol: '50', CidrIpv4: '0.0.0.0/0' }),
  ];
  const answers: Readonly<Record<string, object>> = {
    DescribeInstances: {
      Reservations: [
        { Instances: [instance('i-1', 'mvp', 'core')] },
        { Instances: [instance('i-2', 'mvp', 'old', 'terminated'), instance('i-3', 'other', 'core')] },
      ],
    },
    DescribeSubnets: { Subnets: [{ SubnetId: 'subnet-1', CidrBlock: '10.0.0.0/20' }] },
    DescribeVolumes: {
      Volumes: [
        { Size: 40, Attachments: [{ InstanceId: 'i-1', Device: '/dev/sda1' }] },
        { Size: 100, Attachments: [{ InstanceId: 'i-1', Device: '/dev/sdf' }] },
        { Size: 7, Attachments: [] },
      ],
    },
    DescribeInstanceAttribute: { UserData: { Value: userData } },
    DescribeDBInstances: {
      DBInstances: [
        {
          Endpoint: { Address: 'apps.example', Port: 3306 },
          TagList: [{ Key: 'stackato:cluster', Value: 'mvp' }],
          VpcSecurityGroups: [{ VpcSecurityGroupId: 'sg-db' }],
        },
        { Endpoint: { Address: 'x', Port: 1 }, TagList: [] },
      ],
    },
    DescribeSecurityGroupRules: { SecurityGroupRules },
  };
  const answer = (action: string) => Promise.resolve(answers[action]!);
  const api = { ec2: answer, rds: answer } as unknown as AwsApi;

  it('is read by its tags', async () => {
    assert.deepEqual(await deployedSource(api, 'mvp'), {
      nodes: [
        {
          name: 'core',
          address: '10.0.0.10',
          subnet: '10.0.0.0/20',
          zone: 'us-west-2a',
          instanceId: 'i-1',
          userData: Buffer.from('#!/bin/sh\n'),
          disks: [{ gib: 100, device: '/dev/xvdf' }],
          role: 'mvp-core',
          tokensRequired: false,
        },
      ],
      databases: [{ host: 'apps.example', port: 3306 }],
      firewall: [
        {
          name: 'always: metadata, DNS and time',
          at: ['core'],
          direction: 'out',
          protocol: 'tcp',
          ports: [80, 80],
          peers: ['169.254.169.254/32'],
        },
        {
          name: 'always: metadata, DNS and time',
          at: ['core'],
          direction: 'out',
          protocol: 'all',
          peers: ['169.254.169.253/32', '169.254.169.123/32'],
        },
        {
          name: 'core-from-world',
          at: ['core'],
          direction: 'in',
          protocol: 'tcp',
          ports: [443, 443],
          peers: ['0.0.0.0/0'],
        },
        { name: 'sgr-2', at: ['core'], direction: 'out', protocol: 'all', peers: ['0.0.0.0/0'] },
        { name: 'sgr-3', at: ['apps.example'], direction: 'in', protocol: 'tcp', ports: [443, 443], peers: ['core'] },
      ],
    });
  });
  it('is missed in words', () => assert.rejects(deployedSource(api, 'nobody'), /no running machine of cluster nobody/));
});

describe('a synthesized cluster', () => {
  const resources = {
    aws_subnet: {
      a: { cidr_block: '10.0.0.0/24', availability_zone: 'za' },
      b: { cidr_block: '10.0.1.0/24', availability_zone: 'zb' },
    },
    aws_network_interface: { nic: { subnet_id: '${aws_subnet.a.id}', private_ips: ['10.0.0.10'] } },
    aws_instance: {
      core: {
        network_interface: [{ network_interface_id: '${aws_network_interface.nic.id}' }],
        user_data_base64: userData,
        tags: { 'stackato:node': 'core' },
      },
      dea: {
        for_each: { 'dea-1': 0, 'dea-2': 1 },
        subnet_id: '${element([aws_subnet.a.id, aws_subnet.b.id], each.value)}',
        user_data_base64: userData,
        tags: { 'stackato:node': '${each.key}' },
      },
    },
    aws_ebs_volume: { disk: { for_each: { 'dea-2': 1 }, size: 5 } },
    aws_volume_attachment: {
      disk: {
        for_each: { 'dea-2': 1 },
        device_name: '/dev/sdf',
        instance_id: '${aws_instance.dea[each.key].id}',
        volume_id: '${aws_ebs_volume.disk[each.key].id}',
      },
    },
    aws_db_instance: { Apps: { port: 3306, username: 'stackato' } },
    aws_ssm_parameter: {
      apps: {
        name: '/p',
        value:
          '{"host":"${aws_db_instance.Apps.address}","secret":"${aws_db_instance.Apps.master_user_secret[0].secret_arn}"}',
      },
    },
    aws_secretsmanager_secret: { key: { name: 'mvp/key' } },
  };

  it('has addresses, zones and disks like a deployed one', () => {
    const { cluster, secrets, parameters } = awsSynth(resources);
    assert.deepEqual(
      cluster.nodes.map((n) => [n.name, n.address, n.zone, n.disks.length]),
      [
        ['core', '10.0.0.10', 'za', 0],
        ['dea-1', '10.0.0.11', 'za', 0],
        ['dea-2', '10.0.1.10', 'zb', 1],
      ],
    );
    const { host, secret } = JSON.parse(parameters['/p']!);
    assert.deepEqual(cluster.databases, [{ host, port: 3306 }]);
    assert.deepEqual(Object.keys(secrets), ['mvp/key', secret]);
    assert.equal(JSON.parse(secrets[secret]!).username, 'stackato');
  });

  it('is refused where only an apply knows the user data', () => {
    const late = {
      ...resources,
      aws_instance: { core: { ...resources.aws_instance.core, user_data_base64: '${base64gzip("x")}' } },
    };
    assert.throws(() => awsSynth(late), /user data of core contains an address/);
  });

  it('fills what it can', () => {
    const each = { key: 'k', value: { size: 7 } };
    assert.equal(fill('${each.key}-${each.value.size}', each), 'k-7');
    assert.equal(fill('${element(["x", "y"], each.value)}', { key: 'k', value: 3 }), 'y');
    assert.equal(fill('${aws_x.y.id}', each), '${aws_x.y.id}');
    assert.deepEqual(reference('${aws_x.y-z[each.key].id}'), { type: 'aws_x', name: 'y-z' });
    assert.equal(reference('${a.b.c}-d'), undefined);
  });
});

it('stands in for the secret store', async () => {
  const store = await standIn({ empty: undefined, full: 'text' }, { '/p': 'value' });
  const ask = async (target: string, body: object): Promise<Record<string, unknown>> => {
    const answer = await fetch(store.endpoint, {
      method: 'POST',
      headers: { 'x-amz-target': target },
      body: JSON.stringify(body),
    });
    return { status: answer.status, ...((await answer.json()) as Record<string, unknown>) };
  };
  try {
    assert.equal((await ask('secretsmanager.GetSecretValue', { SecretId: 'full' }))['SecretString'], 'text');
    assert.deepEqual(
      (await ask('secretsmanager.GetSecretValue', { SecretId: 'empty' }))['__type'],
      'ResourceNotFoundException',
    );
    assert.equal((await ask('secretsmanager.PutSecretValue', { SecretId: 'empty', SecretString: 'new' })).status, 200);
    assert.equal((await ask('secretsmanager.GetSecretValue', { SecretId: 'empty' }))['SecretString'], 'new');
    assert.equal((await ask('secretsmanager.PutSecretValue', { SecretId: 'none', SecretString: 'new' })).status, 400);
    assert.deepEqual((await ask('AmazonSSM.GetParameter', { Name: '/p' }))['Parameter'], {
      Name: '/p',
      Type: 'String',
      Value: 'value',
    });
    assert.equal((await ask('AmazonSSM.GetParameter', { Name: '/q' }))['__type'], 'ParameterNotFound');
  } finally {
    await store.close();
  }
});
