import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { z } from 'zod';
import { InputError } from '../../lib/base/input';
import { defineRole } from '../../lib/kato/own-role';
import { hasRole, isRoleUse, keptBy, portsOf } from '../../lib/kato/role';
import {
  byStartOrder,
  dataServices,
  dea,
  findRole,
  mayBePooled,
  mysql,
  poolWords,
  ROLE_GROUPS,
  ROLES,
  router,
} from '../../lib/kato/roles';
import { KNOWN_VERSIONS, parseVersion } from '../../lib/kato/version';
import * as main from '../../lib/main';
import { roles as productRoles } from '../../lib/model/roles';
import { ROOT } from '../aws/synth';
import { version } from './version';

/** The roles of the product (facts §1.1), with the versions that this library can configure them in. */
const TABLE: Record<string, [since: string, until: string, placement: string, keeps: boolean]> = {
  base: ['2.2', '-', 'implied', false],
  mdns: ['2.2', '-', 'implied', false],
  primary: ['2.10', '-', 'core', true],
  controller: ['2.10', '-', 'any', false],
  router: ['2.2', '-', 'any', false],
  stager: ['2.2', '3.0', 'any', false],
  dea: ['2.2', '-', 'any', false],
  mysql: ['2.2', '-', 'any', true],
  postgresql: ['2.2', '-', 'any', true],
  redis: ['2.2', '-', 'any', true],
  mongodb: ['2.2', '-', 'any', true],
  rabbit: ['2.2', '-', 'any', true],
  rabbit3: ['3.0', '-', 'any', true],
  memcached: ['2.2', '-', 'any', true],
  filesystem: ['2.2', '-', 'any', true],
  harbor: ['2.8', '-', 'any', true],
  load_balancer: ['3.0', '-', 'alone', false],
};

/** Who listens on what for whom (facts §3.2 to §3.4), in the version named; every line of the vendor's and HP's tables. */
const PORTS: readonly [version: string, role: string, ports: string][] = [
  ['3.6', 'base', 'all:22 all:7000-7999 all:9001 controller:9026'],
  [
    '3.6',
    'primary',
    'all:4222 all:5454 all:6464 all:7474 controller:5432 router,dea:6379 router:443 router:4567 router:80',
  ],
  ['3.6', 'controller', 'dea:8181 dea:9022 router:8181 router:9025 router:9026'],
  ['3.2', 'controller', 'dea:9022 router:9025 router:9026'],
  ['2.10', 'controller', 'dea:9022'],
  ['2.10', 'base', 'all:22 all:7000-7999 all:9001'],
  ['2.10', 'primary', 'all:4222 all:5454 all:8046 controller:5432 router:443 router:80'],
  ['3.6', 'router', 'controller:9025 load_balancer:443 load_balancer:80 world:443 world:80'],
  ['3.6', 'dea', 'controller:9022 router:41000-61000'],
  ['2.10', 'dea', 'controller:1-65535 controller:9022 router:41000-61000'],
  ['2.6', 'dea', 'controller:1-65535 controller:9022 router:1024-65535'],
  ['3.6', 'mysql', 'all:5454 dea,controller:3306 dea,controller:41000-61000'],
  ['3.6', 'postgresql', 'all:5454 dea,controller:41000-61000 dea,controller:5432'],
  ['3.6', 'redis', 'all:5454 dea,controller:41000-61000 dea:5000-15000'],
  ['3.6', 'mongodb', 'all:5454 dea,controller:41000-61000 dea:15001-25000'],
  ['3.6', 'rabbit', 'all:5454 dea,controller:41000-61000 dea:35001-40000'],
  ['3.6', 'rabbit3', 'all:5454 dea,controller:41000-61000 dea:25001-30000'],
  ['3.6', 'memcached', 'all:5454 dea,controller:41000-61000 dea:45001-50000'],
  ['3.6', 'filesystem', 'all:5454 dea,controller:41000-61000'],
  ['3.6', 'harbor', 'all:5454 dea,controller:41000-61000 world:35000-40000 world:35000-40000/udp'],
  ['3.6', 'load_balancer', 'world:443 world:80'],
  ['3.6', 'mdns', ''],
  ['2.10', 'stager', ''],
];

