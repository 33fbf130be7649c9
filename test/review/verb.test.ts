import assert from 'node:assert/strict';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { type ReviewVerbOptions, run } from '../../bin/verbs/review';
import { ToolError } from '../../lib/base/input';
import type { Io } from '../../lib/base/voice';
import { creates, deletes, manifest, plan } from './fixtures';
import { volume } from './resources';

const folder = mkdtempSync(join(tmpdir(), 'review-verb-'));
after(() => rmSync(folder, { recursive: true, force: true }));

const same = (text: string | number | null | undefined) => String(text);
const color = { bold: same, dim: same, red: same, green: same, yellow: same, cyan: same };

async function call(planJson: unknown, options: ReviewVerbOptions = {}, json = false) {
  const file = join(folder, 'plan.json');
  writeFileSync(file, typeof planJson === 'string' ? planJson : JSON.stringify(planJson));
  const said = { out: '', err: '' };
  const io: Io = {
    out: (text) => {
      said.out += `${text}\n`;
    },
    err: (text) => {
      said.err += `${text}\n`;
    },
    json,
    color,
    step: () => assert.fail('a review takes no time'),
    signal: new AbortController().signal,
  };
  const exit = await run([], { plan: file, ...options }, io);
  return { exit, ...said };
}

const safe = plan({ changes: [creates('a.b')] });
const loss = plan({ changes: [deletes('aws_ebs_volume.v', volume())] });

test('exit codes: 0 fine, 2 changes with --detailed-exitcode, 3 blocked, 1 refused', async () => {
  assert.equal((await call(safe)).exit, 0);
  assert.equal((await call(safe, { detailedExitcode: true })).exit, 2);
  assert.equal((await call(plan({}), { detailedExitcode: true })).exit, 0);
  assert.equal((await call(loss, { detailedExitcode: true })).exit, 3);
  assert.equal((await call(loss, { failOn: 'outage,security' })).exit, 0);
  assert.equal((await call(loss, { failOn: 'none' })).exit, 0);
});

test('--fail-on: one severity is a threshold, a list is taken as it is', async () => {
  const grown = plan({
    before: manifest(),
    after: manifest({ deas: 3 }),
    changes: [creates('aws_instance.paas_dea["dea-3"]')],
  });
  assert.equal((await call(loss, { failOn: 'data-loss' })).exit, 3);
  assert.equal((await call(loss, { failOn: 'outage' })).exit, 3, 'data loss is above outage');
  assert.equal((await call(loss, { failOn: 'info' })).exit, 3);
  assert.equal((await call(loss, { failOn: 'outage,capacity' })).exit, 0);
  assert.equal((await call(grown, { failOn: 'security' })).exit, 0, 'capacity is below security');
  assert.equal((await call(grown, { failOn: 'capacity' })).exit, 3);
});

test('--full lists every resource instead of only counts', async () => {
  assert.doesNotMatch((await call(loss)).out, /^ {2}delete {2}aws_ebs_volume\.v$/m);
  assert.match((await call(loss, { full: true })).out, /^ {2}delete {2}aws_ebs_volume\.v$/m);
});

test('a plan that Terraform refuses is exit 1 if nothing blocks it', async () => {
  assert.equal((await call(plan({ extra: { errored: true } }))).exit, 1);
});

test('formats: text, Markdown, JSON; --json alone is JSON', async () => {
  assert.match((await call(loss)).out, /^Terraform plan: DATA LOSS, blocked/);
  assert.match((await call(loss, { format: 'md' })).out, /^## ⛔/);
  assert.equal(JSON.parse((await call(loss, { format: 'json' })).out).exit, 3);
  assert.equal(JSON.parse((await call(loss, {}, true)).out).exit, 3);
});

test('--out writes the file whole and says so on standard error', async () => {
  const out = join(folder, 'new', 'review.md');
  const said = await call(loss, { format: 'md', out });
  assert.equal(said.out, '');
  assert.match(said.err, /DATA LOSS, blocked; written to/);
  assert.match(readFileSync(out, 'utf8'), /^## ⛔/);
  assert.deepEqual(readdirSync(join(folder, 'new')), ['review.md']);
});

test('errors say what to write', async () => {
  await assert.rejects(call(safe, { plan: undefined }), /--plan: required; write/);
  await assert.rejects(call(safe, { format: 'jsn' }), /did you mean "json"/);
  await assert.rejects(call(safe, { failOn: 'data-los' }), /did you mean "data-loss"/);
  await assert.rejects(call(safe, { plan: join(folder, 'none.json') }), /no such file/);
  for (const failOn of ['', ' , ', ','])
    await assert.rejects(call(loss, { failOn }), /--fail-on: names no severity; write some of data-loss, .*, or none/);
  await assert.rejects(call(safe, { format: 'md' }, true), /--json asks for json, not md/);
  const missing = await call(safe, { diagnostics: join(folder, 'none.json') }).catch((error: ToolError) => error);
  assert.equal(missing instanceof ToolError && missing.next, 'terraform plan -out plan.bin -json > plan.log.json');
  await assert.rejects(call('{"serial":1,"lineage":"x"}'), /is a state, not a plan/);
});
