import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { defineCluster, parseCluster } from '../../lib/declaration/define';
import { overlaps, parseCidr } from '../../lib/declaration/fields';
import { readCluster } from '../../lib/declaration/read';
import { dataServices, dea, mysql, postgresql, redis } from '../../lib/kato/roles';
import { type Fixture, fixture, mutated } from './fixture';

const problems = (change: (f: Fixture) => unknown) => {
  const result = parseCluster(mutated((f) => void change(f)));
  return 'spec' in result ? [] : result.problems;
};
const set = (f: Fixture, ...path: string[]) => ({
  to: (value: unknown) => {
    const last = path.pop()!;
    (path.reduce<unknown>((o, key) => (o as Record<string, unknown>)[key], f) as Record<string, unknown>)[last] = value;
  },
});

/** Values that the shape refuses: where it says so (if not there) and a part of what it says. */
const WRONG: readonly [path: string, value: unknown, says: RegExp, at?: string][] = [
  ['name', 'Mvp', /1 to 24 lower-case letters, digits and single dashes/],
  ['name', 'a--b', /single dashes/],
  ['name', 'a-', /single dashes/],
  ['name', 'a'.repeat(25), /1 to 24/],
  ['name', undefined, /^required; must be text/],
  ['name', 5, /^must be text/],
  ['hostname', 'paas', /fully qualified host name/],
  ['hostname', 'Paas.example.com', /lower case/],
  ['version', 3.6, /must be a version in quotes, for example "3\.6"/],
  ['version', 2.1, /in quotes/],
  ['admin', undefined, /^required/],
  ['admin.email', 'ops', /e-mail address/],
  ['admin.organization', "O'Brien", /letters, digits, blanks/],
  ['admin.password', 'hunter2', /a secret by name, .* never write its value into a declaration/],
  ['admin.password', { secret: 'A B' }, /lower-case letters/, 'admin.password.secret'],
  ['licenseGib', 0, /at least 1/],
  ['core.size', 'Large', /must be a size such as/],
  ['core.diskGib', 5, /at least 10 GiB/],
  ['pools.dea.count', '2', /whole number from 1 to 1000/],
  ['pools.dea.count', 0, /at least 1/],
  ['pools.dea.count', 1.5, /whole number/],
  ['pools.dea.roles', [], /at least one role/],
  ['pools.dea.roles', 'dea', /must be a list of roles/],
  ['pools.dea.roles', [5], /must be a role: its name, or one name with options/, 'pools.dea.roles[0]'],
  [
    'pools.dea.roles',
    [{ dea: {}, mysql: {} }],
    /must be one role with its options; write a separate list item/,
    'pools.dea.roles[0]',
  ],
  ['pools.dea.roles', [{ dea: 5 }], /must be options, for example/, 'pools.dea.roles[0].dea'],
  ['pools.dea.roles', [{ role: { name: 'x' } }], /unknown role "role"/, 'pools.dea.roles[0]'],
  ['pools.dea.cuont', 2, /unknown key; did you mean "count"/],
  ['pools.Dea', { roles: ['dea'] }, /as a name: must be 1 to 24/],
  ['databases.apps.engine', 'mongo', /must be mysql or postgresql/],
  ['databases.apps.version', 8, /in quotes, such as "8\.0"/],
  ['databases.apps.storageGib', 5, /at least 20 GiB/],
  ['databases.apps.backupDays', 36, /at most 35/],
  ['kato.dea_ng.a', null, /must be text, a number/],
  ['kato.dea_ng', { 'a b': 1 }, /must be a key path/, 'kato.dea_ng.a b'],
  ['kato.dea_ng.a', { b: { secret: 'x' } }, /a secret must be the whole value/],
  ['kato.dea_ng.a', [{ secret: 'x' }], /a secret must be the whole value/],
  ['kato.dea_ng.a', { secret: 'A B' }, /lower-case letters/, 'kato.dea_ng.a.secret'],
  ['firewall', 'open', /must be inside or strict/],
  ['protect', 'yes', /must be true or false/],
  ['clouds.azure', {}, /unknown key/],
  ['clouds.aws.region', 'us', /a region such as us-west-2/],
  ['clouds.aws.zones', [], /at least one availability zone/],
  ['clouds.aws.zones', undefined, /^required/],
  ['clouds.aws.image', 'i-1', /an AMI id: ami-/],
  [
    'clouds.aws.image',
    { id: 'ami-7d5fb21d', imdsv3: true },
    /unknown key; did you mean "imdsv2"/,
    'clouds.aws.image.imdsv3',
  ],
  ['clouds.aws.network', { cird: '10.0.0.0/16' }, /did you mean "cidr"/, 'clouds.aws.network.cird'],
  [
    'clouds.aws.network',
    { vpcId: 'vpc-12345678' },
    /^does not go with the other keys here/,
    'clouds.aws.network.vpcId',
  ],
  ['clouds.aws.network', { cidr: '10.0.0.1/16' }, /whose address matches its prefix length/, 'clouds.aws.network.cidr'],
  ['clouds.aws.sshFrom', ['1.2.3.4'], /must be an IPv4 network/, 'clouds.aws.sshFrom[0]'],
];

