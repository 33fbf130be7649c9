import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { liveLines } from '../../bin/terminal/live-lines';
import { awsConsoles, run, type WaitParts } from '../../bin/verbs/wait';
import { InputError, ToolError } from '../../lib/base/input';
import { awsConsole } from '../../lib/cloud-api/aws/console';
import { openstackConsole } from '../../lib/cloud-api/openstack/console';
import type { Target } from '../../lib/deploy/target';
import type { ShellAnswer } from '../../lib/operate/node-shell';
import type { Manifest } from '../../lib/topology/manifest';
import { collectedIo } from '../collected-io';
import { failure } from '../refusal';

const MANIFEST = {
  cluster: 'mvp',
  cloud: 'aws',
  hostname: 'p.e.org',
  nodes: { 'dea-1': {}, core: {} },
} as unknown as Manifest;
const ADDRESSES = {
  core: { machine: 'i-c', inside: '10.0.0.10', outside: '203.0.113.5' },
  'dea-1': { machine: 'i-d', inside: '10.0.0.21' },
};
const target = (manifest: Manifest | undefined): Target => ({
  stack: 'mvp-aws',
  dir: '/nowhere',
  stateFile: 'f',
  cluster: 'mvp',
  region: 'r',
  resources: 1,
  manifest,
  keyNames: [],
  secrets: [],
});
const ran = (out: string): ShellAnswer => ({ state: 'ran', code: 0, out: Buffer.from(out), err: '' });
const away: ShellAnswer = { state: 'unreachable', why: 'nothing listens' };
const DONE = '{"stage":"boot","state":"done","seconds":61}\n';
const FAILED = '{"stage":"boot","state":"failed","seconds":9,"error":"disk: no disk of 50 GiB found"}\n';

function parts(answers: Record<string, ShellAnswer>, more: Partial<WaitParts> = {}) {
  const printed: string[] = [];
  let time = 0;
  const tick = (seconds: number) => {
    time += seconds;
  };
  let closed = 0;
  const all: WaitParts = {
    synthesize: async () => target(MANIFEST),
    outputs: async () => ({ stackato_manifest: MANIFEST, stackato_addresses: ADDRESSES }),
    shell: async () => ({ run: async (node) => answers[node]!, close: async () => void closed++ }),
    console: async () => undefined,
    stream: { write: (text) => printed.push(text) },
    clock: { now: () => time, sleep: async (seconds) => tick(seconds) },
    ...more,
  };
  return { all, printed, closed: () => closed };
}

describe('the verb wait', () => {
  it('ends with 0 when all have booted, and says where to log in', async () => {
    const io = collectedIo();
    const { all, closed } = parts({ core: ran(DONE), 'dea-1': ran(DONE) });
    assert.equal(await run(['c.yaml'], {}, io, all), 0);
    assert.deepEqual(io.text().split('\n'), [
      'core   booted, 1 m 01 s after its start',
      'dea-1  booted, 1 m 01 s after its start',
      'next: 2 nodes booted; log in at https://api.p.e.org',
    ]);
    assert.equal(closed(), 1);
  });

  it('ends with 1, the failing node, its stage, the likely cause and the remedy', async () => {
    const io = collectedIo();
    assert.equal(await run(['c.yaml'], {}, io, parts({ core: ran(DONE), 'dea-1': ran(FAILED) }).all), 1);
    assert.match(
      io.messages(),
      /1 node of 2 did not boot\n {2}dea-1: failed at stage disk: no disk of 50 GiB found\n {4}likely: .*50 GiB is not attached.*\n {4}remedy: cdktf-stackato deploy c\.yaml/,
    );
    assert.match(io.text(), /stackato-node\.log.*reboot.*\nnext: cdktf-stackato wait c\.yaml$/);
    const chosen = collectedIo();
    await run(['c.yaml'], { cloud: 'aws' }, chosen, parts({ core: ran(DONE), 'dea-1': ran(FAILED) }).all);
    assert.match(chosen.messages(), /remedy: cdktf-stackato deploy c\.yaml --cloud aws/);
    assert.match(chosen.text(), /next: cdktf-stackato wait c\.yaml --cloud aws$/);
    const json = collectedIo({ json: true });
    assert.equal(await run(['c.yaml'], {}, json, parts({ core: ran(DONE), 'dea-1': ran(FAILED) }).all), 1);
    const { result, nodes } = JSON.parse(json.text()) as { result: string; nodes: Record<string, string>[] };
    assert.deepEqual([result, nodes[1]!['node'], nodes[1]!['stage']], ['failed', 'dea-1', 'disk']);
    assert.match(nodes[1]!['cause']!, /not attached/);
  });

  it('names at the limit who is not there, and what it waits for', async () => {
    const io = collectedIo();
    const waits = ran(
      '{"stage":"key","state":"retry","seconds":30,"error":"waiting for the core to share cluster-key: x"}\n',
    );
    const { all, printed } = parts({ core: away, 'dea-1': waits });
    assert.equal(await run(['c.yaml'], { limit: 60 }, io, all), 1);
    assert.match(io.messages(), /2 nodes of 2 did not boot after 1 m 00 s\n {2}core: no sign of life: nothing listens/);
    assert.match(
      io.messages(),
      /dea-1: in stage key for .*share cluster-key.*\n {4}likely: .*the core gives no sign of life/,
    );
    assert.equal(printed.length, 2, 'a plain line for each node, once');
  });

  it('asks consoles where ssh shows nothing, or alone', async () => {
    const told: Partial<WaitParts> = { console: async () => async () => `stackato-node: ${DONE}` };
    const io = collectedIo();
    assert.equal(await run(['c.yaml'], {}, io, parts({ core: away, 'dea-1': ran(DONE) }, told).all), 0);
    assert.match(io.text(), /^core .* \(from its console, which lags\)$/m);
    const shell = () => assert.fail('no ssh is wanted');
    const only = collectedIo();
    assert.equal(await run(['c.yaml'], { via: 'console' }, only, parts({}, { ...told, shell }).all), 0);
    assert.match(only.messages(), /lag/);
    const none = await failure(run(['c.yaml'], { via: 'console' }, collectedIo(), parts({}).all));
    assert.ok(none instanceof ToolError && /no credentials/.test(none.message));
  });

  it('refuses what it cannot do', async () => {
    const guest = await failure(
      run(['s'], {}, collectedIo(), parts({}, { synthesize: async () => target(undefined) }).all),
    );
    assert.ok(guest instanceof InputError && /only joins/.test(guest.message));
    const node = await failure(run(['s'], { node: ['dea-2'] }, collectedIo(), parts({}).all));
    assert.match(node.message, /did you mean "dea-1"/);
    const old = await failure(
      run(['s'], {}, collectedIo(), parts({}, { outputs: async () => ({ stackato_manifest: MANIFEST }) }).all),
    );
    assert.match(old.message, /older version/);
  });
});

