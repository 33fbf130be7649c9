import { readFileSync } from 'node:fs';
import { ToolError } from '../../base/input';
import { isLoopback, practiceAsked } from '../environment';
import { type HttpAnswer, httpCall } from './http';
import { authOf, type Http, type OpenstackLogin, type OpenstackSession, sessionOf } from './login';

/** Our names of services; clouds have several names for some. */
export type OpenstackService = keyof typeof SERVICES;

/** A parsed answer. */
export type OpenstackObject = Readonly<Record<string, unknown>>;

/**
 * Calls to OpenStack or the practice cloud.
 * @throws ToolError with the service's own message, from every call
 */
export interface OpenstackApi {
  readonly projectId: string;
  readonly userId: string;
  readonly region: string;
  /** Whether the catalog has the service. */
  has(service: OpenstackService): boolean;
  /** One call; `path` begins after the version: `call('compute', 'GET', '/servers/detail')`. */
  call(service: OpenstackService, method: string, path: string, body?: unknown): Promise<OpenstackObject>;
  /** A GET; undefined when the resource does not exist. */
  find(service: OpenstackService, path: string): Promise<OpenstackObject | undefined>;
  /** A whole list, over all its pages; `key` is the name under which the answer holds it. */
  list(service: OpenstackService, path: string, key: string): Promise<OpenstackObject[]>;
}

export interface OpenstackApiOptions {
  /** @default process.env */
  readonly env?: NodeJS.ProcessEnv;
  readonly signal?: AbortSignal;
}

/** Catalog types, best first; the version to add if the catalog's URL lacks it; the lowest microversion that shows user data. */
const SERVICES = {
  compute: { types: ['compute'], microversion: 'compute 2.3' },
  network: { types: ['network'], version: 'v2.0' },
  image: { types: ['image'], version: 'v2' },
  volume: { types: ['block-storage', 'volumev3', 'block-store'] },
  /** Cinder's messages to users, which it has since 3.3. */
  'volume-messages': { types: ['block-storage', 'volumev3', 'block-store'], microversion: 'volume 3.3' },
  'load-balancer': { types: ['load-balancer'], version: 'v2' },
  dns: { types: ['dns'], version: 'v2' },
  'key-manager': { types: ['key-manager'], version: 'v1' },
  identity: { types: ['identity'], version: 'v3' },
} as const satisfies Readonly<Record<string, { types: readonly string[]; version?: string; microversion?: string }>>;

const CALL_SECONDS = 60;
const MAX_PAGES = 1000;

/**
 * Logs in by the environment (`OS_AUTH_URL`, …) with a password, token or application credential.
 * @throws ToolError when there are no credentials, they are refused, or a service in practice mode is not on this machine
 */
export async function openstackApi(options: OpenstackApiOptions = {}): Promise<OpenstackApi> {
  const env = options.env ?? process.env;
  const login = authOf(env);
  const http = httpOf(env, options.signal);
  const session = await sessionOf(login, http);
  if (practiceAsked(env)) refuseRemote(session);
  const { has, address, send } = servicesOf(login, session, http);
  return {
    projectId: session.projectId,
    userId: session.userId,
    region: session.region,
    has,
    async call(service, method, path, body) {
      const answer = await send(service, method, address(service, path), body);
      if (answer.status >= 400) throw refused(`${service} ${method} ${path}`, answer);
      return parsed(answer.text);
    },
    async find(service, path) {
      const answer = await send(service, 'GET', address(service, path));
      if (answer.status === 404) return undefined;
      if (answer.status >= 400) throw refused(`${service} GET ${path}`, answer);
      return parsed(answer.text);
    },
    async list(service, path, key) {
      const all: OpenstackObject[] = [];
      let url: string | undefined = address(service, path);
      for (let page = 1; url !== undefined; page++) {
        if (page > MAX_PAGES) throw new ToolError(`${service} GET ${path} does not end after ${MAX_PAGES} pages`);
        const answer = await send(service, 'GET', url);
        if (answer.status >= 400) throw refused(`${service} GET ${path}`, answer);
        const body = parsed(answer.text);
        all.push(...objects(body[key]));
        url = nextPage(body, key, url);
      }
      return all;
    },
  };
}

/** HTTP with the environment's certificates; the signal ends it. */
function httpOf(env: NodeJS.ProcessEnv, signal: AbortSignal | undefined): Http {
  const ca = env['OS_CACERT'] ? readFileSync(env['OS_CACERT']) : undefined;
  const insecure = env['OS_INSECURE'] === 'true' || env['OS_INSECURE'] === '1';
  return async (what, method, url, headers, body) => {
    try {
      return await httpCall(url, { method, headers, body, ca, insecure, seconds: CALL_SECONDS, signal });
    } catch (error) {
      if (signal?.aborted) throw new ToolError(`${what} was interrupted`);
      throw new ToolError(`${what} got no answer from ${new URL(url).origin}`, undefined, String(error));
    }
  };
}

