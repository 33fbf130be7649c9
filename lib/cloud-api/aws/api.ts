import { AwsClient } from 'aws4fetch';
import { XMLParser } from 'fast-xml-parser';
import { ToolError } from '../../base/input';

export interface AwsCredentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string;
}

export interface AwsApiOptions {
  readonly region: string;
  /** Base URL for every service. @default AWS_ENDPOINT_URL, else AWS's own, per service */
  readonly endpoint?: string;
  /** @default AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY, AWS_SESSION_TOKEN */
  readonly credentials?: AwsCredentials;
  /** @default process.env */
  readonly env?: NodeJS.ProcessEnv;
  readonly signal?: AbortSignal;
}

/** A parsed answer: text, lists and objects; numbers and booleans stay text, as AWS wrote them. */
export type AwsValue = string | AwsValue[] | AwsObject;
export interface AwsObject {
  readonly [key: string]: AwsValue | undefined;
}

/** A parameter of a query call; lists and objects become `Filter.1.Value.2`. */
export type AwsParameter =
  | string
  | number
  | boolean
  | readonly AwsParameter[]
  | { readonly [key: string]: AwsParameter };
export type AwsParameters = Readonly<Record<string, AwsParameter>>;

/** Signed calls to AWS, real or practised. Every call throws a ToolError that carries AWS's own code. */
export interface AwsApi {
  /** An EC2 action; a `Describe…` follows its pages, so the lists are whole. */
  ec2(action: string, parameters?: AwsParameters): Promise<AwsObject>;
  /** An action of another query service (`rds`, `2014-10-31`), one page; the answer is what its `<…Result>` holds. */
  query(service: string, version: string, action: string, parameters?: AwsParameters): Promise<AwsObject>;
  /** An action of a JSON service: `json('secretsmanager', 'secretsmanager.ListSecrets', {})`. */
  json(service: string, target: string, body: unknown): Promise<Record<string, unknown>>;
}

const EC2_VERSION = '2016-11-15';
const MAX_PAGES = 1000;
const CALL_SECONDS = 60;
const RETRIES = 4;

