import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { type BootState, bootState, statusLines } from '../../lib/operate/boot-status';
import { bootCause } from '../../lib/operate/causes';
import { consoleLooker, firstLooker, type Look, type Looker, shellLooker } from '../../lib/operate/look';
import { type NodeBoot, waitForBoot } from '../../lib/operate/wait';
import { SHELLS } from '../kato/sandbox';
import { absent } from '../programs';
import { CAUSE_CASES } from './causes';
import { folderShell } from './fake-shell';

const line = (stage: string, state: string, seconds = 0, error?: string) =>
  JSON.stringify({ stage, state, seconds, ...(error ? { error } : {}) });
const state = (text: string, more: object = {}) => bootState({ from: 'ssh', lines: statusLines(text), ...more });

describe('the status of a boot', () => {
  it('is read from whole lines, wherever they stand', () => {
    const text = `noise\n[ 3.2] stackato-node: ${line('ready', 'started')}\n{"stage":"re${line('ready', 'done', 4)}\n{"stage":"x","sta\n{"stage":"x","state":"odd"}`;
    assert.deepEqual(statusLines(text), [
      { stage: 'ready', state: 'started', seconds: 0 },
      { stage: 'ready', state: 'done', seconds: 4 },
    ]);
    assert.equal(statusLines(line('a', 'retry', 1, 'x\u001b[2Jy'))[0]!.error, 'x [2Jy');
  });

  for (const [text, more, want] of [
    ['', {}, { state: 'silent', why: 'its boot script has reported nothing yet' }],
    [line('ready', 'started'), { age: 7, waits: 'w' }, { state: 'booting', stage: 'ready', seconds: 7, why: 'w' }],
    [line('core', 'retry', 9, 'e'), { age: 2 }, { state: 'booting', stage: 'core', seconds: 11, why: 'e' }],
    [line('core', 'done', 9), { age: 2 }, { state: 'booting', stage: 'core', seconds: 2 }],
    [line('core', 'retry', 9, 'e'), { running: false }, { state: 'stopped', stage: 'core', why: 'e' }],
    [
      line('boot', 'retry', 900, 'cannot begin: x'),
      {},
      { state: 'booting', stage: 'boot', seconds: 0, why: 'cannot begin: x' },
    ],
    [line('boot', 'done', 70), { running: false }, { state: 'booted', seconds: 70 }],
    [line('boot', 'failed', 70, 'key: waiting: x'), {}, { state: 'failed', stage: 'key', why: 'waiting: x' }],
    [line('boot', 'failed', 70, 'cannot begin: x'), {}, { state: 'failed', stage: 'boot', why: 'cannot begin: x' }],
    [line('key', 'failed', 70, 'x'), {}, { state: 'failed', stage: 'key', why: 'x' }],
    [`${line('boot', 'failed', 9, 'key: x')}\n${line('boot', 'done', 70)}`, {}, { state: 'booted', seconds: 70 }],
  ] as const) {
    it(`${text || 'nothing'} ${JSON.stringify(more)} means ${want.state}`, () =>
      assert.deepEqual(state(text, more), want));
  }
});

