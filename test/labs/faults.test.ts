import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { describe, it } from 'node:test';

describe('faults', () => {
  it('of a fixed set, then by chance for the rest of ten minutes, end as they must', () => {
    const words = [join('dist', 'bench', 'faults.js'), '--quick', '--minutes', '9'];
    const { status, stdout, stderr } = spawnSync(process.execPath, words, { encoding: 'utf8', timeout: 800_000 });
    console.log(stdout);
    assert.equal(status, 0, `${stdout}\n${stderr}`);
    assert.match(stderr, /by chance: --seed \d+/);
  });
});
