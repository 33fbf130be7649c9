import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { run } from '../../bin/verbs/explain';
import { InputError } from '../../lib/input';
import { rules } from '../../lib/review/rules';
import { type Explanation, explanations } from '../../lib/spec/explain';
import { collectedIo } from '../lab/collected-io';

describe('explain', () => {
  it('says of a rule what it means and what to do', async () => {
    const io = collectedIo();
    assert.equal(await run(['disk-required'], {}, io), 0);
    assert.match(
      io.text(),
      /^disk-required {2}error, a rule of check\nData services keep data .*\nWhat to do: Write diskGib for the pool\./,
    );
  });
  it('lists all rules, one a line, those of check by name', async () => {
    const io = collectedIo();
    await run([], {}, io);
    const [, check = '', review = ''] = io.text().split(/^rules of (?:check|review)\n/m);
    const names = (text: string) => [...text.matchAll(/^ {2}(\S+)/gm)].map((m) => m[1]);
    assert.deepEqual(
      names(check),
      explanations.map((e) => e.id),
    );
    assert.deepEqual(names(check), [...names(check)].sort());
    assert.deepEqual(
      names(review),
      rules.map((r) => r.id),
    );
  });
  it('gives JSON, in which every name stands for one rule', async () => {
    const [one, all] = [collectedIo({ json: true }), collectedIo({ json: true })];
    await run(['yaml'], {}, one);
    await run([], {}, all);
    assert.equal((JSON.parse(one.text()) as Explanation).id, 'yaml');
    const names = (JSON.parse(all.text()) as Explanation[]).map((e) => e.id);
    assert.equal(names.length, explanations.length + rules.length);
    assert.equal(new Set(names).size, names.length);
  });
  it('asks whether another rule was meant', async () => {
    await assert.rejects(
      run(['disk-requird'], {}, collectedIo()),
      (e) => e instanceof InputError && /did you mean "disk-required"/.test(e.message),
    );
  });
});
