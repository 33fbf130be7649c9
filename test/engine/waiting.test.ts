import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { secondPlanText, waitingChanges, waitingLines } from '../../lib/engine/waiting';

type Values = Readonly<Record<string, unknown>>;
const before: Values = {
  identifier: 'mvp-apps',
  instance_class: 'db.t3.medium',
  engine_version: '8.0',
  multi_az: false,
  apply_immediately: null,
  maintenance_window: 'sun:09:00-sun:09:30',
  tags: { Name: 'mvp-apps' },
  publicly_accessible: false,
};
const plan = (after: Values, more: Values = {}, type = 'aws_db_instance', actions = ['update']) => ({
  resource_changes: [
    {
      type,
      address: `${type}.mvp_database-apps_instance_DD8E67B5`,
      change: { actions, before, after: { ...before, ...after }, after_unknown: { tags: {}, replicas: [] }, ...more },
    },
  ],
});

describe('a change that RDS puts off', () => {
  it('waits for the maintenance window, which is said', () => {
    const waiting = waitingChanges(plan({ instance_class: 'db.m5.large', multi_az: true }));
    assert.deepEqual(waitingLines(waiting, 'mvp'), [
      'database apps instance: instance_class db.t3.medium → db.m5.large, multi_az false → true, waits for its maintenance window (sun:09:00-sun:09:30 UTC)',
    ]);
    assert.equal(secondPlanText(waiting), '1 change waits, nothing else');
    assert.equal(secondPlanText([...waiting, ...waiting]), '2 changes wait, nothing else');
    assert.equal(secondPlanText([]), 'empty');
  });
  const others: readonly (readonly [what: string, json: Values])[] = [
    ['what RDS does at once', plan({ publicly_accessible: true })],
    ['both together', plan({ instance_class: 'db.m5.large', tags: {} })],
    ['what is to be done at once', plan({ instance_class: 'db.m5.large', apply_immediately: true })],
    ['what is not known', plan({ instance_class: 'db.m5.large' }, { after_unknown: { address: true } })],
    ['a replacement', plan({ instance_class: 'db.m5.large' }, {}, 'aws_db_instance', ['delete', 'create'])],
    ['another resource', plan({ instance_class: 'db.m5.large' }, {}, 'aws_instance')],
    ['an update without a difference', plan({})],
    ['no plan at all', {}],
  ];
  for (const [what, json] of others) it(`is not ${what}`, () => assert.deepEqual(waitingChanges(json), []));
});
