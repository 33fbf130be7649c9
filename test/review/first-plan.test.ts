import assert from 'node:assert/strict';
import { it } from 'node:test';
import { reviewPlan } from '../../lib/review';

it('treats a first plan as a new cluster, although its prior state holds planned outputs', () => {
  const manifest = {
    schema: 1,
    cluster: 'mvp',
    nodes: { 'dea-1': { pool: 'dea', roles: ['dea'], resource: 'aws_instance.dea["dea-1"]' } },
    databases: {},
    rules: [],
    config: {},
    groups: {},
  };
  const review = reviewPlan({
    format_version: '1.2',
    terraform_version: '1.11.4',
    resource_changes: [
      {
        address: 'aws_instance.dea["dea-1"]',
        mode: 'managed',
        type: 'aws_instance',
        name: 'dea',
        change: { actions: ['create'], before: null, after: {} },
      },
    ],
    output_changes: { stackato_manifest: { actions: ['create'], before: null, after: manifest } },
    prior_state: { values: { outputs: { stackato_manifest: { value: manifest, sensitive: false } }, root_module: {} } },
  });
  assert.ok(
    review.findings.some((f) => f.rule === 'first-deployment'),
    review.findings.map((f) => f.rule).join(' '),
  );
  assert.ok(!review.findings.some((f) => f.rule === 'dea-added'));
});
