import { ToolError } from '../../base/input';
import { assertPractice, PRACTICE_KEYS, practiceAsked } from '../environment';
import { type AwsCredentials, type CredentialSource, credentialSource, findCredentials } from './credentials';

export interface AwsApiOptions {
  readonly region: string;
  /** Endpoints and credentials, as for Terraform: `AWS_ENDPOINT_URL`, `AWS_PROFILE`, … @default process.env */
  readonly env?: NodeJS.ProcessEnv;
  /** Whether calls may only go to the practice cloud. @default by STACKATO_PRACTICE */
  readonly practice?: boolean;
  readonly signal?: AbortSignal;
}

/** Endpoints and credentials of calls. */
export interface Access {
  readonly region: string;
  readonly signal?: AbortSignal;
  readonly practice: boolean;
  readonly keys: CredentialSource;
  /** Base URL of a service; undefined when the library knows it. */
  endpoint(service: string): string | undefined;
}

/** @throws ToolError when a call in practice mode could leave this machine */
export function accessOf({ region, signal, env = process.env, practice = practiceAsked(env) }: AwsApiOptions): Access {
  if (practice) {
    assertPractice(env, 'aws');
    const here = env['AWS_ENDPOINT_URL'];
    return { region, signal, practice, keys: credentialSource(async () => PRACTICE_KEYS), endpoint: () => here };
  }
  const off = env['AWS_IGNORE_CONFIGURED_ENDPOINT_URLS']?.toLowerCase() === 'true';
  return {
    region,
    signal,
    practice,
    keys: credentialSource(() => findCredentials(env, region, signal)),
    endpoint: (service) =>
      off ? undefined : env[`AWS_ENDPOINT_URL_${service}`] || env['AWS_ENDPOINT_URL'] || undefined,
  };
}

/** The configuration of AWS's libraries. */
export interface ClientConfig {
  readonly region: string;
  readonly endpoint?: string;
  readonly credentials: () => Promise<AwsCredentials>;
  readonly maxAttempts: number;
  readonly retryMode: 'standard';
  /** `auto` would ask the metadata service. */
  readonly defaultsMode: 'standard';
  readonly useFipsEndpoint?: false;
  readonly useDualstackEndpoint?: false;
}

/** Attempts of a call, after throttling, a service error or a broken connection; other failures are not retried. */
const ATTEMPTS = 5;

/** For one service, by its name in AWS_ENDPOINT_URL_…. */
export function configOf(service: string, { region, keys, practice, endpoint }: Access): ClientConfig {
  const url = endpoint(service);
  return {
    region,
    ...(url ? { endpoint: url } : {}),
    // set explicitly: the library reads missing settings from this process's environment and files
    ...(practice ? { useFipsEndpoint: false, useDualstackEndpoint: false } : {}),
    async credentials() {
      const found = await keys.find();
      if (found instanceof ToolError) throw found;
      return found;
    },
    maxAttempts: ATTEMPTS,
    retryMode: 'standard',
    defaultsMode: 'standard',
  };
}
