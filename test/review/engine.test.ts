import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { redactPlan, renderJson, renderMarkdown, renderText, reviewPlan } from '../../lib/review';
import { absent } from '../programs';
import { manifest } from './fixtures';

/** Plans that Terraform itself made, of its built-in resource: no provider, no network. */
const root = mkdtempSync(join(tmpdir(), 'review-'));
after(() => rmSync(root, { recursive: true, force: true }));

const env = {
  ...process.env,
  CHECKPOINT_DISABLE: '1',
  TF_CLI_CONFIG_FILE: '/dev/null',
  TF_IN_AUTOMATION: '1',
  TF_WORKSPACE: '',
};
delete (env as Record<string, string | undefined>)['TF_WORKSPACE'];

function terraform(folder: string, ...args: string[]) {
  const { status, stdout, stderr } = spawnSync('terraform', args, {
    cwd: folder,
    env,
    encoding: 'utf8',
    timeout: 60_000,
  });
  return { status, stdout, stderr };
}

/** Applies the first configuration and plans the second. */
function planned(
  name: string,
  first: object,
  second: object,
): { plan: Record<string, unknown>; log: string; status: number | null } {
  const folder = mkdtempSync(join(root, `${name}-`));
  const write = (configuration: object) => writeFileSync(join(folder, 'main.tf.json'), JSON.stringify(configuration));
  write(first);
  assert.equal(terraform(folder, 'init', '-input=false').status, 0);
  const applied = terraform(folder, 'apply', '-auto-approve', '-input=false');
  assert.equal(applied.status, 0, applied.stderr);
  write(second);
  const { status, stdout: log } = terraform(folder, 'plan', '-json', '-input=false', '-out', 'plan.bin');
  const shown = terraform(folder, 'show', '-json', 'plan.bin');
  assert.equal(shown.status, 0, shown.stderr);
  return { plan: JSON.parse(shown.stdout), log, status };
}

const secret = 'hunter2-and-then-some';
const base = (more: { version: string; protect: boolean; deas: number }) => ({
  variable: { pw: { type: 'string', sensitive: true, default: secret } },
  resource: {
    terraform_data: {
      core: { input: '${var.pw}', triggers_replace: [more.version], lifecycle: { prevent_destroy: more.protect } },
      leaf: { for_each: { a: 1, b: 2 }, input: '${each.key}', triggers_replace: ['${terraform_data.core.id}'] },
      triggered: { lifecycle: { replace_triggered_by: ['terraform_data.core'] }, input: '${terraform_data.core.id}' },
    },
  },
  output: { stackato_manifest: { value: manifest({ deas: more.deas }) } },
});

test('a plan that prevent_destroy stopped is reviewed, with the reason', { skip: absent('terraform') }, () => {
  const made = planned(
    'blocked',
    base({ version: '1', protect: false, deas: 2 }),
    base({ version: '2', protect: true, deas: 2 }),
  );
  assert.equal(made.status, 1);
  const review = reviewPlan(made.plan, { diagnostics: made.log });
  assert.equal(review.exit, 1);
  assert.match(review.verdict.words, /^Terraform refuses this plan/);
  assert.match(renderText(review), /prevent_destroy protects terraform_data\.core/);
  assert.equal(review.causes[0]?.statement, '`triggers_replace`: `["1"]` → `["2"]`');
});

test('one cause and its four consequences, in a plan of Terraform itself', { skip: absent('terraform') }, () => {
  const { plan } = planned(
    'causes',
    base({ version: '1', protect: false, deas: 2 }),
    base({ version: '2', protect: false, deas: 2 }),
  );
  const { causes } = reviewPlan(plan);
  assert.equal(causes.length, 1, JSON.stringify(causes));
  assert.deepEqual(causes[0]?.subjects, ['terraform_data.core']);
  assert.deepEqual(
    causes[0]?.consequences.map((c) => c.address),
    ['terraform_data.leaf["a"]', 'terraform_data.leaf["b"]', 'terraform_data.triggered'],
  );
});

test('sensitive values of a real plan are in no output, not even as the unmarked copy', {
  skip: absent('terraform'),
}, () => {
  const { plan } = planned(
    'secret',
    base({ version: '1', protect: false, deas: 2 }),
    base({ version: '2', protect: false, deas: 2 }),
  );
  assert.ok(JSON.stringify(plan).includes(secret), 'the plan itself holds it');
  const review = reviewPlan(plan);
  for (const text of [
    renderMarkdown(review),
    renderText(review),
    renderJson(review),
    JSON.stringify(redactPlan(plan)),
  ]) {
    assert.ok(!text.includes(secret));
  }
});

test('a plan that changes only the output still names nodes', { skip: absent('terraform') }, () => {
  const { plan, status } = planned(
    'outputs',
    base({ version: '1', protect: false, deas: 2 }),
    base({ version: '1', protect: false, deas: 3 }),
  );
  assert.equal(status, 0);
  const review = reviewPlan(plan);
  assert.equal(review.cosmetic, true);
  assert.deepEqual(review.counts.outputs, 1);
  assert.ok(review.findings.some((f) => f.rule === 'outputs-only'));
  assert.equal(review.cluster?.name, 'mvp');
});
