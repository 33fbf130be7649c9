import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { InputError, ToolError } from '../../lib/base/input';
import { type CollectedIo, collectedIo } from '../collected-io';

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

/** Calls a verb that must not fail, and gives its exit code. */
export async function done(verb: Verb, args: readonly string[], options: object = {}) {
  const { exit, io, error, words } = await call(verb, args, options);
  assert.equal(error, undefined, `${words}\n${io.steps()}\n${oddCalls()}`);
  return { exit, io };
}

/** What the practice cloud of this folder noted of calls that failed or came again: the cause of a failure that is seldom seen. */
function oddCalls(): string {
  const log = join('.stackato', 'lab-aws', 'moto.log');
  if (!existsSync(log)) return '';
  const odd = readFileSync(log, 'utf8')
    .split('\n')
    .filter((line) => /repeated by the client|" 5\d\d |^\w*(Error|Exception)\b/.test(line));
  return odd.slice(-20).join('\n');
}