describe('a look', () => {
  let root: string;
  before(() => {
    root = mkdtempSync(join(tmpdir(), 'stackato-look-'));
    mkdirSync(join(root, 'core'));
    writeFileSync(join(root, 'core', 'status'), `${line('ready', 'done', 3)}\n${line('core', 'started')}\n`);
    writeFileSync(join(root, 'core', 'error'), 'waiting for the core: x\n');
    writeFileSync(join(root, 'core', 'lock'), '');
    mkdirSync(join(root, 'none'));
  });
  after(() => rmSync(root, { recursive: true }));
  for (const shell of SHELLS) {
    /** Looks at a machine that has run for 5,000 seconds at the second `now`. */
    const looker = (now = 1e9) => {
      const { run } = folderShell(root, shell);
      const there = (node: string, script: string) =>
        script
          .replace('D=/var/lib/stackato-node\n', `D=${root}/${node}\n`)
          .replace('$(date +%s)', String(now))
          .replace('$(cut -d. -f1 /proc/uptime)', '5000');
      return shellLooker({ run: (node, script, ...rest) => run(node, there(node, script), ...rest) });
    };
    it(`over a shell (${shell}) sees the lines, their age, whether the script is running, what it waits for`, {
      skip: absent(shell),
    }, async () => {
      utimesSync(join(root, 'core', 'status'), 1e9, 1e9);
      const idle = await looker(1e9 + 30)('core');
      assert.ok(idle.from === 'ssh');
      const { lines, age, running, waits } = idle;
      assert.deepEqual([lines.length, age, running, waits], [2, 30, false, 'waiting for the core: x']);
      // as the script holds it: what took the lock has ended
      const script = `exec 9>>${join(root, 'core', 'lock')}; flock -n 9; echo; sleep 20 9>&-; :`;
      const holder = spawn('sh', ['-c', script], {
        stdio: ['ignore', 'pipe', 'ignore'],
        detached: true,
      });
      await new Promise((held) => holder.stdout.once('data', held));
      const busy = await looker()('core');
      process.kill(-holder.pid!, 'SIGKILL');
      assert.equal(busy.from === 'ssh' && busy.running, true);
      const none = await looker()('none');
      assert.deepEqual(none, { from: 'ssh', lines: [] });
    });
    it(`over a shell (${shell}) takes no line for older than the boot: clocks are set while nodes boot`, {
      skip: absent(shell),
    }, async () => {
      mkdirSync(join(root, shell));
      writeFileSync(join(root, shell, 'status'), `${line('core', 'started')}\n`);
      utimesSync(join(root, shell, 'status'), 1e9, 1e9);
      const look = await looker(1e9 + 9999)(shell);
      assert.ok(look.from === 'ssh' && look.age === 5000);
      utimesSync(join(root, shell, 'status'), 4e9, 4e9);
      assert.deepEqual(await looker()(shell), { from: 'ssh', lines: look.lines });
    });
  }
  it('at a console takes the script’s lines only', async () => {
    const text = `Linux\n${line('x', 'done')}\nstackato-node: ${line('ready', 'done', 3)}\r\n`;
    const looker = consoleLooker({ core: 'i-1' }, async (machine) => (machine === 'i-1' ? text : ''));
    assert.deepEqual(await looker('core'), { from: 'console', lines: statusLines(line('ready', 'done', 3)) });
    assert.deepEqual(await looker('dea-1'), { why: 'its machine is not known' });
    const refused = consoleLooker({ core: 'i-1' }, () => Promise.reject(new Error('no')));
    assert.deepEqual(await refused('core'), { why: 'no console: no' });
  });
  it('falls back to the next, and tells what each says', async () => {
    const no: Looker = async () => ({ why: 'no way', next: 'a key' });
    const empty: Looker = async () => ({ from: 'console', lines: [] });
    const yes: Looker = async () => ({ from: 'console', lines: statusLines(line('a', 'done')) });
    assert.equal((await firstLooker([no, yes])('n')).from, 'console');
    assert.deepEqual(await firstLooker([no, empty])('n'), {
      why: 'no way; its console says nothing yet',
      next: 'a key',
    });
  });
});

