import type { RuleCase } from './case';
import {
  acts,
  creates,
  database,
  databaseMarks,
  deletes,
  group,
  ingress,
  keeps,
  manifest,
  plan,
  replaces,
  updates,
  volume,
} from './fixtures';

const data1 = 'aws_ebs_volume.paas_data["data-1"]';
const db = 'aws_db_instance.paas_apps';
const two = { before: manifest(), after: manifest() };
const rule = (name: string) => `aws_security_group_rule.${name}`;
const cinder = 'openstack_blockstorage_volume_v3.data';
const needed = keeps(rule('nats'), ingress(4222, { source_security_group_id: 'sg-paas_cluster' }));
const groups = [group('paas_core'), group('paas_cluster')];

export const dataCases: readonly RuleCase[] = [
  {
    rule: 'volume-lost',
    fires: plan({
      ...two,
      changes: [replaces(data1, volume(), { encrypted: true, final_snapshot: true }, { replace: ['encrypted'] })],
    }),
    misses: plan({ ...two, changes: [replaces(data1, volume({ final_snapshot: true }), { encrypted: true })] }),
    says: [
      /volume under `data-1` \(200 GiB: Redis data/,
      /does not help: a destroy reads the old value/,
      /create-snapshot --volume-id vol-0c3/,
    ],
  },
  {
    // Other people's stack: no manifest, still a loss.
    rule: 'volume-lost',
    fires: plan({ changes: [deletes(cinder, { id: 'v', size: 10 })] }),
    misses: plan({ changes: [acts(cinder, ['forget'], { before: { id: 'v', size: 10 } })] }),
    says: [/openstack_blockstorage_volume_v3\.data/],
  },
  {
    // What a failed replacement left behind may be the only copy.
    rule: 'volume-lost',
    fires: plan({ changes: [deletes(cinder, { id: 'v', size: 10 }, { extra: { deposed: 'abcd1234' } })] }),
    misses: plan({ changes: [creates(cinder, { size: 10 })] }),
    says: [/only copy/],
  },
  {
    rule: 'volume-replaced',
    fires: plan({
      ...two,
      changes: [replaces(data1, volume(), { encrypted: true, snapshot_id: 'snap-1' }, { replace: ['encrypted'] })],
    }),
    // The old volume came from that snapshot: it holds nothing of today.
    misses: plan({ ...two, changes: [replaces(data1, volume({ snapshot_id: 'snap-1' }), { encrypted: true })] }),
    says: [/filled from `snap-1`: what was written after that is lost/],
  },
  {
    rule: 'volume-archived',
    fires: plan({ ...two, changes: [deletes(data1, volume({ final_snapshot: true }))] }),
    misses: plan({ ...two, changes: [deletes(data1, volume())] }),
  },
  {
    rule: 'volume-shrink',
    fires: plan({ ...two, changes: [updates(data1, volume(), { size: 100 })] }),
    misses: plan({ ...two, changes: [updates(data1, volume(), { size: 300 })] }),
    says: [/cannot shrink from 200 to 100 GiB/],
  },
  {
    rule: 'database-lost',
    fires: plan({
      ...two,
      changes: [
        replaces(
          db,
          database(),
          { storage_encrypted: true, skip_final_snapshot: false },
          { ...databaseMarks, replace: ['storage_encrypted'] },
        ),
      ],
    }),
    misses: plan({
      ...two,
      changes: [replaces(db, database({ deletion_protection: true }), { storage_encrypted: true }, databaseMarks)],
    }),
    says: [
      /database `apps` \(mysql 8\.0, 50 GiB\)/,
      /skip_final_snapshot = false.* does not help/,
      /create-db-snapshot/,
    ],
  },
  {
    rule: 'database-replaced',
    fires: plan({
      ...two,
      changes: [
        deletes(db, database({ skip_final_snapshot: false, final_snapshot_identifier: 'last' }), databaseMarks),
      ],
    }),
    misses: plan({ ...two, changes: [deletes(db, database(), databaseMarks)] }),
    says: [/a final snapshot is taken/],
  },
  {
    rule: 'database-delete-fails',
    fires: plan({
      ...two,
      changes: [replaces(db, database({ deletion_protection: true }), { storage_encrypted: true }, databaseMarks)],
    }),
    misses: plan({ ...two, changes: [replaces(db, database(), { storage_encrypted: true }, databaseMarks)] }),
    says: [/apply will fail half-way/],
  },
  {
    rule: 'database-delete-fails',
    fires: plan({ changes: [deletes(db, database({ skip_final_snapshot: false }))] }),
    misses: plan({
      changes: [deletes(db, database({ skip_final_snapshot: false, final_snapshot_identifier: 'last' }))],
    }),
    says: [/final_snapshot_identifier/],
  },
  {
    rule: 'database-password',
    fires: plan({ ...two, changes: [updates(db, database(), { password: 'correct-horse-battery' }, databaseMarks)] }),
    misses: plan({ ...two, changes: [updates(db, database(), { allocated_storage: 60 }, databaseMarks)] }),
    says: [/kato config set mysql_node mysql\/pass/, /kato restart mysql/],
  },
  {
    rule: 'database-password',
    fires: plan({
      ...two,
      changes: [updates(db, database({ password_wo_version: 1 }), { password_wo_version: 2 }, databaseMarks)],
    }),
    misses: plan({
      ...two,
      changes: [updates(db, database({ password_wo_version: 1 }), { password_wo_version: 1, tags: {} }, databaseMarks)],
    }),
  },
  {
    rule: 'database-endpoint',
    fires: plan({ ...two, changes: [updates(db, database(), { port: 3307 }, databaseMarks)] }),
    misses: plan({ ...two, changes: [updates(db, database(), { backup_retention_period: 14 }, databaseMarks)] }),
    says: [/kato config set mysql_node mysql\/port/],
  },
  {
    rule: 'store-lost',
    fires: plan({ changes: [deletes('aws_s3_bucket.droplets', { force_destroy: true })] }),
    misses: plan({ changes: [deletes('aws_s3_bucket.droplets', { force_destroy: false })] }),
  },
  {
    rule: 'port-opened',
    fires: plan({ ...two, changes: [...groups, creates(rule('nats'), ingress(4222, { cidr_blocks: ['0.0.0.0/0'] }))] }),
    misses: plan({
      ...two,
      changes: [...groups, creates(rule('nats'), ingress(4222, { cidr_blocks: ['10.0.0.0/8'] }))],
    }),
    says: [/`4222\/tcp` of pool `core` is opened to `0\.0\.0\.0\/0`: NATS/, /carries no password/],
  },
  {
    // Narrowing a rule opens nothing, though its ports are new ones.
    rule: 'port-opened',
    fires: plan({ changes: [replaces(rule('ssh'), ingress(22, { cidr_blocks: ['0.0.0.0/0'] }), { to_port: 30 })] }),
    misses: plan({
      changes: [
        replaces(rule('ssh'), ingress(22, { from_port: 1, to_port: 65535, cidr_blocks: ['0.0.0.0/0'] }), {
          from_port: 22,
          to_port: 22,
        }),
      ],
    }),
    says: [/`23-30\/tcp`/],
  },
  {
    // The same rule in another group is another hole.
    rule: 'port-opened',
    fires: plan({
      changes: [
        group('a'),
        group('b'),
        replaces(rule('ssh'), ingress(22, { cidr_blocks: ['0.0.0.0/0'] }, 'a'), { security_group_id: 'sg-b' }),
      ],
    }),
    misses: plan({
      changes: [
        group('a'),
        updates(rule('ssh'), ingress(22, { cidr_blocks: ['0.0.0.0/0'] }, 'a'), { description: 'same' }),
      ],
    }),
    says: [/aws_security_group\.b/],
  },
  {
    rule: 'port-opened',
    fires: plan({
      changes: [
        updates(
          'aws_security_group.g',
          { ingress: [] },
          { ingress: [{ protocol: '-1', from_port: 0, to_port: 0, cidr_blocks: ['0.0.0.0/0'] }] },
        ),
      ],
    }),
    misses: plan({
      changes: [
        updates(
          'aws_security_group.g',
          { ingress: [] },
          { ingress: [{ protocol: '-1', from_port: 0, to_port: 0, security_groups: ['sg-x'] }] },
        ),
      ],
    }),
    says: [/`all ports\/all`/, /a wide range/],
  },
  {
    rule: 'port-opened',
    fires: plan({
      changes: [
        creates('aws_vpc_security_group_ingress_rule.r', {
          ip_protocol: 'tcp',
          from_port: 7474,
          to_port: 7474,
          cidr_ipv6: '::/0',
          security_group_id: 'sg-1',
        }),
      ],
    }),
    misses: plan({
      changes: [
        creates('aws_vpc_security_group_ingress_rule.r', {
          ip_protocol: 'tcp',
          from_port: 7474,
          to_port: 7474,
          cidr_ipv6: 'fd00::/8',
          security_group_id: 'sg-1',
        }),
      ],
    }),
    says: [/the configuration store/],
  },
  {
    // Neutron: a rule without a peer is a rule for everybody; one whose peer is not made yet is not.
    rule: 'port-opened',
    fires: plan({
      changes: [
        creates('openstack_networking_secgroup_rule_v2.r', {
          direction: 'ingress',
          protocol: 'tcp',
          port_range_min: 9001,
          port_range_max: 9001,
        }),
      ],
    }),
    misses: plan({
      changes: [
        creates(
          'openstack_networking_secgroup_rule_v2.r',
          { direction: 'ingress', protocol: 'tcp', port_range_min: 9001, port_range_max: 9001 },
          { unknown: { remote_group_id: true } },
        ),
      ],
    }),
    says: [/supervisord/],
  },
  {
    // What only the declaration says counts as well.
    rule: 'port-opened',
    fires: plan({
      before: manifest(),
      after: manifest({
        more: {
          rules: [{ id: 'x', from: 'world', to: 'core', protocol: 'tcp', ports: [22, 22], why: 'ssh', sure: 'H' }],
        },
      }),
    }),
    misses: plan({ before: manifest(), after: manifest({ more: { rules: [] } }) }),
  },
  {
    rule: 'web-opened',
    fires: plan({ ...two, changes: [...groups, creates(rule('web'), ingress(443, { cidr_blocks: ['::/0'] }))] }),
    misses: plan({ ...two, changes: [...groups, creates(rule('web'), ingress(8443, { cidr_blocks: ['0.0.0.0/0'] }))] }),
  },
  {
    rule: 'rule-removed',
    fires: plan({
      ...two,
      changes: [...groups, deletes(rule('nats'), ingress(4222, { source_security_group_id: 'sg-paas_cluster' }))],
    }),
    // The same traffic is permitted by a wider rule that stays.
    misses: plan({
      ...two,
      changes: [
        ...groups,
        deletes(rule('nats'), ingress(4222, { source_security_group_id: 'sg-paas_cluster' })),
        keeps(rule('all'), ingress(0, { to_port: 65535, source_security_group_id: 'sg-paas_cluster' })),
      ],
    }),
    says: [/every node can no longer reach `core` on `4222\/tcp`: message bus/],
  },
  {
    rule: 'rule-removed',
    fires: plan({
      ...two,
      changes: [
        ...groups,
        updates(rule('nats'), ingress(4222, { source_security_group_id: 'sg-paas_cluster' }), {
          from_port: 4223,
          to_port: 4223,
        }),
      ],
    }),
    misses: plan({ ...two, changes: [...groups, needed] }),
  },
];