describe('lines that live', () => {
  const lines = (...texts: string[]) => texts.map((text) => ({ text, key: text.replace(/\d+/, '') }));
  it('are printed elsewhere when they changed, whatever their seconds', () => {
    const out: string[] = [];
    const view = liveLines({ write: (text) => out.push(text) }, {});
    for (const now of [lines('a 1', 'b 1'), lines('a 2', 'b 2'), lines('a 3', 'c 3')]) view.show(now);
    view.clear();
    assert.deepEqual(out, ['a 1\n', 'b 1\n', 'c 3\n']);
  });
  it('are taken back on a terminal, and fit into it', () => {
    const out: string[] = [];
    const view = liveLines({ isTTY: true, columns: 21, rows: 5, write: (text) => out.push(text) }, {});
    view.show(lines('a'.repeat(50), 'b', 'c', 'd'));
    view.show(lines('a'));
    view.clear();
    assert.deepEqual(out, [`${'a'.repeat(20)}\nb\n… 2 more\n`, '\x1b[3A\x1b[J', 'a\n', '\x1b[1A\x1b[J']);
  });
});

describe('a console by API', () => {
  it('is not needed on AWS where ssh may do, and says why it is not read', async () => {
    const files = { AWS_CONFIG_FILE: '/dev/null', AWS_SHARED_CREDENTIALS_FILE: '/dev/null' };
    const none = { ...files, AWS_EC2_METADATA_DISABLED: 'true' };
    const broken = { ...none, AWS_WEB_IDENTITY_TOKEN_FILE: '/nowhere', AWS_ROLE_ARN: 'arn:aws:iam::1:role/a' };
    for (const [env, words] of [
      [none, /there are no AWS credentials/],
      [broken, /the configured AWS credentials do not work/],
    ] as const) {
      const io = collectedIo();
      assert.equal(await awsConsoles({ region: 'r' }, env, {}, io), undefined);
      assert.match(io.messages(), new RegExp(`^consoles are not read: ${words.source}`));
      const alone = await failure(awsConsoles({ region: 'r' }, env, { via: 'console' }, collectedIo()));
      assert.match(alone.message, words);
    }
    const keys = { ...none, AWS_ACCESS_KEY_ID: 'a', AWS_SECRET_ACCESS_KEY: 'b' };
    assert.ok(await awsConsoles({ region: 'r' }, keys, { via: 'console' }, collectedIo()));
  });
  it('is decoded on AWS, and text on OpenStack', async () => {
    const calls: unknown[] = [];
    const ec2 = async (...all: unknown[]) => {
      calls.push(all);
      return { Output: Buffer.from('told ☃').toString('base64') };
    };
    assert.equal(await awsConsole({ ec2 } as never, 'i-1'), 'told ☃');
    const call = async (...all: unknown[]) => {
      calls.push(all);
      return { output: 'told' };
    };
    assert.equal(await openstackConsole({ call } as never, 'a-b'), 'told');
    assert.deepEqual(calls, [
      ['GetConsoleOutput', { InstanceId: 'i-1' }],
      ['compute', 'POST', '/servers/a-b/action', { 'os-getConsoleOutput': { length: 500 } }],
    ]);
  });
});
