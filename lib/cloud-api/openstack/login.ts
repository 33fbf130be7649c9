import { ToolError } from '../../base/input';
import type { HttpAnswer } from './http';

/** Keystone's URL and the credentials. */
export interface OpenstackLogin {
  /** Keystone's URL, with version. */
  readonly url: string;
  readonly auth: Readonly<Record<string, unknown>>;
  readonly region: string;
  readonly interface: string;
}

export interface OpenstackSession {
  readonly token: string;
  readonly projectId: string;
  readonly userId: string;
  readonly region: string;
  /** URL by catalog type, of the wanted region and interface. */
  readonly endpoints: ReadonlyMap<string, string>;
}

/** One call; `what` names it in a failure. */
export type Http = (
  what: string,
  method: string,
  url: string,
  headers: Record<string, string>,
  body?: unknown,
) => Promise<HttpAnswer>;

/**
 * Reads the variables that every OpenStack client reads.
 * @throws ToolError with the missing ones
 */
export function authOf(env: NodeJS.ProcessEnv): OpenstackLogin {
  const of = (...names: string[]) => names.map((name) => env[name]).find((value) => value);
  const url = of('OS_AUTH_URL');
  const missing = (...names: string[]) =>
    new ToolError(
      `the environment does not say how to log in to OpenStack: ${names.join(', ')} ${names.length > 1 ? 'are' : 'is'} not set`,
      'source the openrc file that your cloud offers for download, set the variables, or set OS_CLOUD to an entry of clouds.yaml',
    );
  if (!url) throw missing('OS_AUTH_URL');
  const base = {
    url: /\/v3\/?$/.test(url) ? url.replace(/\/$/, '') : `${url.replace(/\/(v2\.0\/?)?$/, '')}/v3`,
    region: of('OS_REGION_NAME') ?? '',
    interface: (of('OS_INTERFACE', 'OS_ENDPOINT_TYPE') ?? 'public').replace(/URL$/, ''),
  };
  const secret = of('OS_APPLICATION_CREDENTIAL_SECRET');
  const domain = (kind: 'USER' | 'PROJECT') => {
    const id = of(`OS_${kind}_DOMAIN_ID`, 'OS_DOMAIN_ID');
    return id ? { id } : { name: of(`OS_${kind}_DOMAIN_NAME`, 'OS_DOMAIN_NAME') ?? 'Default' };
  };
  const userId = of('OS_USER_ID', 'OS_USERID');
  const name = of('OS_USERNAME');
  if (secret) {
    const id = of('OS_APPLICATION_CREDENTIAL_ID');
    const own = of('OS_APPLICATION_CREDENTIAL_NAME');
    const user = userId ? { id: userId } : { name, domain: domain('USER') };
    if (!id && !(own && (userId || name))) throw missing('OS_APPLICATION_CREDENTIAL_ID');
    const credential = id ? { id, secret } : { name: own, secret, user };
    return { ...base, auth: { identity: { methods: ['application_credential'], application_credential: credential } } };
  }
  const password = of('OS_PASSWORD');
  const projectId = of('OS_PROJECT_ID', 'OS_TENANT_ID');
  const project = of('OS_PROJECT_NAME', 'OS_TENANT_NAME');
  // as the provider does: only without a password
  const token = password ? undefined : of('OS_TOKEN', 'OS_AUTH_TOKEN');
  const scoped = projectId ? { project: { id: projectId } } : { project: { name: project, domain: domain('PROJECT') } };
  if (token && (projectId || project))
    return { ...base, auth: { identity: { methods: ['token'], token: { id: token } }, scope: scoped } };
  const lacking = token
    ? ['OS_PROJECT_NAME']
    : [
        ...(userId || name ? [] : ['OS_USERNAME']),
        ...(password ? [] : ['OS_PASSWORD']),
        ...(projectId || project ? [] : ['OS_PROJECT_NAME']),
      ];
  if (lacking.length > 0) throw missing(...lacking);
  const user = userId ? { id: userId, password } : { name, password, domain: domain('USER') };
  return { ...base, auth: { identity: { methods: ['password'], password: { user } }, scope: scoped } };
}

/**
 * Logs in.
 * @throws ToolError when Keystone refuses, or does not answer
 */
export async function sessionOf(login: OpenstackLogin, http: Http): Promise<OpenstackSession> {
  const what = 'logging in to OpenStack';
  const answer = await http(what, 'POST', `${login.url}/auth/tokens`, {}, { auth: login.auth });
  const token = answer.headers['x-subject-token'];
  if (answer.status === 401) {
    const { identity } = login.auth as { identity?: { token?: unknown } };
    const byToken = identity?.token !== undefined;
    const next = byToken
      ? 'get a new one: export OS_TOKEN=$(openstack token issue -f value -c id); check OS_PROJECT_NAME'
      : 'check OS_USERNAME, OS_PASSWORD, OS_PROJECT_NAME and the domains, or the application credential';
    const wrong = byToken ? 'the token has expired, or is not for that project' : 'user, password or project is wrong';
    throw new ToolError(`${what} at ${login.url} failed: ${wrong}`, next);
  }
  if (answer.status >= 300 || typeof token !== 'string') {
    throw new ToolError(
      `${what} at ${login.url} failed (${answer.status})`,
      'check OS_AUTH_URL',
      answer.text.slice(0, 500),
    );
  }
  const body = JSON.parse(answer.text) as { token: TokenBody };
  const { catalog = [], project, user } = body.token;
  const endpoints = new Map<string, string>();
  for (const { type, endpoints: all } of catalog) {
    const fits = all.filter((one) => one.interface === login.interface);
    const found = login.region ? fits.find((one) => login.region === one.region_id) : fits[0];
    if (found) endpoints.set(type, found.url.replace(/\/$/, ''));
  }
  if (endpoints.size === 0) {
    const regions = [...new Set(catalog.flatMap((service) => service.endpoints.map((one) => one.region_id)))].sort();
    const known = regions.length > 0 ? `; the cloud has ${regions.join(', ')}` : '';
    throw new ToolError(
      `the cloud at ${login.url} has no ${login.interface} service in region ${login.region || '(any)'}${known}`,
      'check OS_REGION_NAME and OS_INTERFACE',
    );
  }
  return { token, projectId: project?.id ?? '', userId: user?.id ?? '', region: login.region, endpoints };
}

interface TokenBody {
  readonly project?: { readonly id: string };
  readonly user?: { readonly id: string };
  readonly catalog?: readonly {
    readonly type: string;
    readonly endpoints: readonly { readonly interface: string; readonly region_id: string; readonly url: string }[];
  }[];
}
