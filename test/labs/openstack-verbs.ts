import assert from 'node:assert/strict';
import { existsSync, rmSync } from 'node:fs';
import * as deploy from '../../bin/verbs/deploy';
import * as plan from '../../bin/verbs/plan';
import * as review from '../../bin/verbs/review';
import { InputError, ToolError } from '../../lib/base/input';
import { type CollectedIo, collectedIo } from '../collected-io';

/** What every verb is told here. */
export const practice = { practice: true, autoApprove: true, cloud: 'openstack' };
/** All that verbs said. */
export const said: string[] = [];

type Verb = { run(args: readonly string[], options: object, io: CollectedIo): Promise<number> };

/** Calls a verb, keeps all that it said, and gives its exit code or its error. */
export async function call(
  verb: Verb,
  args: readonly string[],
  options: object = {},
  onStep?: (label: string) => void,
) {
  const plain = collectedIo();
  const step: CollectedIo['step'] = (label) => {
    onStep?.(label);
    return plain.step(label);
  };
  const io = { ...plain, step };
  try {
    return { exit: await verb.run(args, options, io), io, error: undefined, words: '' };
  } catch (error) {
    if (!(error instanceof ToolError || error instanceof InputError)) throw error;
    const more = error instanceof ToolError ? [error.detail, error.next] : error.problems.map((p) => p.message);
    const words = [error.message, ...more].filter(Boolean).join('\n');
    said.push(words);
    return { exit: 1, io, error, words };
  } finally {
    said.push(io.text(), io.messages(), io.steps());
  }
}

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