describe('the roles of the product', () => {
  it('are all there, in the order in which kato starts them', () => {
    const names = ROLES.map((w) => w.role.name);
    const untold = names.filter((name) => !Object.hasOwn(TABLE, name));
    assert.deepEqual(untold, [], `add them to TABLE in test/kato/roles.test.ts: ${untold.join(' ')}`);
    assert.deepEqual(names, Object.keys(TABLE));
  });
  it('are listed, one for each file', () => {
    const folder = join(ROOT, 'lib', 'kato', 'roles');
    const files = readdirSync(folder).map((file) => [file, readFileSync(join(folder, file), 'utf8')] as const);
    const named = files.flatMap(([file, text]) => {
      const name = /builtinRole\(\{\s*name: '([^']+)'/.exec(text)?.[1];
      return name === undefined ? [] : [[file, name] as const];
    });
    const unlisted = named.filter(([, name]) => !findRole(name)).map(([file]) => file);
    assert.deepEqual(unlisted, [], `add them to ROLES in lib/kato/roles/index.ts: ${unlisted.join(' ')}`);
    assert.equal(named.length, ROLES.length);
  });
  it('are exported by the package, where a pool may list them', () => {
    const exported = new Set<unknown>(Object.values(main));
    const missing = ROLES.filter((word) => mayBePooled(word.role) && !exported.has(word)).map((word) => word.role.name);
    assert.deepEqual(missing, [], `export them from lib/kato/roles/index.ts and lib/main.ts: ${missing.join(' ')}`);
  });
  for (const [name, [since, until, placement, keeps]] of Object.entries(TABLE)) {
    it(`${name}: versions, place and data`, () => {
      const { role } = findRole(name)!;
      const from = KNOWN_VERSIONS.indexOf(since);
      const to = until === '-' ? KNOWN_VERSIONS.length : KNOWN_VERSIONS.indexOf(until);
      assert.deepEqual(
        KNOWN_VERSIONS.filter((v) => hasRole(version(v), role)),
        KNOWN_VERSIONS.slice(from, to),
      );
      assert.equal(role.placement ?? 'any', placement);
      assert.equal(keptBy(role) !== undefined, keeps);
      assert.ok(role.processes.length > 0 && role.title.length > 10);
    });
  }
  for (const [of, name, expected] of PORTS) {
    it(`${name} of ${of}: ports`, () => {
      const ports = portsOf(version(of), findRole(name)!.role).map((p) => {
        const [first, last] = p.ports;
        const from = typeof p.from === 'string' ? p.from : p.from.join(',');
        return `${from}:${first}${last === first ? '' : `-${last}`}${p.protocol === 'tcp' ? '' : `/${p.protocol}`}`;
      });
      assert.equal(ports.sort().join(' '), expected);
    });
  }
  it('have ports of every role in the table above', () => {
    const untold = ROLES.map((w) => w.role.name).filter((name) => !PORTS.some(([, of]) => of === name));
    assert.deepEqual(untold, [], `add them to PORTS in test/kato/roles.test.ts: ${untold.join(' ')}`);
    assert.deepEqual([...new Set(PORTS.map(([, name]) => name))].sort(), Object.keys(TABLE).sort());
  });
  it('connect only from roles that exist', () => {
    const from = ROLES.flatMap((w) => w.role.ports.flatMap((p) => (typeof p.from === 'string' ? [] : p.from)));
    assert.deepEqual(
      [...new Set(from)].filter((name) => !findRole(name)),
      [],
    );
  });
  it('are the data-services group that kato knows', () => {
    assert.deepEqual(ROLE_GROUPS['data-services'], [
      'mysql',
      'postgresql',
      'redis',
      'mongodb',
      'rabbit',
      'memcached',
      'filesystem',
    ]);
    assert.deepEqual(
      dataServices({ mysql: { database: 'a' } })
        .map((u) => [u.role.name, u.database])
        .slice(0, 2),
      [
        ['mysql', 'a'],
        ['postgresql', undefined],
      ],
    );
    assert.throws(() => dataServices({ harbour: {} }), /harbour: not in data-services/);
    assert.throws(() => dataServices({ rediss: {} }), /did you mean "redis"/);
  });
  it('may be listed by pools, but for those that are implied and the core’s alone', () => {
    const words = poolWords(version('3.6'));
    for (const name of ['base', 'mdns', 'primary', 'stager']) assert.ok(!words.includes(name), name);
    for (const name of ['dea', 'controller', 'router', 'rabbit3', 'data-services'])
      assert.ok(words.includes(name), name);
    assert.ok(poolWords(version('2.10')).includes('stager'));
    assert.ok(!poolWords(version('2.10')).includes('rabbit3'));
  });
  it('are sorted as kato starts them, with roles of your own last', () => {
    assert.deepEqual(byStartOrder(['zebra', 'mysql', 'dea', 'apple', 'dea']), ['dea', 'mysql', 'apple', 'zebra']);
  });
});

