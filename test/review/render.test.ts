import assert from 'node:assert/strict';
import { test } from 'node:test';
import { renderJson, renderMarkdown, renderText, reviewPlan } from '../../lib/review';
import { creates, deletes, keeps, manifest, plan, replaces, updates } from './fixtures';
import { database, databaseMarks, ingress, volume } from './resources';
import { workOf } from './work';

const volumes = (n: number) =>
  Array.from({ length: n }, (_, i) => replaces(`aws_ebs_volume.v["${i}"]`, volume(), { encrypted: true }));

test('a value of a plan can neither ping, link, open a tag nor break a fence or a table', () => {
  const evil = '@team #123 <img src=x> ```\n| `code` | https://evil.example www.evil.example GH-7 *b* [a](b)';
  const review = reviewPlan(
    plan({
      before: null,
      after: manifest({ more: { cluster: evil, hostname: evil, version: evil } }),
      changes: [deletes(`aws_ebs_volume.x["${evil}"]`, volume({ id: evil })), creates('a.b', { x: evil })],
      extra: {
        checks: [{ address: { to_display: evil }, status: 'fail', instances: [{ problems: [{ message: evil }] }] }],
      },
    }),
    { diagnostics: JSON.stringify({ diagnostic: { severity: 'error', summary: evil, detail: evil } }) },
  );
  const markdown = renderMarkdown(review);
  let fence = '';
  for (const line of markdown.split('\n')) {
    const tick = /^(`{3,})/.exec(line)?.[1];
    if (tick && (fence === '' || tick === fence)) {
      fence = fence === '' ? tick : '';
      continue;
    }
    if (fence !== '') continue;
    const outside = line.replaceAll('&#8203;', '\u200b').replace(/(`+)(?!`)[\s\S]*?[^`]\1(?!`)/g, '');
    assert.doesNotMatch(outside, /@\w|#\d|GH-\d|:\/\/|www\.\w|[^\\]<img/, line);
  }
  assert.equal(fence, '', 'every fence is closed');
});

test('a comment is never longer than the limit and always shows the worst findings', () => {
  for (const [n, maxBytes] of [
    [1, 2000],
    [200, 60_000],
    [200, 4000],
    [3000, 20_000],
  ] as const) {
    const markdown = renderMarkdown(reviewPlan(plan({ changes: volumes(n) })), { maxBytes });
    assert.ok(Buffer.byteLength(markdown) <= maxBytes, `${n} volumes: ${Buffer.byteLength(markdown)} of ${maxBytes}`);
    assert.match(markdown, /DATA LOSS, blocked/);
    assert.equal((markdown.match(/<details>/g) ?? []).length, (markdown.match(/<\/details>/g) ?? []).length);
  }
});

test('names the parts left out to fit, least important first', () => {
  const many = Array.from({ length: 500 }, (_, i) => creates(`aws_instance.n["${i}"]`));
  const review = reviewPlan(plan({ before: manifest(), after: manifest(), changes: [...volumes(1), ...many] }));
  const whole = renderMarkdown(review, { maxBytes: 1_000_000 });
  assert.match(whole, /aws_instance\.n\["499"\]/);
  const short = renderMarkdown(review, { maxBytes: 6000 });
  assert.match(short, /Left out to fit: resources;/);
  assert.match(short, /create-snapshot/);
  assert.match(short, /before\.final_snapshot/);
});

test('an attribute of a megabyte does not reach the page', () => {
  const big = 'x'.repeat(1 << 20);
  const review = reviewPlan(
    plan({ changes: [replaces('aws_ebs_volume.v', volume({ id: big, final_snapshot: false }), { kms_key_id: big })] }),
  );
  assert.ok(Buffer.byteLength(renderMarkdown(review, { maxBytes: 10_000 })) <= 10_000);
});

test("colours are the caller's, and words say the same", () => {
  const review = reviewPlan(plan({ changes: volumes(1) }));
  const paint = (code: number) => (text: string) => `\u001b[${code}m${text}\u001b[0m`;
  const colored = renderText(review, {
    colors: { bold: paint(1), dim: paint(2), red: paint(31), green: paint(32), yellow: paint(33) },
  });
  assert.match(colored, /\u001b\[31m/);
  assert.equal(colored.replace(/\u001b\[\d+m/g, ''), renderText(review));
});

test('a name cannot steer the terminal', () => {
  const review = reviewPlan(plan({ changes: [deletes('aws_ebs_volume.x["\u001b[2J\u0007"]', volume())] }));
  assert.doesNotMatch(renderText(review), /[\u0000-\u0009\u000b-\u001f]/);
});

test('JSON holds the whole review', () => {
  const review = reviewPlan(plan({ changes: volumes(3) }));
  assert.deepEqual(JSON.parse(renderJson(review)), JSON.parse(JSON.stringify(review)));
});

/** How much work a review of so many times four changes is, shown in two forms. */
function reviewOf(times: number): number {
  const rule = (i: number) =>
    creates(
      `aws_security_group_rule.r["${i}"]`,
      ingress(1024 + (i % 5000), { cidr_blocks: ['10.0.0.0/8', '0.0.0.0/0'] }),
    );
  const changes = Array.from({ length: times }, (_, i) => [
    replaces(`aws_ebs_volume.v["${i}"]`, volume(), { encrypted: true }),
    replaces(
      `aws_volume_attachment.v["${i}"]`,
      { volume_id: 'v' },
      {},
      { unknown: { volume_id: true }, replace: ['volume_id'] },
    ),
    updates(
      `aws_instance.i["${i}"]`,
      { user_data: 'a', password: `password-${i}` },
      { user_data: 'b' },
      { beforeSensitive: { password: true } },
    ),
    i < times / 5 ? rule(i) : keeps(`aws_instance.k["${i}"]`, { x: 1 }),
  ]).flat();
  const planJson = plan({
    before: manifest(),
    after: manifest(),
    changes,
    references: { 'aws_volume_attachment.v': { volume_id: ['aws_ebs_volume.v'] } },
  });
  const load = () => require('../../lib/review') as typeof import('../../lib/review');
  return workOf(load, (lib) => {
    const review = lib.reviewPlan(planJson);
    lib.renderMarkdown(review);
    lib.renderText(review);
    assert.equal(review.findings.filter((f) => f.rule === 'volume-lost').length, times);
  });
}

test('a thousand changes are little more than ten times the work of a hundred', () => {
  const [hundred, thousand] = [reviewOf(25), reviewOf(250)];
  assert.ok(hundred > 10_000, 'the work must be seen');
  assert.ok(thousand < 16 * hundred, `${thousand}, a hundred ${hundred}`);
});

test('a value in a command is one word of it', () => {
  const review = reviewPlan(plan({ changes: [deletes('aws_ebs_volume.x', volume({ id: "v; rm -rf '/'" }))] }));
  const command = review.findings[0]?.remedy.find((step) => step.command?.includes('snapshot'))?.command;
  assert.equal(command, "aws ec2 create-snapshot --volume-id 'v; rm -rf '\\''/'\\'''");
});

test('a new address of the core is told to the core first, then to every other node by name', () => {
  for (const version of ['2.6', '2.10', '3.0']) {
    const moved = (address: string) => manifest({ deas: 9, nodes: { core: { address } }, more: { version } });
    const review = reviewPlan(plan({ before: moved('10.0.0.10'), after: moved('10.0.0.99') }));
    for (const page of [renderText(review), renderMarkdown(review)]) {
      const flat = page.replaceAll(/\s+/g, ' ');
      const steps = flat.slice(flat.search(/1\. apply|apply/i));
      const [core, others] = [
        steps.indexOf('the core: change its address'),
        steps.indexOf('point the node at the core'),
      ];
      assert.ok(core > 0 && others > core, `${version}: ${core} ${others}`);
      for (const name of ['data-1', 'dea-1', 'dea-9'])
        assert.match(steps.slice(core, others), new RegExp(`\\b${name}\\b`), version);
      assert.equal([...steps.matchAll(/migrate 10\.0\.0\.10 10\.0\.0\.99/g)].length, 2, version);
    }
  }
});

test('every setting comes before every restart that reads it', () => {
  const changed = (config: Record<string, Record<string, unknown>>) =>
    reviewPlan(plan({ before: manifest({ more: { config: {} } }), after: manifest({ more: { config } as never }) }));
  const cases: readonly Record<string, Record<string, unknown>>[] = [
    { dea_ng: { q: 2 }, local: { k: 1 } },
    { dea_ng: { a: 1, z: 2 }, apptail: { b: 1 }, mysql_node: { c: 1 }, zz: { d: 1 } },
    { dea_ng: { a: 1 }, fence: { secret_key: { secret: 's' } }, local: { k: 1 } },
  ];
  for (const config of cases) {
    for (const page of [renderText(changed(config)), renderMarkdown(changed(config))]) {
      const lines = page.split('\n').filter((line) => /kato (config set|restart)/.test(line));
      const at = (start: RegExp) => lines.flatMap((line, i) => (start.test(line) ? [i] : []));
      const sets = at(/kato config set.* (dea_ng|apptail|fence) /);
      const restarts = at(/kato restart dea/);
      assert.ok(sets.length > 0 && restarts.length === 1, page);
      assert.ok(Math.max(...sets) < restarts[0]!, lines.join('\n'));
    }
  }
});

test('the password of a database and a setting of its role need one restart, after both', () => {
  const config = (value: number) => manifest({ more: { config: { mysql_node: { max: value } } } });
  const review = reviewPlan(
    plan({
      before: config(1),
      after: config(2),
      changes: [updates('aws_db_instance.paas_apps', database(), { password: 'another-one' }, databaseMarks)],
    }),
  );
  const steps = [...renderText(review).matchAll(/^ +(kato config set|kato restart) .*mysql/gm)].map(
    ([, words]) => words,
  );
  assert.deepEqual(steps, ['kato config set', 'kato config set', 'kato restart']);
});
