import type { RuleCase } from './case';
import { deletes, manifest, plan, replaces, updates } from './fixtures';
import { database, databaseMarks } from './resources';

const db = 'aws_db_instance.paas_apps';
const two = { before: manifest(), after: manifest() };

export const databaseCases: readonly RuleCase[] = [
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
    says: [/apply will fail partway/],
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
    says: [/kato config set --json mysql_node mysql\/port/],
  },
  {
    rule: 'database-grows',
    fires: plan({ ...two, changes: [updates(db, database(), { allocated_storage: 100 }, databaseMarks)] }),
    misses: plan({ ...two, changes: [updates(db, database(), { allocated_storage: 20 }, databaseMarks)] }),
    says: [/`apps` grows from 50 to 100 GiB in place, in its next maintenance window: it keeps running/],
  },
  {
    rule: 'database-resized',
    fires: plan({
      ...two,
      changes: [
        updates(
          db,
          database({ instance_class: 'db.t3.medium' }),
          { instance_class: 'db.m5.large', apply_immediately: true },
          databaseMarks,
        ),
      ],
    }),
    misses: plan({ ...two, changes: [updates(db, database(), { allocated_storage: 100 }, databaseMarks)] }),
    says: [/database `apps` .* restarts on `db\.m5\.large` at once/],
  },
  {
    rule: 'database-upgraded',
    fires: plan({
      ...two,
      changes: [
        updates(
          db,
          database({ engine_version: '8.0.35' }),
          { engine_version: '8.4', allow_major_version_upgrade: true, apply_immediately: true },
          databaseMarks,
        ),
      ],
    }),
    misses: plan({
      ...two,
      changes: [updates(db, database({ engine_version: '8.0' }), { allow_major_version_upgrade: true }, databaseMarks)],
    }),
    says: [
      /another major version, irreversibly: from `8\.0\.35` to `8\.4` at once/,
      /cannot be undone/,
      /create-db-snapshot/,
    ],
  },
  {
    rule: 'database-upgraded',
    fires: plan({
      ...two,
      changes: [
        updates(
          db,
          database({ engine: 'postgres', engine_version: '16.3' }),
          { engine_version: '16.4' },
          databaseMarks,
        ),
      ],
    }),
    // the same major version of PostgreSQL, but an older one: refused
    misses: plan({
      ...two,
      changes: [
        updates(
          db,
          database({ engine: 'postgres', engine_version: '16.4' }),
          { engine_version: '16.3' },
          databaseMarks,
        ),
      ],
    }),
    says: [/gets another version: from `16\.3` to `16\.4` in its next maintenance window, with a restart/],
  },
  {
    rule: 'database-upgrade-fails',
    fires: plan({
      ...two,
      changes: [updates(db, database({ engine_version: '8.0' }), { engine_version: '8.4' }, databaseMarks)],
    }),
    misses: plan({
      ...two,
      changes: [updates(db, database({ engine_version: '8.0' }), { engine_version: '8.0.36' }, databaseMarks)],
    }),
    says: [
      /apply will fail partway: .* cannot change from `8\.0` to `8\.4`: .* irreversible, with a restart/,
      /majorUpgrade: true/,
    ],
  },
  {
    rule: 'database-upgrade-fails',
    fires: plan({
      ...two,
      changes: [
        updates(
          db,
          database({ engine_version: '8.0' }),
          { engine_version: '5.7', allow_major_version_upgrade: true },
          databaseMarks,
        ),
      ],
    }),
    misses: plan({
      ...two,
      changes: [
        updates(
          db,
          database({ engine_version: '5.7' }),
          { engine_version: '8.0', allow_major_version_upgrade: true },
          databaseMarks,
        ),
      ],
    }),
    says: [/RDS never goes back/],
  },
  {
    rule: 'database-public',
    fires: plan({ ...two, changes: [updates(db, database(), { publicly_accessible: true }, databaseMarks)] }),
    misses: plan({
      ...two,
      changes: [
        updates(db, database({ publicly_accessible: true }), { publicly_accessible: true, tags: {} }, databaseMarks),
      ],
    }),
    says: [/gets a public address/],
  },
];
