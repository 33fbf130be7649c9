import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { AwsApi } from '../../lib/cloud-api/aws/api';
import { findAwsOrphans } from '../../lib/cloud-api/aws/orphans';
import { orphanText } from '../../lib/engine/orphans';

const Tags = [{ Key: 'stackato:cluster', Value: 'mvp' }];
const machine = (InstanceId: string, VolumeId: string, NetworkInterfaceId: string, ...tags: [string, string][]) => ({
  InstanceId,
  Tags: tags.map(([Key, Value]) => ({ Key, Value })),
  BlockDeviceMappings: [
    { Ebs: { VolumeId, DeleteOnTermination: true } },
    { Ebs: { VolumeId: `${VolumeId}-data`, DeleteOnTermination: false } },
  ],
  NetworkInterfaces: [{ NetworkInterfaceId }],
});
const database = (name: string, cluster: string, DBInstanceStatus = 'available') => ({
  DBInstanceArn: `arn:${name}`,
  DBInstanceIdentifier: name,
  DBInstanceStatus,
  TagList: [{ Key: 'stackato:cluster', Value: cluster }],
});
const secret = (Name: string, cluster: string, more = {}) => ({
  ARN: `arn:${Name}`,
  Name,
  Tags: [{ Key: 'stackato:cluster', Value: cluster }],
  ...more,
});

/** A cloud with everything in it; only what says so under the cluster's tag. */
const cloud = {
  async ec2(action: string) {
    if (action === 'DescribeInstances') {
      const all = [
        machine('i-known', 'vol-known', 'eni-known', ['Name', 'mvp-core']),
        machine('i-lost', 'vol-root', 'eni-lost', ['Name', 'mvp-dea-1']),
        machine('i-scaled', 'vol-scaled', 'eni-scaled', ['aws:autoscaling:groupName', 'g']),
      ];
      return { Reservations: all.map((one) => ({ Instances: [one] })) };
    }
    const volume = (VolumeId: string, more: object = {}) => ({ VolumeId, Tags, State: 'available', ...more });
    const Name = [...Tags, { Key: 'Name', Value: 'mvp-data' }];
    const made = new Date('2026-01-01T12:00:00Z');
    if (action === 'DescribeVolumes') {
      const lost = volume('vol-lost', { Tags: Name, CreateTime: made });
      const others = [volume('vol-known'), volume('vol-root'), volume('vol-root-data', { State: 'in-use' })];
      return { Volumes: [...others, lost, volume('vol-scaled'), volume('vol-x', { State: 'deleting' })] };
    }
    // a service that does not know the filter
    if (action === 'DescribeVpcs')
      return { Vpcs: [{ VpcId: 'vpc-lost', Tags }, { VpcId: 'vpc-other', Tags: [] }, { VpcId: 'vpc-none' }] };
    if (action === 'DescribeNetworkInterfaces')
      return { NetworkInterfaces: [{ NetworkInterfaceId: 'eni-known', TagSet: Tags }] };
    if (action === 'DescribeAddresses') return { Addresses: [{ AllocationId: 'eip-lost', Tags }] };
    if (action === 'DescribeNatGateways') return { NatGateways: [{ NatGatewayId: 'nat-x', Tags, State: 'deleted' }] };
    assert.match(action, /^Describe/);
    return {};
  },
  async rds() {
    const gone = database('gone', 'mvp', 'deleting');
    return { DBInstances: [database('known', 'mvp'), database('x', 'other'), database('apps', 'mvp'), gone] };
  },
  async secrets() {
    const own = [secret('mvp/a', 'mvp'), secret('mvp/b', 'mvp', { OwningService: 'rds' }), secret('mvp/c', 'other')];
    return { SecretList: [...own, secret('mvp/d', 'mvp', { DeletedDate: new Date() })] };
  },
} as unknown as AwsApi;

describe('what an interrupted run left behind', () => {
  it('is what the cloud has under the tag and the state has not', async () => {
    const known = new Set(['i-known', 'vol-known', 'eni-known', 'arn:known', 'apps']);
    const found = await findAwsOrphans(cloud, 'mvp', known);
    assert.deepEqual(found.map(orphanText), [
      'db instance arn:apps (apps)',
      'elastic ip eip-lost',
      'instance i-lost (mvp-dea-1)',
      'secret arn:mvp/a (mvp/a)',
      'volume vol-lost (mvp-data)',
      'volume vol-root-data',
      'vpc vpc-lost',
    ]);
  });
  it('is told with its age, and whether it is used', async () => {
    const found = await findAwsOrphans(cloud, 'mvp', new Set());
    const of = (id: string) => found.find((orphan) => orphan.id === id);
    assert.deepEqual(of('vol-lost'), {
      kind: 'volume',
      id: 'vol-lost',
      name: 'mvp-data',
      made: '2026-01-01T12:00:00.000Z',
    });
    assert.equal(of('vol-root-data')?.used, true);
    assert.equal(of('i-lost')?.used, true);
  });
  it('is nothing when the state knows everything', async () => {
    const known = new Set([
      'eip-lost',
      'eni-known',
      'i-known',
      'i-lost',
      'vol-known',
      'vol-lost',
      'vol-root-data',
      'vpc-lost',
      'arn:known',
      'arn:apps',
      'arn:mvp/a',
    ]);
    assert.deepEqual(await findAwsOrphans(cloud, 'mvp', known), []);
  });
});
