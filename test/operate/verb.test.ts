import assert from 'node:assert/strict';
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, it } from 'node:test';
import { type DeliverParts, run } from '../../bin/verbs/deliver';
import { InputError, ToolError } from '../../lib/base/input';
import type { Target } from '../../lib/deploy/target';
import type { ShellAnswer } from '../../lib/operate/node-shell';
import { secretValues, secretVariable } from '../../lib/operate/secret-values';
import type { SshShellOptions } from '../../lib/operate/ssh';
import type { Manifest } from '../../lib/topology/manifest';
import { collectedIo } from '../collected-io';
import { failure } from '../refusal';
import { folderShell } from './fake-shell';

const file = (name: string, from: 'operator' | 'core' = 'operator') => ({ name, from });
const MANIFEST = {
  cluster: 'mvp',
  cloud: 'openstack',
  nodes: {
    core: { delivered: [file('license'), file('admin-password')] },
    'dea-1': { delivered: [file('cluster-key', 'core')] },
  },
} as unknown as Manifest;
const ADDRESSES = {
  core: { machine: 'c', inside: '10.0.0.10', outside: '203.0.113.5' },
  'dea-1': { machine: 'd', inside: '10.0.0.21' },
};

let root: string;
let closed = 0;
let asked: SshShellOptions[] = [];
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'stackato-deliver-verb-'));
  for (const folder of ['core/secrets', 'dea-1', 'values']) mkdirSync(join(root, folder), { recursive: true });
  writeFileSync(join(root, 'core', 'secrets', 'cluster-key'), 'planted-key');
  for (const name of ['license', 'admin-password'])
    writeFileSync(join(root, 'values', name), `planted-${name}\n`, { mode: 0o600 });
  closed = 0;
  asked = [];
});
afterEach(() => rmSync(root, { recursive: true }));

const target = (manifest: Manifest | undefined): Target => ({
  stack: 'mvp-openstack',
  dir: '/nowhere',
  stateFile: 'f',
  cluster: 'mvp',
  region: 'r',
  resources: 1,
  manifest,
  keyNames: [],
  secrets: [],
});
function parts(more: {
  manifest?: Manifest | undefined;
  outputs?: Record<string, unknown>;
  before?: (node: string) => ShellAnswer | undefined;
}): DeliverParts {
  return {
    synthesize: async () => target('manifest' in more ? more.manifest : MANIFEST),
    outputs: async () => more.outputs ?? { stackato_manifest: MANIFEST, stackato_addresses: ADDRESSES },
    shell: async (options) => {
      asked.push(options);
      return { ...folderShell(root, 'dash', more.before), close: async () => void closed++ };
    },
  };
}
const values = () => ({ secrets: join(root, 'values') });

