import { ToolError } from '../../base/input';
import { type Access, type AwsApiOptions, accessOf, type ClientConfig, configOf } from './access';
import { callFailure } from './failure';
import { type AwsCalls, type AwsSdk, awsSdk, QUIET, sdkMissing } from './sdk';

/**
 * Calls to AWS or the practice cloud, with the names and types of AWS's libraries; answers have all their pages.
 * @throws ToolError with AWS's code, from every call
 */
export interface AwsApi {
  readonly ec2: AwsCalls<AwsSdk['ec2']>;
  readonly rds: AwsCalls<AwsSdk['rds']>;
  readonly secrets: AwsCalls<AwsSdk['secrets']>;
}

const MAX_PAGES = 1000;
/** Timeout of a call with all its attempts, seconds. */
const CALL_SECONDS = 60;

/**
 * Calls to AWS, with the credentials that Terraform would use; libraries and credentials are loaded at the first call.
 * @throws ToolError when a library is not installed, or a call in practice mode could leave this machine
 */
export function awsApi(options: AwsApiOptions): AwsApi {
  const missing = sdkMissing();
  if (missing) throw missing;
  return apiWith(accessOf(options));
}

/**
 * Calls to AWS, or why they cannot be made: no libraries, no credentials.
 * @throws ToolError when configured credentials do not work, or a call in practice mode could leave this machine
 */
export async function findAws(options: AwsApiOptions): Promise<AwsApi | ToolError> {
  const missing = sdkMissing();
  if (missing) return missing;
  const access = accessOf(options);
  const found = await access.keys.find();
  return found instanceof ToolError ? found : apiWith(access);
}

function apiWith(access: Access): AwsApi {
  return { ec2: calls('ec2', access), rds: calls('rds', access), secrets: calls('secrets', access) };
}

interface Client {
  send(command: never, options: { readonly abortSignal: AbortSignal }): Promise<object>;
}

interface Service<Sdk> {
  readonly title: string;
  /** Its name in AWS_ENDPOINT_URL_…. */
  readonly variable: string;
  /** The key of the token for the next page. */
  readonly next: 'NextToken' | 'Marker';
  client(sdk: Sdk, config: ClientConfig): Client;
}

const SERVICES: { readonly [K in keyof AwsApi]: Service<AwsSdk[K]> } = {
  ec2: {
    title: 'ec2',
    variable: 'EC2',
    next: 'NextToken',
    client: (sdk, config) => new sdk.EC2Client(config),
  },
  rds: {
    title: 'rds',
    variable: 'RDS',
    next: 'Marker',
    client: (sdk, config) => new sdk.RDSClient(config),
  },
  secrets: {
    title: 'secretsmanager',
    variable: 'SECRETS_MANAGER',
    next: 'NextToken',
    client: (sdk, config) => new sdk.SecretsManagerClient(config),
  },
};

/** An answer or a request, as far as paging needs it. */
type Fields = Readonly<Record<string, unknown>>;

function calls<K extends keyof AwsApi>(name: K, access: Access): AwsCalls<AwsSdk[K]> {
  const service: Service<AwsSdk[K]> = SERVICES[name];
  let client: Client | undefined;
  const call = async (action: string, input: Fields) => {
    const what = `${service.title} ${action} (${access.region})`;
    const sdk = awsSdk(name);
    const Command = (sdk as Readonly<Record<string, unknown>>)[`${action}Command`] as new (input: Fields) => never;
    const send = (page: Fields) => {
      client ??= quietly(() => service.client(sdk, configOf(service.variable, access)));
      return sent(client, new Command(page), what, service.variable, access);
    };
    return allPages(send, input, service.next, what);
  };
  // the library's types say what an action takes and returns
  return call as unknown as AwsCalls<AwsSdk[K]>;
}

async function sent(client: Client, command: never, what: string, service: string, access: Access): Promise<Fields> {
  const limit = AbortSignal.timeout(CALL_SECONDS * 1000);
  const abortSignal = access.signal ? AbortSignal.any([access.signal, limit]) : limit;
  try {
    return (await client.send(command, { abortSignal })) as Fields;
  } catch (error) {
    const to = access.endpoint(service) ?? 'AWS';
    const interrupted = access.signal?.aborted === true;
    throw callFailure(error, { what, to, secrets: access.keys.secrets(), interrupted });
  }
}

/** An answer with complete lists. */
async function allPages(
  send: (input: Fields) => Promise<Fields>,
  input: Fields,
  next: string,
  what: string,
): Promise<Fields> {
  let whole = await send(input);
  for (let page = 1; whole[next]; page++) {
    if (page >= MAX_PAGES) throw new ToolError(`${what} does not end after ${MAX_PAGES} pages`);
    whole = joined(whole, await send({ ...input, [next]: whole[next] }), next);
  }
  return whole;
}

function joined(first: Fields, more: Fields, next: string): Fields {
  const lists = Object.entries(more).flatMap(([key, value]) =>
    Array.isArray(value) ? [[key, [...((first[key] as unknown[] | undefined) ?? []), ...value]]] : [],
  );
  return { ...first, ...Object.fromEntries(lists), [next]: more[next] };
}

/** A library warns of an old Node when its first client is made, unless the environment forbids it. */
function quietly<T>(make: () => T): T {
  const added = Object.entries(QUIET).filter(([name]) => !(name in process.env));
  Object.assign(process.env, Object.fromEntries(added));
  try {
    return make();
  } finally {
    for (const [name] of added) delete process.env[name];
  }
}
