import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { z } from 'zod';
import { InputError } from '../../lib/base/input';
import { defineCluster, parseCluster, warnings } from '../../lib/declaration/define';
import { explanations } from '../../lib/declaration/explain';
import { specRules } from '../../lib/declaration/rules';
import { configSet, restart, run, text, write } from '../../lib/kato/authoring';
import { defineRole } from '../../lib/kato/own-role';
import type { Role } from '../../lib/kato/role';
import type { Action } from '../../lib/kato/step';
import { ROOT } from '../aws/synth';
import { type Fixture, mutated } from './fixture';

interface Case {
  readonly rule: string;
  /** What makes the rule speak, where it speaks, and a part of what it says. */
  readonly fires: (f: Fixture) => unknown;
  readonly path: string;
  readonly says: RegExp;
  /** Nearly the same, of which it says nothing. */
  readonly silent: (f: Fixture) => unknown;
}

const pool = (f: Fixture, name: string) => f.pools[name]!;
const aws = (f: Fixture) => f.clouds['aws']!;
const own = (f: Fixture, cidr: string) => Object.assign(aws(f), { network: { cidr } });
/** The fixture on OpenStack too, with these settings beside what must be there. */
const openstack = (f: Fixture, settings: object = {}) => {
  const databases = { apps: { host: 'mysql.example.com', password: { secret: 'apps-password' } } };
  f.clouds['openstack'] = { image: 'stackato', network: { externalNetwork: 'public' }, databases, ...settings };
};

