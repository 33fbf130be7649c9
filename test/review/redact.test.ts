import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { redactPlan, renderJson, renderMarkdown, renderText, reviewPlan } from '../../lib/review';
import { createRedactor, MASK } from '../../lib/review/redact/redact';
import { creates, keeps, manifest, output, plan, replaces, updates } from './fixtures';
import { database, databaseMarks } from './resources';
import { workOf } from './work';

/** Marks a value in a plan, so that the redactor learns it. */
const knows = (...values: unknown[]) =>
  keeps(
    'terraform_data.vault',
    { input: values },
    { beforeSensitive: { input: true }, afterSensitive: { input: true } },
  );

function everything(planJson: Record<string, unknown>): string {
  const review = reviewPlan(planJson, {
    diagnostics: JSON.stringify({ diagnostic: { severity: 'error', summary: 's', detail: JSON.stringify(planJson) } }),
  });
  return [
    renderMarkdown(review),
    renderText(review, { full: true }),
    renderJson(review),
    JSON.stringify(redactPlan(planJson)),
  ].join('\n');
}

test('a marked string appears in no output, at any place and in any encoding', () => {
  // Words of ours would be found in our own sentences; what a plan holds is what this is about.
  const ours = everything(plan({ ...everywhere('\u0000'), changes: [...everywhere('\u0000').changes, knows('')] }));
  const secret = fc
    .string({ minLength: 4, maxLength: 40, unit: 'grapheme-ascii' })
    .filter((s) => /[a-z0-9]/i.test(s) && s.trim() === s && !ours.includes(s) && !/^(true|false|null|none)$/.test(s))
    // Escapes of Markdown and JSON could spell a secret that is made of them.
    .filter((s) => !/[\\&;#]/.test(s));
  fc.assert(
    fc.property(secret, (s) => {
      const text = everything(plan({ ...everywhere(s), changes: [...everywhere(s).changes, knows(s)] }));
      assert.ok(!text.includes(s), `${s} is in\n${text.split('\n').find((line) => line.includes(s))}`);
      const encoded = Buffer.from(s).toString('base64');
      assert.ok(!text.includes(encoded), 'as base64');
      assert.ok(!text.includes(Buffer.from(`user=root;${s}`).toString('base64')), 'inside base64');
    }),
    { numRuns: 150 },
  );
});

/** A plan that holds the word in every sort of place, none of them marked. */
function everywhere(s: string) {
  const sub = `jdbc:mysql://root:${s}@db/x`;
  const config = {
    before: manifest(),
    after: manifest({ more: { config: { cluster: { note: s, [s]: sub } }, hostname: `${s}.example.com` } }),
  };
  return {
    ...config,
    outputs: { plain: output(null, { [s]: [sub] }) },
    extra: {
      prior_state: {
        values: { root_module: { child_modules: [{ resources: [{ address: 'a.b', values: { x: s, [s]: 1 } }] }] } },
      },
      planned_values: { outputs: { o: { value: sub } } },
      checks: [
        { address: { to_display: `check.${s}` }, status: 'fail', instances: [{ problems: [{ message: sub }] }] },
      ],
      resource_drift: [updates('aws_instance.y', { key: 'a' }, { key: s })],
    },
    changes: [
      replaces('aws_instance.paas_dea["dea-1"]', { ami: s, x: [s] }, { ami: sub }),
      replaces('aws_ebs_volume.v', { id: s, size: 1, final_snapshot: false, snapshot_id: '' }, { snapshot_id: s }),
      replaces(
        'aws_db_instance.d',
        database({ identifier: s, skip_final_snapshot: false, final_snapshot_identifier: s }),
        { availability_zone: s },
      ),
      updates('aws_instance.z', { instance_type: 'a' }, { instance_type: s, user_data: sub, tags: { [s]: s } }),
      creates('aws_security_group.g', {
        ingress: [{ protocol: 'tcp', from_port: 22, to_port: 22, cidr_blocks: ['0.0.0.0/0'], description: s }],
      }),
      creates('x.y', {
        note: Buffer.from(s).toString('base64'),
        long: Buffer.from(`user=root;${s}`).toString('base64'),
        json: JSON.stringify({ p: s }),
      }),
    ],
  };
}

test('masks a computed copy of a secret that has no mark', () => {
  const leak = keeps(
    'terraform_data.a',
    { input: 'hunter2-secret', output: 'hunter2-secret' },
    { beforeSensitive: { input: true }, afterSensitive: { input: true } },
  );
  assert.ok(!JSON.stringify(redactPlan(plan({ changes: [leak] }))).includes('hunter2-secret'));
});

test('sensitive variables, their defaults, sensitive outputs, credentials in a provider block', () => {
  const redacted = JSON.stringify(
    redactPlan({
      ...plan({}),
      variables: { pw: { value: 'value-of-variable' } },
      output_changes: { o: { ...output('old-output', 'new-output'), before_sensitive: true, after_sensitive: true } },
      configuration: {
        provider_config: {
          aws: {
            expressions: { secret_key: { constant_value: 'key-in-provider' }, region: { constant_value: 'us-west-2' } },
          },
        },
        root_module: {
          variables: { pw: { default: 'default-of-variable', sensitive: true } },
          resources: [
            {
              address: 'aws_db_instance.d',
              expressions: {
                password: { constant_value: 'short' },
                tags: { constant_value: { a: 'value-of-variable' } },
              },
            },
          ],
        },
      },
    }),
  );
  for (const secret of [
    'value-of-variable',
    'default-of-variable',
    'old-output',
    'new-output',
    'key-in-provider',
    'short',
  ]) {
    assert.ok(!redacted.includes(secret), secret);
  }
  assert.ok(redacted.includes('us-west-2'));
});

test('keeps references to secrets, ordinary words and short strings', () => {
  const redacted = redactPlan(
    plan({
      changes: [
        knows('true', 'abc', '----', 'Tr0ub4dor'),
        creates('aws_instance.x', { secret_arn: 'arn:aws:secretsmanager:x', flag: 'true', abc: 'abc', line: '-----' }),
      ],
    }),
  );
  const text = JSON.stringify(redacted['resource_changes']);
  for (const kept of ['arn:aws:secretsmanager:x', '"flag":"true"', '"abc":"abc"', '-----'])
    assert.ok(text.includes(kept), kept);
});

test('a redacted plan can still be reviewed, with the same findings', () => {
  const original = plan({
    before: manifest(),
    after: manifest(),
    changes: [replaces('aws_db_instance.paas_apps', database(), { storage_encrypted: true }, databaseMarks)],
  });
  const ids = (planJson: unknown) => reviewPlan(planJson).findings.map((f) => f.id);
  assert.deepEqual(ids(redactPlan(original)), ids(original));
});

test('user data is never shown, marked or not', () => {
  const planJson = plan({
    changes: [replaces('aws_instance.x', { user_data: 'IyEvYmluL3No' }, { user_data: 'IyEvYmluL2Jhc2g' })],
  });
  const review = reviewPlan(planJson);
  const text = [
    renderMarkdown(review),
    renderText(review),
    renderJson(review),
    JSON.stringify(redactPlan(planJson)),
  ].join();
  assert.ok(!text.includes('IyEvYmlu'));
});

test('overlapping secrets are masked whole', () => {
  const redactor = createRedactor(plan({ changes: [knows('abcdef', 'defghi')] }));
  assert.equal(redactor.text('x abcdefghi y'), `x ${MASK} y`);
});

test('the cost of secrets grows with their number, not with its square', () => {
  const work = (count: number) => {
    const many = Array.from({ length: count }, (_, i) => `secret-number-${i}`);
    const secrets = plan({ changes: [knows(...many)] });
    const load = () => require('../../lib/review/redact/redact') as typeof import('../../lib/review/redact/redact');
    return workOf(load, (lib) => {
      const text = lib.createRedactor(secrets).text(`a ${many.join(' ')} b`);
      assert.equal(text.includes('secret-number'), false);
    });
  };
  const [few, many] = [work(250), work(2_000)];
  assert.ok(many < 12 * few, `${many} / ${few}; squared it would be 64`);
});