/** @throws ToolError without credentials */
export function awsApi(options: AwsApiOptions): AwsApi {
  const env = options.env ?? process.env;
  const { region } = options;
  const base = options.endpoint ?? (env['AWS_ENDPOINT_URL'] || undefined);
  const client = new AwsClient({ ...(options.credentials ?? credentialsFrom(env)), region, retries: RETRIES });

  const post = async (service: string, what: string, headers: Record<string, string>, body: string) => {
    const url = base ?? `https://${service}.${region}.amazonaws.com/`;
    const limit = AbortSignal.timeout(CALL_SECONDS * 1000);
    const signal = options.signal ? AbortSignal.any([options.signal, limit]) : limit;
    try {
      const response = await client.fetch(url, { method: 'POST', headers, body, signal, aws: { service, region } });
      return { ok: response.ok, status: response.status, text: await response.text() };
    } catch (error) {
      const cause = error instanceof Error && error.cause instanceof Error ? error.cause.message : String(error);
      throw new ToolError(`${what} (${region}) got no answer from ${url}`, undefined, cause);
    }
  };

  const query = async (service: string, version: string, action: string, parameters: AwsParameters) => {
    const form = new URLSearchParams({ Action: action, Version: version, ...flat(parameters) });
    const headers = { 'content-type': 'application/x-www-form-urlencoded; charset=utf-8' };
    const answer = await post(service, `${service} ${action}`, headers, form.toString());
    if (!answer.ok) throw refused(`${service} ${action}`, region, xmlError(answer.text), answer.status);
    const root = Object.values(parseXml(answer.text)).find((value) => typeof value === 'object');
    if (root === undefined || Array.isArray(root))
      throw refused(`${service} ${action}`, region, ['', 'no XML'], answer.status);
    return root;
  };

  return {
    async ec2(action, parameters = {}) {
      let whole = await query('ec2', EC2_VERSION, action, parameters);
      if (!action.startsWith('Describe')) return whole;
      for (let page = 1; whole['nextToken']; page++) {
        if (page > MAX_PAGES) throw new ToolError(`ec2 ${action} (${region}) does not end after ${MAX_PAGES} pages`);
        const next = await query('ec2', EC2_VERSION, action, { ...parameters, NextToken: String(whole['nextToken']) });
        whole = joined(whole, next);
      }
      return whole;
    },
    async query(service, version, action, parameters = {}) {
      const root = await query(service, version, action, parameters);
      const result = root[`${action}Result`];
      return result === undefined ? root : typeof result === 'string' || Array.isArray(result) ? {} : result;
    },
    async json(service, target, body) {
      const headers = { 'content-type': 'application/x-amz-json-1.1', 'x-amz-target': target };
      const answer = await post(service, target, headers, JSON.stringify(body));
      const parsed = parseJson(answer.text);
      if (answer.ok && parsed) return parsed;
      const code = String(parsed?.['__type'] ?? '').replace(/^.*#/, '');
      throw refused(
        target,
        region,
        [code, String(parsed?.['message'] ?? parsed?.['Message'] ?? answer.text)],
        answer.status,
      );
    },
  };
}

/** A list from an answer: absent and empty elements are empty lists. */
export function list(value: AwsValue | undefined): AwsValue[] {
  if (value === undefined || value === '') return [];
  return Array.isArray(value) ? value : [value];
}

/** A list of objects from an answer. */
export function objects(value: AwsValue | undefined): AwsObject[] {
  return list(value).filter((entry): entry is AwsObject => typeof entry === 'object' && !Array.isArray(entry));
}

/** Text from an answer; absent is empty. */
export function text(value: AwsValue | undefined): string {
  return typeof value === 'string' ? value : '';
}

function credentialsFrom(env: NodeJS.ProcessEnv): AwsCredentials {
  const {
    AWS_ACCESS_KEY_ID: accessKeyId,
    AWS_SECRET_ACCESS_KEY: secretAccessKey,
    AWS_SESSION_TOKEN: sessionToken,
  } = env;
  if (accessKeyId && secretAccessKey)
    return { accessKeyId, secretAccessKey, ...(sessionToken ? { sessionToken } : {}) };
  throw new ToolError(
    'there are no AWS keys in the environment (AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY)',
    'eval "$(aws configure export-credentials --format env)"',
  );
}

function flat(parameters: AwsParameters, prefix = ''): Record<string, string> {
  const out: Record<string, string> = {};
  for (const [key, value] of Object.entries(parameters)) {
    const name = `${prefix}${key}`;
    if (Array.isArray(value)) {
      const numbered = Object.fromEntries(value.map((v: AwsParameter, i) => [String(i + 1), v]));
      Object.assign(out, flat(numbered, `${name}.`));
    } else if (typeof value === 'object') Object.assign(out, flat(value as AwsParameters, `${name}.`));
    else out[name] = String(value);
  }
  return out;
}

const parser = new XMLParser({ ignoreAttributes: true, ignoreDeclaration: true, parseTagValue: false });

/** @internal for tests: AWS's XML with its wrappers (`item`, `member`, `DBInstances/DBInstance`) as arrays. */
export function parseXml(xml: string): AwsObject {
  return simplified(parser.parse(xml) as AwsValue, '') as AwsObject;
}

function simplified(value: AwsValue, name: string): AwsValue {
  if (typeof value === 'string') return value === '' && name.endsWith('Set') ? [] : value;
  if (Array.isArray(value)) return value.map((entry) => simplified(entry, ''));
  const entries = Object.entries(value);
  const [only, ...more] = entries;
  if (only && more.length === 0 && wraps(name, only[0])) return list(only[1]).map((entry) => simplified(entry, ''));
  return Object.fromEntries(entries.map(([key, entry]) => [key, simplified(entry ?? '', key)]));
}

function wraps(parent: string, child: string): boolean {
  return child === 'item' || child === 'member' || parent === `${child}s` || parent === `${child}List`;
}

function joined(first: AwsObject, next: AwsObject): AwsObject {
  const out: Record<string, AwsValue | undefined> = { ...first, nextToken: next['nextToken'] };
  for (const [key, value] of Object.entries(next)) {
    if (key === 'nextToken') continue;
    const before = out[key];
    if (Array.isArray(value)) out[key] = [...list(before), ...value];
  }
  return out;
}

/** EC2 says `Response/Errors/Error`, the others `ErrorResponse/Error`. */
function xmlError(xml: string): [code: string, message: string] {
  const pick = (tag: string) => new RegExp(`<${tag}>([^<]*)</${tag}>`).exec(xml)?.[1];
  return [pick('Code') ?? '', pick('Message') ?? xml.slice(0, 500)];
}

function parseJson(body: string): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(body || '{}');
    return value !== null && typeof value === 'object' ? (value as Record<string, unknown>) : undefined;
  } catch {
    return undefined;
  }
}

function refused(what: string, region: string, [code, message]: readonly string[], status: number): ToolError {
  return new ToolError(`${what} (${region}) was refused: ${code || `HTTP ${status}`}`, undefined, message);
}
