import assert from 'node:assert/strict';
import { test } from 'node:test';
import { InputError } from '../../lib/base/input';
import { parsePlan, reviewPlan } from '../../lib/review';
import { readPlan } from '../../lib/review/plan/plan';
import { acts, creates, deletes, keeps, manifest, output, plan, replaces } from './fixtures';
import { instance } from './resources';

const foreign: Record<string, [content: string, says: RegExp]> = {
  empty: ['', /is empty; write terraform show -json/],
  'a binary plan file': ['PK\u0003\u0004…', /is a binary plan file/],
  'not JSON': ['Terraform will perform', /is not JSON/],
  'a list': ['[]', /is not a plan/],
  'the log of plan -json': ['{"@level":"info","@message":"x"}\n{"@level":"info"}', /--diagnostics/],
  'one line of that log': ['{"@level":"info","type":"version"}', /--diagnostics/],
  'a state file': ['{"version":4,"serial":1,"lineage":"x","resources":[]}', /is a state, not a plan/],
  'a shown state': ['{"format_version":"1.0","terraform_version":"1.11.4","values":{}}', /is a state, not a plan/],
  'a configuration': ['{"terraform":{},"resource":{}}', /is a configuration/],
  'something else': ['{"name":"x"}', /is not a plan/],
  'another major version': ['{"format_version":"2.0","resource_changes":[]}', /reads 1\.x/],
};

for (const [what, [content, says]] of Object.entries(foreign)) {
  test(`refuses ${what} and says what to do`, () => {
    assert.throws(
      () => parsePlan(content, 'plan.json'),
      (error) => error instanceof InputError && says.test(error.message),
    );
  });
}

test('reads a plan of OpenTofu: no applyable, no complete, its own version', () => {
  const {
    applyable: _a,
    complete: _c,
    ...tofu
  } = plan({ before: manifest(), after: manifest({ deas: 3 }), changes: [creates('aws_instance.paas_dea["dea-3"]')] });
  const review = reviewPlan({ ...tofu, terraform_version: '1.12.6' });
  assert.equal(review.verdict.words, 'safe to apply');
  assert.equal(review.engine.version, '1.12.6');
});

test('reads a newer minor version, unknown keys and unknown actions', () => {
  const review = reviewPlan({
    ...plan({ changes: [acts('a.b', ['open'], {}), acts('c.d', ['create', 'forget'], { before: {}, after: {} })] }),
    format_version: '1.9',
    action_invocations: [{}],
    resource_changes_of_tomorrow: 1,
  });
  assert.deepEqual(review.resources.map((r) => r.kind).sort(), ['create', 'other']);
});

test('reads the intact parts of a broken plan', () => {
  for (const broken of [
    { resource_changes: [null, 1, {}, { change: { actions: 'x' } }] },
    { resource_changes: { a: 1 } },
    {
      output_changes: {
        stackato_manifest: {
          actions: ['update'],
          before: { schema: 1, nodes: { a: null, b: {} } },
          after: { schema: 1, nodes: [] },
        },
      },
    },
    { configuration: { root_module: { resources: [null], module_calls: { a: 1 } } } },
    { checks: 3, prior_state: [] },
  ]) {
    assert.ok(reviewPlan({ ...plan({}), ...broken }).verdict.words.length > 0, JSON.stringify(broken));
  }
});

test('the manifest: from the change, else from the state and the planned outputs', () => {
  const value = (m: unknown) => ({ outputs: { stackato_manifest: { value: m } } });
  const unchanged = readPlan({
    ...plan({}),
    prior_state: { values: value(manifest()) },
    planned_values: value(manifest({ deas: 3 })),
  });
  assert.equal(Object.keys(unchanged.before?.nodes ?? {}).length, 4);
  assert.equal(Object.keys(unchanged.after?.nodes ?? {}).length, 5);
  assert.equal(unchanged.afterPath, 'planned_values.outputs.stackato_manifest.value');
  assert.equal(readPlan(plan({ before: { ...manifest(), schema: 2 } as never, after: null })).before, undefined);
});

test('a cluster older than its manifest: existing nodes are not new', () => {
  const review = reviewPlan(
    plan({
      before: null,
      after: manifest(),
      changes: [keeps('aws_instance.paas_core', instance()), creates('aws_instance.paas_dea["dea-2"]')],
    }),
  );
  assert.deepEqual(
    review.findings.filter((f) => f.rule === 'dea-added').map((f) => f.nodes),
    [['dea-2']],
  );
});

test('counts import, move, forget and leftover resources separately', () => {
  const review = reviewPlan(
    plan({
      changes: [
        creates('a.new'),
        deletes('a.old', {}),
        deletes('a.left', {}, { extra: { deposed: 'ffff' } }),
        acts('a.gone', ['forget'], { before: {} }),
        keeps('a.taken', {}, { change: { importing: { id: 'x' } } }),
        keeps('a.moved', {}, { extra: { previous_address: 'a.was' } }),
        replaces('a.again', { x: 1 }, { x: 2 }),
        acts('data.a.b', ['read'], { after: {} }),
      ],
      outputs: { o: output(1, 2) },
    }),
  );
  assert.deepEqual(review.counts, {
    create: 1,
    update: 0,
    replace: 1,
    delete: 1,
    forget: 1,
    import: 1,
    move: 1,
    leftOver: 1,
    outputs: 1,
  });
});

test('exit codes: fine, refused, blocked; the caller chooses what blocks', () => {
  const loss = [deletes('aws_ebs_volume.v', { final_snapshot: false })];
  assert.equal(reviewPlan(plan({ changes: [creates('a.b')] })).exit, 0);
  assert.equal(reviewPlan(plan({ extra: { errored: true } })).exit, 1);
  assert.equal(reviewPlan(plan({ changes: loss })).exit, 3);
  assert.equal(reviewPlan(plan({ changes: loss, extra: { errored: true } })).exit, 3);
  const tolerant = reviewPlan(plan({ changes: loss }), { failOn: ['outage'] });
  assert.equal(tolerant.exit, 0);
  assert.equal(tolerant.verdict.words, 'DATA LOSS, not blocked');
  assert.equal(tolerant.verdict.level, 'attention');
  assert.equal(reviewPlan(plan({ changes: [creates('a.b')] }), { failOn: ['info'] }).exit, 3);
  assert.throws(() => reviewPlan(plan({}), { failOn: ['outrage' as never] }), /did you mean "outage"/);
});

test('cosmetic: tags and outputs only', () => {
  assert.equal(reviewPlan(plan({ outputs: { o: output(1, 2) } })).cosmetic, true);
  assert.equal(reviewPlan(plan({ changes: [creates('a.b')] })).cosmetic, false);
  assert.equal(reviewPlan(plan({})).cosmetic, false);
});
