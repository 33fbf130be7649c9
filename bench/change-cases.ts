import type { ClusterInput } from '../lib/declaration/schema';

/** A declaration as a person edits it. */
export type Declared = Omit<ClusterInput, 'pools' | 'databases' | 'clouds'> & {
  pools: Record<string, Record<string, unknown>>;
  databases: Record<string, Record<string, unknown>>;
  clouds: { aws: Record<string, unknown> };
};

/** What must happen: `check` refuses it, `deploy` refuses it, all data is kept, or only what is released goes. */
export type Expected = 'check' | 'refused' | 'kept' | 'released';

/** One change of the base, and what must happen. */
export interface ChangeCase {
  readonly what: string;
  readonly expected: Expected;
  readonly edit: (declared: Declared) => void;
}

const KEY = 'arn:aws:kms:us-west-2:123456789012:key/1f948264-c77d-49d3-b9cf-84f6da3cbf1f';
const until = '2099-12-31';
const release = (...names: string[]) => Object.fromEntries(names.map((name) => [name, { reason: 'table', until }]));

/** The cluster that every change begins with: a core, data nodes, a node with a database, DEAs. */
export const base = (): Declared => ({
  name: 'changes',
  hostname: 'paas.example.com',
  version: '3.6',
  admin: { email: 'ops@example.com', organization: 'Example', password: { secret: 'admin-password' } },
  licenseGib: 100,
  license: { secret: 'license' },
  core: { size: 'large', diskGib: 50 },
  pools: {
    data: { roles: ['redis', 'mongodb'], count: 2, diskGib: 50 },
    sql: { roles: [{ mysql: { database: 'apps' } }], diskGib: 20 },
    dea: { roles: ['dea'], count: 2 },
  },
  databases: { apps: { engine: 'mysql', version: '5.7', storageGib: 20 } },
  clouds: {
    aws: { region: 'us-west-2', zones: ['us-west-2a', 'us-west-2b'], image: 'ami-7d5fb21d', keyName: 'ops' },
  },
});

const pool = (declared: Declared, from: string, to: string, more: object = {}) => {
  declared.pools[to] = { ...declared.pools[from], ...more };
  delete declared.pools[from];
};
const database = (declared: Declared, to: string, more: object = {}) => {
  declared.databases = { [to]: { ...declared.databases['apps'], ...more } };
  declared.pools['sql']!['roles'] = [{ mysql: { database: to } }];
};
const ownMysql = (declared: Declared) => {
  declared.pools['sql']!['roles'] = ['mysql'];
  declared.databases = {};
};

