import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { type Healing, healingOf, plannedOf } from '../../lib/engine/heal';
import { AWS_KINDS, OPENSTACK_KINDS } from '../../lib/engine/heal-kinds';
import type { Orphan } from '../../lib/engine/orphans';
import { givenIn } from '../../lib/engine/stack-config';

const change = (address: string, type: string, after: object | null, ...actions: string[]) => ({
  address,
  type,
  change: { actions: actions.length > 0 ? actions : ['create'], after },
});
const openstack = plannedOf({
  resource_changes: [
    change('openstack_networking_network_v2.net', 'openstack_networking_network_v2', { name: 'mvp' }),
    change('openstack_networking_port_v2.dea["dea-1"]', 'openstack_networking_port_v2', { name: 'mvp-dea-1' }, 'no-op'),
    change('openstack_networking_floatingip_v2.core', 'openstack_networking_floatingip_v2', {
      description: 'mvp-core',
    }),
    change('openstack_networking_secgroup_rule_v2.a', 'openstack_networking_secgroup_rule_v2', {
      description: 'mvp: a',
    }),
    change(
      'openstack_networking_secgroup_rule_v2.b',
      'openstack_networking_secgroup_rule_v2',
      { description: 'mvp: b' },
      'no-op',
    ),
    change('openstack_blockstorage_volume_v3.data["data-1"]', 'openstack_blockstorage_volume_v3', {
      name: 'mvp-data-1',
    }),
    change('openstack_blockstorage_volume_v3.data["data-2"]', 'openstack_blockstorage_volume_v3', {
      name: 'mvp-data-2',
    }),
    change('openstack_blockstorage_volume_v3.core', 'openstack_blockstorage_volume_v3', { name: 'mvp-core' }, 'no-op'),
    change('openstack_compute_servergroup_v2.old', 'openstack_compute_servergroup_v2', null, 'delete'),
  ],
});
const words = ({ taken, removed, left }: Healing) => ({
  taken: taken.map(({ orphan, address }) => `${orphan.id} ${address}`),
  removed: removed.map(({ id }) => id),
  left: left.map(({ orphan }) => orphan.id),
});
/** An apply that failed before, and one that began at noon, was killed, and could have lasted four hours. */
const KILLED = {
  runs: [
    { since: '2025-12-24T12:00:00.000Z', until: '2025-12-24T12:10:00.000Z' },
    { since: '2026-01-01T12:00:00.000Z', until: '2026-01-01T16:00:00.000Z' },
  ],
  named: new Set<string>(),
};
const NONE = { runs: [], named: new Set<string>() };
const of = (...orphans: Orphan[]) => words(healingOf(orphans, openstack, OPENSTACK_KINDS, KILLED));
const since = (orphan: Orphan, hour: number): Orphan => ({ ...orphan, made: `2026-01-01T${hour}:00:00.000Z` });
const volume = (id: string, name: string): Orphan => ({ kind: 'volume', id, name });

