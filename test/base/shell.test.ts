import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { describe, it } from 'node:test';
import { quote, quoteAlways } from '../../lib/base/shell';

const words = [
  'plain',
  'a/b-c_1.2:3,4@5%6+7=8',
  '',
  ' ',
  "it's",
  "'",
  "''",
  '$HOME `id` $(id)',
  'a\nb',
  '*',
  '~',
  '"',
  '\\',
  'ä',
];

describe('a word for a shell', () => {
  it('is bare where it is safe, unless quotes are wanted', () => {
    assert.equal(quote('kato.example.com/a-b_c:1'), 'kato.example.com/a-b_c:1');
    assert.equal(quoteAlways('kato'), "'kato'");
    assert.equal(quote(''), "''");
    assert.equal(quote("it's"), "'it'\\''s'");
    assert.equal(quote('~'), "'~'");
  });
  for (const way of [quote, quoteAlways]) {
    it(`comes out of sh as it went in: ${way.name}`, () => {
      const { stdout } = spawnSync('sh', ['-c', `printf '%s\\0' ${words.map(way).join(' ')}`], { encoding: 'utf8' });
      assert.deepEqual(stdout.split('\0').slice(0, -1), words);
    });
  }
});
