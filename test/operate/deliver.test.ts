import assert from 'node:assert/strict';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, it } from 'node:test';
import fc from 'fast-check';
import { ToolError } from '../../lib/base/input';
import { type DeliverOptions, type DeliveryEvent, deliver, deliveryProblem } from '../../lib/operate/deliver';
import type { DeliveryPlan } from '../../lib/operate/delivery-plan';
import type { NodeShell, ShellAnswer } from '../../lib/operate/node-shell';
import { SHELLS } from '../kato/sandbox';
import { absent } from '../programs';
import { folderShell } from './fake-shell';

const PLAN: DeliveryPlan = {
  cluster: 'mvp',
  core: 'core',
  nodes: [
    { node: 'core', operator: ['license', 'admin-password'], core: [] },
    { node: 'data-1', operator: ['apps-password'], core: ['cluster-key'] },
    { node: 'dea-1', operator: [], core: ['cluster-key'] },
  ],
  asked: ['admin-password', 'apps-password', 'license'],
};
const VALUES = new Map([
  ['admin-password', Buffer.from(`planted "pass' $word\`\\\n with lines\n`)],
  ['apps-password', Buffer.from('planted-apps-password')],
  ['license', Buffer.concat([Buffer.from('planted-license'), Buffer.from([0, 10, 255, 128])])],
]);
const KEY = 'planted-cluster-key-c2hhcmVk';
const quick: DeliverOptions = { sleep: async () => undefined, random: () => 0.5 };

let root: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'stackato-deliver-'));
  for (const node of ['core', 'data-1', 'dea-1']) mkdirSync(join(root, node));
});
afterEach(() => rmSync(root, { recursive: true }));

const file = (node: string, name: string) => join(root, node, 'secrets', name);
function share() {
  mkdirSync(join(root, 'core', 'secrets'), { recursive: true });
  writeFileSync(file('core', 'cluster-key'), KEY);
}
const states = (done: Awaited<ReturnType<typeof deliver>>) =>
  Object.fromEntries(done.map((n) => [n.node, n.files.map((f) => `${f.name} ${f.state}`).join(', ')]));

for (const which of SHELLS) {
  describe(`secrets are delivered under ${which}`, { skip: absent(which) }, () => {
    it('byte by byte, for root only, and nothing else is left', async () => {
      share();
      const done = await deliver(PLAN, VALUES, folderShell(root, which), quick);
      assert.equal(deliveryProblem(done), undefined);
      for (const { node, operator } of PLAN.nodes)
        for (const name of operator) {
          assert.ok(readFileSync(file(node, name)).equals(VALUES.get(name)!), name);
          assert.equal(statSync(file(node, name)).mode & 0o777, 0o600);
        }
      assert.equal(readFileSync(file('dea-1', 'cluster-key'), 'utf8'), KEY);
      assert.equal(statSync(join(root, 'dea-1', 'secrets')).mode & 0o777, 0o700);
      assert.deepEqual(readdirSync(join(root, 'data-1', 'secrets')).sort(), ['apps-password', 'cluster-key']);
    });
    it('once: what is there and equal is not touched, what differs is replaced', async () => {
      share();
      const shell = folderShell(root, which);
      await deliver(PLAN, VALUES, shell, quick);
      const old = new Date(0);
      utimesSync(file('core', 'license'), old, old);
      writeFileSync(file('data-1', 'apps-password'), 'another');
      const again = await deliver(PLAN, VALUES, shell, quick);
      assert.deepEqual(states(again), {
        core: 'license same, admin-password same',
        'data-1': 'apps-password written, cluster-key same',
        'dea-1': 'cluster-key same',
      });
      assert.equal(statSync(file('core', 'license')).mtimeMs, 0);
      assert.equal(readFileSync(file('data-1', 'apps-password'), 'utf8'), 'planted-apps-password');
    });
    it('whole or not at all', async () => {
      const real = folderShell(root, which);
      const cut: NodeShell = { run: (node, script, input) => real.run(node, script, input?.subarray(0, -1)) };
      const plan = { ...PLAN, nodes: PLAN.nodes.slice(0, 1) };
      const done = await deliver(plan, VALUES, cut, quick);
      assert.match(done[0]!.why!, /license did not arrive whole/);
      assert.deepEqual(readdirSync(join(root, 'core', 'secrets')), []);
    });
  });
}

