import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { test } from 'node:test';
import { rulesTable, SEVERITIES } from '../../lib/review';

const path = resolve(__dirname, '../../../docs/review.md');

test('the documented rules are the rules', () => {
  const text = readFileSync(path, 'utf8');
  const wanted = text.replace(
    /<!-- rules -->[\s\S]*<!-- \/rules -->/,
    `<!-- rules -->\n${rulesTable()}\n<!-- /rules -->`,
  );
  if (process.env['REFRESH_GOLDENS'] === '1') writeFileSync(path, wanted);
  assert.equal(
    readFileSync(path, 'utf8'),
    wanted,
    'docs/review.md lacks the table of rules as it is now: npm run goldens',
  );
});

test('the documented severities are the severities', () => {
  assert.ok(readFileSync(path, 'utf8').includes(`\`${SEVERITIES.join(',')}\``));
});
