import assert from 'node:assert/strict';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { ToolError } from '../../lib/base/input';
import { beginRun, endRuns, failRun, unfinishedRuns } from '../../lib/deploy/unfinished';

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
  const at = (hour: number) => new Date(Date.UTC(2026, 0, 1, hour));
  const text = (hour: number) => at(hour).toISOString();
  const HOURS = 4 * 3600;

  it('says from when to when, for each cloud on its own, until state and cloud agree', () => {
    assert.deepEqual(unfinishedRuns(real), []);
    beginRun(real, at(12), HOURS);
    // killed: until its limit
    assert.deepEqual([unfinishedRuns(real), unfinishedRuns(practice)], [[{ since: text(12), until: text(16) }], []]);
    failRun(real, at(13));
    assert.deepEqual(unfinishedRuns(real), [{ since: text(12), until: text(13) }]);
    endRuns(real);
    endRuns(real);
    failRun(real, at(14));
    assert.deepEqual(unfinishedRuns(real), []);
  });
  it('keeps each run on its own: what was made between them is of something else', () => {
    beginRun(practice, at(12), HOURS);
    failRun(practice, at(13));
    beginRun(practice, at(20), HOURS);
    assert.deepEqual(unfinishedRuns(practice), [
      { since: text(12), until: text(13) },
      { since: text(20), until: text(24) },
    ]);
    endRuns(practice);
  });
  it('is refused when it is damaged, since it permits deletions', () => {
    beginRun(real, at(12), HOURS);
    const file = join('.stackato', 'unfinished-mvp-aws.json');
    assert.ok(existsSync(file));
    for (const damaged of ['', '{}', '[1]', '[{"since":"soon","until":"soon"}]', `[{"since":"${text(12)}"}]`]) {
      writeFileSync(file, damaged);
      assert.throws(
        () => unfinishedRuns(real),
        (error) => error instanceof ToolError && /damaged/.test(error.message),
      );
    }
  });
});