describe('a delivery', () => {
  it('waits for nodes that do not answer yet, and for what the core shares', async () => {
    const tries = new Map<string, number>();
    const pauses: number[] = [];
    const events: DeliveryEvent[] = [];
    const shell = folderShell(root, 'dash', (node) => {
      const n = (tries.get(node) ?? 0) + 1;
      tries.set(node, n);
      return n <= 3 ? { state: 'unreachable', why: 'nothing listens yet' } : undefined;
    });
    const sleep = async (seconds: number) => {
      pauses.push(seconds);
      if (pauses.length === 12) share();
    };
    const done = await deliver(PLAN, VALUES, shell, { ...quick, sleep, notify: (e) => events.push(e) });
    assert.equal(deliveryProblem(done), undefined);
    const said = events.map((e) => `${e.node} ${e.event === 'waiting' ? e.why : e.event}`);
    assert.ok(said.includes('data-1 nothing listens yet'));
    assert.ok(said.includes('dea-1 core to share cluster-key'));
    assert.ok(said.includes('core it has not shared cluster-key yet'));
    assert.deepEqual([...new Set(pauses)].sort((a, b) => a - b).slice(0, 3), [1, 2, 4]);
    assert.ok(Math.max(...pauses) <= 30);
  });

  it('asks the core for what it shares once, however many nodes want it', async () => {
    share();
    let asked = 0;
    const nodes = Array.from({ length: 30 }, (_, i) => ({ node: `dea-${i}`, operator: [], core: ['cluster-key'] }));
    for (const { node } of nodes) mkdirSync(join(root, node), { recursive: true });
    let now = 0;
    let most = 0;
    const real = folderShell(root, 'dash', (_node, _script, input) => {
      if (!input) asked++;
      return undefined;
    });
    const counting: NodeShell = {
      async run(...given) {
        most = Math.max(most, ++now);
        return real.run(...given).finally(() => now--);
      },
    };
    const done = await deliver({ ...PLAN, nodes, asked: [] }, new Map(), counting, quick);
    assert.equal(deliveryProblem(done), undefined);
    assert.deepEqual([asked, most], [1, 8]);
  });

  it('gives up within its limits, goes on with the others, and names all in one error', async () => {
    share();
    const shell = folderShell(root, 'dash', (node) => {
      if (node === 'data-1') return { state: 'unreachable', why: 'no answer in 15 s' };
      if (node === 'dea-1') return { state: 'refused', why: 'it refuses the login of stackato', next: 'name a key' };
      return undefined;
    });
    const pauses: number[] = [];
    const sleep = async (seconds: number) => void pauses.push(seconds);
    const done = await deliver(PLAN, VALUES, shell, { ...quick, sleep, limitSeconds: 300 });
    const problem = deliveryProblem(done, 'deliver again')!;
    assert.ok(problem instanceof ToolError);
    assert.equal(
      problem.message,
      '2 nodes of 3 did not get all files\n  data-1: no answer in 15 s (waited 300 s)\n  dea-1: it refuses the login of stackato; name a key',
    );
    assert.equal(problem.next, 'deliver again');
    assert.equal(states(done)['core'], 'license written, admin-password written');
    assert.ok(pauses.reduce((sum, s) => sum + s, 0) < 300 + 60 + 60);
  });

  it('says of a node that it has no key because the core never shared one', async () => {
    const done = await deliver(PLAN, VALUES, folderShell(root), { ...quick, limitSeconds: 20 });
    assert.equal(states(done)['data-1'], 'apps-password written, cluster-key missing');
    assert.match(done[2]!.why!, /^no cluster-key from core: it has not shared cluster-key yet \(waited 20 s\)$/);
  });

  it('stops at once when it is told to, and says how far it came', async () => {
    const stop = new AbortController();
    const notify = (e: DeliveryEvent) => e.node === 'core' && e.event === 'done' && stop.abort();
    const sleep = (_: number, signal: AbortSignal | undefined) =>
      new Promise((_done, fail) => {
        signal!.addEventListener('abort', () => fail(new Error('stopped')));
      });
    const done = await deliver(PLAN, VALUES, folderShell(root), { sleep, signal: stop.signal, notify });
    assert.equal(states(done)['core'], 'license written, admin-password written');
    assert.equal(done[2]!.why, 'no cluster-key from core: interrupted');
  });

  it('sends nothing without all values', async () => {
    let ran = 0;
    const shell: NodeShell = {
      run: async () => {
        ran++;
        return { state: 'unreachable', why: '' };
      },
    };
    const some = new Map([...VALUES, ['license', Buffer.alloc(0)] as const]);
    some.delete('apps-password');
    await assert.rejects(deliver(PLAN, some, shell, quick), /no value for apps-password, license; nothing/);
    assert.equal(ran, 0);
  });

  it('keeps values out of scripts, events and errors, whatever nodes do and say', async () => {
    const planted = [...VALUES.values()].flatMap((v) => [String(v), ...String(v).trim().split('\n')]);
    const misbehaving = fc.array(fc.constantFrom('echo', 'throw', 'refuse', 'down', 'fail', 'ok'), { minLength: 1 });
    await fc.assert(
      fc.asyncProperty(misbehaving, fc.integer({ min: 1, max: 200 }), async (acts, limitSeconds) => {
        const said: string[] = [];
        let i = 0;
        const shell: NodeShell = {
          async run(_node, script, input): Promise<ShellAnswer> {
            said.push(script);
            const value = input?.subarray(65).toString() ?? KEY;
            switch (acts[i++ % acts.length]) {
              case 'echo':
                return { state: 'ran', code: 1, out: Buffer.from(value), err: `sh: ${value}: not found` };
              case 'throw':
                throw new Error(`broken pipe after ${value}`);
              case 'refuse':
                return { state: 'refused', why: `banner ${value}`, next: 'name a key' };
              case 'down':
                return { state: 'unreachable', why: value };
              case 'fail':
                return { state: 'ran', code: 3, out: Buffer.from(value), err: '' };
              default:
                return { state: 'ran', code: 0, out: Buffer.from(input ? 'written\n' : KEY), err: '' };
            }
          },
        };
        const notify = (event: DeliveryEvent) => void said.push(JSON.stringify(event));
        const done = await deliver(PLAN, VALUES, shell, { ...quick, limitSeconds, notify });
        said.push(JSON.stringify(done), deliveryProblem(done)?.message ?? '');
        const all = said.join('\n');
        for (const value of planted) assert.ok(!all.includes(value) && !all.includes(JSON.stringify(value)));
        assert.equal(done.length, PLAN.nodes.length);
        for (const node of done)
          assert.equal(
            node.why === undefined,
            node.files.every((f) => f.state !== 'missing'),
            'said or had',
          );
      }),
      { numRuns: 200 },
    );
  });

  it('leaves nothing behind where the folder can not be written', async () => {
    rmSync(join(root, 'core'), { recursive: true });
    writeFileSync(join(root, 'core'), 'a file, no folder');
    const plan = { ...PLAN, nodes: PLAN.nodes.slice(0, 1) };
    const done = await deliver(plan, VALUES, folderShell(root), quick);
    assert.match(done[0]!.why!, /cannot write/);
    assert.ok(!existsSync(file('core', 'license')));
  });
});
