import assert from 'node:assert/strict';
import { ToolError } from '../lib/base/input';

/** What a promise fails with; it must. */
export async function failure(work: Promise<unknown>): Promise<Error> {
  const error = await work.then(
    () => undefined,
    (e: unknown) => e,
  );
  assert.ok(error instanceof Error, 'it should fail');
  return error;
}

/** As `failure`, for what an operator is told. */
export async function refusal(work: Promise<unknown>): Promise<ToolError> {
  const error = await failure(work);
  assert.ok(error instanceof ToolError, `a ToolError was expected, not ${error.stack}`);
  return error;
}
