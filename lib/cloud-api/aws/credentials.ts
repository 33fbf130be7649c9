import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { ToolError } from '../../base/input';
import { QUIET } from './sdk';

export interface AwsCredentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string;
  /** When they run out. @default never */
  readonly expiration?: Date;
}

/** What the thread answers: credentials, that there are none, or what is wrong with those that are configured. */
export type ChainAnswer = { readonly found: AwsCredentials } | { readonly none: string } | { readonly broken: string };

/** Credentials that are looked for once, and again when they run out. */
export interface CredentialSource {
  /** @throws ToolError when what is configured does not work */
  find(): Promise<AwsCredentials | ToolError>;
  /** Values that were found so far and that no message may hold. */
  secrets(): readonly string[];
}

/** Milliseconds before their end when credentials are renewed; AWS's library asks so early. */
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

/** Seconds that all looking may take: a role is asked for over the network, a `credential_process` may ask a person. */
const LOOK_SECONDS = 60;

/**
 * Credentials as Terraform finds them in this environment: keys, web identity, a profile with all that it may name (role,
 * SSO, process), a container's or the machine's role; why there are none, where nothing is configured.
 * @throws ToolError when what is configured does not work: SSO is over, a role is refused
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
    return new ToolError(`there are no AWS credentials (${answer.none})`, `set AWS_PROFILE, or: ${instead}`);
  const what = 'the AWS credentials that are configured do not work';
  throw new ToolError(what, `sign in again, or: ${instead}`, words(answer.broken));
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

/** The first line; of a `credential_process` that failed not its arguments and not what it said. */
function words(message: string): string {
  return /^Command failed/.test(message) ? 'the credential_process of the profile failed' : message.split('\n')[0]!;
}
