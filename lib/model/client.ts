import { randomInt, randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { dataFolder } from './data-files';
import type { NodeEntry } from './entries';
import { type Place, writeWhole } from './place';
import { instanceRanges } from './roles';
import type { Kato, Terminal } from './session';
import { KatoError, openSession, type Report, type Session } from './session';
import type { ServiceInstance } from './store-data';
import { getAt, type Tree } from './tree';
import type { Product } from './version';
import type { Value } from './yaml';

/** Labels that are not the role's name (1.1, H). */
const labels: Readonly<Record<string, string>> = { rabbit: 'rabbitmq', rabbit3: 'rabbitmq3' };

/** What the client shows of shipped services: versions 1.1 H, words S2 H, of those without any L. */
const shown: Readonly<Record<string, readonly [version: string, description: string]>> = {
  mysql: ['5.5', 'MySQL database service'],
  postgresql: ['9.1', 'PostgreSQL database service'],
  redis: ['2.6', 'Redis key-value store service'],
  mongodb: ['2.4', 'MongoDB NoSQL store'],
  memcached: ['1.4', 'Memcached in-memory object cache service'],
  filesystem: ['1.0', 'Persistent filesystem service'],
  harbor: ['1.0', 'External port mapping service'],
};

/** A service that the cluster offers: its gateway runs somewhere, and the controller knows its token. */
interface Offer {
  readonly role: string;
  readonly label: string;
  readonly version: string;
  readonly description: string;
  readonly tags: readonly string[];
  /** Nodes whose node process runs. */
  readonly nodes: readonly string[];
}

const componentOf = (session: Session, name: string) =>
  session.store<Tree>({ op: 'get', component: name, path: '/' }).catch((): Tree => ({}));

async function offers(session: Session): Promise<Offer[]> {
  const own = await session.report();
  const nodes = own.mode === 'micro' ? {} : await session.store<Record<string, NodeEntry>>({ op: 'nodes' });
  const running = new Map<string, Set<string>>();
  for (const address of new Set([own.address, ...Object.keys(nodes)])) {
    const report = await session.supervisor<Report>({ op: 'report' }, address).catch(() => undefined);
    for (const [name, { state }] of Object.entries(report?.processes ?? {}))
      if (state === 'RUNNING') running.set(name, (running.get(name) ?? new Set()).add(address));
  }
  const found: Offer[] = [];
  for (const { name: role } of session.roles) {
    if (!running.has(`${role}_gateway`) || !(await isKnown(session, role))) continue;
    const service = (await componentOf(session, `${role}_gateway`))['service'] ?? {};
    const said = (key: string): Value => getAt(service, key) ?? null;
    const [version = '1.0', description = ''] = Object.hasOwn(shown, role) ? shown[role]! : [];
    found.push({
      role,
      label: labels[role] ?? role,
      version: String(said('version') ?? version),
      description: String(said('description') ?? description),
      tags: [said('tags')]
        .flat()
        .filter((tag) => tag !== null)
        .map(String),
      nodes: [...(running.get(`${role}_node`) ?? [])].sort(),
    });
  }
  return found.sort((a, b) => a.label.localeCompare(b.label));
}

/** A custom service's gateway is believed by its token: in the controller's config, from 3.0 on in the controller too (10.3, H). */
async function isKnown(session: Session, role: string): Promise<boolean> {
  if (Object.hasOwn(shown, role) || Object.hasOwn(labels, role)) return true;
  const recent = session.product.storePort === 7474;
  const { token } = await componentOf(session, `${role}_gateway`);
  const config = await componentOf(session, recent ? 'cloud_controller_ng' : 'cloud_controller');
  const { tokens = {} } = await session.store<{ tokens?: Record<string, string> }>({ op: 'services' });
  const both = [getAt(config, `builtin_services/${role}/token`), ...(recent ? [tokens[role]] : [])];
  return token !== undefined && both.every((other) => other === token);
}

async function create(session: Session, [vendor, name]: readonly string[]): Promise<number> {
  if (vendor === undefined) throw new KatoError('which service? stackato create-service <vendor> [<name>]');
  const offer = (await offers(session)).find(({ label }) => label === vendor);
  const given = name ?? `${vendor}-${randomInt(0x10000, 0x100000).toString(16)}`;
  const creating = `Creating Service${name === undefined ? ` [${given}]` : ''}:`;
  const [node] = offer?.nodes ?? [];
  if (!offer || node === undefined) {
    session.out(`${creating} Error: ${offer ? `no ${offer.role}_node runs` : `there is no service ${vendor}`}`);
    return 1;
  }
  const config = await componentOf(session, `${offer.role}_node`);
  const { instances } = await session.store<{ instances: Record<string, ServiceInstance> }>({ op: 'services' });
  const before = Object.values(instances).filter((one) => one.vendor === vendor).length;
  // A database has a port of its own; of the others each instance has the next one (S2, H).
  const fixed = getAt(config, `${offer.role}/port`);
  const first = getAt(config, 'port_range/min') ?? config['port'] ?? instanceRanges[offer.role]?.[0];
  const host = String(getAt(config, `${offer.role}/host`) ?? node);
  const instance: ServiceInstance = {
    vendor,
    version: offer.version,
    tags: offer.tags,
    host: host === '127.0.0.1' ? node : host,
    id: randomUUID(),
    node: `${offer.role}_node_${config['index'] ?? 1}`,
    created: date(),
    ...(fixed !== undefined || first !== undefined ? { port: Number(fixed ?? Number(first) + before) } : {}),
  };
  await session.store({ op: 'service-put', name: given, instance });
  session.out(`${creating} OK`);
  return 0;
}

async function services(session: Session): Promise<number> {
  const rows = (await offers(session)).map(({ label, version, description }) => [label, version, description]);
  for (const line of ['============== System Services ==============', '']) session.out(line);
  for (const line of table(['Service', 'Version', 'Description'], rows)) session.out(line);
  return 0;
}

async function service(session: Session, [name = '']: readonly string[]): Promise<number> {
  const { instances } = await session.store<{ instances: Record<string, ServiceInstance> }>({ op: 'services' });
  const found = Object.hasOwn(instances, name) ? instances[name]! : undefined;
  if (!found) throw new KatoError(`no such service: ${name}`);
  const { host, vendor, version } = found;
  const { admin } = await session.store<{ admin: { email: string } | null }>({ op: 'about' });
  const credentials = { host, hostname: host, name: found.id, node_id: found.node, port: found.port };
  const meta = {
    created: found.created,
    tags: found.tags.map((tag) => (/\s/.test(tag) ? `{${tag}}` : tag)).join(' '),
    updated: found.created,
    version: '1',
  };
  const part = (values: object) => Object.entries(values).map(([key, value]) => [`- ${key}`, String(value ?? '')]);
  const rows = [
    ...[['credentials', ''], ...part(credentials), ['', '']],
    ...[['email', admin?.email ?? ''], ['meta', ''], ...part(meta), ['', '']],
    ...[
      ['properties', ''],
      ['tier', 'free'],
      ['type', 'generic'],
      ['vendor', vendor],
      ['version', version],
    ],
  ];
  for (const line of ['', name, ...table(['What', 'Value'], rows)]) session.out(line);
  return 0;
}

/** As `date` prints it. */
const date = (): string =>
  new Date().toUTCString().replace(/^(\w+), (\d+) (\w+) (\d+) ([\d:]+) GMT$/, '$1 $3 $2 $5 UTC $4');

function table(head: readonly string[], rows: readonly (readonly string[])[]): string[] {
  const widths = head.map((title, i) => Math.max(title.length, ...rows.map((row) => row[i]!.length)));
  const line = (row: readonly string[]) => `| ${row.map((cell, i) => cell.padEnd(widths[i]!)).join(' | ')} |`;
  const rule = `+${widths.map((width) => '-'.repeat(width + 2)).join('+')}+`;
  return [rule, line(head), rule, ...rows.map(line), rule];
}

async function authToken(session: Session, [name, provider, flag, token]: readonly string[]): Promise<number> {
  if (provider !== 'core' || flag !== '--auth-token' || !token)
    throw new KatoError('stackato create-service-auth-token <name> core --auth-token <token>');
  await session.store({ op: 'token-put', name, token });
  session.out('Creating Service Auth Token: OK');
  return 0;
}

/** An app is a row in the controller's database and a droplet among its blobs (7.3, 7.5; M, the words L). */
async function push(session: Session, [name]: readonly string[]): Promise<number> {
  if (!name || !/^[\w-]+$/.test(name)) throw new KatoError('which app? stackato push <name>');
  const folder = session.place.path(dataFolder(session.product, 'droplets'));
  writeWhole(`${folder}/droplets/${name}`, `droplet of ${name}\n`);
  await session.store({ op: 'app-put', name });
  session.out(`Pushing application '${name}': OK`);
  return 0;
}

/** Apps with their droplets; without it an app cannot start. */
async function apps(session: Session): Promise<number> {
  const folder = session.place.path(dataFolder(session.product, 'droplets'));
  for (const name of await session.store<string[]>({ op: 'apps' }))
    session.out(`${name} ${existsSync(`${folder}/droplets/${name}`) ? 'RUNNING' : 'has no droplet'}`);
  return 0;
}

const verbs = {
  push,
  apps,
  services,
  service,
  'create-service': create,
  'create-service-auth-token': authToken,
} as const;

/** The `stackato` client, as far as the documents try a cluster's services out with it on its core (S0, S2, 10.3; H). */
export async function client(
  place: Place,
  product: Product,
  argv: readonly string[],
  io: Terminal,
  kato: Kato,
): Promise<number> {
  const [verb = '', ...rest] = argv;
  try {
    if (!Object.hasOwn(verbs, verb)) throw new KatoError(`unknown command: stackato ${verb}`);
    return await verbs[verb as keyof typeof verbs](openSession(place, product, io, kato), rest);
  } catch (error) {
    if (!(error instanceof KatoError)) throw error;
    io.err(`stackato: ${error.message}`);
    return 1;
  }
}
