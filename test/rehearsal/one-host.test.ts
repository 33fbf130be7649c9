import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { XMLValidator } from 'fast-xml-parser';
import { run } from '../../bin/verbs/rehearse';
import type { InputError } from '../../lib/base/input';
import { chooseGround } from '../../lib/rehearsal/ground';
import { machineFacts } from '../../lib/rehearsal/host/needs';
import type { Rehearsed } from '../../lib/rehearsal/rehearse-target';
import { collectedIo } from '../collected-io';

describe('faults on one host', () => {
  it('are told by rehearse, with the words that repeat them and a timeline; refused where disks cannot be had', async () => {
    const { disks } = chooseGround(await machineFacts());
    assert.ok(disks || !process.env['CI'], 'no hosts with loop devices can be made here');
    const outdir = mkdtempSync(join(tmpdir(), 'rehearse-'));
    try {
      const file = join(outdir, 'cluster.yaml');
      writeFileSync(file, readFileSync('stacks/micro.yaml', 'utf8').replace('name: micro', 'name: faulty'));
      const where = { cloud: 'aws', from: 'synth', outdir, timeline: join(outdir, 'line.svg') } as const;
      const io = collectedIo({ json: true, signal: AbortSignal.timeout(240_000) });
      const rehearsal = run([file], { ...where, fault: ['power-cut@disk', 'kato-fails@rename'] }, io);
      if (!disks) {
        const refused = ({ problems }: InputError) => problems.every(({ rule }) => rule === 'rehearse-rights');
        return await assert.rejects(rehearsal, refused);
      }
      const code = await rehearsal;
      const result = JSON.parse(io.text()) as Rehearsed;
      assert.equal(code, 0, io.text());
      assert.equal(result.judged?.outcome, 'converged');
      assert.deepEqual(result.faultWords, ['power-cut:core@disk', 'kato-fails:core@rename']);
      assert.ok(result.faults?.every(({ hit }) => hit));
      assert.ok(result.timeline!.spans.some(({ stage, end }) => stage === 'disk' && end === 'cut'));
      assert.equal(XMLValidator.validate(readFileSync(where.timeline, 'utf8')), true);
    } finally {
      rmSync(outdir, { recursive: true, force: true });
    }
  });
});
