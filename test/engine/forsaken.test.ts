import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { it } from 'node:test';
import type { Engine } from '../../lib/engine/engine';
import { planStack } from '../../lib/engine/run';
import { refusal } from '../refusal';

it('removes the plans of runs that were killed, and only those', async () => {
  const dead = spawnSync(process.execPath, ['-e', '0']).pid;
  const [forsaken, living, others] = [
    `stackato-plan-${dead}-x`,
    `stackato-plan-${process.pid}-x`,
    'stackato-plan-x',
  ].map((name) => join(tmpdir(), name)) as [string, string, string];
  const dir = mkdtempSync(join(tmpdir(), 'forsaken-'));
  mkdirSync(join(dir, '.terraform'));
  writeFileSync(join(dir, 'cdk.tf.json'), '{}');
  try {
    for (const folder of [forsaken, living, others]) {
      mkdirSync(folder, { recursive: true });
      writeFileSync(join(folder, 'plan'), 'secret');
    }
    const ended = (code: number) => ({ code, killed: false, stderr: 'no', stopped: undefined });
    const engine: Engine = {
      program: 'terraform',
      kind: 'terraform',
      version: '1.11.4',
      run: async (_, [verb]) => ended(verb === 'plan' ? 1 : 0),
    };
    const signal = new AbortController().signal;
    await refusal(planStack({ engine, dir, env: {}, signal, stateFile: 's', next: 'n' }));
    assert.deepEqual([forsaken, living, others].map(existsSync), [false, true, true]);
  } finally {
    for (const folder of [forsaken, living, others, dir]) rmSync(folder, { recursive: true, force: true });
  }
});
