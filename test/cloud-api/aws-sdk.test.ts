import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { root } from '../bin/command';

const DIST = join(root, 'dist');

let folder: string;
before(() => {
  folder = mkdtempSync(join(tmpdir(), 'stackato-sdk-'));
  // Says at the end which of AWS's libraries were loaded.
  writeFileSync(
    join(folder, 'loaded.cjs'),
    `process.on('exit', () => {
  const files = Object.keys(require.cache).filter((file) => /[\\\\/](@aws-sdk|@smithy)[\\\\/]/.test(file));
  require('node:fs').writeFileSync(${JSON.stringify(join(folder, 'loaded'))}, files.join('\\n'));
});
`,
  );
  // A project that installed some of them.
  writeFileSync(
    join(folder, 'without.cjs'),
    `const { Module } = require('node:module');
const real = Module._resolveFilename;
Module._resolveFilename = function (name, ...more) {
  if (process.env.WITHOUT.split(' ').includes(name)) throw Object.assign(new Error('not here'), { code: 'MODULE_NOT_FOUND' });
  return real.call(this, name, ...more);
};
`,
  );
});
after(() => rmSync(folder, { recursive: true, force: true }));

/** Runs Node and gives what it says, and which files of AWS's libraries it loaded. */
function loadedBy(...words: string[]): string {
  const env = { ...process.env, NODE_OPTIONS: `--require ${join(folder, 'loaded.cjs')}` };
  const { status } = spawnSync(process.execPath, words, { cwd: folder, env, stdio: ['ignore', 'ignore', 'inherit'] });
  // 3: a plan that the review blocks
  assert.ok(status === 0 || status === 3, words.join(' '));
  return readFileSync(join(folder, 'loaded'), 'utf8');
}

describe("AWS's own libraries", () => {
  it('are loaded by no command that asks AWS nothing, and not with the package', () => {
    const command = join(DIST, 'bin', 'cdktf-stackato.js');
    const example = join(root, 'stacks', 'mvp.yaml');
    const real = JSON.parse(readFileSync(join(root, 'test', 'review', 'real', 'another-key.json'), 'utf8')) as {
      plan: unknown;
    };
    const plan = join(folder, 'plan.json');
    writeFileSync(plan, JSON.stringify(real.plan));
    for (const words of [
      [command, 'check', example],
      [command, 'show', example],
      [command, 'synth', example, '--cloud', 'aws'],
      [command, 'review', '--plan', plan],
      ['-e', `require(${JSON.stringify(join(DIST, 'lib', 'main.js'))}).aws.Cluster`],
      ['-e', `require(${JSON.stringify(join(DIST, 'bin', 'verbs', 'deploy.js'))})`],
      ['-e', `require(${JSON.stringify(join(DIST, 'bin', 'verbs', 'wait.js'))})`],
    ])
      assert.equal(loadedBy(...words), '', words.join(' '));
    assert.notEqual(loadedBy('-e', `require(${JSON.stringify(require.resolve('@aws-sdk/client-rds'))})`), '');
  });

  const without = (names: string, env: NodeJS.ProcessEnv = {}) => {
    const api = JSON.stringify(join(DIST, 'lib', 'cloud-api', 'aws', 'api.js'));
    const script = `const { awsApi, findAws } = require(${api});
const options = { region: 'us-west-2', practice: ${env['STACKATO_PRACTICE'] !== undefined} };
let thrown; try { awsApi(options); } catch (error) { thrown = error; }
findAws(options).then((found) => console.log(JSON.stringify([thrown, found].map((e) => [e.name, e.message, e.next]))));`;
    const said = execFileSync(process.execPath, ['--require', join(folder, 'without.cjs'), '-e', script], {
      encoding: 'utf8',
      env: { ...process.env, AWS_ACCESS_KEY_ID: 'a', AWS_SECRET_ACCESS_KEY: 'b', ...env, WITHOUT: names },
    });
    return JSON.parse(said) as unknown;
  };
  it('are named with what installs them, where they are not installed', () => {
    const one = ['ToolError', '1 library of AWS is not installed', 'npm install @aws-sdk/client-rds'];
    assert.deepEqual(without('@aws-sdk/client-rds'), [one, one]);
    const practice = { STACKATO_PRACTICE: 'aws', AWS_ENDPOINT_URL: 'http://localhost:1' };
    assert.deepEqual(without('@aws-sdk/client-rds', practice), [one, one]);
    const all = [
      '@aws-sdk/client-ec2',
      '@aws-sdk/client-rds',
      '@aws-sdk/client-secrets-manager',
      '@aws-sdk/credential-providers',
    ];
    const none = ['ToolError', '4 libraries of AWS are not installed', `npm install ${all.join(' ')}`];
    assert.deepEqual(without(all.join(' ')), [none, none]);
  });
  it('tell nobody who deploys that Node is old', () => {
    const script = `const { awsApi } = require(${JSON.stringify(join(DIST, 'lib', 'cloud-api', 'aws', 'api.js'))});
const env = { AWS_ENDPOINT_URL: 'http://127.0.0.1:1' };
awsApi({ region: 'r', env, practice: true }).ec2('DescribeVpcs', {}).catch(() => console.error(Object.keys(process.env).filter((name) => /WARNING/.test(name)).length));`;
    const said = execFileSync('sh', ['-c', `exec '${process.execPath}' -e "$0" 2>&1`, script], { encoding: 'utf8' });
    assert.equal(said.trim(), '0');
  });
});
