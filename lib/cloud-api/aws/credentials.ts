import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { ToolError } from '../../base/input';
import { QUIET } from './sdk';

export interface AwsCredentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string;
  /** When they expire. @default never */
  readonly expiration?: Date;
}

/** The thread's answer: credentials, that there are none, or what is wrong with the configured ones. */
export type ChainAnswer = { readonly found: AwsCredentials } | { readonly none: string } | { readonly broken: string };

/** Credentials that are loaded once, and again when they expire. */
export interface CredentialSource {
  /** @throws ToolError when configured credentials do not work */
  find(): Promise<AwsCredentials | ToolError>;
  /** Secret values so far, which no message may contain. */
  secrets(): readonly string[];
}

/** Milliseconds before expiry when credentials are renewed, as in AWS's library. */
const EARLY = 5 * 60_000;

export function credentialSource(look: () => Promise<AwsCredentials | ToolError>): CredentialSource {
  let last: AwsCredentials | undefined;
  let looking: Promise<AwsCredentials | ToolError> | undefined;
  const found = (answer: AwsCredentials | ToolError) => {
    if (!(answer instanceof ToolError)) last = answer;
    return answer;
  };
  return {
    async find() {
      if (last && (last.expiration?.getTime() ?? Infinity) - Date.now() > EARLY) return last;
      looking ??= look()
        .then(found)
        .finally(() => (looking = undefined));
      return looking;
    },
    secrets: () => [last?.secretAccessKey, last?.sessionToken].filter((value) => value !== undefined),
  };
}

/** Timeout of the search, seconds: a role needs the network, a `credential_process` may prompt. */
const LOOK_SECONDS = 60;

/**
 * Credentials as Terraform finds them in this environment: keys, web identity, a profile (with role, SSO or process), a
 * container's or the machine's role. Without any, the reason.
 * @throws ToolError when configured credentials do not work: the SSO session has expired, a role is refused
 */
export async function findCredentials(
  env: NodeJS.ProcessEnv,
  region: string,
  signal?: AbortSignal,
): Promise<AwsCredentials | ToolError> {
  const keys = keysOf(env);
  if (keys) return keys;
  const answer = await chain(env, region, signal);
  if ('found' in answer) return answer.found;
  const instead = 'eval "$(aws configure export-credentials --format env)"';
  if ('none' in answer)
    return new ToolError(
      `there are no AWS credentials (${answer.none})`,
      `${env['AWS_PROFILE'] ? 'mend that profile' : 'set AWS_PROFILE'}, or: ${instead}`,
    );
  const what = 'the configured AWS credentials do not work';
  throw new ToolError(what, `mend the profile or sign in again, or: ${instead}`, words(answer.broken));
}

function keysOf(env: NodeJS.ProcessEnv): AwsCredentials | undefined {
  const {
    AWS_ACCESS_KEY_ID: accessKeyId,
    AWS_SECRET_ACCESS_KEY: secretAccessKey,
    AWS_SESSION_TOKEN: sessionToken,
  } = env;
  if (!accessKeyId || !secretAccessKey) return undefined;
  return { accessKeyId, secretAccessKey, ...(sessionToken ? { sessionToken } : {}) };
}

async function chain(env: NodeJS.ProcessEnv, region: string, signal?: AbortSignal): Promise<ChainAnswer> {
  const set = Object.fromEntries(Object.entries(env).filter(([, value]) => value !== undefined));
  const thread = new Worker(join(__dirname, 'credential-chain.js'), { env: { ...set, ...QUIET, AWS_REGION: region } });
  const limit = AbortSignal.timeout(LOOK_SECONDS * 1000);
  const stop = signal ? AbortSignal.any([signal, limit]) : limit;
  try {
    return await new Promise<ChainAnswer>((resolve, reject) => {
      thread.once('message', resolve).once('error', reject);
      const why = () => (limit.aborted ? `took longer than ${LOOK_SECONDS} s` : 'was interrupted');
      const stopped = () => reject(new ToolError(`the search for AWS credentials ${why()}`));
      if (stop.aborted) stopped();
      stop.addEventListener('abort', stopped, { once: true });
    });
  } finally {
    await thread.terminate();
  }
}

/** The first line; for a failed `credential_process` without its arguments and output. */
function words(message: string): string {
  return /^Command failed/.test(message) ? 'the credential_process of the profile failed' : message.split('\n')[0]!;
}