/** Every field of the declaration changed, removed, renamed, grown or shrunk. */
export const CHANGES: readonly ChangeCase[] = [
  { what: 'nothing', expected: 'kept', edit: () => undefined },
  // data pools
  { what: 'data pool removed', expected: 'refused', edit: (d) => delete d.pools['data'] },
  {
    what: 'data pool removed, released',
    expected: 'released',
    edit: (d) => {
      delete d.pools['data'];
      d.release = release('data-1 volume', 'data-2 volume');
    },
  },
  {
    what: 'data pool removed, half released',
    expected: 'refused',
    edit: (d) => {
      delete d.pools['data'];
      d.release = release('data-1 volume');
    },
  },
  {
    what: 'data pool removed, release ended',
    expected: 'refused',
    edit: (d) => {
      delete d.pools['data'];
      d.release = { 'data-1 volume': { reason: 'table', until: '2020-01-01' } };
    },
  },
  {
    what: 'data pool removed, protect off',
    expected: 'refused',
    edit: (d) => {
      delete d.pools['data'];
      d.protect = false;
    },
  },
  { what: 'data pool renamed', expected: 'refused', edit: (d) => pool(d, 'data', 'store') },
  { what: 'data pool renamed with was', expected: 'kept', edit: (d) => pool(d, 'data', 'store', { was: 'data' }) },
  { what: 'data pool 2 → 1', expected: 'refused', edit: (d) => (d.pools['data']!['count'] = 1) },
  { what: 'data pool 2 → 3', expected: 'kept', edit: (d) => (d.pools['data']!['count'] = 3) },
  { what: 'data volume 50 → 40 GiB', expected: 'refused', edit: (d) => (d.pools['data']!['diskGib'] = 40) },
  { what: 'data volume 50 → 60 GiB', expected: 'kept', edit: (d) => (d.pools['data']!['diskGib'] = 60) },
  { what: 'data volume removed', expected: 'check', edit: (d) => delete d.pools['data']!['diskGib'] },
  { what: 'data pool resized', expected: 'kept', edit: (d) => (d.pools['data']!['size'] = 'large') },
  {
    what: 'role added to data pool',
    expected: 'kept',
    edit: (d) => (d.pools['data']!['roles'] = ['redis', 'mongodb', 'rabbit3']),
  },
  { what: 'role removed from data pool', expected: 'kept', edit: (d) => (d.pools['data']!['roles'] = ['redis']) },
  // other pools
  { what: 'DEA pool removed', expected: 'kept', edit: (d) => delete d.pools['dea'] },
  { what: 'DEA pool renamed', expected: 'kept', edit: (d) => pool(d, 'dea', 'apps') },
  { what: 'DEA pool renamed with was', expected: 'kept', edit: (d) => pool(d, 'dea', 'apps', { was: 'dea' }) },
  { what: 'DEAs 2 → 3', expected: 'kept', edit: (d) => (d.pools['dea']!['count'] = 3) },
  { what: 'DEAs 2 → 1', expected: 'kept', edit: (d) => (d.pools['dea']!['count'] = 1) },
  { what: 'placement zone', expected: 'kept', edit: (d) => (d.pools['dea']!['placementZones'] = ['gold']) },
  { what: 'router pool added', expected: 'kept', edit: (d) => (d.pools['edge'] = { roles: ['router'], count: 2 }) },
  // the core
  { what: 'core resized', expected: 'kept', edit: (d) => (d.core!.size = 'xlarge') },
  { what: 'core volume 50 → 60 GiB', expected: 'kept', edit: (d) => (d.core!.diskGib = 60) },
  { what: 'core volume 50 → 40 GiB', expected: 'refused', edit: (d) => (d.core!.diskGib = 40) },
  { what: 'core volume removed', expected: 'refused', edit: (d) => delete d.core!.diskGib },
  {
    what: 'core volume removed, released',
    expected: 'released',
    edit: (d) => {
      delete d.core!.diskGib;
      d.release = release('core volume');
    },
  },
  { what: 'role added to the core', expected: 'kept', edit: (d) => (d.core!.roles = ['memcached']) },
  {
    what: 'core with an image of its own',
    expected: 'refused',
    edit: (d) => (d.clouds.aws['images'] = { core: 'ami-0aaaaaaaaaaaaaaaa' }),
  },
  // databases
  { what: 'database removed', expected: 'refused', edit: ownMysql },
  {
    what: 'database removed, released, still protected',
    expected: 'refused',
    edit: (d) => {
      ownMysql(d);
      d.release = release('database apps');
    },
  },
  { what: 'database renamed', expected: 'refused', edit: (d) => database(d, 'main') },
  { what: 'database renamed with was', expected: 'kept', edit: (d) => database(d, 'main', { was: 'apps' }) },
  { what: 'database engine changed', expected: 'check', edit: (d) => (d.databases['apps']!['engine'] = 'postgresql') },
  { what: 'database 5.7 → 8.4', expected: 'check', edit: (d) => (d.databases['apps']!['version'] = '8.4') },
  { what: 'database 20 → 30 GiB', expected: 'kept', edit: (d) => (d.databases['apps']!['storageGib'] = 30) },
  { what: 'database resized', expected: 'kept', edit: (d) => (d.databases['apps']!['size'] = 'large') },
  { what: 'database with a standby', expected: 'kept', edit: (d) => (d.databases['apps']!['multiZone'] = true) },
  { what: 'database without backups', expected: 'kept', edit: (d) => (d.databases['apps']!['backupDays'] = 0) },
  // the cluster
  { what: 'host name', expected: 'kept', edit: (d) => (d.hostname = 'other.example.com') },
  { what: 'version 3.6 → 3.4', expected: 'kept', edit: (d) => (d.version = '3.4') },
  { what: 'first user', expected: 'kept', edit: (d) => (d.admin.email = 'admin@example.com') },
  { what: 'licence removed', expected: 'kept', edit: (d) => delete d.license },
  {
    what: 'kato setting',
    expected: 'kept',
    edit: (d) => (d.kato = { dea_ng: { 'resources/memory_max_percent': 80 } }),
  },
  { what: 'firewall strict', expected: 'kept', edit: (d) => (d.firewall = 'strict') },
  { what: 'protect off', expected: 'kept', edit: (d) => (d.protect = false) },
  // AWS
  {
    what: 'another region',
    expected: 'refused',
    edit: (d) => Object.assign(d.clouds.aws, { region: 'us-east-1', zones: ['us-east-1a', 'us-east-1b'] }),
  },
  {
    what: 'zones in another order',
    expected: 'kept',
    edit: (d) => (d.clouds.aws['zones'] = ['us-west-2b', 'us-west-2a']),
  },
  {
    what: 'zone added',
    expected: 'kept',
    edit: (d) => (d.clouds.aws['zones'] = ['us-west-2a', 'us-west-2b', 'us-west-2c']),
  },
  { what: 'another image', expected: 'kept', edit: (d) => (d.clouds.aws['image'] = 'ami-0aaaaaaaaaaaaaaaa') },
  { what: 'KMS key', expected: 'refused', edit: (d) => (d.clouds.aws['kmsKeyId'] = KEY) },
  { what: 'tags', expected: 'kept', edit: (d) => (d.clouds.aws['tags'] = { team: 'paas' }) },
  { what: 'another network', expected: 'refused', edit: (d) => (d.clouds.aws['network'] = { cidr: '10.9.0.0/16' }) },
  { what: 'volume type', expected: 'kept', edit: (d) => (d.clouds.aws['volumeType'] = 'gp2') },
  { what: 'load balancer', expected: 'kept', edit: (d) => (d.clouds.aws['loadBalancer'] = true) },
  { what: 'prefix of secrets', expected: 'refused', edit: (d) => (d.clouds.aws['secretPrefix'] = 'other/') },
  { what: 'no egress', expected: 'kept', edit: (d) => (d.clouds.aws['network'] = { egress: 'public' }) },
  { what: 'ssh from a network', expected: 'kept', edit: (d) => (d.clouds.aws['sshFrom'] = ['203.0.113.0/24']) },
];
