import { readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join, resolve } from 'node:path';
import { LineCounter, parseDocument } from 'yaml';
import { didYouMean, InputError, type Problem, ToolError } from '../../base/input';

/** The login of an entry of clouds.yaml. */
export interface CloudEntry {
  /** The file with the entry. */
  readonly file: string;
  /** The file with its secrets, if there is one. */
  readonly secureFile?: string;
  /** The same as variables of an openrc file. */
  readonly variables: Readonly<Record<string, string>>;
  /** The login method that we do not support: `auth_type v3token`. */
  readonly unsupported?: string;
}

export interface CloudPlaces {
  /** @default the working directory */
  readonly cwd?: string;
  /** @default the user's */
  readonly home?: string;
  /** @default /etc/openstack */
  readonly system?: string;
}

type Tree = { readonly [key: string]: string | Tree | readonly unknown[] | undefined };

/**
 * Reads an entry of clouds.yaml as OpenStack's SDK does: the first file of OS_CLIENT_CONFIG_FILE, the working directory,
 * the user's configuration and /etc/openstack, overlaid by the entry of secure.yaml (same places, OS_CLIENT_SECURE_FILE).
 * @throws InputError when there is no such entry, or it is incomplete
 * @throws ToolError when a file cannot be read
 */
export function readCloud(name: string, env: NodeJS.ProcessEnv, places: CloudPlaces = {}): CloudEntry {
  const { cwd = process.cwd(), home = homedir(), system = '/etc/openstack' } = places;
  const folders = [cwd, join(env['XDG_CONFIG_HOME'] || join(home, '.config'), 'openstack'), system];
  const find = (own: string | undefined, stem: string) =>
    first([
      ...(own ? [resolve(cwd, own)] : []),
      ...folders.flatMap((folder) => ['yaml', 'yml', 'json'].map((end) => join(folder, `${stem}.${end}`))),
    ]);
  const found = find(env['OS_CLIENT_CONFIG_FILE'], 'clouds');
  if (!found) {
    const message = `no clouds.yaml: none in ${folders.join(', ')}; write one, or set OS_CLIENT_CONFIG_FILE`;
    throw new InputError(`cloud ${name}`, [{ path: name, message, rule: 'cloud-unknown' }]);
  }
  const clouds = tree(found.tree['clouds']);
  if (typeof clouds[name] !== 'object') {
    const names = Object.keys(clouds).sort();
    const has = names.length > 0 ? `it has ${names.join(', ')}` : 'it has none';
    const message = `no such cloud${didYouMean(name, names)} (${has})`;
    throw new InputError(found.file, [{ path: `clouds.${name}`, message, rule: 'cloud-unknown' }]);
  }
  const secure = find(env['OS_CLIENT_SECURE_FILE'], 'secure');
  const entry = merged(tree(clouds[name]), tree(tree(secure?.tree['clouds'])[name]));
  return {
    file: found.file,
    ...(secure ? { secureFile: secure.file } : {}),
    ...loginOf(name, found.file, entry, home),
  };
}

/** The first of these files that exists. */
function first(files: readonly string[]): { readonly file: string; readonly tree: Tree } | undefined {
  for (const file of files) {
    const text = readOr(file);
    if (text === undefined) continue;
    // all scalars as text: a password such as 0123 is not a number
    const lines = new LineCounter();
    const document = parseDocument(text, { schema: 'failsafe', prettyErrors: false, lineCounter: lines });
    const [error] = document.errors;
    // the parser's message may quote the file, which may hold secrets
    if (error) throw new ToolError(`${file} is not YAML`, `fix line ${lines.linePos(error.pos[0]).line}`);
    return { file, tree: tree(document.toJS()) };
  }
  return undefined;
}

function readOr(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT' || code === 'ENOTDIR') return undefined;
    throw new ToolError(
      `${file} cannot be read (${code})`,
      'fix its permissions, or set OS_CLIENT_CONFIG_FILE to another',
    );
  }
}

const tree = (value: unknown): Tree =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Tree) : {};

function merged(under: Tree, over: Tree): Tree {
  const both = Object.entries(over).map(([key, value]) => {
    const inner = typeof value === 'object' && !Array.isArray(value);
    return [key, inner ? merged(tree(under[key]), tree(value)) : value];
  });
  return { ...under, ...Object.fromEntries(both) };
}

