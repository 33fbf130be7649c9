import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { stringify } from 'yaml';
import { InputError } from '../../lib/base/input';
import { defineCluster } from '../../lib/declaration/define';
import { parseClusterText, readCluster } from '../../lib/declaration/read';
import { mysql } from '../../lib/kato/roles';
import { fixture, mutated } from './fixture';

const TEXT = `name: mvp
hostname: paas.example.com
version: "3.6"
admin:
  email: ops@example.com
  organization: Example
  password: { secret: admin-password }
pools:
  dea:
    roles: [dea]
    count: 2
  data:
    roles:
      - mysql:
          database: apps
      - redis
    diskGib: 50
databases:
  apps: { engine: mysql }
kato:
  dea_ng:
    resources/memory_max_percent: 85
`;

const problems = (text: string) => {
  try {
    parseClusterText(text, 'c.yaml');
  } catch (error) {
    assert.ok(error instanceof InputError);
    assert.equal(error.subject, 'c.yaml');
    return error.problems;
  }
  return [];
};

/** A change of the text; then line:column path rule of what is said, and a part of it. */
const CASES: readonly [title: string, from: string, to: string, found: string[], says: RegExp][] = [
  ['a wrong shape', 'count: 2', 'count: two', ['11:5 pools.dea.count shape'], /whole number/],
  ['an unknown key', 'count: 2', 'cuont: 2', ['11:5 pools.dea.cuont key-unknown'], /did you mean "count"/],
  ['something missing, at what lacks it', 'hostname: paas.example.com\n', '', ['1:1 hostname shape'], /required/],
  ['a rule', '    diskGib: 50\n', '', ['12:3 pools.data.diskGib disk-required'], /required: mysql and redis/],
  [
    'a rule, deep inside',
    'database: apps',
    'databse: apps',
    ['15:11 pools.data.roles[0].mysql.databse role-option', '19:3 databases.apps database-unused'],
    /./,
  ],
  [
    'a role in a list',
    '      - redis',
    '      - rediss',
    ['16:9 pools.data.roles[1] role-unknown'],
    /did you mean "redis"/,
  ],
  [
    'a key path with slashes',
    'resources/memory_max_percent: 85',
    'resources/memory_max_percent: null',
    ['22:5 kato.dea_ng.resources/memory_max_percent shape'],
    /must be text/,
  ],
  ['a component', 'dea_ng:', 'Dea:', ['21:3 kato.Dea shape'], /as a name/],
  [
    'a version without quotes',
    '"3.6"',
    '3.6',
    ['3:1 version shape'],
    /must be a version in quotes, for example "3\.6"/,
  ],
  ['2.10 without quotes, which YAML reads as 2.1', '"3.6"', '2.10', ['3:1 version shape'], /in quotes/],
  [
    'several, in the order of the file',
    'count: 2',
    'count: 0\n    size: X',
    ['11:5 pools.dea.count shape', '12:5 pools.dea.size shape'],
    /./,
  ],
  ['a syntax error', 'roles: [dea]', 'roles: [dea', ['11:5  yaml'], /flow/],
  ['a key twice', 'count: 2', 'count: 2\n    count: 3', ['12:5  yaml'], /unique/],
  ['a tab', '    count: 2', '\tcount: 2', ['11:1  yaml'], /tab/i],
];

describe('a file', () => {
  let dir: string;
  before(() => {
    dir = mkdtempSync(join(tmpdir(), 'stackato-read-'));
  });
  after(() => rmSync(dir, { recursive: true, force: true }));

  it('without problems is a cluster', () => assert.deepEqual(problems(TEXT), []));

  for (const [title, from, to, found, says] of CASES) {
    it(`reports the place of ${title}`, () => {
      assert.ok(TEXT.includes(from));
      const all = problems(TEXT.replace(from, to));
      assert.deepEqual(
        all.map((p) => `${p.line}:${p.column} ${p.path} ${p.rule}`),
        found,
        JSON.stringify(all),
      );
      assert.match(all[0]!.message, says);
      for (const { message } of all) assert.match(message, /^[^A-Z][^\n]*[^.]$/);
    });
  }

  it('gives the same cluster as TypeScript', () => {
    const declared = mutated(() => undefined);
    const typed = mutated((f) => (f.pools['data']!['roles'] = [mysql({ database: 'apps' })]));
    const yaml = mutated((f) => (f.pools['data']!['roles'] = [{ mysql: { database: 'apps' } }]));
    assert.deepEqual(parseClusterText(stringify(declared), 'x'), defineCluster(declared));
    assert.deepEqual(parseClusterText(JSON.stringify(yaml), 'x'), defineCluster(typed));
  });

  it('that is empty or not a map reports what a cluster needs', () => {
    assert.deepEqual(
      problems('')
        .map((p) => p.path)
        .sort(),
      ['admin', 'hostname', 'name'],
    );
    assert.deepEqual(problems('# only a comment\n').length, 3);
    assert.match(problems('- a\n- b\n')[0]!.message, /expected object, received array/);
    assert.match(problems('just text')[0]!.message, /expected object, received string/);
    assert.ok(problems('a: 1\n---\nb: 2\n').length > 0);
  });

  it('with endless aliases is refused', () => {
    const bomb = ['a0: &a0 [x, x, x, x, x, x, x, x, x, x]'];
    for (let i = 1; i < 9; i++)
      bomb.push(`a${i}: &a${i} [${Array.from({ length: 10 }, () => `*a${i - 1}`).join(', ')}]`);
    const all = problems(bomb.join('\n'));
    assert.deepEqual(
      all.map((p) => p.rule),
      ['yaml'],
    );
    assert.match(all[0]!.message, /alias.*; write it without aliases/i);
  });
  it('may use an alias twice', () => {
    assert.deepEqual(
      problems(
        `${TEXT}clouds: {}\n`.replace('[dea]', '&r [dea]').replace('  data:\n', '  more: { roles: *r }\n  data:\n'),
      ),
      [],
    );
  });

  it('that is missing, a folder or unreadable reports it', () => {
    const message = (file: string) => {
      try {
        readCluster(file);
      } catch (error) {
        assert.ok(error instanceof InputError && error.subject === file);
        return `${error.problems[0]!.rule}: ${error.problems[0]!.message}`;
      }
      return '';
    };
    assert.match(
      message(join(dir, 'none.yaml')),
      /^file: no such file; name a cluster's YAML file, or create one with/,
    );
    assert.match(message(dir), /^file: is a folder/);
    assert.match(message(join(dir, 'a\0b')), /^file: cannot be read/);
    writeFileSync(join(dir, 'c.yaml'), `\ufeff${TEXT.replaceAll('\n', '\r\n')}`);
    assert.equal(readCluster(join(dir, 'c.yaml')).name, 'mvp');
  });

  it('never shows the value of a secret', () => {
    const all = problems(TEXT.replace('{ secret: admin-password }', 'hunter2-s3cret'));
    assert.deepEqual(
      all.map((p) => p.path),
      ['admin.password'],
    );
    assert.doesNotMatch(JSON.stringify(all), /hunter2/);
  });
  it('is never written to', () => {
    const file = join(dir, 'same.yaml');
    writeFileSync(file, stringify(fixture()));
    const text = readFileSync(file, 'utf8');
    readCluster(file);
    assert.equal(readFileSync(file, 'utf8'), text);
  });
});
