import { ToolError } from '../base/input';
import type { Io } from '../base/voice';
import { type AwsApi, awsApi, findAws } from '../cloud-api/aws/api';
import { hasProvider, type StackConfig } from '../engine/stack-config';

/** AWS, where a stack is for it and it can be asked. */
export interface AwsAccess {
  readonly api?: AwsApi;
  /** Why AWS can't be asked though the stack is for it: no library, no credentials. */
  readonly unasked?: ToolError;
}

/**
 * Looks for what Terraform would log in to AWS with; practice has its own, and is nothing without the libraries.
 * @throws ToolError when the credentials that are configured do not work, or practice lacks a library
 */
export async function awsOf(
  config: StackConfig,
  options: { readonly region: string; readonly env: NodeJS.ProcessEnv; readonly practice: boolean },
  io: Io,
): Promise<AwsAccess> {
  if (!hasProvider(config, 'aws')) return {};
  const where = { ...options, signal: io.signal };
  if (options.practice) return { api: awsApi(where) };
  const found = await findAws(where);
  return found instanceof ToolError ? { unasked: found } : { api: found };
}
