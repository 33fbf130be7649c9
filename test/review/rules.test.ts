import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { findRule, type ReviewRule, reviewPlan, rules } from '../../lib/review';
import { RULE_CASES as cases } from './cases';

function found(plan: unknown, rule: string, diagnostics?: string) {
  return reviewPlan(plan, { diagnostics }).findings.filter((finding) => finding.rule === rule);
}

for (const [i, { rule, fires, misses, says = [], hides = [], diagnostics }] of cases.entries()) {
  test(`${rule} (case ${i + 1}) fires as expected`, () => {
    const findings = found(fires, rule, diagnostics);
    assert.equal(findings.length, 1, `findings: ${JSON.stringify(reviewPlan(fires).findings.map((f) => f.id))}`);
    const finding = findings[0]!;
    const words = [
      finding.statement,
      ...finding.consequences,
      finding.safer ?? '',
      ...finding.remedy.flatMap((step) => [step.text, step.command ?? '']),
    ].join('\n');
    for (const expected of says) assert.match(words, expected);
    for (const unwanted of hides) assert.doesNotMatch(words, unwanted);
    assert.equal(finding.severity, findRule(rule)?.severity);
  });
  test(`${rule} (case ${i + 1}) is silent on its near miss`, () => {
    assert.deepEqual(
      found(misses, rule).map((f) => f.statement),
      [],
    );
  });
}

test('every rule has a case', () => {
  const proven = new Set(cases.map((c) => c.rule));
  const unproven = rules.map((rule) => rule.id).filter((id) => !proven.has(id));
  assert.deepEqual(unproven, [], `add cases to test/review/cases-*.ts: ${unproven.join(' ')}`);
});

test('every rule of the folder is listed', () => {
  const folder = join(__dirname, '..', '..', 'lib', 'review', 'rules');
  const files = readdirSync(folder).filter((file) => file.endsWith('.js') && file !== 'index.js');
  const made = files.flatMap((file) =>
    Object.values(require(join(folder, file)) as Record<string, unknown>).flatMap((value) =>
      isRule(value) ? [[file.replace('.js', '.ts'), value.id] as const] : [],
    ),
  );
  const unlisted = made.filter(([, id]) => !findRule(id)).map(([file, id]) => `${id} of ${file}`);
  assert.deepEqual(unlisted, [], `add them to lib/review/rules/index.ts: ${unlisted.join(', ')}`);
  assert.equal(made.length, rules.length);
});

const isRule = (value: unknown): value is ReviewRule =>
  typeof value === 'object' && value !== null && 'find' in value && 'explain' in value;

test('rules have different ids and say what they mean, read and advise', () => {
  assert.equal(new Set(rules.map((rule) => rule.id)).size, rules.length);
  for (const rule of rules) {
    assert.match(rule.id, /^[a-z]+(-[a-z]+)+$/);
    for (const text of [rule.title, rule.explain.means, rule.explain.reads, rule.explain.todo])
      assert.ok(text.length > 6, rule.id);
  }
});

test('every danger shows a fact of the plan', () => {
  for (const { fires, rule, diagnostics } of cases) {
    for (const finding of found(fires, rule, diagnostics)) {
      if (['data-loss', 'outage', 'security'].includes(finding.severity))
        assert.ok(finding.evidence.length > 0, finding.id);
    }
  }
});
