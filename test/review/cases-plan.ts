import { gzipSync } from 'node:zlib';
import type { RuleCase } from './case';
import { acts, creates, deletes, keeps, manifest, output, plan, updates } from './fixtures';
import { database, databaseMarks, instance } from './resources';

const two = { before: manifest(), after: manifest() };
const machine = 'aws_instance.web';
const db = keeps('aws_db_instance.paas_apps', database(), databaseMarks);
const inUserData = (text: string) => creates(machine, { user_data_base64: gzipSync(text).toString('base64') });

export const planCases: readonly RuleCase[] = [
  {
    rule: 'nothing-changed',
    fires: plan({ ...two, changes: [keeps(machine, instance())] }),
    misses: plan({ ...two, extra: { errored: true } }),
  },
  {
    rule: 'outputs-only',
    fires: plan({ ...two, outputs: { url: output('a', 'b') } }),
    misses: plan({ ...two, outputs: { url: output('a', 'b') }, changes: [creates(machine)] }),
    says: [/`url`/],
  },
  {
    rule: 'tags-only',
    fires: plan({ ...two, changes: [updates(machine, instance(), { tags: { Name: 'x' }, tags_all: { Name: 'x' } })] }),
    misses: plan({ ...two, changes: [updates(machine, instance(), { tags: { Name: 'x' }, monitoring: true })] }),
    says: [/only tags and descriptions change/],
  },
  {
    rule: 'plan-blocked',
    fires: plan({ ...two, extra: { errored: true, applyable: false } }),
    misses: plan({ ...two, extra: { applyable: false } }),
    says: [/Terraform refuses this plan: `prevent_destroy` protects `data-1's volume`/],
    diagnostics: JSON.stringify({
      type: 'diagnostic',
      diagnostic: {
        severity: 'error',
        summary: 'Instance cannot be destroyed',
        detail:
          'Resource aws_ebs_volume.paas_data["data-1"] has lifecycle.prevent_destroy set, but the plan calls for it to be destroyed.',
      },
    }),
  },
  {
    rule: 'generic-review',
    fires: plan({ changes: [creates(machine)] }),
    misses: plan({ ...two, changes: [creates(machine)] }),
  },
  {
    rule: 'resource-forgotten',
    fires: plan({
      changes: [acts(machine, ['forget'], { before: instance(), reason: 'delete_because_no_resource_config' })],
    }),
    misses: plan({ changes: [deletes(machine, instance())] }),
    says: [/destroys nothing/],
  },
  {
    rule: 'resource-left-over',
    fires: plan({ changes: [deletes(machine, instance(), { extra: { deposed: 'abcd1234' } })] }),
    misses: plan({ changes: [deletes(machine, instance())] }),
  },
  {
    rule: 'resource-imported',
    fires: plan({ changes: [keeps(machine, instance(), { change: { importing: { id: 'i-1' } } })] }),
    misses: plan({ changes: [keeps(machine, instance())] }),
  },
  {
    rule: 'resource-moved',
    fires: plan({ changes: [keeps(machine, instance(), { extra: { previous_address: 'aws_instance.old' } })] }),
    misses: plan({ changes: [keeps(machine, instance(), { extra: { previous_address: machine } })] }),
  },
  {
    rule: 'check-failed',
    fires: plan({
      extra: {
        checks: [
          {
            address: { to_display: 'check.up' },
            status: 'fail',
            instances: [{ problems: [{ message: 'it is down' }] }],
          },
        ],
      },
    }),
    misses: plan({ extra: { checks: [{ address: { to_display: 'check.up' }, status: 'unknown' }] } }),
    says: [/`check\.up` fails: `it is down`/],
  },
  {
    rule: 'secret-in-plain',
    fires: plan({ ...two, changes: [db, inUserData('#!/bin/sh\nmysql -pTr0ub4dor-and-3\n')] }),
    misses: plan({ ...two, changes: [db, inUserData('#!/bin/sh\nmysql\n')] }),
    says: [/`user_data_base64` of `aws_instance\.web` holds a secret/],
  },
  {
    // What stood there before is no news of this plan.
    rule: 'secret-in-plain',
    fires: plan({ changes: [db], outputs: { dsn: output(null, 'mysql://root:Tr0ub4dor-and-3@db') } }),
    misses: plan({
      changes: [db],
      outputs: { dsn: output('mysql://root:Tr0ub4dor-and-3@db', 'mysql://root:Tr0ub4dor-and-3@db') },
    }),
    says: [/output `dsn`/],
  },
];
