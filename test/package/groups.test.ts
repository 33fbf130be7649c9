import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { describe, it } from 'node:test';
import { ROOT } from '../aws/synth';
import { asksForPrograms, groupsOf, testFiles } from '../groups';
import { absent } from '../programs';

describe('the groups of tests', () => {
  const folder = join(ROOT, 'dist', 'test');
  const files = testFiles(folder);
  it('hold every file once', () => {
    const grouped = groupsOf(folder, files).flatMap((group) => group.files);
    assert.deepEqual([...grouped].sort(), files);
  });
  it('know which files ask for programs that a machine may lack', () => {
    const asking = files.filter((file) => asksForPrograms(folder, file) && file.split(sep)[0] !== 'labs');
    // What names such a program in its own source is among them.
    const naming = files.filter((file) =>
      /programs_\d+\.(?:absent|need)\)\(/.test(readFileSync(join(folder, file), 'utf8')),
    );
    assert.deepEqual(
      naming.filter((file) => file.split(sep)[0] !== 'labs' && !asking.includes(file)),
      [],
    );
    assert.ok(asking.includes(join('kato', 'faults.test.js')), relative(ROOT, folder));
    assert.ok(!asking.includes(join('layers', 'layers.test.js')));
  });
  it('mark what programs made as generated', { skip: absent('git') }, () => {
    const made = ['provider-openstack/lib/index.js', 'schema/cluster.schema.json', 'package-lock.json'];
    const { stdout } = spawnSync('git', ['check-attr', 'linguist-generated', ...made, 'lib/main.ts'], {
      cwd: ROOT,
      encoding: 'utf8',
    });
    assert.equal(stdout.match(/: set$/gm)?.length, made.length, stdout);
  });
});
