import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { XMLValidator } from 'fast-xml-parser';
import type { Rehearsed } from '../../bin/rehearsal';
import { run } from '../../bin/verbs/rehearse';
import { collectedIo } from '../lab/collected-io';

describe('faults', () => {
  it('of a fixed set, then by chance for the rest of ten minutes, end as they must', () => {
    const words = [join('dist', 'bench', 'faults.js'), '--quick', '--minutes', '9'];
    const { status, stdout, stderr } = spawnSync(process.execPath, words, { encoding: 'utf8', timeout: 800_000 });
    console.log(stdout);
    assert.equal(status, 0, `${stdout}\n${stderr}`);
    assert.match(stderr, /by chance: --seed \d+/);
  });

  it('are told by rehearse, with the words that do the same again and a time line', async () => {
    const outdir = mkdtempSync(join(tmpdir(), 'rehearse-'));
    try {
      const file = join(outdir, 'cluster.yaml');
      writeFileSync(file, readFileSync('stacks/micro.yaml', 'utf8').replace('name: micro', 'name: faulty'));
      const where = { cloud: 'aws', from: 'synth', outdir, timeline: join(outdir, 'line.svg') } as const;
      const io = collectedIo({ json: true, signal: AbortSignal.timeout(240_000) });
      const code = await run([file], { ...where, fault: ['power-cut@disk', 'kato-fails@rename'], seed: 5 }, io);
      const result = JSON.parse(io.text()) as Rehearsed & { seed: number };
      assert.equal(code, 0, io.text());
      assert.equal(result.judged?.outcome, 'converged');
      assert.equal(result.seed, 5);
      assert.deepEqual(result.faultWords.slice(0, 2), ['power-cut:core@disk', 'kato-fails:core@rename']);
      assert.ok(result.faults?.slice(0, 2).every(({ hit }) => hit));
      assert.ok(result.timeline!.spans.some(({ stage, end }) => stage === 'disk' && end === 'cut'));
      assert.equal(XMLValidator.validate(readFileSync(where.timeline, 'utf8')), true);
    } finally {
      rmSync(outdir, { recursive: true, force: true });
    }
  });
});
