import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { stateFacts } from '../../lib/engine/orphans';

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
