import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { AwsApi } from '../../lib/cloud-api/aws/api';
import { findAwsOrphans } from '../../lib/cloud-api/aws/orphans';
import { orphanText } from '../../lib/engine/orphans';

const tag = (ResourceType: string, ResourceId: string) => ({
  ResourceType,
  ResourceId,
  Key: 'stackato:cluster',
  Value: 'mvp',
});
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
  async ec2(action: string, { Filters = [] }: { Filters?: readonly { Values: readonly string[] }[] }) {
    if (action === 'DescribeInstances') {
      const all = [
        machine('i-known', 'vol-known', 'eni-known', ['Name', 'mvp-core']),
        machine('i-lost', 'vol-root', 'eni-lost', ['Name', 'mvp-dea-1']),
        machine('i-scaled', 'vol-scaled', 'eni-scaled', ['aws:autoscaling:groupName', 'g']),
      ];
      return { Reservations: all.map((one) => ({ Instances: [one] })) };
    }
    if (Filters[0]?.Values[0] === 'Name') return { Tags: [{ ResourceId: 'vol-lost', Value: 'mvp-data' }] };
    const ids = ['vol-known', 'vol-root', 'vol-root-data', 'vol-lost', 'vol-scaled'].map((id) => tag('volume', id));
    return { Tags: [...ids, tag('vpc', 'vpc-lost'), tag('instance', 'i-gone'), tag('snapshot', 'snap-backup')] };
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
      'instance i-lost (mvp-dea-1)',
      'secret arn:mvp/a (mvp/a)',
      'volume vol-lost (mvp-data)',
      'volume vol-root-data',
      'vpc vpc-lost',
    ]);
  });
  it('is nothing when the state knows everything', async () => {
    const known = new Set([
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
