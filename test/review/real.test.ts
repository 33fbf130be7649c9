import assert from 'node:assert/strict';
import { readFileSync, statSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { test } from 'node:test';
import { renderMarkdown, renderText, reviewPlan } from '../../lib/review';

/**
 * Plans of our own AWS stack (the MVP) that Terraform and its AWS provider made against a practice cloud, reduced to what
 * a review reads. `REFRESH_GOLDENS=1` writes the reviews anew: read the difference before you keep it.
 */
const folder = resolve(__dirname, '../../../test/review/real');

interface Real {
  readonly plan: Record<string, unknown>;
  readonly diagnostics: readonly unknown[];
}

function real(name: string) {
  const { plan, diagnostics } = JSON.parse(readFileSync(join(folder, `${name}.json`), 'utf8')) as Real;
  return { plan, review: reviewPlan(plan, { diagnostics: diagnostics.map((d) => JSON.stringify(d)).join('\n') }) };
}

for (const name of ['another-key', 'core-image', 'dea-image']) {
  test(`review of a real plan: ${name}`, () => {
    const { review } = real(name);
    for (const [file, text] of [
      [`${name}.md`, renderMarkdown(review)],
      [`${name}.txt`, renderText(review)],
    ] as const) {
      const path = join(folder, file);
      if (process.env['REFRESH_GOLDENS'] === '1') writeFileSync(path, text);
      assert.equal(text, readFileSync(path, 'utf8'), `${file} differs; REFRESH_GOLDENS=1 writes it anew`);
    }
    assert.ok(statSync(join(folder, `${name}.json`)).size < 60 * 1024);
  });
}

test('every node, volume and database of the manifest is a resource of the plan', () => {
  const { plan, review } = real('another-key');
  const known = new Set((plan['resource_changes'] as { address: string }[]).map((change) => change.address));
  const names = review.names.filter(({ name }) => !name.startsWith('security group'));
  assert.deepEqual(names.map(({ name }) => name).sort(), [
    'core',
    "core's volume",
    'data-1',
    "data-1's volume",
    'database apps',
    'dea-1',
    'dea-2',
  ]);
  for (const { address } of names) assert.ok(known.has(address), address);
});

test('another key: the first screens show what, who, how long and what to do, with the names that operators use', () => {
  const lines = renderText(real('another-key').review).split('\n');
  assert.ok(lines.length <= 61, `${lines.length} lines`);
  const evidence = lines.indexOf('evidence in the plan');
  const shown = lines.slice(0, evidence).filter((line) => !line.startsWith('     '));
  for (const line of shown) assert.doesNotMatch(line, /aws_\w+\./);
  assert.ok(lines.findIndex((line) => line.startsWith('Who')) < 30);
  assert.ok(lines.slice(evidence).filter((line) => line.includes('resource_changes')).length <= 10);
  assert.ok(lines.some((line) => /^\(1\) root_block_device\[0\]\.kms_key_id: key\/\S+ → key\/1{8}/.test(line)));
  assert.ok(lines.some((line) => /on core, data-1: stop the services/.test(line)));
});

test('the full text has every address and all evidence', () => {
  const { review } = real('another-key');
  const text = renderText(review, { full: true });
  for (const { address } of review.resources) assert.ok(text.includes(address), address);
  for (const fact of review.findings.flatMap((f) => f.evidence)) assert.ok(text.includes(fact.path), fact.path);
});

test('core image: the database of the Cloud Controller is lost, its address stays, and all nodes wait', () => {
  const { review } = real('core-image');
  const lost = review.findings.find((f) => f.rule === 'node-data-lost');
  assert.match(lost?.statement ?? '', /users, organizations, spaces, apps/);
  assert.doesNotMatch(lost?.statement ?? '', /droplets/, 'these are on the volume');
  const replaced = review.findings.find((f) => f.rule === 'core-replaced');
  assert.match(replaced?.consequences.join('\n') ?? '', /its address stays `10\.0\.0\.10`/);
  const who = new Set(review.impacts.map((impact) => impact.who));
  assert.deepEqual([...who], ['apps on DEAs', 'app traffic', 'deploys, API, console', 'other nodes']);
  assert.ok(review.impacts.every((impact) => impact.howLong !== ''));
});

test('values that a refresh fills in are not drift; a rule opened by hand is', () => {
  const { plan, review } = real('dea-image');
  const entries = plan['resource_drift'] as {
    address: string;
    type: string;
    change: { after: Record<string, unknown>; before: Record<string, unknown> };
  }[];
  assert.ok(entries.length >= 15);
  assert.deepEqual(
    review.findings.filter((f) => f.rule.startsWith('drift')),
    [],
  );
  const opened = structuredClone(plan);
  const group = (opened['resource_drift'] as typeof entries).find(
    (e) => e.type === 'aws_security_group' && /core/.test(e.address),
  )!;
  const [first] = group.change.after['ingress'] as object[];
  (group.change.after['ingress'] as object[]).push({ ...first, from_port: 22, to_port: 22 });
  const found = reviewPlan(opened).findings.filter((f) => f.rule === 'drift-opened');
  assert.deepEqual(
    found.map((f) => f.statement),
    ['`security group of core`: `22/tcp` is open to `0.0.0.0/0`, but not declared'],
  );
});
