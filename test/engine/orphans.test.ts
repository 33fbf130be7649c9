import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { findOrphans, type OrphanApi, orphanText, stateFacts } from '../../lib/engine/orphans';

const tag = (resourceType: string, resourceId: string) => ({
  resourceType,
  resourceId,
  key: 'stackato:cluster',
  value: 'mvp',
});
const machine = (instanceId: string, volumeId: string, networkInterfaceId: string, ...tags: [string, string][]) => ({
  instanceId,
  tagSet: tags.map(([key, value]) => ({ key, value })),
  blockDeviceMapping: [
    { ebs: { volumeId, deleteOnTermination: 'true' } },
    { ebs: { volumeId: `${volumeId}-data`, deleteOnTermination: 'false' } },
  ],
  networkInterfaceSet: [{ networkInterfaceId }],
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
const cloud: OrphanApi = {
  async ec2(action, parameters): Promise<ReturnType<typeof JSON.parse>> {
    if (action === 'DescribeInstances') {
      const all = [
        machine('i-known', 'vol-known', 'eni-known', ['Name', 'mvp-core']),
        machine('i-lost', 'vol-root', 'eni-lost', ['Name', 'mvp-dea-1']),
        machine('i-scaled', 'vol-scaled', 'eni-scaled', ['aws:autoscaling:groupName', 'g']),
      ];
      return { reservationSet: all.map((m) => ({ instancesSet: [m] })) };
    }
    const [filter] = (parameters?.['Filter'] ?? []) as readonly { Value: readonly string[] }[];
    if (filter?.Value[0] === 'Name') return { tagSet: [{ resourceId: 'vol-lost', value: 'mvp-data' }] };
    const ids = ['vol-known', 'vol-root', 'vol-root-data', 'vol-lost', 'vol-scaled'].map((id) => tag('volume', id));
    return { tagSet: [...ids, tag('vpc', 'vpc-lost'), tag('instance', 'i-gone'), tag('snapshot', 'snap-backup')] };
  },
  async query(_service, _version, _action, parameters) {
    const page = parameters?.['Marker']
      ? [database('apps', 'mvp')]
      : [database('known', 'mvp'), database('x', 'other')];
    return { DBInstances: page, Marker: parameters?.['Marker'] ? '' : 'next' };
  },
  async json() {
    const own = [secret('mvp/a', 'mvp'), secret('mvp/b', 'mvp', { OwningService: 'rds' }), secret('mvp/c', 'other')];
    return { SecretList: [...own, secret('mvp/d', 'mvp', { DeletedDate: 1 })] };
  },
};

describe('what an interrupted run left behind', () => {
  it('is what the cloud has under the tag and the state has not', async () => {
    const known = new Set(['i-known', 'vol-known', 'eni-known', 'arn:known', 'apps']);
    const found = await findOrphans(cloud, 'mvp', known);
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
    assert.deepEqual(await findOrphans(cloud, 'mvp', known), []);
  });
});

describe('a state', () => {
  it('tells every identifier, and whose account its resources lie in', () => {
    const arn = (account: string) => `arn:aws:rds:us-west-2:${account}:db:apps`;
    const facts = stateFacts({
      root_module: {
        resources: [
          { mode: 'managed', values: { id: 'i-1', arn: arn('123456789012'), blocks: [{ volume_id: 'vol-1' }] } },
          { mode: 'managed', values: { certificate_arn: arn('222222222222') } },
          { mode: 'data', values: { id: 'ami-1', arn: arn('333333333333') } },
        ],
      },
    });
    assert.deepEqual([...facts.accounts], ['123456789012']);
    assert.deepEqual(
      ['i-1', 'vol-1', 'ami-1'].map((id) => facts.ids.has(id)),
      [true, true, false],
    );
    assert.deepEqual([stateFacts(undefined).ids.size], [0]);
  });

  it('tells the OpenStack projects of what it manages, not of what it only looks up', () => {
    const facts = stateFacts({
      root_module: {
        resources: [
          { mode: 'managed', values: { id: 'n', tenant_id: 'ours' } },
          { mode: 'managed', values: { id: 'p', tenant_id: '' } },
          { mode: 'data', values: { id: 'public', tenant_id: 'admins' } },
        ],
        child_modules: [{ resources: [{ mode: 'managed', values: { tenant_id: 'shared' } }] }],
      },
    });
    assert.deepEqual([...facts.projects], ['ours', 'shared']);
  });
});