describe('the shape of a declaration', () => {
  for (const [path, value, says, at = path] of WRONG) {
    it(`${path} = ${JSON.stringify(value)}`, () => {
      const found = problems((f) => set(f, ...path.split('.')).to(value));
      const first = found.find((p) => p.path === at);
      assert.ok(first, JSON.stringify(found));
      assert.match(first.message, says);
      assert.match(first.message, /^[^A-Z].*[^.]$/);
    });
  }
  it('accepts roles from functions as well as by name', () => {
    const named = defineCluster(mutated(() => undefined));
    const typed = defineCluster(
      mutated((f) => {
        f.pools['dea']!['roles'] = [dea()];
        f.pools['data']!['roles'] = dataServices({ mysql: { database: 'apps' } });
      }),
    );
    assert.deepEqual(typed, named);
  });
  it('accepts values of every kind for kato', () => {
    const values = { a: 'text', b: 1.5, c: true, d: [1, 'x'], e: { f: { g: null } }, h: { secret: 'token' } };
    assert.deepEqual(
      problems((f) => (f.kato['router2g'] = values)),
      [],
    );
  });
});

describe('networks', () => {
  it('need an address that matches the prefix length', () => {
    assert.deepEqual(parseCidr('10.0.0.0/16'), { base: 167772160, length: 16 });
    for (const text of ['10.0.0.1/16', '256.0.0.0/8', '10.0.0.0/33', '10.0.0.0', '', 'a/8', '0.0.0.0/'])
      assert.equal(parseCidr(text), undefined, text);
    assert.deepEqual(parseCidr('0.0.0.0/0'), { base: 0, length: 0 });
  });
  it('know whether they overlap', () => {
    const pair = (a: string, b: string) => overlaps(parseCidr(a)!, parseCidr(b)!);
    assert.equal(pair('10.0.0.0/8', '10.255.0.0/16'), true);
    assert.equal(pair('10.255.0.0/16', '10.0.0.0/8'), true);
    assert.equal(pair('10.0.0.0/16', '10.1.0.0/16'), false);
    assert.equal(pair('0.0.0.0/0', '192.168.0.0/16'), true);
  });
});

const JUNK = fc.oneof(
  fc.anything({ maxDepth: 3, withBigInt: true, withDate: true, withMap: true }),
  fc.constantFrom<unknown>(
    '',
    'constructor',
    '__proto__',
    'toString',
    -1,
    Number.NaN,
    1e21,
    '${x}',
    [],
    {},
    null,
    undefined,
    { role: {} },
    { secret: 1 },
  ),
  fc.constantFrom<unknown>(dea(), redis(), mysql({ database: 'constructor' }), postgresql({ database: '__proto__' }), {
    role: { name: 'x', title: '', processes: [], ports: [] },
  }),
);

/** Every place of a value, as a path. */
function places(value: unknown, path: string[] = []): string[][] {
  if (typeof value !== 'object' || value === null) return [path];
  return [path, ...Object.entries(value).flatMap(([key, inner]) => places(inner, [...path, key]))];
}

describe('junk', () => {
  it('never breaks the check: it returns a cluster or useful problems', () => {
    const all = places(fixture()).filter((p) => p.length);
    const names = fc.constantFrom(...all.flat(), 'constructor', '__proto__', 'x', 'toString', 'Röle');
    const change = fc.tuple(fc.constantFrom(...all), fc.option(names), JUNK);
    fc.assert(
      fc.property(fc.array(change, { minLength: 1, maxLength: 4 }), (changes) => {
        const f = fixture();
        for (const [path, name, value] of changes) {
          try {
            set(f, ...path.slice(0, name ? -1 : undefined), ...(name ? [name] : [])).to(value);
          } catch {
            // An earlier change took the place away.
          }
        }
        const result = parseCluster(f);
        if ('spec' in result) return;
        assert.ok(result.problems.length > 0);
        for (const { path, message, rule } of result.problems) {
          assert.ok(path && message && rule, JSON.stringify({ path, message, rule }));
          assert.match(message, /^[^A-Z]/);
          assert.doesNotMatch(message, /\[object Object\]/);
        }
      }),
      { numRuns: 3000, seed: 36 },
    );
  });
  it('of any kind is refused', () => {
    fc.assert(
      fc.property(fc.anything(), (value) => assert.ok('problems' in parseCluster(value))),
      { numRuns: 300, seed: 36 },
    );
  });
  it('is refused as a file too', () => assert.throws(() => readCluster('/'), /is a folder/));
});