describe('a role as a word of a declaration', () => {
  it('takes the options that it knows', () => {
    assert.deepEqual(mysql({ database: 'apps' }), { role: mysql.role, database: 'apps' });
    assert.deepEqual(dea(), { role: dea.role });
  });
  it('refuses others', () => {
    assert.throws(
      () => mysql({ databse: 'apps' } as never),
      (e) => e instanceof InputError && /did you mean "database"/.test(e.message),
    );
    assert.throws(
      () => dea({ database: 'apps' }),
      (e) => e instanceof InputError && e.problems[0]!.path === 'database',
    );
  });
  it('is told from other objects', () => {
    for (const use of [dea(), router()]) assert.equal(isRoleUse(use), true);
    const others = [null, 'dea', {}, { role: 'dea' }, { role: {} }, { role: { name: 'x' } }, { role: null }];
    for (const other of others) assert.equal(isRoleUse(other), false);
  });
});

describe('a role of your own', () => {
  const elasticsearch = defineRole({
    name: 'elasticsearch',
    options: z.strictObject({ source: z.string({ error: 'must be the address of an archive' }) }),
    body: ({ source }) => ({
      title: 'Elasticsearch service',
      processes: ['elasticsearch_node', 'elasticsearch_gateway'],
      ports: [{ ports: [9200, 9299], from: ['dea'], why: 'elasticsearch', sure: 'L' }],
      keeps: { directory: '/var/stackato/services', relocate: 'services' },
      before: () => [{ do: 'run', words: ['fetch', source] }],
    }),
  });
  it('is one by the contract of the built-in ones, without being in the image', () => {
    const use = elasticsearch({ source: 'https://example.com/es.tgz' });
    assert.equal(isRoleUse(use), true);
    assert.equal(use.role.name, 'elasticsearch');
    assert.equal(use.role.shipped, false);
    assert.deepEqual(use.role.before!({ version: version('3.6') }), [
      { do: 'run', words: ['fetch', 'https://example.com/es.tgz'] },
    ]);
  });
  it('refuses wrong options in the words of its schema', () => {
    assert.throws(
      () => elasticsearch({} as never),
      /role elasticsearch: 1 problem\n {2}source: required; must be the address/,
    );
    assert.throws(() => elasticsearch({ source: 'x', sorce: 'y' } as never), /did you mean "source"/);
  });
  it('needs a name that kato could have', () => {
    for (const name of ['Elastic', 'a b', '', '9x', "x'y"]) {
      assert.throws(() => defineRole({ name, options: z.strictObject({}), body: () => dea.role }), InputError);
    }
  });
});

describe('the name of a role of your own', () => {
  const define = (name: string) => () =>
    defineRole({ name, options: z.strictObject({}), body: () => ({ title: 'x', processes: [], ports: [] }) });
  it('is none that the product has in any version, nor one of its groups', () => {
    for (const name of [...ROLES.map((word) => word.role.name), ...Object.keys(ROLE_GROUPS)])
      assert.throws(define(name), /the product has a role|kato has a group of roles/, name);
    for (const { name } of productRoles) assert.throws(define(name), /the product has a role/, name);
  });
  it('is no word with a meaning', () => {
    for (const name of ['all', 'world', 'core', 'cluster', 'database', 'local', 'constructor'])
      assert.throws(
        define(name),
        /role [a-z]+: 1 problem\n {2}name: the name "[a-z]+" is reserved; write another/,
        name,
      );
    for (const name of ['elasticsearch', 'core-search', 'dea2']) assert.doesNotThrow(define(name));
  });
});

describe('versions', () => {
  for (const [text, parts] of [
    ['3.6', [3, 6, 2]],
    ['3.6.0', [3, 6, 0]],
    ['2.10', [2, 10, 6]],
    ['2.10.4', [2, 10, 4]],
    ['2.6', [2, 6, 7]],
  ] as const) {
    it(`${text} is one`, () => assert.deepEqual(version(text), { text, parts }));
  }
  for (const [text, why] of [
    ['1.2.6', /predates the commands of kato/],
    ['2.0', /predates/],
    ['4.0', /a different product without kato/],
    ['3.8', /unknown version 3\.8; write one of 2\.2, .* 3\.6, or with a patch level/],
    ['3', /is not a Stackato version/],
    ['v3.6', /is not a Stackato version/],
    ['', /is not a Stackato version/],
  ] as const) {
    it(`"${text}" is none that kato has`, () => {
      const parsed = parseVersion(text);
      assert.ok('problem' in parsed);
      assert.match(parsed.problem, why);
    });
  }
});