function refuseRemote({ endpoints }: OpenstackSession): void {
  const away = [...endpoints].find(([, url]) => !isLoopback(url));
  if (away) throw new ToolError(`practice mode is on, but the service ${away[0]} is at ${away[1]}`);
}

/** The services of a cloud: their URLs, and calls to them with a valid token. */
function servicesOf(login: OpenstackLogin, first: OpenstackSession, http: Http) {
  let session = first;
  const address = (service: OpenstackService, path: string): string => {
    const base = endpointOf(session, service);
    if (base !== undefined) return `${base}${path}`;
    throw new ToolError(
      `the cloud at ${login.url} has no service for ${service} in region ${session.region || '(any)'}`,
    );
  };
  const send = async (service: OpenstackService, method: string, url: string, body?: unknown): Promise<HttpAnswer> => {
    const what = `${service} ${method} ${pathOf(url)}`;
    const answer = await http(what, method, url, headersOf(session, service), body);
    // a token may expire during a long deployment
    if (answer.status !== 401) return answer;
    session = await sessionOf(login, http);
    return http(what, method, url, headersOf(session, service), body);
  };
  return { has: (service: OpenstackService) => endpointOf(session, service) !== undefined, address, send };
}

function endpointOf({ endpoints }: OpenstackSession, service: OpenstackService): string | undefined {
  const { types, ...more } = SERVICES[service];
  for (const type of types) {
    const url = endpoints.get(type);
    if (url !== undefined) return 'version' in more ? versioned(url, more.version) : url;
  }
  return undefined;
}

function headersOf({ token }: OpenstackSession, service: OpenstackService): Record<string, string> {
  const known = SERVICES[service];
  return {
    'x-auth-token': token,
    ...('microversion' in known ? { 'openstack-api-version': known.microversion } : {}),
  };
}

/** A list of objects from an answer; absent is empty. */
export function objects(value: unknown): OpenstackObject[] {
  return Array.isArray(value) ? value.filter((v): v is OpenstackObject => v !== null && typeof v === 'object') : [];
}

/** An object from an answer; absent is empty. */
export function object(value: unknown): OpenstackObject {
  return value !== null && typeof value === 'object' && !Array.isArray(value) ? (value as OpenstackObject) : {};
}

/** Text from an answer; absent is empty. */
export function text(value: unknown): string {
  return typeof value === 'string' ? value : typeof value === 'number' ? String(value) : '';
}

/** Nova and Cinder: `servers_links`; Neutron: `networks_links`; Glance: `next`; Octavia: `…_links`; Designate: `links`. */
function nextPage(body: OpenstackObject, key: string, url: string): string | undefined {
  const link = objects(body[`${key}_links`]).find((one) => one['rel'] === 'next')?.['href'];
  const next = text(link ?? body['next'] ?? object(body['links'])['next']);
  // some answer with a path only, some behind a proxy with another host
  return next === '' ? undefined : withQuery(url, new URL(next, url).search);
}

function withQuery(url: string, search: string): string {
  const next = new URL(url);
  next.search = search;
  return next.toString();
}

function versioned(url: string, version: string): string {
  return /\/v\d[\d.]*$/.test(url) ? url : `${url}/${version}`;
}

function pathOf(url: string): string {
  return new URL(url).pathname;
}

function parsed(body: string): OpenstackObject {
  try {
    return object(JSON.parse(body || '{}'));
  } catch {
    return {};
  }
}

function refused(what: string, answer: HttpAnswer): ToolError {
  return new ToolError(`${what} was refused (${answer.status})`, undefined, wordsOf(answer.text));
}

/** @internal Each service wraps its message differently: `{badRequest: {message}}`, `{NeutronError: {message}}`, … */
export function wordsOf(body: string): string {
  const find = (value: unknown, depth: number): string | undefined => {
    if (depth > 3 || value === null || typeof value !== 'object') return undefined;
    const own = ['message', 'faultstring', 'description', 'detail'].map((key) => (value as OpenstackObject)[key]);
    const words = own.find((one) => typeof one === 'string' && one !== '');
    if (typeof words === 'string') return words;
    for (const inner of Object.values(value)) {
      const found = find(inner, depth + 1);
      if (found) return found;
    }
    return undefined;
  };
  const plain = body.replace(/<(style|title)[^>]*>.*?<\/\1>/gs, ' ').replace(/<[^>]*>/g, ' ');
  return (find(parsed(body), 0) ?? plain).replace(/\s+/g, ' ').trim().slice(0, 1000);
}
