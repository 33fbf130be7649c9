import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import * as types from '../../lib/index';
import * as main from '../../lib/main';
import { topologyText } from '../../lib/main';
import { planPool } from '../../lib/topology/plan';
import { elasticsearch, mvp } from './samples';

const root = join(__dirname, '..', '..', '..');
let folder: string;

/** Runs a module of a project that has us in its node_modules; it prints JSON. */
function consumer<T>(file: string, text: string): T {
  writeFileSync(join(folder, file), text);
  return JSON.parse(execFileSync(process.execPath, [join(folder, file)], { encoding: 'utf8' })) as T;
}

// Links are followed to where the files are, so that what we load is seen by its real path.
const HEAVY = `(cache) => Object.keys(cache).filter((f) => /node_modules[/\\\\](cdktf|cdktn|@cdktf|constructs)[/\\\\]/.test(f)).length`;

describe('the package as its users load it', () => {
  before(() => {
    folder = mkdtempSync(join(tmpdir(), 'stackato-main-'));
    mkdirSync(join(folder, 'node_modules'));
    symlinkSync(root, join(folder, 'node_modules', 'cdktf-stackato'));
  });
  after(() => rmSync(folder, { recursive: true }));

  it('has at run time exactly the names that its types have', () => {
    assert.deepEqual(Object.keys(main).sort(), Object.keys(types).sort());
    assert.deepEqual(Object.keys(main.aws).sort(), Object.keys(types.aws).sort());
    for (const name of Object.keys(types.aws) as (keyof typeof types.aws)[])
      assert.equal(main.aws[name], types.aws[name]);
  });

  it('loads neither cdktf nor bindings until a construct is named', () => {
    const [before, after] = consumer<[number, number]>(
      'lazy.cjs',
      `const heavy = ${HEAVY}; const { aws } = require('cdktf-stackato');
       const before = heavy(require.cache); aws.DeaPool; console.log(JSON.stringify([before, heavy(require.cache)]));`,
    );
    assert.equal(before, 0);
    assert.ok(after > 0, 'the count must be able to see what is loaded');
  });

  it('loads for DEAs no binding of databases', () => {
    const loaded = consumer<string[]>(
      'narrow.cjs',
      `require('cdktf-stackato').aws.DeaPool;
       console.log(JSON.stringify(Object.keys(require.cache).filter((f) => f.includes('provider-aws'))));`,
    );
    assert.ok(loaded.some((file) => file.includes('/instance/')));
    assert.deepEqual(
      loaded.filter((file) => file.includes('/db-')),
      [],
    );
  });

  it('gives every name to an ES module, and stays as light', () => {
    const names = Object.keys(main).filter((name) => name !== 'default');
    const result = consumer<{ missing: string[]; heavy: number; pool: string }>(
      'esm.mjs',
      `import { createRequire } from 'node:module';
       import * as all from 'cdktf-stackato';
       import { aws, defineCluster } from 'cdktf-stackato';
       const heavy = (${HEAVY})(createRequire(import.meta.url).cache);
       const missing = ${JSON.stringify(names)}.filter((name) => all[name] === undefined);
       console.log(JSON.stringify({ missing, heavy, pool: typeof defineCluster + ' ' + aws.DeaPool.name }));`,
    );
    assert.deepEqual(result, { missing: [], heavy: 0, pool: 'function DeaPool' });
  });
});

describe('the samples of the guide', () => {
  it('declare the cluster that they say', () => {
    const text = topologyText(main.planTopology(mvp), { boot: false, rules: false });
    assert.match(text, /^dea ×2 +large/m);
    assert.match(text, /mysql .* database apps \(mysql 5\.7, 50 GiB\)/);
    assert.deepEqual(
      main.warnings(mvp).map((w) => w.rule),
      [],
    );
  });

  it('put holes and values of a role of one’s own into its boot', () => {
    const roles = [elasticsearch({ source: 'https://example.com/es.tgz' })];
    const pool = planPool('search', { roles, count: 1, size: 'large', diskGib: 50, placementZones: [] }, mvp);
    assert.deepEqual(pool.secrets, ['es-token']);
    const config = pool.boot.flatMap(({ action }) =>
      action.do === 'config' ? [[action.key, action.value, action.type]] : [],
    );
    assert.deepEqual(config, [
      ['heap', '1024', 'json'],
      ['bus', ['nats://', { hole: 'core.address' }, ':4222'], 'string'],
      ['token', [{ hole: 'secret', name: 'es-token' }], 'string'],
    ]);
  });
});

describe('the words of a step', () => {
  const { configSet, text, coreAddress } = main;

  it('are text where nothing is to be filled in', () => {
    assert.equal(text`a${1}b`, 'a1b');
    assert.deepEqual(text`${coreAddress}`, [coreAddress]);
  });

  it('keep the type of a value', () => {
    const kind = (value: Parameters<typeof configSet>[2]) => {
      const action = configSet('c', 'k', value);
      return action.do === 'config' ? [action.value, action.type] : [];
    };
    assert.deepEqual(kind('85'), ['85', 'string']);
    assert.deepEqual(kind(85), ['85', 'json']);
    assert.deepEqual(kind(false), ['false', 'json']);
    assert.deepEqual(kind(null), ['null', 'json']);
    assert.deepEqual(kind(['a', 'b']), ['["a","b"]', 'json']);
    assert.deepEqual(kind({ a: [1] }), ['{"a":[1]}', 'json']);
    assert.deepEqual(kind(coreAddress), [coreAddress, 'string']);
  });
});
