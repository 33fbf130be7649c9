import assert from 'node:assert/strict';
import { existsSync, rmSync } from 'node:fs';
import * as deploy from '../../bin/verbs/deploy';
import * as plan from '../../bin/verbs/plan';
import * as review from '../../bin/verbs/review';
import type { CollectedIo } from '../collected-io';
import { call } from './verbs';

/** What every verb is told here. */
export const practice = { practice: true, autoApprove: true, cloud: 'openstack' };
/** Deploys and insists that it worked. */
export async function deployed(file: string): Promise<CollectedIo> {
  const { exit, io, words } = await call(deploy, [file], practice);
  assert.equal(exit, 0, words || io.messages());
  assert.match(io.steps(), /second plan {2}empty|^plan/m);
  return io;
}

/** Deploys and insists that it failed. */
export async function refused(file: string, options: object = {}): Promise<string> {
  const { exit, words } = await call(deploy, [file], { ...practice, ...options });
  assert.equal(exit, 1);
  assert.doesNotMatch(words, /\n\s+at .*\.js:\d+/, 'a stack trace');
  return words;
}

/** Plans a change, writes its JSON, and reviews that. */
export async function reviewed(file: string) {
  await call(plan, [file], { ...practice, planJson: 'plan.json' });
  const log = existsSync('plan.json.log') ? { diagnostics: 'plan.json.log' } : {};
  const { exit, io } = await call(review, [], { plan: 'plan.json', format: 'json', ...log });
  rmSync('plan.json.log', { force: true });
  const { findings } = JSON.parse(io.text()) as { findings: { rule: string; statement: string }[] };
  return { exit, rules: findings.map(({ rule }) => rule), words: findings.map((f) => f.statement).join('\n') };
}
