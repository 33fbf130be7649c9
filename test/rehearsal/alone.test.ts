import assert from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { gunzipSync } from 'node:zlib';
import { synthesizeTarget } from '../../bin/synthesize';
import { run } from '../../bin/verbs/rehearse';
import type { MachineFacts } from '../../lib/rehearsal/ground';
import { rehearseOnOneHost } from '../../lib/rehearsal/one-host/one-host';
import { aloneScript } from '../../lib/rehearsal/one-host/script';
import { bootTarget, type Rehearsed } from '../../lib/rehearsal/rehearse-target';
import type { NodeSource } from '../../lib/rehearsal/source/source';
import { awsSynth } from '../../lib/rehearsal/source/synth-aws';
import { readResources } from '../../lib/rehearsal/source/synth-resources';
import { collectedIo } from '../collected-io';
import { absent } from '../programs';
import { until } from '../until';

const no = { works: false, why: 'not here' } as const;
const laptop: MachineFacts = { linux: true, root: false, missing: [], asRoot: no, loops: no, userNamespace: no };
const facts = () => Promise.resolve(laptop);

/** The shipped example for a version: what the version does not have is taken out. */
function declared(version: string): string {
  const text = readFileSync('stacks/mvp.yaml', 'utf8').replace('version: "3.6"', `version: "${version}"`);
  return version === '2.6' ? text.replace(/^license.*\n/gm, '') : text;
}

const left = () => readdirSync(tmpdir()).filter((name) => name.startsWith('stackato-rehearsal-'));

