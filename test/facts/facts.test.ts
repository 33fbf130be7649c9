import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { ROOT } from '../aws/synth';
import { sources } from '../layers/layers';
import { citedIn, sections } from './citations';

describe('the facts that comments cite', () => {
  const known = sections(ROOT);
  const all = sources(ROOT, ['lib', 'bin', 'stacks', 'test', 'bench']).filter(
    ([file]) => !file.startsWith('test/facts/'),
  );
  const cited = all.flatMap(([file, text]) => citedIn(text).map((section) => [file, section] as const));

  it('are in docs/facts.md', () => {
    assert.ok(cited.length > 150, String(cited.length));
    assert.deepEqual(
      cited.filter(([, section]) => !known.has(section)).map(([file, section]) => `${file}: §${section}`),
      [],
    );
  });
  it('are all that is there', () => {
    const used = new Set(cited.flatMap(([, section]) => [section, section.split('-')[0]!]));
    // A chapter is there for its sections.
    const needed = [...known].filter((section) => !section.includes('-') && !hasSections(section, known));
    assert.deepEqual(
      needed.filter((section) => !used.has(section)),
      [],
    );
  });
  it('are found in every form of citation', () => {
    assert.deepEqual(citedIn('/** Facts §1.1, §3.2. (facts §2.2–2.5; H) */'), ['1.1', '3.2', '2.2', '2.5']);
    assert.deepEqual(citedIn("facts: '2.3 H; steps 0.1-5, 0.1-8 M',"), ['2.3', '0.1-5', '0.1-8']);
    assert.deepEqual(citedIn('// (2.3, H), (10.1, S0, H), (1.1 notes, RN 97253, H)'), ['2.3', '10.1', '1.1']);
    assert.deepEqual(citedIn('from 3.4.1 on (3.4.1, H)'), []);
  });
  it('are missed where one leads nowhere', () => {
    assert.equal(known.has('2.99'), false);
    assert.equal(known.has('0.1-5'), true);
    assert.equal(known.has('0.1-99'), false);
  });
});

const hasSections = (chapter: string, known: ReadonlySet<string>) =>
  [...known].some((section) => section.startsWith(`${chapter}.`));
