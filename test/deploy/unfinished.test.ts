import assert from 'node:assert/strict';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { ToolError } from '../../lib/base/input';
import { beginRun, endRun, unfinishedRun } from '../../lib/deploy/unfinished';

describe('the note of an unfinished run', () => {
  const home = process.cwd();
  const folder = mkdtempSync(join(tmpdir(), 'unfinished-'));
  before(() => process.chdir(folder));
  after(() => {
    process.chdir(home);
    rmSync(folder, { recursive: true });
  });
  const real = { stack: 'mvp-aws', practice: false };
  const practice = { stack: 'mvp-aws', practice: true };
  const [noon, one] = ['2026-01-01T12:00:00.000Z', '2026-01-01T13:00:00.000Z'] as const;

  it('says since when, for each cloud on its own, until it has ended', () => {
    assert.equal(unfinishedRun(real), undefined);
    beginRun(real, new Date(noon));
    assert.deepEqual([unfinishedRun(real)?.since, unfinishedRun(practice)], [noon, undefined]);
    endRun(real);
    endRun(real);
    assert.equal(unfinishedRun(real), undefined);
  });
  it('keeps the first beginning: what that run made may still be there', () => {
    beginRun(practice, new Date(noon));
    beginRun(practice, new Date(one));
    assert.equal(unfinishedRun(practice)?.since, noon);
    endRun(practice);
  });
  it('is refused when it is damaged, since it permits deletions', () => {
    beginRun(real, new Date(noon));
    const file = join('.stackato', 'unfinished-mvp-aws.json');
    assert.ok(existsSync(file));
    for (const text of ['', '{}', '{"since":1}', '{"since":"soon"}']) {
      writeFileSync(file, text);
      assert.throws(
        () => unfinishedRun(real),
        (error) => error instanceof ToolError && /damaged/.test(error.message),
      );
    }
  });
});