/** Keys of an entry's `auth`, by variable of an openrc file. */
const AUTH: Readonly<Record<string, readonly string[]>> = {
  OS_AUTH_URL: ['auth_url'],
  OS_USERNAME: ['username', 'user_name'],
  OS_USER_ID: ['user_id'],
  OS_PASSWORD: ['password'],
  OS_PROJECT_NAME: ['project_name', 'tenant_name'],
  OS_PROJECT_ID: ['project_id', 'tenant_id'],
  OS_USER_DOMAIN_NAME: ['user_domain_name', 'domain_name', 'default_domain'],
  OS_USER_DOMAIN_ID: ['user_domain_id', 'domain_id'],
  OS_PROJECT_DOMAIN_NAME: ['project_domain_name', 'domain_name', 'default_domain'],
  OS_PROJECT_DOMAIN_ID: ['project_domain_id', 'domain_id'],
  OS_APPLICATION_CREDENTIAL_ID: ['application_credential_id'],
  OS_APPLICATION_CREDENTIAL_NAME: ['application_credential_name'],
  OS_APPLICATION_CREDENTIAL_SECRET: ['application_credential_secret'],
};
const PASSWORD_TYPES = ['', 'password', 'v3password'];
const CREDENTIAL_TYPE = 'v3applicationcredential';

function loginOf(name: string, file: string, entry: Tree, home: string): Pick<CloudEntry, 'variables' | 'unsupported'> {
  // some keys may also be beside `auth`
  const auth = { ...entry, ...tree(entry['auth']) };
  const of = (...keys: readonly string[]) =>
    keys.map((key) => auth[key]).find((v) => typeof v === 'string' && v !== '');
  const values = Object.entries(AUTH).map(([variable, keys]) => [variable, of(...keys)] as const);
  const [region] = Array.isArray(entry['regions']) ? (entry['regions'] as readonly unknown[]) : [];
  const cacert = of('cacert') as string | undefined;
  const variables = defined({
    ...Object.fromEntries(values),
    OS_REGION_NAME: of('region_name') ?? (typeof region === 'string' ? region : tree(region)['name']),
    OS_INTERFACE: of('interface', 'endpoint_type'),
    OS_CACERT: cacert?.replace(/^~(?=\/)/, home),
    OS_INSECURE: /^(false|no|off|0)$/i.test(String(of('verify') ?? '')) ? 'true' : undefined,
  });
  const type = String(of('auth_type') ?? '');
  const byCredential = type === CREDENTIAL_TYPE || (type === '' && 'OS_APPLICATION_CREDENTIAL_SECRET' in variables);
  if (!byCredential && !PASSWORD_TYPES.includes(type)) return { variables, unsupported: `auth_type ${type}` };
  if (of('cert')) return { variables, unsupported: 'a client certificate' };
  const problems = lacking(variables, byCredential).map(
    (key): Problem => ({
      path: `clouds.${name}.auth.${key}`,
      message: `required${key === 'auth_url' && of('profile', 'cloud') ? '; profiles of clouds-public.yaml are not read' : ''}, here or in secure.yaml`,
      rule: 'cloud-login',
    }),
  );
  if (problems.length > 0) throw new InputError(file, problems);
  if (byCredential) return { variables };
  const { OS_APPLICATION_CREDENTIAL_SECRET: _, ...password } = variables;
  return { variables: password };
}

function lacking(has: Readonly<Record<string, string>>, byCredential: boolean): string[] {
  const user = 'OS_USERNAME' in has || 'OS_USER_ID' in has;
  const project = 'OS_PROJECT_NAME' in has || 'OS_PROJECT_ID' in has;
  const credential = 'OS_APPLICATION_CREDENTIAL_ID' in has || ('OS_APPLICATION_CREDENTIAL_NAME' in has && user);
  const needs: readonly (readonly [string, boolean])[] = byCredential
    ? [
        ['application_credential_id', credential],
        ['application_credential_secret', 'OS_APPLICATION_CREDENTIAL_SECRET' in has],
      ]
    : [
        ['username', user],
        ['password', 'OS_PASSWORD' in has],
        ['project_name', project],
      ];
  return [['auth_url', 'OS_AUTH_URL' in has] as const, ...needs].flatMap(([key, there]) => (there ? [] : [key]));
}

function defined(values: Readonly<Record<string, unknown>>): Record<string, string> {
  const there = Object.entries(values).filter((pair): pair is [string, string] => typeof pair[1] === 'string');
  return Object.fromEntries(there);
}
