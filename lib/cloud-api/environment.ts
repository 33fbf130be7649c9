import { ToolError } from '../base/input';
import { quoteAlways } from '../base/shell';

/** Environment variables that send all calls of a shell or a child process to the practice cloud. */
export interface LabEnvironment {
  readonly set: Readonly<Record<string, string>>;
  /** Variables that would send calls elsewhere. */
  readonly unset: readonly string[];
}

const LEADS_ELSEWHERE = [
  'AWS_PROFILE',
  'AWS_DEFAULT_PROFILE',
  'AWS_SESSION_TOKEN',
  'AWS_SECURITY_TOKEN',
  'AWS_ROLE_ARN',
  'AWS_WEB_IDENTITY_TOKEN_FILE',
  'AWS_CONTAINER_CREDENTIALS_RELATIVE_URI',
  'AWS_CONTAINER_CREDENTIALS_FULL_URI',
  'AWS_IGNORE_CONFIGURED_ENDPOINT_URLS',
  'AWS_USE_FIPS_ENDPOINT',
  'AWS_USE_DUALSTACK_ENDPOINT',
];

/** Variables for every practice cloud. */
const COMMON = {
  // `terraform providers lock` asks the registry even where a mirror has the provider; cdktf-cli reads its
  // options from CDKTF_*, so plain `npx cdktf deploy` works
  CDKTF_SKIP_PROVIDER_LOCK: 'true',
  CHECKPOINT_DISABLE: '1',
  DISABLE_VERSION_CHECK: '1',
  TF_IN_AUTOMATION: '1',
  NO_PROXY: 'localhost,127.0.0.1',
  no_proxy: 'localhost,127.0.0.1',
};

/** Clouds that have a practice cloud. */
export type PracticeCloud = 'aws' | 'openstack';

/** The only keys that sign calls to the practice cloud. */
export const PRACTICE_KEYS = { accessKeyId: 'test', secretAccessKey: 'test' } as const;

/** Variables for the practice cloud at `endpoint`; `cliConfigFile` is Terraform's, if we made one. */
export function labEnvironment(endpoint: string, env: NodeJS.ProcessEnv, cliConfigFile?: string): LabEnvironment {
  const services = Object.keys(env).filter((name) => name.startsWith('AWS_ENDPOINT_URL_'));
  return {
    set: {
      AWS_ENDPOINT_URL: endpoint,
      AWS_REGION: env['AWS_REGION'] || 'us-west-2',
      AWS_ACCESS_KEY_ID: PRACTICE_KEYS.accessKeyId,
      AWS_SECRET_ACCESS_KEY: PRACTICE_KEYS.secretAccessKey,
      AWS_EC2_METADATA_DISABLED: 'true',
      AWS_CONFIG_FILE: '/dev/null',
      AWS_SHARED_CREDENTIALS_FILE: '/dev/null',
      ...(cliConfigFile === undefined ? {} : { TF_CLI_CONFIG_FILE: cliConfigFile }),
      ...COMMON,
      STACKATO_PRACTICE: 'aws',
    },
    unset: [...LEADS_ELSEWHERE, ...services.sort()],
  };
}

/** Variables for a practice cloud with login variables `access` (`OS_AUTH_URL`, …); every other `OS_*` is removed. */
export function openstackEnvironment(
  access: Readonly<Record<string, string>>,
  env: NodeJS.ProcessEnv,
  cliConfigFile?: string,
): LabEnvironment {
  const others = Object.keys(env).filter((name) => name.startsWith('OS_') && !(name in access));
  return {
    set: {
      ...access,
      ...(cliConfigFile === undefined ? {} : { TF_CLI_CONFIG_FILE: cliConfigFile }),
      ...COMMON,
      STACKATO_PRACTICE: 'openstack',
    },
    unset: [...new Set(['OS_CLOUD', 'OS_TOKEN', ...others])].sort(),
  };
}

/** The environment of a child process in practice mode. */
export function withLab(env: NodeJS.ProcessEnv, lab: LabEnvironment): NodeJS.ProcessEnv {
  const merged: NodeJS.ProcessEnv = { ...env, ...lab.set };
  for (const name of lab.unset) delete merged[name];
  return merged;
}

/** Lines for `eval` in a POSIX shell; safe for any value. */
export function shellLines(lab: LabEnvironment): string {
  const lines = Object.entries(lab.set).map(([name, value]) => `export ${name}=${quoteAlways(value)}`);
  return [...lines, `unset ${lab.unset.join(' ')}`].join('\n');
}

/** Whether the environment switches practice mode on: `STACKATO_PRACTICE=aws`. */
export function practiceAsked(env: NodeJS.ProcessEnv): boolean {
  const value = env['STACKATO_PRACTICE'];
  return value !== undefined && value !== '' && value !== '0' && value !== 'false';
}

/**
 * Refuses an environment whose calls could leave this machine: practice never touches a real account.
 * @param cloud @default by STACKATO_PRACTICE, else AWS
 * @throws ToolError when the endpoint is missing, not on loopback, or switched off
 */
export function assertPractice(
  env: NodeJS.ProcessEnv,
  cloud: PracticeCloud = env['STACKATO_PRACTICE'] === 'openstack' ? 'openstack' : 'aws',
): void {
  const options = cloud === 'aws' ? '' : ` --cloud ${cloud}`;
  const next = `cdktf-stackato lab up${options}, then eval "$(cdktf-stackato lab env${options})"`;
  const main = cloud === 'aws' ? 'AWS_ENDPOINT_URL' : 'OS_AUTH_URL';
  if (!env[main]) {
    const what = `practice mode is on, but ${main} is not set: calls would go to a real account`;
    throw new ToolError(what, next);
  }
  for (const [name, value] of Object.entries(env)) {
    if (value && endpointNames[cloud].test(name) && !isLoopback(value)) {
      throw new ToolError(`practice mode is on, but ${name} (${value}) is not on this machine`, next);
    }
  }
  for (const [name, off] of switches[cloud]) {
    if (off(env[name] ?? '')) {
      throw new ToolError(`practice mode is on, but ${name} switches its endpoint off`, next);
    }
  }
}

/** Variables with endpoints. */
const endpointNames: Readonly<Record<PracticeCloud, RegExp>> = {
  aws: /^AWS_ENDPOINT_URL/,
  openstack: /^OS_(AUTH_URL|ENDPOINT|.*_(URL|ENDPOINT_OVERRIDE)$)/,
};

/** Variables that override those endpoints: a cloud of `clouds.yaml` has its own. */
const switches: Readonly<Record<PracticeCloud, readonly (readonly [name: string, off: (value: string) => boolean])[]>> =
  {
    aws: [['AWS_IGNORE_CONFIGURED_ENDPOINT_URLS', (value) => value.toLowerCase() === 'true']],
    openstack: [['OS_CLOUD', (value) => value !== '']],
  };

/** Whether a URL can only be served by this machine. */
export function isLoopback(url: string): boolean {
  if (!URL.canParse(url)) return false;
  const { protocol, hostname } = new URL(url);
  if (protocol !== 'http:' && protocol !== 'https:') return false;
  return hostname === 'localhost' || hostname === '[::1]' || /^127\.\d+\.\d+\.\d+$/.test(hostname);
}