describe('the verb deliver', () => {
  it('delivers, shows a table, and says what is next; nothing of a value', async () => {
    const io = collectedIo();
    assert.equal(await run(['c.yaml'], values(), io, parts({})), 0);
    assert.deepEqual(io.text().split('\n'), [
      'node   files                   state',
      'core   license admin-password  2 written',
      'dea-1  cluster-key             1 written',
      'next: cdktf-stackato wait c.yaml (nodes go on with their boot by themselves; on a node: tail -f /var/log/stackato-node.log)',
    ]);
    assert.equal(readFileSync(join(root, 'core', 'secrets', 'license'), 'utf8'), 'planted-license');
    assert.deepEqual([asked[0]!.user, asked[0]!.places['dea-1']!.through, closed], ['stackato', 'core', 1]);
    const json = collectedIo({ json: true });
    assert.equal(await run(['c.yaml'], values(), json, parts({})), 0);
    const nodes = [
      { node: 'core', files: ['license', 'admin-password'].map((name) => ({ name, state: 'same' })) },
      { node: 'dea-1', files: [{ name: 'cluster-key', state: 'same' }] },
    ];
    assert.deepEqual(JSON.parse(json.text()), { result: 'delivered', cluster: 'mvp', nodes });
    for (const one of [io, json]) assert.doesNotMatch(one.text() + one.messages() + one.steps(), /planted/);
  });

  it('ends with 1 when a node lacks something, and names the node, the reason and the remedy', async () => {
    const before = (node: string): ShellAnswer | undefined =>
      node === 'dea-1' ? { state: 'unreachable', why: 'nothing listens at 10.0.0.21 yet' } : undefined;
    const io = collectedIo();
    assert.equal(await run(['c.yaml'], { ...values(), limit: 1 }, io, parts({ before })), 1);
    assert.match(io.messages(), /1 node of 2 did not get all files\n {2}dea-1: nothing listens at 10\.0\.0\.21 yet/);
    assert.match(io.text(), /^dea-1 +cluster-key +1 missing$/m);
    assert.match(io.text(), /^next: cdktf-stackato deliver c\.yaml/m);
    assert.equal(closed, 1);
  });

  it('has nothing to do on AWS, and needs no state for that', async () => {
    const io = collectedIo();
    const outputs = () => assert.fail('no state is needed');
    const aws = { ...parts({ manifest: { ...MANIFEST, cloud: 'aws' } }), outputs };
    assert.equal(await run(['c.yaml'], {}, io, aws), 0);
    assert.match(io.text(), /^nothing to deliver: the nodes of mvp read their secrets from the cloud's store$/);
  });

  it('refuses what it cannot do before it asks for anything', async () => {
    const guest = await failure(run(['s'], {}, collectedIo(), parts({ manifest: undefined })));
    assert.ok(guest instanceof InputError && /only joins another stack's cluster/.test(guest.message));
    const empty = await failure(run(['s'], {}, collectedIo(), parts({ outputs: {} })));
    assert.ok(empty instanceof ToolError && /has no cluster yet/.test(empty.message));
    assert.equal(empty.next, 'cdktf-stackato deploy s');
    const old = await failure(run(['s'], {}, collectedIo(), parts({ outputs: { stackato_manifest: MANIFEST } })));
    assert.match(old.message, /older version/);
    const key = await failure(run(['s'], { identity: join(root, 'none') }, collectedIo(), parts({})));
    assert.match(key.message, /no such file/);
    const node = await failure(run(['s'], { node: ['deaa-1'] }, collectedIo(), parts({})));
    assert.match(node.message, /did you mean "dea-1"/);
    assert.equal(asked.length, 0);
  });

  it('delivers to one node without asking for the secrets of others', async () => {
    const io = collectedIo();
    assert.equal(await run(['c.yaml'], { node: ['dea-1'] }, io, parts({})), 0);
    assert.match(io.text(), /^dea-1 +cluster-key +1 written$/m);
  });
});

describe('values of secrets', () => {
  const none = () => undefined;
  it('come from a folder, else from the environment, else from a person', async () => {
    const ask = async (name: string) => `asked-${name}`;
    const env = { STACKATO_SECRET_LICENSE: 'not this', STACKATO_SECRET_APPS_PASSWORD: 'from-env' };
    const folder = join(root, 'values');
    const got = await secretValues(['license', 'apps-password', 'other'], { folder, env, ask }, none);
    assert.deepEqual(
      [...got].map(([name, v]) => [name, v.toString()]),
      [
        ['license', 'planted-license'],
        ['apps-password', 'from-env'],
        ['other', 'asked-other'],
      ],
    );
    assert.equal(secretVariable('tls-certificate-2'), 'STACKATO_SECRET_TLS_CERTIFICATE_2');
  });
  it('are missed all at once, with what to write; an empty file is none', async () => {
    const folder = join(root, 'values');
    writeFileSync(join(folder, 'license'), '\n');
    const error = await failure(secretValues(['license', 'x-y', 'admin-password'], { folder, env: {} }, none));
    assert.ok(error instanceof InputError);
    assert.deepEqual(
      error.problems.map((p) => `${p.path} ${p.message}`),
      ['license', 'x-y'].map((n) => `${n} has no value; write it to ${join(folder, n)}, or set ${secretVariable(n)}`),
    );
    assert.doesNotMatch(error.message, /planted/);
    const bad = await failure(secretValues(['license'], { folder: join(root, 'no'), env: {} }, none));
    assert.match(bad.message, /is not a folder/);
  });
  it('lose the line end of an editor and nothing else', async () => {
    const folder = join(root, 'values');
    for (const [text, value] of [
      ['a\n', 'a'],
      ['a\r\n', 'a'],
      ['a\n\n', 'a\n'],
      ['a', 'a'],
      [' a \n', ' a '],
    ] as const) {
      writeFileSync(join(folder, 'license'), text);
      assert.equal((await secretValues(['license'], { folder, env: {} }, none)).get('license')!.toString(), value);
    }
  });
  it('that others can read are warned of, by file', async () => {
    const said: string[] = [];
    chmodSync(join(root, 'values', 'license'), 0o640);
    await secretValues(['license', 'admin-password'], { folder: join(root, 'values'), env: {} }, (t) => said.push(t));
    assert.deepEqual(said, [`others can read ${join(root, 'values', 'license')}; chmod 600 it`]);
  });
});