const CASES: readonly Case[] = [
  {
    rule: 'was-present',
    fires: (f) => (pool(f, 'dea')['was'] = 'data'),
    path: 'pools.dea.was',
    says: /"data" is in pools too; write another name there, or remove it from was/,
    silent: (f) => (pool(f, 'dea')['was'] = 'apps'),
  },
  {
    rule: 'was-present',
    fires: (f) => (f.databases['apps']!['was'] = ['main', 'apps']),
    path: 'databases.apps.was',
    says: /"apps" is its present name; write the former one/,
    silent: (f) => (f.databases['apps']!['was'] = ['main', 'dea']),
  },
  {
    rule: 'was-twice',
    fires: (f) => {
      pool(f, 'data')['was'] = 'old';
      pool(f, 'dea')['was'] = ['older', 'old'];
    },
    path: 'pools.dea.was',
    says: /"old" is in pools\.data\.was too; write it once/,
    silent: (f) => {
      pool(f, 'data')['was'] = 'old';
      f.databases['apps']!['was'] = 'old';
    },
  },
  {
    rule: 'was-twice',
    fires: (f) => (pool(f, 'dea')['was'] = ['old', 'old']),
    path: 'pools.dea.was',
    says: /"old" is listed twice; write it once/,
    silent: (f) => (pool(f, 'dea')['was'] = ['old', 'older']),
  },
  {
    rule: 'was-reserved',
    fires: (f) => (pool(f, 'dea')['was'] = 'core'),
    path: 'pools.dea.was',
    says: /"core" was never the name of a pool; remove it/,
    silent: (f) => (pool(f, 'dea')['was'] = 'cores'),
  },
  {
    rule: 'version-unknown',
    fires: (f) => (f.version = '3.8'),
    path: 'version',
    says: /unknown version 3\.8; write one of 2\.2/,
    silent: (f) => (f.version = '3.4.2'),
  },
  {
    rule: 'role-unknown',
    fires: (f) => (pool(f, 'dea')['roles'] = ['dae']),
    path: 'pools.dea.roles[0]',
    says: /"dae"; did you mean "dea"\? \(known to 3\.6: controller, /,
    silent: (f) => (pool(f, 'dea')['roles'] = ['dea', 'router']),
  },
  {
    rule: 'role-unknown',
    fires: (f) => (pool(f, 'data')['roles'] = [{ 'data-services': { mysql: { database: 'apps' }, redsi: {} } }]),
    path: 'pools.data.roles[0]',
    says: /no role "redsi"; did you mean "redis"/,
    silent: (f) => (pool(f, 'data')['roles'] = [{ 'data-services': { mysql: { database: 'apps' }, redis: null } }]),
  },
  {
    rule: 'role-version',
    fires: (f) => (pool(f, 'dea')['roles'] = ['dea', 'stager']),
    path: 'pools.dea.roles[1]',
    says: /version 3\.6 has no role "stager" \(before 3\.0\); remove it/,
    silent: (f) => old(f, () => (pool(f, 'dea')['roles'] = ['dea', 'stager'])),
  },
  {
    rule: 'role-version',
    fires: (f) => old(f, () => (pool(f, 'data')['roles'] = ['rabbit3', { mysql: { database: 'apps' } }])),
    path: 'pools.data.roles[0]',
    says: /\(from 3\.0 on\)/,
    silent: (f) => (pool(f, 'data')['roles'] = ['rabbit3', { mysql: { database: 'apps' } }]),
  },
  {
    rule: 'role-implied',
    fires: (f) => (pool(f, 'dea')['roles'] = ['dea', 'base']),
    path: 'pools.dea.roles[1]',
    says: /every node has "base" automatically; remove it/,
    silent: (f) => (pool(f, 'dea')['roles'] = ['dea', 'controller']),
  },
  {
    rule: 'role-implied',
    fires: (f) => (f.core.roles = ['router']),
    path: 'core.roles[0]',
    says: /the core has "router" automatically/,
    silent: (f) => (f.core.roles = ['dea']),
  },
  {
    rule: 'primary-one',
    fires: (f) => (pool(f, 'dea')['roles'] = ['dea', 'primary']),
    path: 'pools.dea.roles[1]',
    says: /exactly one "primary", on the core/,
    silent: (f) => (pool(f, 'dea')['roles'] = ['dea', 'router']),
  },
  {
    rule: 'role-option',
    fires: (f) => (pool(f, 'data')['roles'] = [{ mysql: { databse: 'apps' } }]),
    path: 'pools.data.roles[0].mysql.databse',
    says: /unknown key; did you mean "database"/,
    silent: (f) => (pool(f, 'data')['roles'] = [{ mysql: { database: 'apps' } }]),
  },
  {
    rule: 'role-option',
    fires: (f) => (pool(f, 'dea')['roles'] = [{ dea: { database: 'apps' } }]),
    path: 'pools.dea.roles[0].dea.database',
    says: /^unknown key$/,
    silent: (f) => (pool(f, 'dea')['roles'] = [{ dea: {} }]),
  },
  {
    rule: 'name-reserved',
    fires: (f) => (f.pools['world'] = { roles: ['router'] }),
    path: 'pools.world',
    says: /"world" is reserved; write another/,
    silent: (f) => (f.pools['worlds'] = { roles: ['router'] }),
  },
  {
    rule: 'name-reserved',
    fires: (f) => (f.pools['constructor'] = { roles: ['router'] }),
    path: 'pools.constructor',
    says: /"constructor" is reserved/,
    silent: (f) => (f.pools['constructors'] = { roles: ['router'] }),
  },
  {
    rule: 'name-taken',
    fires: (f) => (f.pools['network'] = { roles: ['router'] }),
    path: 'pools.network',
    says: /a part of the cluster already has the name "network"; write another name/,
    silent: (f) => (f.pools['networks'] = { roles: ['router'] }),
  },
  {
    rule: 'name-taken',
    fires: (f) => (f.pools['nodes-dea'] = { roles: ['router'] }),
    path: 'pools.nodes-dea',
    says: /"nodes-dea"/,
    silent: (f) => (f.pools['nodes-deas'] = { roles: ['router'] }),
  },
  {
    rule: 'name-taken',
    fires: (f) => (f.pools['database-apps'] = { roles: ['router'] }),
    path: 'pools.database-apps',
    says: /"database-apps"/,
    silent: (f) => (f.pools['database-more'] = { roles: ['router'] }),
  },
  {
    rule: 'hostname-api',
    fires: (f) => (f.hostname = 'api.example.com'),
    path: 'hostname',
    says: /write example\.com/,
    silent: (f) => (f.hostname = 'apis.example.com'),
  },
  {
    rule: 'role-alone',
    fires: (f) => (pool(f, 'dea')['roles'] = ['dea', 'load_balancer']),
    path: 'pools.dea.roles',
    says: /load_balancer cannot share a node/,
    silent: (f) => (f.pools['lb'] = { roles: ['load_balancer'] }),
  },
  {
    rule: 'role-alone',
    fires: (f) => (f.core.roles = ['load_balancer']),
    path: 'core.roles',
    says: /separate pool/,
    silent: (f) => (f.core.roles = ['harbor']),
  },
  {
    rule: 'role-twice',
    fires: (f) => (pool(f, 'dea')['roles'] = ['dea', 'dea']),
    path: 'pools.dea.roles',
    says: /dea is listed twice/,
    silent: (f) => (pool(f, 'dea')['roles'] = ['dea', 'controller']),
  },
  {
    rule: 'disk-required',
    fires: (f) => delete pool(f, 'data')['diskGib'],
    path: 'pools.data.diskGib',
    says: /required: mysql, postgresql, redis, mongodb, rabbit, memcached and filesystem keep data .* diskGib: 50/,
    silent: (f) => (pool(f, 'data')['diskGib'] = 10),
  },
  {
    rule: 'disk-required',
    fires: (f) => Object.assign(f.core, { diskGib: undefined, roles: ['redis'] }),
    path: 'core.diskGib',
    says: /redis keeps data/,
    silent: (f) => (f.core.roles = ['redis']),
  },
  {
    rule: 'role-count',
    fires: (f) => {
      gives(f, { atMost: 2, keeps: 'nothing' });
      pool(f, 'dea')['count'] = 3;
    },
    path: 'pools.dea.count',
    says: /3 nodes of the cluster have probe, at most 2 may/,
    silent: (f) => {
      gives(f, { atMost: 2, keeps: 'nothing' });
      pool(f, 'dea')['count'] = 2;
    },
  },
  {
    // Over all pools and the core; the pool that exceeds it is named.
    rule: 'role-count',
    fires: (f) => {
      gives(f, { atMost: 2, keeps: 'nothing' });
      const [, probe] = pool(f, 'dea')['roles'] as unknown[];
      f.core['roles'] = [probe];
      pool(f, 'dea')['count'] = 1;
      f.pools['more'] = { roles: [probe] };
    },
    path: 'pools.more.count',
    says: /3 nodes of the cluster have probe, at most 2 may/,
    silent: (f) => {
      gives(f, { atMost: 3, keeps: 'nothing' });
      const [, probe] = pool(f, 'dea')['roles'] as unknown[];
      f.core['roles'] = [probe];
      pool(f, 'dea')['count'] = 1;
      f.pools['more'] = { roles: [probe] };
    },
  },
  {
    rule: 'disk-unused',
    fires: (f) => (pool(f, 'dea')['diskGib'] = 50),
    path: 'pools.dea.diskGib',
    says: /no role of this pool keeps data; remove it/,
    silent: (f) => Object.assign(pool(f, 'dea'), { diskGib: 50, roles: ['dea', 'redis'] }),
  },
  {
    rule: 'disk-unused',
    fires: (f) => {
      gives(f, { keeps: 'nothing' });
      pool(f, 'dea')['diskGib'] = 50;
    },
    path: 'pools.dea.diskGib',
    says: /no role of this pool keeps data; remove it/,
    // What it keeps is not said: it may need the disk.
    silent: (f) => {
      gives(f, {});
      pool(f, 'dea')['diskGib'] = 50;
    },
  },
  {
    rule: 'memory-required',
    fires: (f) => (pool(f, 'dea')['size'] = 'small'),
    path: 'pools.dea.size',
    says: /"small" has 2 GiB of memory; dea need at least 4: write medium/,
    silent: (f) => (pool(f, 'dea')['size'] = 'medium'),
  },
  {
    rule: 'memory-required',
    fires: (f) => Object.assign(f.core, { size: 'small', roles: ['redis', 'mysql'] }),
    path: 'core.size',
    says: /write medium or larger/,
    silent: (f) => (f.core.size = 'small'),
  },
  {
    rule: 'port-overlap',
    fires: (f) => (pool(f, 'data')['roles'] = ['harbor', 'rabbit', { mysql: { database: 'apps' } }]),
    path: 'pools.data.roles',
    says: /harbor \(35000-40000\) and rabbit \(35001-40000\) use the same ports; .* kato\.rabbit_node\.port_range/,
    silent: (f) => {
      pool(f, 'data')['roles'] = ['harbor', 'rabbit', { mysql: { database: 'apps' } }];
      f.kato['rabbit_node'] = { port_range: '50001-51000' };
    },
  },
  {
    rule: 'database-unknown',
    fires: (f) => (pool(f, 'data')['roles'] = [{ mysql: { database: 'app' } }, { postgresql: {} }]),
    path: 'pools.data.roles',
    says: /"app", which is not in databases; did you mean "apps"\? \(declared: apps\)/,
    silent: (f) => (pool(f, 'data')['roles'] = [{ mysql: { database: 'apps' } }]),
  },
  {
    rule: 'database-unknown',
    fires: (f) => (pool(f, 'data')['roles'] = [{ mysql: { database: 'constructor' } }]),
    path: 'pools.data.roles',
    says: /not in databases/,
    silent: () => undefined,
  },
  {
    rule: 'database-engine',
    fires: (f) => (f.databases['apps']!['engine'] = 'postgresql'),
    path: 'pools.data.roles',
    says: /mysql needs engine mysql, but database "apps" has postgresql/,
    silent: (f) => {
      f.databases['apps']!['engine'] = 'postgresql';
      pool(f, 'data')['roles'] = [{ postgresql: { database: 'apps' } }];
    },
  },
  {
    rule: 'database-unused',
    fires: (f) => (f.databases['other'] = { engine: 'postgresql' }),
    path: 'databases.other',
    says: /used by no role; give postgresql: \{ database: other \}/,
    silent: (f) => (f.databases['apps']!['multiZone'] = true),
  },
  {
    rule: 'database-one',
    fires: (f) => (f.pools['more'] = { roles: ['mysql'], diskGib: 50 }),
    path: 'pools.more.roles',
    says: /mysql uses its own server here but apps in pools\.data/,
    silent: (f) => (f.pools['more'] = { roles: [{ mysql: { database: 'apps' } }], diskGib: 50 }),
  },
  {
    rule: 'zones-dea',
    fires: (f) => (pool(f, 'data')['placementZones'] = ['gold']),
    path: 'pools.data.placementZones',
    says: /only DEAs have placement zones/,
    silent: (f) => (pool(f, 'dea')['placementZones'] = ['gold', 'silver']),
  },
  {
    rule: 'zones-dea',
    fires: (f) => Object.assign(f, { version: '3.0', license: undefined }),
    path: 'pools.dea.placementZones',
    says: /version 3\.0 has no placement zones \(from 3\.2\)/,
    silent: (f) => old(f, () => (f.version = '3.0')),
  },
  {
    rule: 'license-version',
    fires: (f) => (f.version = '3.2'),
    path: 'license',
    says: /version 3\.2 has no kato license \(from 3\.4\); remove it/,
    silent: (f) => (f.version = '3.4'),
  },
  {
    rule: 'config-conflict',
    fires: (f) => (f.kato['mysql_node'] = { 'mysql/host': 'db' }),
    path: 'kato.mysql_node.mysql/host',
    says: /database "apps" already sets it; remove it/,
    silent: (f) => (f.kato['mysql_node'] = { max_db_size: 100 }),
  },
  {
    rule: 'network-private',
    fires: (f) => own(f, '8.8.0.0/16'),
    path: 'clouds.aws.network.cidr',
    says: /not a private network/,
    silent: (f) => own(f, '192.168.0.0/16'),
  },
  {
    rule: 'network-private',
    fires: (f) => own(f, '172.16.0.0/14'),
    path: 'clouds.aws.network.cidr',
    says: /overlaps 172\.17\.0\.0\/16/,
    silent: (f) => own(f, '172.18.0.0/16'),
  },
  {
    rule: 'network-size',
    fires: (f) => own(f, '10.0.0.0/21'),
    path: 'clouds.aws.network.cidr',
    says: /too small \(\/21\); write a \/20 or larger/,
    silent: (f) => own(f, '10.0.0.0/20'),
  },
  {
    rule: 'network-full',
    fires: (f) => {
      openstack(f, { network: { externalNetwork: 'public', cidr: '10.0.0.0/26' } });
      pool(f, 'dea')['count'] = 47;
    },
    path: 'clouds.openstack.network.cidr',
    says: /room for 47 nodes besides the core, but 48 are declared; write for example 10\.0\.0\.0\/16/,
    silent: (f) => {
      openstack(f, { network: { externalNetwork: 'public', cidr: '10.0.0.0/26' } });
      pool(f, 'dea')['count'] = 46;
    },
  },
  {
    rule: 'network-full',
    fires: (f) => {
      own(f, '10.0.0.0/20');
      pool(f, 'dea')['count'] = 600;
    },
    path: 'clouds.aws.network.cidr',
    says: /room for 556 nodes besides the core, but 601 are declared/,
    silent: (f) => (pool(f, 'dea')['count'] = 600),
  },
  {
    rule: 'ssh-twice',
    fires: (f) => (aws(f)['sshFrom'] = ['203.0.113.0/24', '10.0.0.0/8', '203.0.113.0/24']),
    path: 'clouds.aws.sshFrom',
    says: /203\.0\.113\.0\/24 is listed twice; write it once/,
    silent: (f) => (aws(f)['sshFrom'] = ['203.0.113.0/24', '203.0.113.0/25']),
  },
  {
    rule: 'size-unknown',
    fires: (f) => (pool(f, 'dea')['size'] = 'lage'),
    path: 'pools.dea.size',
    says: /size "lage"; did you mean "large"\?; write one of small, .*, or add it to clouds\.aws\.instanceTypes/,
    silent: (f) => {
      pool(f, 'dea')['size'] = 'lage';
      aws(f)['instanceTypes'] = { lage: 'm4.large' };
    },
  },
  {
    rule: 'size-unknown',
    fires: (f) => {
      openstack(f);
      f.core.size = '2xlarge';
    },
    path: 'core.size',
    says: /write one of small, medium, large, xlarge, or add it to clouds\.openstack\.flavors/,
    silent: (f) => {
      openstack(f, { flavors: { '2xlarge': 'm1.2xlarge' } });
      f.core.size = '2xlarge';
    },
  },
  {
    rule: 'size-unknown',
    fires: (f) => (f.databases['apps']!['size'] = 'giant'),
    path: 'databases.apps.size',
    says: /clouds\.aws\.databaseClasses/,
    silent: (f) => (f.databases['apps']!['size'] = '2xlarge'),
  },
  {
    rule: 'image-unused',
    fires: (f) => (aws(f)['images'] = { core: 'ami-7d5fb21d', dae: 'ami-7d5fb21d' }),
    path: 'clouds.aws.images.dae',
    says: /unknown pool "dae"; did you mean "dea"\? \(declared: core, data, dea\)/,
    silent: (f) => (aws(f)['images'] = { core: 'ami-7d5fb21d', dea: 'ami-7d5fb21d' }),
  },
  {
    rule: 'dns-zone',
    fires: (f) => openstack(f, { dns: { zone: 's.example.com', email: 'ops@example.com' } }),
    path: 'clouds.openstack.dns.zone',
    says: /cannot hold paas\.example\.com; write it or a parent of it/,
    silent: (f) => openstack(f, { dns: { zone: 'example.com', email: 'ops@example.com' } }),
  },
  {
    rule: 'database-missing',
    fires: (f) => openstack(f, { databases: {} }),
    path: 'clouds.openstack.databases.apps',
    says: /required: OpenStack has no managed databases; write the place of yours: \{ host, user/,
    silent: (f) => openstack(f),
  },
  {
    rule: 'database-undeclared',
    fires: (f) => {
      openstack(f);
      const places = f.clouds['openstack']!['databases'] as Record<string, unknown>;
      places['app'] = places['apps'];
    },
    path: 'clouds.openstack.databases.app',
    says: /unknown database "app"; did you mean "apps"/,
    silent: (f) => openstack(f),
  },
  {
    rule: 'carrier-address',
    fires: (f) => openstack(f, { secrets: 'barbican' }),
    path: 'clouds.openstack.authUrl',
    says: /required: nodes need the address of Keystone/,
    silent: (f) => openstack(f, { secrets: 'barbican', authUrl: 'https://cloud.example.com:5000/v3' }),
  },
  {
    rule: 'key-twice',
    fires: (f) => openstack(f, { keyName: 'ops', publicKey: 'ssh-rsa AAAA ops' }),
    path: 'clouds.openstack.publicKey',
    says: /keyName already names a key pair; remove one/,
    silent: (f) => openstack(f, { publicKey: 'ssh-rsa AAAA ops' }),
  },
  {
    rule: 'zones-twice',
    fires: (f) => (aws(f)['zones'] = ['us-west-2a', 'us-west-2a']),
    path: 'clouds.aws.zones',
    says: /us-west-2a is listed twice/,
    silent: (f) => (aws(f)['zones'] = ['us-west-2a', 'us-west-2c']),
  },
  {
    rule: 'zones-region',
    fires: (f) => (aws(f)['zones'] = ['us-west-2a', 'us-east-1b']),
    path: 'clouds.aws.zones[1]',
    says: /"us-east-1b" is not in region us-west-2; write for example us-west-2a/,
    silent: (f) => Object.assign(aws(f), { region: 'us-east-1', zones: ['us-east-1b'] }),
  },
  {
    rule: 'zones-region',
    fires: (f) => (aws(f)['zones'] = ['us-west-2']),
    path: 'clouds.aws.zones[0]',
    says: /not in region/,
    silent: (f) => (aws(f)['zones'] = ['us-west-2-lax-1a']),
  },
  {
    rule: 'license-memory',
    fires: (f) => old(f, () => delete (f as Partial<Fixture>).licenseGib),
    path: 'license',
    says: /the licence allows 4; enter a key in the console and write the memory that it allows as licenseGib/,
    silent: (f) => old(f, () => undefined),
  },
  {
    rule: 'license-memory',
    fires: (f) => (f.licenseGib = 31),
    path: 'license',
    says: /all nodes have 32 GiB of memory, but the licence allows 31; raise licenseGib/,
    silent: (f) => (f.licenseGib = 32),
  },
  {
    rule: 'dea-missing',
    fires: (f) => delete f.pools['dea'],
    path: 'pools',
    says: /no pool has the role dea/,
    silent: (f) => {
      delete f.pools['dea'];
      f.core.roles = ['dea'];
    },
  },
  {
    rule: 'component-unknown',
    fires: (f) => (f.kato['dea_nq'] = { a: 1 }),
    path: 'kato.dea_nq',
    says: /unknown component "dea_nq"; did you mean "dea_ng"/,
    silent: (f) => (f.kato['router2g'] = { prevent_x_spoofing: false }),
  },
  {
    rule: 'step-version',
    fires: (f) =>
      old(f, () => gives(f, { after: () => [{ do: 'availability-zone', zone: 'a' }] }, { onCore: () => [] })),
    path: 'pools.dea.roles',
    says: /role probe uses availability-zone, for which version 2\.10 has no command; leave/,
    silent: (f) => gives(f, { after: () => [{ do: 'availability-zone', zone: 'a' }] }),
  },
  {
    rule: 'step-root',
    fires: (f) => gives(f, { after: () => [run('/home/stackato/bin/kato', 'log', 'tail')] }),
    path: 'pools.dea.roles',
    says: /role probe runs kato as root; write as: 'stackato'/,
    silent: (f) =>
      gives(f, { after: () => [{ do: 'run', as: 'stackato', words: ['kato', 'report'] }, run('katoptron')] }),
  },
  {
    rule: 'step-lost',
    fires: (f) => gives(f, { before: () => [configSet('probe', 'level', 1)] }),
    path: 'pools.dea.roles',
    says: /role probe sets probe level before the node attaches, and attach discards it; set it in after or onCore/,
    silent: (f) => gives(f, { after: () => [configSet('probe', 'level', 1)] }),
  },
  {
    rule: 'step-conflict',
    fires: (f) =>
      gives(f, { after: () => [configSet('probe', 'level', 1)] }, { onCore: () => [configSet('probe', 'level', '1')] }),
    path: 'pools.dea.roles',
    says: /probe level is set by role probe and by role probe2, to different values; set it in one place/,
    silent: (f) =>
      gives(f, { after: () => [configSet('probe', 'level', 1)] }, { onCore: () => [configSet('probe', 'level', 1)] }),
  },
  {
    rule: 'step-conflict',
    fires: (f) => gives(f, { onCore: () => [configSet('dea_ng', 'resources/memory_max_percent', 90)] }),
    path: 'pools.dea.roles',
    says: /role probe and kato both set dea_ng resources\/memory_max_percent; remove one/,
    silent: (f) => gives(f, { onCore: () => [configSet('dea_ng', 'resources/disk_max_percent', 90)] }),
  },
  {
    rule: 'step-conflict',
    fires: (f) =>
      gives(f, { after: () => [write('/etc/probe', 'a')] }, { after: () => [write('/etc/probe', 'a', '600')] }),
    path: 'pools.dea.roles',
    says: /\/etc\/probe is set by role probe and by role probe2, to different values/,
    // On the core it is another node's file.
    silent: (f) => gives(f, { after: () => [write('/etc/probe', 'a')] }, { onCore: () => [write('/etc/probe', 'b')] }),
  },
  {
    rule: 'step-version',
    fires: (f) => gives(f, { after: () => [{ do: 'run', as: 'stackato', words: ['kato', 'enable', 'probe'] }] }),
    path: 'pools.dea.roles',
    says: /role probe runs kato enable, which version 3\.6 does not know \(known: info, .*role/,
    silent: (f) => gives(f, { after: () => [{ do: 'run', as: 'stackato', words: ['kato', 'role', 'add', 'probe'] }] }),
  },
  ...(
    [
      [{ do: 'write', path: 'etc/x', content: '' }, /writes "etc\/x"; write the absolute path/, write('/etc/x', '')],
      [write('/etc/', ''), /writes "\/etc\/"; write the absolute path/, write('/etc', '')],
      [write('/etc/x', '', 'rwx'), /with mode "rwx"; write three or four digits/, write('/etc/x', '', '0600')],
      [write('/etc/x', 'a\0b'), /zero byte to \/etc\/x/, write('/etc/x', 'a\r\n')],
      [run('echo', 'a\0b'), /zero byte in a word/, run('echo', '')],
      [run(''), /a command without a name/, run({ hole: 'core.address' })],
      [
        run('id', { hole: 'secret', name: 'a_b' }),
        /uses secret "a_b"; write lower-case/,
        run('id', text`x${{ secret: 'a-b' }}`),
      ],
      [{ do: 'verify-process', process: 'a; b' }, /checks process "a; b"/, { do: 'verify-process', process: 'a_b' }],
      [
        { do: 'share', name: 'x', files: ['a'] },
        /shares "a"; write the absolute path/,
        { do: 'take', name: 'cluster-key' },
      ],
    ] satisfies [Action, RegExp, Action][]
  ).map(
    ([wrong, says, right]): Case => ({
      rule: 'step-shape',
      fires: (f) => gives(f, { after: () => [wrong] }),
      path: 'pools.dea.roles',
      says,
      silent: (f) => gives(f, { after: () => [right] }),
    }),
  ),
  {
    rule: 'step-plan',
    fires: (f) => gives(f, { before: () => [{ do: 'mount', gib: 10, mount: '/data' }] }),
    path: 'pools.dea.roles',
    says: /role probe uses mount, which every boot already does; leave it out, and write diskGib/,
    silent: (f) => gives(f, { before: () => [run('mount', '/data')] }),
  },
  ...(
    [
      [
        { do: 'restart', role: 'dae' },
        /restarts role "dae", which version 3\.6 does not have; did you mean "dea"/,
        restart('probe'),
      ],
      [{ do: 'wait-database', name: 'apps' }, /uses database "apps", which no role of its node has; give/, run('id')],
      [
        { do: 'take', name: 'cluster-kye' },
        /"cluster-kye", which the core does not share; did you mean "cluster-key"/,
        { do: 'take', name: 'cluster-key' },
      ],
      [
        { do: 'share', name: 'x', files: ['/x'] },
        /shares x from a node; only the core/,
        { do: 'take', name: 'cluster-key' },
      ],
    ] satisfies [Action, RegExp, Action][]
  ).map(
    ([wrong, says, right]): Case => ({
      rule: 'step-unknown',
      fires: (f) => gives(f, { after: () => [wrong] }),
      path: 'pools.dea.roles',
      says,
      silent: (f) => gives(f, { after: () => [right] }),
    }),
  ),
  {
    rule: 'step-order',
    fires: (f) => gives(f, { before: () => [{ do: 'reboot' }] }, { before: () => [run('id')] }),
    path: 'pools.dea.roles',
    says: /role probe reboots before run of role probe2 in the same stage; reboot last/,
    silent: (f) => gives(f, { after: () => [run('id'), { do: 'reboot' }] }, { after: () => [run('id')] }),
  },
  {
    rule: 'disk-version',
    fires: (f) => old(f, () => (f.version = '2.2')),
    path: 'version',
    says: /2\.2 does not move data to volumes .*: core and data would keep it on the root disk; declare 2\.4/,
    silent: (f) => old(f, () => (f.version = '2.4')),
  },
  {
    rule: 'admin-by-hand',
    fires: (f) => old(f, () => (f.version = '2.8')),
    path: 'admin',
    says: /version 2\.8 creates its first user only in the console/,
    silent: (f) => old(f, () => (f.version = '2.10')),
  },
  {
    rule: 'database-version',
    fires: (f) => (f.databases['apps']!['version'] = '8.4'),
    path: 'databases.apps.version',
    says: /cannot log in to MySQL 8\.4, .*; write version: "5\.7"/,
    silent: (f) => {
      f.databases['apps'] = { engine: 'postgresql', version: '16' };
      pool(f, 'data')['roles'] = [{ postgresql: { database: 'apps' } }, 'mysql'];
    },
  },
  {
    rule: 'database-grants',
    fires: (f) => delete f.databases['apps']!['version'],
    path: 'databases.apps',
    says: /version 8\.0 of MySQL refuses the GRANT … IDENTIFIED BY/,
    // its owner has chosen the version of an external one
    silent: (f) => {
      delete f.databases['apps']!['version'];
      openstack(f);
      delete f.clouds['aws'];
    },
  },
  {
    rule: 'database-compat',
    fires: (f) => old(f, () => undefined),
    path: 'databases',
    says: /version 2\.10 does not support managed databases/,
    silent: (f) =>
      old(f, () => {
        f.databases = {};
        pool(f, 'data')['roles'] = ['mysql'];
      }),
  },
  {
    rule: 'database-compat',
    fires: (f) => old(f, () => openstack(f)),
    path: 'databases',
    says: /version 2\.10 does not support managed databases/,
    silent: (f) =>
      old(f, () => {
        openstack(f);
        delete f.clouds['aws'];
      }),
  },
];

/** Gives the DEAs roles of the user's own, called probe, probe2 …, with these steps. */
function gives(f: Fixture, ...bodies: readonly Partial<Role>[]) {
  const uses = bodies.map((body, i) => {
    const name = `probe${i === 0 ? '' : i + 1}`;
    return defineRole({
      name,
      options: z.strictObject({}),
      body: () => ({ title: 'a probe', processes: ['probe'], ports: [], ...body }),
    })({});
  });
  pool(f, 'dea')['roles'] = ['dea', ...uses];
}

/** The fixture as a version before licences and zones would have it. */
function old(f: Fixture, change: () => unknown) {
  Object.assign(f, { version: '2.10', license: undefined });
  pool(f, 'dea')['placementZones'] = [];
  change();
}

/** Everything that is said of a declaration: errors, or else warnings. */
function said(change: (f: Fixture) => unknown) {
  const result = parseCluster(mutated((f) => void change(f)));
  return 'spec' in result ? warnings(result.spec) : result.problems;
}

describe('a valid declaration', () => {
  it('has no problems', () =>
    assert.deepEqual(
      said(() => undefined),
      [],
    ));
  it('gets its defaults', () => {
    const { databases, pools, ...spec } = defineCluster(
      mutated((f) => {
        for (const key of ['licenseGib', 'license', 'firewall', 'protect', 'version', 'kato'] as const)
          delete (f as Partial<Fixture>)[key];
        f.core = undefined as never;
      }),
    );
    assert.deepEqual(
      [spec.licenseGib, spec.firewall, spec.protect, spec.version.text, spec.core.size],
      [4, 'inside', true, '3.6', 'large'],
    );
    assert.deepEqual([databases['apps']!.backupDays, pools['data']!.roles.length], [7, 7]);
    assert.equal(defineCluster(mutated((f) => delete (f as Partial<Fixture>).licenseGib)).licenseGib, 20);
  });
});

describe('the rules of a declaration', () => {
  for (const { rule, fires, path, says, silent } of CASES) {
    it(`${rule}: ${says.source.slice(0, 50)}`, () => {
      const found = said(fires).filter((p) => p.rule === rule);
      assert.deepEqual(
        found.map((p) => p.path),
        [path],
        JSON.stringify(said(fires)),
      );
      assert.match(found[0]!.message, says);
      assert.match(found[0]!.message, /^[^A-Z].*[^.]$/);
      assert.deepEqual(
        said(silent).filter((p) => p.rule === rule),
        [],
      );
    });
  }
  it('each have a case that fires and a near miss', () => {
    const tried = new Set(CASES.map((c) => c.rule));
    const resolved = ['role-unknown', 'role-version', 'role-implied', 'primary-one', 'role-option', 'version-unknown'];
    const untried = [...specRules.map((r) => r.id), ...resolved].filter((id) => !tried.has(id));
    assert.deepEqual(untried, [], `add cases to CASES in test/declaration/rules.test.ts: ${untried.join(' ')}`);
    assert.equal(new Set(specRules.map((r) => r.id)).size, specRules.length);
  });
  it('are all listed', () => {
    const folder = join(ROOT, 'lib', 'declaration');
    const files = readdirSync(folder).filter((file) => /^rules-.*\.ts$/.test(file));
    const ids = files.flatMap((file) =>
      [...readFileSync(join(folder, file), 'utf8').matchAll(/^ {4}id: '([^']+)'/gm)].map((m) => [file, m[1]!] as const),
    );
    const listed = new Set(specRules.map((r) => r.id));
    const unlisted = ids.filter(([, id]) => !listed.has(id)).map(([file]) => file);
    assert.deepEqual(unlisted, [], `add their rules to lib/declaration/rules.ts: ${unlisted.join(' ')}`);
    assert.ok(ids.length >= specRules.length / 2);
  });
  it('all have an explanation and a remedy', () => {
    const explained = new Map(explanations.map((e) => [e.id, e]));
    for (const id of [
      ...CASES.map((c) => c.rule),
      'shape',
      'key-unknown',
      'yaml',
      'file',
      'cloud-missing',
      'size-unknown',
    ]) {
      assert.ok(explained.get(id)?.explain, id);
      assert.ok(explained.get(id)?.remedy, id);
    }
    assert.equal(explained.size, explanations.length);
  });
  it('report all problems at once', () => {
    const all = said((f) => {
      f.hostname = 'api.example.com';
      pool(f, 'dea')['roles'] = ['dae'];
      delete pool(f, 'data')['diskGib'];
      aws(f)['zones'] = ['us-west-2a', 'us-west-2a'];
    });
    assert.deepEqual(all.map((p) => p.rule).sort(), ['disk-required', 'hostname-api', 'role-unknown', 'zones-twice']);
  });
  it('say nothing that only follows from a misspelt role', () => {
    const rulesOf = (roles: readonly string[], more: object) =>
      said((f) => Object.assign(pool(f, 'dea'), { placementZones: undefined, ...more, roles })).map((p) => p.rule);
    assert.deepEqual(rulesOf(['rediss'], { diskGib: 50 }), ['role-unknown']);
    assert.deepEqual(rulesOf(['dae'], { placementZones: ['a'] }), ['role-unknown']);
    // Another pool's mistake excuses nothing.
    const both = said((f) => {
      pool(f, 'dea')['diskGib'] = 50;
      f.pools['other'] = { roles: ['rediss'], diskGib: 50 };
    });
    assert.deepEqual(both.map((p) => `${p.path} ${p.rule}`).sort(), [
      'pools.dea.diskGib disk-unused',
      'pools.other.roles[0] role-unknown',
    ]);
  });
  it('throw one error with all problems', () => {
    assert.throws(
      () => defineCluster(mutated((f) => Object.assign(f, { hostname: 'api.example.com', version: '3.2' }))),
      (e) => e instanceof InputError && e.subject === 'cluster' && e.problems.length === 2,
    );
  });
});
