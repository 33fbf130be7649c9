import { ToolError } from '../base/input';
import type { Io } from '../base/voice';
import { type AwsApi, awsApi, findAws } from '../cloud-api/aws/api';
import { hasProvider, type StackConfig } from '../engine/stack-config';

/** AWS's API, if the stack is for AWS and the API can be called. */
export interface AwsAccess {
  readonly api?: AwsApi;
  /** Why the API of an AWS stack cannot be called: no library, no credentials. */
  readonly unasked?: ToolError;
}

/**
 * Finds the credentials that Terraform would use for AWS. Practice mode has its own credentials and needs the libraries.
 * @throws ToolError when configured credentials do not work, or practice mode lacks a library
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
