import { parentPort } from 'node:worker_threads';
import type { ChainAnswer } from './credentials';
import { awsSdk } from './sdk';

// Its own thread with the given environment, which the library reads in many places.

/** Timeout in milliseconds, for a service that is on the same machine or does not exist. */
const NEAR = { timeout: 1000, maxRetries: 0 };

/** Looks where Terraform looks, in its order; keys in variables come first, and are read without this. */
async function look(): Promise<ChainAnswer> {
  const { env } = process;
  const sdk = awsSdk('credentials');
  if (env['AWS_WEB_IDENTITY_TOKEN_FILE']) return { found: await sdk.fromTokenFile()() };
  const named = env['AWS_PROFILE'] || env['AWS_DEFAULT_PROFILE'];
  const profile = await sdk
    .fromIni({ profile: named })()
    .catch((error: unknown) => noProfile(named ?? 'default', error));
  if (profile) return { found: profile };
  // never use another identity than the requested one
  if (named) return { none: `profile ${named} gives none` };
  if (env['AWS_CONTAINER_CREDENTIALS_RELATIVE_URI'] || env['AWS_CONTAINER_CREDENTIALS_FULL_URI']) {
    const near = { ...NEAR, maxRetries: 3 };
    return { found: await sdk.createCredentialChain(sdk.fromHttp(near), sdk.fromContainerMetadata(near))() };
  }
  const none = { none: 'neither keys, nor a profile, nor a role' };
  const off = env['AWS_EC2_METADATA_DISABLED'];
  if (off && off.toLowerCase() !== 'false') return none;
  // on machines outside EC2 this fails in many ways, depending on the network
  return sdk
    .fromInstanceMetadata(NEAR)()
    .then(
      (found) => ({ found }),
      () => none,
    );
}

/** Passes over a profile that gives no credentials; another profile that it refers to must give some. */
function noProfile(profile: string, error: unknown): undefined {
  const asked = /^Could not resolve credentials using profile: \[(.*?)\]/.exec(String((error as Error).message))?.[1];
  if (asked === profile) return undefined;
  if (asked !== undefined) throw new Error(`profile ${profile} refers to profile ${asked}, which gives no credentials`);
  // the library reads a section that is not there
  if (error instanceof TypeError)
    throw new Error(`profile ${profile} refers to an sso-session that its file does not have`);
  throw error;
}

look()
  .catch((error: unknown): ChainAnswer => ({ broken: error instanceof Error ? error.message : String(error) }))
  .then((answer) => parentPort?.postMessage(answer));
