import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { run } from '../../bin/verbs/explain';
import { InputError } from '../../lib/base/input';
import { openstackRules } from '../../lib/cloud-api/openstack/rules';
import { type Explanation, explanations } from '../../lib/declaration/explain';
import { rules } from '../../lib/review';
import { ROOT } from '../aws/synth';
import { collectedIo } from '../collected-io';

describe('explain', () => {
  it('prints a rule with its meaning and remedy', async () => {
    const io = collectedIo();
    assert.equal(await run(['disk-required'], {}, io), 0);
    assert.match(
      io.text(),
      /^disk-required {2}error, a rule of check\nData services keep data .*\nWhat to do: Write diskGib for the pool\./,
    );
  });
  it('lists all rules of check, of review and of deploy, one per line', async () => {
    const io = collectedIo();
    await run([], {}, io);
    const lines = io.text().split('\n');
    const names = lines.filter((l) => l.startsWith('  ')).map((l) => l.trim().split(' ')[0]);
    assert.deepEqual(
      names,
      [...explanations, ...rules, ...openstackRules].map((one) => one.id),
    );
    assert.deepEqual(
      lines.filter((l) => !l.startsWith('  ')),
      ['rules of check', 'rules of review', 'rules of deploy'],
    );
  });
  it('knows the rules of reviews', async () => {
    const io = collectedIo();
    assert.equal(await run(['core-replaced'], {}, io), 0);
    assert.match(io.text(), /^core-replaced {2}outage, a rule of review\n.*\nWhat to do: Upgrade in place/);
  });
  it('has one rule of each id, whichever verb it belongs to', () => {
    const ids = [...explanations, ...rules, ...openstackRules].map((one) => one.id);
    assert.deepEqual(
      ids.filter((id, i) => ids.indexOf(id) !== i),
      [],
    );
  });
  it('knows each rule that pages name', async () => {
    const ids = new Set([...explanations, ...rules, ...openstackRules].map((one) => one.id));
    const pages = ['docs/review.md', 'docs/roles.md', 'docs/protection.md'];
    const named = (page: string) =>
      [...readFileSync(join(ROOT, page), 'utf8').matchAll(/`((?:role|node|data|volume|core|dea)(?:-[a-z]+)+)`/g)].map(
        ([, id]) => id!,
      );
    const strangers = pages.flatMap(named).filter((id) => !ids.has(id));
    assert.deepEqual(strangers, []);
    const io = collectedIo();
    await run(['role-undescribed'], {}, io);
    assert.match(io.text(), /a rule of review/);
  });
  it('gives JSON', async () => {
    const [one, all] = [collectedIo({ json: true }), collectedIo({ json: true })];
    await run(['yaml'], {}, one);
    await run([], {}, all);
    assert.equal((JSON.parse(one.text()) as Explanation).id, 'yaml');
    assert.equal(
      (JSON.parse(all.text()) as Explanation[]).length,
      explanations.length + rules.length + openstackRules.length,
    );
  });
  it('suggests a similar rule', async () => {
    await assert.rejects(
      run(['disk-requird'], {}, collectedIo()),
      (e) => e instanceof InputError && /did you mean "disk-required"/.test(e.message),
    );
  });
});
