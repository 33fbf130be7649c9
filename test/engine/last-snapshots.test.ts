import assert from 'node:assert/strict';
import { it } from 'node:test';
import { staleRecords } from '../../lib/engine/last-snapshots';

const address = 'aws_db_instance.rds_database-apps_instance_1A2B3C4D';
const life = 'terraform_data.rds_database-apps_life_5E6F7A8B';
const plan = (actions: readonly string[], after: string | undefined, references = [`${life}.id`, life]) => ({
  resource_changes: [
    {
      type: 'aws_db_instance',
      address,
      change: {
        actions,
        before: { final_snapshot_identifier: 'rds-apps-final-1' },
        after: after === undefined ? {} : { final_snapshot_identifier: after },
      },
    },
  ],
  configuration: {
    root_module: { resources: [{ address, expressions: { final_snapshot_identifier: { references } } }] },
  },
});

it('finds what names the snapshot of a database that is replaced without it', () => {
  for (const actions of [
    ['delete', 'create'],
    ['create', 'delete'],
  ])
    assert.deepEqual(staleRecords(plan(actions, 'rds-apps-final-1')), [life]);
});

it('finds nothing where the name is new, or nothing is replaced, or the name is a constant', () => {
  assert.deepEqual(staleRecords(plan(['delete', 'create'], undefined)), [], 'known after the apply');
  assert.deepEqual(staleRecords(plan(['delete', 'create'], 'rds-apps-final-2')), []);
  assert.deepEqual(staleRecords(plan(['update'], 'rds-apps-final-1')), []);
  assert.deepEqual(staleRecords(plan(['delete'], 'rds-apps-final-1')), []);
  assert.deepEqual(staleRecords(plan(['delete', 'create'], 'rds-apps-final-1', [])), []);
  assert.deepEqual(staleRecords({}), []);
});