describe('healing', () => {
  it('takes what keeps data to the one address that the plan would make, also inside for_each', () => {
    assert.deepEqual(of(volume('v2', 'mvp-data-2')), {
      taken: ['v2 openstack_blockstorage_volume_v3.data["data-2"]'],
      removed: [],
      left: [],
    });
  });
  it('never decides between two volumes of one name that may have content', () => {
    const used = (id: string): Orphan => ({ ...volume(id, 'mvp-data-1'), used: true });
    assert.deepEqual(of(used('v1'), used('v2')).left, ['v1', 'v2']);
    const old = since(volume('v1', 'mvp-data-1'), 10);
    assert.deepEqual(of(old, since(volume('v2', 'mvp-data-1'), 11)).left, ['v1', 'v2']);
  });
  it('keeps one of the copies that lost answers made, the attached one if there is one', () => {
    const copies = ['v3', 'v1', 'v2'].map((id) => since(volume(id, 'mvp-data-1'), 13));
    const address = 'openstack_blockstorage_volume_v3.data["data-1"]';
    assert.deepEqual(of(...copies), { taken: [`v1 ${address}`], removed: ['v2', 'v3'], left: [] });
    const attached: Orphan = { ...copies[0]!, used: true };
    assert.deepEqual(of(attached, copies[1]!), { taken: [`v3 ${address}`], removed: ['v1'], left: [] });
    assert.deepEqual(of(since(volume('v1', 'mvp-core'), 13)).removed, ['v1'], 'the state has the one');
  });
  it('deletes nothing without evidence of an interrupted run, but what is named', () => {
    const orphans: Orphan[] = [
      { kind: 'server', id: 's', name: 'mvp-core' },
      { kind: 'network', id: 'n', name: 'mvp' },
      { kind: 'port', id: 'p', name: 'mvp-dea-1' },
    ];
    const { removed, left } = healingOf(orphans, openstack, OPENSTACK_KINDS, NONE);
    assert.deepEqual([removed, left.map(({ orphan }) => orphan.id)], [[], ['s', 'n', 'p']]);
    assert.match(left[1]!.why, /name it: --remove n$/);
    const named = healingOf(orphans, openstack, OPENSTACK_KINDS, { ...NONE, named: new Set(['n']) });
    assert.deepEqual(
      named.removed.map(({ id }) => id),
      ['n'],
    );
  });
  it('deletes nothing that is older or newer than the interrupted run, nor what has no date beside it', () => {
    const port = (hour: number): Orphan => since({ kind: 'port', id: `p${hour}`, name: 'mvp-dea-1' }, hour);
    const network: Orphan = { kind: 'network', id: 'n', name: 'mvp' };
    assert.deepEqual(of(port(13), network).removed, ['p13', 'n']);
    assert.deepEqual(of(port(10), port(13), network).removed, ['p13']);
    assert.deepEqual(of(port(13), port(17), network).removed, ['p13'], 'a later deployment, whose state is lost');
  });
  it('leaves data for which the state has another, or nobody a place', () => {
    assert.deepEqual(
      of({ ...volume('v1', 'mvp-core'), used: true }, volume('v2', 'mvp-batch-1'), { kind: 'volume', id: 'v3' }).left,
      ['v1', 'v2', 'v3'],
    );
  });
  it('removes what the stack itself makes under that name, by what a declaration calls it', () => {
    const orphans: Orphan[] = [
      { kind: 'network', id: 'n', name: 'mvp', byName: true },
      { kind: 'port', id: 'p', name: 'mvp-dea-1' },
      { kind: 'floating-ip', id: 'f', name: '192.0.2.1', as: 'mvp-core' },
      { kind: 'security-group-rule', id: 'a', as: 'mvp: a' },
    ];
    assert.deepEqual(of(...orphans), { taken: [], removed: ['n', 'p', 'f', 'a'], left: [] });
  });
  it('leaves the nodes of a pool that joined from another stack, and parts that the state has already', () => {
    const orphans: Orphan[] = [
      { kind: 'server', id: 's', name: 'mvp-batch-1' },
      { kind: 'network', id: 'n', name: 'mvp-office', byName: true },
      { kind: 'security-group-rule', id: 'b', as: 'mvp: b' },
      { kind: 'server-group', id: 'g', name: 'mvp-old' },
      { kind: 'something-new', id: 'x', name: 'mvp' },
    ];
    assert.deepEqual(of(...orphans).left, ['s', 'n', 'b', 'g', 'x']);
  });
  it('recognizes AWS by the tag Name, databases by identifier, secrets by name', () => {
    const planned = plannedOf({
      resource_changes: [
        change('aws_ebs_volume.d["data-1"]', 'aws_ebs_volume', { tags: { Name: 'mvp-data-1' } }),
        change('aws_db_instance.apps', 'aws_db_instance', { identifier: 'mvp-apps', tags: null }),
        change('aws_secretsmanager_secret.key', 'aws_secretsmanager_secret', { name: 'stackato/mvp/key' }),
        change('aws_vpc.v', 'aws_vpc', { tags: { Name: 'mvp-vpc' } }),
      ],
    });
    const apps: Orphan = { kind: 'db-instance', id: 'arn:apps', name: 'mvp-apps' };
    const orphans: Orphan[] = [
      volume('vol-1', 'mvp-data-1'),
      apps,
      { kind: 'secret', id: 'arn:key', name: 'stackato/mvp/key' },
      { kind: 'vpc', id: 'vpc-1', name: 'mvp-vpc' },
      { kind: 'vpc', id: 'vpc-2' },
    ];
    assert.deepEqual(words(healingOf(orphans, planned, AWS_KINDS, KILLED)), {
      taken: [
        'vol-1 aws_ebs_volume.d["data-1"]',
        'arn:apps aws_db_instance.apps',
        'arn:key aws_secretsmanager_secret.key',
      ],
      removed: ['vpc-1'],
      left: ['vpc-2'],
    });
    assert.equal(AWS_KINDS['db-instance']?.importId(apps), 'mvp-apps');
    assert.match(AWS_KINDS['db-instance']?.byHand(apps) ?? '', /--db-instance-identifier mvp-apps$/);
  });
  it('never deletes what keeps data and is used, whatever the plan and a person say', () => {
    for (const [kinds, kept] of [
      [AWS_KINDS, ['db-instance', 'secret', 'volume']],
      [OPENSTACK_KINDS, ['secret', 'volume']],
    ] as const) {
      const keeping = Object.keys(kinds).filter((kind) => kinds[kind]?.keeps);
      assert.deepEqual(keeping.sort(), kept);
      for (const kind of keeping) {
        for (const actions of [['create'], ['no-op'], ['delete', 'create']]) {
          const after = { name: 'x', identifier: 'x', tags: { Name: 'x' } };
          const planned = plannedOf({ resource_changes: [change('a', kinds[kind]!.types[0]!, after, ...actions)] });
          const orphan: Orphan = { kind, id: '1', name: 'x', used: true };
          const everything = { ...KILLED, named: new Set(['1']) };
          assert.deepEqual(healingOf([orphan], planned, kinds, everything).removed, [], kind);
        }
      }
    }
  });
});

describe('what a stack is given', () => {
  it('are the names that it looks up and the ids that stand in it', () => {
    const id = '11111111-1111-4111-8111-111111111111';
    const given = givenIn({
      data: { openstack_networking_network_v2: { outside: { name: 'mvp-outside' } } },
      resource: { openstack_networking_port_v2: { p: { network_id: id, name: 'mvp-core' } } },
    });
    assert.deepEqual([given.has('mvp-outside'), given.has(id), given.has('mvp-core')], [true, true, false]);
  });
});