describe('waiting', () => {
  /** Answers by node, one after the other; the last one stays. */
  const scripted =
    (looks: Record<string, Look[]>): Looker =>
    async (node) =>
      looks[node]!.length > 1 ? looks[node]!.shift()! : looks[node]![0]!;
  const told = (...lines: string[]): Look => ({ from: 'ssh', lines: statusLines(lines.join('\n')) });
  const clock = () => {
    let time = 0;
    const tick = (seconds: number) => {
      time += seconds;
    };
    return { now: () => time, sleep: async (seconds: number) => tick(seconds) };
  };
  const states = (nodes: readonly NodeBoot[]) => nodes.map(({ node, boot }) => `${node} ${boot.state}`);
  const done = told(line('boot', 'done', 5));

  it('ends when all have booted, and tells every look', async () => {
    let looks = 0;
    const looker = scripted({
      core: [{ why: 'not yet' }, done],
      'dea-1': [told(line('core', 'started')), { why: 'reboots' }, done],
    });
    const nodes = await waitForBoot(['core', 'dea-1'], looker, { ...clock(), notify: () => void looks++ });
    assert.deepEqual([states(nodes), looks], [['core booted', 'dea-1 booted'], 3]);
  });
  it('ends at the limit, with what each is at', async () => {
    const looker = scripted({
      core: [done],
      'dea-1': [{ why: 'no answer' }],
      'dea-2': [{ from: 'console', lines: statusLines(line('key', 'started')) }],
    });
    const nodes = await waitForBoot(['core', 'dea-1', 'dea-2'], looker, { ...clock(), limitSeconds: 25 });
    assert.deepEqual(states(nodes), ['core booted', 'dea-1 silent', 'dea-2 booting']);
    assert.deepEqual(nodes[2]!.boot, { state: 'booting', stage: 'key', seconds: 25 });
  });
  it('ends at once when the core failed, and waits for the others when another did', async () => {
    const failed = told(line('boot', 'failed', 5, 'disk: no disk of 9 GiB found'));
    const busy = told(line('core', 'started'));
    assert.deepEqual(states(await waitForBoot(['core', 'a'], scripted({ core: [failed], a: [busy] }), clock())), [
      'core failed',
      'a booting',
    ]);
    const other = scripted({ core: [busy, busy, done], a: [failed] });
    assert.deepEqual(states(await waitForBoot(['core', 'a'], other, clock())), ['core booted', 'a failed']);
  });
  it('says of a node that was there and is gone, where it was and since when nothing is heard', async () => {
    const looks = { core: [told(line('ready', 'retry', 5, 'not ready')), { why: 'no answer' }] };
    const [node] = await waitForBoot(['core'], scripted(looks), { ...clock(), limitSeconds: 60 });
    const why = 'no longer answers (no answer)';
    assert.deepEqual(node!.boot, { state: 'booting', stage: 'ready', seconds: 5, why });
    const cause = bootCause(node!, { target: 'c', cloud: 'aws', version: '3.6', nodes: [node!] })!;
    assert.match(cause.cause, /machine or its network went down/);
    const back = { core: [told(line('ready', 'started')), { why: 'no answer' }, done] };
    assert.deepEqual(states(await waitForBoot(['core'], scripted(back), clock())), ['core booted']);
  });
  it('gives a script up that is not at work at three looks', async () => {
    const idle: Look = { from: 'ssh', lines: statusLines(line('core', 'started')), running: false };
    assert.deepEqual(states(await waitForBoot(['a'], scripted({ a: [idle, idle, done] }), clock())), ['a booted']);
    assert.deepEqual(states(await waitForBoot(['a'], scripted({ a: [idle] }), clock())), ['a stopped']);
  });
  it('ends when it is stopped', async () => {
    const nodes = await waitForBoot(['a'], scripted({ a: [done] }), { ...clock(), signal: AbortSignal.abort() });
    assert.deepEqual(states(nodes), ['a silent']);
  });
});

describe('the likely cause', () => {
  const core = (boot: BootState): NodeBoot => ({ node: 'core', boot });
  const BOOTED: BootState = { state: 'booted', seconds: 9 };
  const of = (why: string, cloud = 'openstack', boot: BootState = BOOTED) =>
    bootCause(
      { node: 'n', boot: { state: 'failed', stage: 's', why } },
      { target: 'c.yaml', cloud, version: '3.6', nodes: [core(boot)] },
    )!;
  for (const [why, cause, next] of CAUSE_CASES) {
    it(`of "${why}"`, () => {
      const got = of(why);
      assert.match(got.cause, cause);
      assert.match(got.next, next);
    });
  }
  it('of a node that waits for the core is the core’s own state', () => {
    const why = 'waiting for the core: message bus (10.0.0.10:4222) does not answer';
    assert.match(of(why, 'aws', { state: 'failed', stage: 'disk', why: 'x' }).cause, /the core failed at stage disk/);
    assert.match(of(why, 'aws', { state: 'booting', stage: 'ready', seconds: 3 }).cause, /the core is in stage ready/);
  });
  it('of one without a sign of life, or whose script was killed, is said too; a booted one has none', () => {
    const context = { target: 'c', cloud: 'aws', version: '3.6', nodes: [] };
    assert.match(
      bootCause({ node: 'n', boot: { state: 'silent', why: 'x' }, next: 'a key' }, context)!.next,
      /^a key$/,
    );
    assert.match(bootCause({ node: 'n', boot: { state: 'stopped', stage: 'x' } }, context)!.cause, /killed/);
    assert.equal(bootCause({ node: 'n', boot: BOOTED }, context), undefined);
  });
});
