import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import * as rehearse from '../../bin/verbs/rehearse';
import type { RehearsalResult } from '../../lib/rehearsal/contract';
import { collectedIo } from '../collected-io';

/** The five-node cluster, as it is shipped but for its version, boots on every generation of the product. */
describe('the five-node cluster', () => {
  const home = process.cwd();
  const folder = mkdtempSync(join(tmpdir(), 'stackato-generations-'));
  let shipped = '';
  before(() => {
    shipped = readFileSync(join('stacks', 'five-node.yaml'), 'utf8');
    process.chdir(folder);
  });
  after(() => {
    process.chdir(home);
    rmSync(folder, { recursive: true, force: true });
  });

  const SERVICES = ['mysql', 'postgresql', 'redis', 'mongodb', 'rabbit', 'memcached', 'filesystem'];
  const generations: readonly (readonly [version: string, core: readonly string[]])[] = [
    ['2.6', ['cloud_controller', 'health_manager', 'router', 'stager']],
    ['2.10', ['primary', 'controller', 'router', 'stager']],
    ['3.0', ['primary', 'controller', 'router']],
    ['3.2', ['primary', 'controller', 'router']],
    ['3.4', ['primary', 'controller', 'router']],
    ['3.6', ['primary', 'controller', 'router']],
  ];
  for (const [version, core] of generations) {
    it(`boots on ${version}`, async () => {
      const name = `five${version.replace('.', '')}`;
      let text = shipped.replace(/^name: .*/m, `name: ${name}`).replace(/^version: .*/m, `version: "${version}"`);
      // licences came with 3.4
      if (!['3.4', '3.6'].includes(version)) text = text.replace(/^license.*\n/gm, '');
      writeFileSync(`${name}.yaml`, text);
      const io = collectedIo({ json: true });
      const exit = await rehearse.run([`${name}.yaml`], { cloud: 'aws', from: 'synth' }, io);
      assert.equal(exit, 0, `${io.steps()}\n${io.text()}`);
      const { nodes } = JSON.parse(io.text()) as RehearsalResult;
      const roles = new Map(nodes.map((node) => [node.name, [...node.roles].sort()]));
      assert.deepEqual(roles.get('core'), ['base', ...core].sort());
      assert.deepEqual(roles.get('data-1'), ['base', ...SERVICES].sort());
      for (const dea of ['dea-1', 'dea-2', 'dea-3']) assert.deepEqual(roles.get(dea), ['base', 'dea']);
      for (const { name: node, stages } of nodes) {
        const open = stages.filter(({ state }) => state !== 'done').map(({ stage }) => stage);
        assert.deepEqual(open, [], node);
      }
    });
  }
});