describe('boot scripts that run alone', () => {
  let dir: string;
  const { TMPDIR } = process.env;
  before(() => {
    dir = mkdtempSync(join(tmpdir(), 'alone-'));
    // Of its own, so that what is left there was left by these tests.
    process.env['TMPDIR'] = dir;
  });
  after(() => {
    if (TMPDIR === undefined) delete process.env['TMPDIR'];
    else process.env['TMPDIR'] = TMPDIR;
    rmSync(dir, { recursive: true, force: true });
  });

  const target = async (version: string, cloud: string) => {
    const file = join(dir, `v${version}.yaml`);
    writeFileSync(file, declared(version));
    return { file, made: await synthesizeTarget(file, { cloud, outdir: dir }, collectedIo()) };
  };

  for (const [version, cloud] of [
    ['2.6', 'aws'],
    ['3.4', 'openstack'],
    ['3.6', 'aws'],
  ] as const) {
    it(`tell the kato of ${version} what was declared, once (${cloud})`, async () => {
      const { file } = await target(version, cloud);
      const io = collectedIo({ json: true, signal: AbortSignal.timeout(120_000) });
      const where = { cloud, from: 'synth', outdir: dir, twice: true } as const;
      const code = await run([file], where, io, undefined, facts);
      const result = JSON.parse(io.text()) as Rehearsed;
      assert.equal(code, 0, JSON.stringify(result.nodes, undefined, 1));
      assert.equal(result.ground, 'one-host');
      assert.ok(result.notShown.length > 0);
      assert.match(io.messages(), /^rehearse: not root, and user namespaces do not work \(not here\): one node/);
      const attach = version === '2.6' ? /^attach -e dea / : /^node attach -e dea /;
      const dea = result.nodes.find(({ name }) => name === 'dea-1')!;
      assert.ok(
        dea.told.some((words) => attach.test(words)),
        dea.told.join('\n'),
      );
      assert.ok(dea.stages.some(({ stage, state }) => stage === 'attach' && state === 'done'));
    });
  }

  it('are shown with their stages, their commands, and what was not tested', async () => {
    const { made } = await target('3.6', 'aws');
    const io = collectedIo({ signal: AbortSignal.timeout(120_000) });
    const where = { cloud: 'aws', from: 'synth', outdir: dir, nodes: ['dea-1'] } as const;
    assert.equal(await run([join(dir, 'v3.6.yaml')], where, io, undefined, facts), 0, io.text());
    assert.match(io.text(), /^rehearse: not root, .*: one node after the other/);
    assert.match(io.text(), /^ {2}ran: ready core .*\n(?: {2}kato .*\n)* {2}kato node attach -e dea /m);
    assert.match(io.text(), /^not tested: the network between the nodes.*\nto test all of it: .*$/m);
    assert.doesNotMatch(io.text(), /rehearsed/, 'a secret is shown');
    assert.ok(made.manifest);
  });

  let made36: Promise<string> | undefined;
  const nodes = async (planted: (script: string) => string): Promise<NodeSource[]> => {
    made36 ??= target('3.6', 'aws').then(({ made }) => made.dir);
    return awsSynth(readResources(await made36)).cluster.nodes.map((node) => {
      if (node.name !== 'dea-1') return node;
      const raw = node.userData;
      const before = (raw[0] === 0x1f ? gunzipSync(raw) : raw).toString();
      assert.notEqual(planted(before), before, 'nothing was planted');
      return { ...node, userData: Buffer.from(planted(before)) };
    });
  };

  /** Copies of the DEA, each but the last with one thing wrong, in one cluster. */
  const WRONG: Readonly<Record<string, (script: string) => string>> = {
    'dea-1': (text) => text.replace(/^ {2}k node attach/m, '  k attach'),
    'dea-2': (text) => text.replace(/^s_zone\(\) \{\n/m, '$&  fail "out of zones"\n'),
    'dea-3': (text) => text.replace('-e dea', '-e router').replace('roles dea', ':'),
    'dea-4': (text) => text.replace('# First boot', '# The first boot'),
  };
  let rehearsed: Promise<ReadonlyMap<string, readonly string[]>> | undefined;
  const problemsOf = async (name: string) => {
    rehearsed ??= (async () => {
      const names = Object.keys(WRONG);
      const copies = await Promise.all(
        names.map(async (copy) => {
          const dea = (await nodes(WRONG[copy]!)).find((node) => node.name === 'dea-1')!;
          return { ...dea, name: copy };
        }),
      );
      const core = (await nodes(WRONG['dea-4']!)).find((node) => node.name === 'core')!;
      const expected = {
        core: ['primary', 'controller', 'router'],
        ...Object.fromEntries(names.map((copy) => [copy, ['dea']])),
      };
      const result = await rehearseOnOneHost(
        { nodes: [core, ...copies], databases: [] },
        { name: 'alone', version: '3.6', expected, limit: 60 },
        () => undefined,
        AbortSignal.timeout(90_000),
      );
      assert.equal(result.ok, false);
      return new Map(result.nodes.map((node) => [node.name, node.problems]));
    })();
    const all = await rehearsed;
    assert.deepEqual([all.get('core'), all.get('dea-4')], [[], []]);
    return all.get(name)!;
  };

  it('fail for a command that the version does not know', async () => {
    const found = await problemsOf('dea-1');
    assert.match(found.join('\n'), /^attach: .*unknown command/);
    assert.match(
      found.join('\n'),
      /^kato refuses: unknown command: kato attach in 3\.6.* \(it exists in versions before 2\.8\)$/m,
    );
  });

  it('fail for a stage that fails, with its words', async () => {
    assert.deepEqual(await problemsOf('dea-2'), ['zone: out of zones']);
  });

  it('fail for roles that kato was not given', async () => {
    assert.match((await problemsOf('dea-3')).join('\n'), /not given dea[\s\S]*given router/);
  });

  it('never touch this machine: paths lie below their folder, programs of roles are noted', async () => {
    const mark = join(dir, 'touched');
    const planted = (text: string) =>
      text.replace(/^s_zone\(\) \{\n/m, `$&  doing touch\n  touch ${mark} || fail touch\n`);
    const two = (await nodes(planted)).filter(({ name }) => ['core', 'dea-1'].includes(name));
    const dea = two.find(({ name }) => name === 'dea-1');
    const text = aloneScript(dea!.userData.toString(), { root: '/scratch', zone: 'z' })!;
    assert.doesNotMatch(text, /[\s='">]\/(?!scratch\/|dev\/(null|urandom)|proc\/)[a-z]{2}/);
    const { nodes: booted } = await rehearseOnOneHost(
      { nodes: two, databases: [] },
      { name: 'alone', version: '3.6', expected: {}, limit: 60 },
      () => undefined,
      AbortSignal.timeout(90_000),
    );
    const last = booted.find(({ name }) => name === 'dea-1')!.stages.at(-1);
    assert.deepEqual([last?.stage, last?.state], ['zone', 'done']);
    assert.ok(!existsSync(mark), 'a program of a role was run');
  });

  it('end and leave nothing when the rehearsal is killed', { skip: absent('pgrep') }, async () => {
    const planted = await nodes((text) => text.replace(/^s_zone\(\) \{\n/m, '$&  while :; do sleep 1; done\n'));
    const two = planted.filter(({ name }) => ['core', 'dea-1'].includes(name));
    const scratch = mkdtempSync(join(dir, 'tmp-'));
    const cluster = join(dir, 'killed.json');
    writeFileSync(
      cluster,
      JSON.stringify({
        nodes: two.map((node) => ({ ...node, userData: node.userData.toString('base64') })),
        databases: [],
      }),
    );
    const program = `const cluster = JSON.parse(require('node:fs').readFileSync(process.argv[1], 'utf8'));
for (const node of cluster.nodes) node.userData = Buffer.from(node.userData, 'base64');
const options = { name: 'alone', version: '3.6', expected: {} };
require(process.argv[2]).rehearseOnOneHost(cluster, options, ({ stage }) => console.log(stage.stage), new AbortController().signal);`;
    const words = ['-e', program, cluster, require.resolve('../../lib/rehearsal/one-host/one-host')];
    const env = { ...process.env, TMPDIR: scratch };
    const child = spawn(process.execPath, words, { env, stdio: ['ignore', 'pipe', 'inherit'] });
    const scripts = () => spawnSync('pgrep', ['-f', scratch], { encoding: 'utf8' }).stdout.split('\n').filter(Boolean);
    await new Promise<void>((there) => child.stdout.on('data', (said) => /zone/.test(String(said)) && there()));
    assert.ok(scripts().length > 0);
    child.kill('SIGKILL');
    const clean = () => readdirSync(scratch).length === 0 && scripts().length === 0;
    await until('nothing is left', clean);
  });

  it('refuse faults, and leave nothing behind', async () => {
    const { made } = await target('3.6', 'aws');
    const ground = { way: 'one-host', disks: false, notShown: [] } as const;
    const options = { from: 'synth', deploy: '', ground, faults: ['kato-fails'] } as const;
    const io = collectedIo();
    await assert.rejects(
      bootTarget(made, made.manifest!, options, io.step('boot'), io),
      /--fault: needs a separate host/,
    );
    assert.deepEqual(left(), []);
  });
});
