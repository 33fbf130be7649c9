import assert from 'node:assert/strict';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { storeFiles } from '../../lib/model/data-files';
import { modelHome, placeOf } from '../../lib/model/place';
import { openStore } from '../../lib/model/store';
import { productOf } from '../../lib/model/version';
import { until } from '../until';
import { key, type ModelNode, modelNode } from './node';
import { proves } from './proves';

const numbers = (count: number) => [...Array(count).keys()];

describe('several katos at once', () => {
  const nodes: ModelNode[] = [];
  const made = (settings = {}) => {
    const node = modelNode('3.6', { settings });
    node.put('/home/stackato/.ssh/config', 'Host 127.*\n  StrictHostKeyChecking no\n');
    node.put('/home/stackato/.ssh/authorized_keys', `${key.public}\n`, 0o600);
    node.put('/home/stackato/stackato/etc/kato/processes/only_node.yml', 'roles: [only]\n');
    node.put('/home/stackato/stackato/etc/kato/role_order.yml', 'only:\n  max_per_cluster: 1\n');
    nodes.push(node);
    node.boot();
    return node;
  };
  const core = made();
  before(async () => {
    await core.ready();
    assert.equal((await core.kato('node setup core api.paas.example.com')).code, 0);
  });
  after(() => Promise.all(nodes.map((node) => node.remove())));

  proves('one-at-a-time', async () => {
    const names = ['mysql', 'redis', 'mongodb', 'memcached', 'filesystem', 'rabbit3'];
    await Promise.all(names.map((name) => core.kato(`role add ${name}`)));
    const list = (await core.kato('node list')).text;
    for (const name of names) assert.ok(list.includes(` ${name}`), list);
    for (const name of names) assert.match((await core.kato('info')).text.split('Available')[0]!, new RegExp(name));
    await Promise.all(names.map((name) => core.kato(`role remove ${name}`)));
    assert.match((await core.kato('node list')).text, / base primary controller router$/);
    const comers = numbers(6).map(() => made({ memory: 1 }));
    await Promise.all(comers.map((node) => node.ready()));
    const only = await Promise.all(comers.map((node) => node.kato(`node attach -e only ${core.address}`)));
    assert.deepEqual(only.filter(({ code }) => code === 0).length, 1, only.map(({ text }) => text).join('\n'));
    const all = await Promise.all(comers.map((node) => node.kato(`node attach -e dea ${core.address}`)));
    assert.deepEqual(all.filter(({ code }) => code === 0).length, 4, all.map(({ text }) => text).join('\n'));
    assert.match(all.find(({ code }) => code !== 0)!.text, /licence allows 4 GB/);
  });
  it('waits no longer for a kato that was killed while it had its turn', async () => {
    const first = core.spawn('role add mysql');
    await until('it began', () => core.kato('node list').then(({ text }) => / mysql/.test(text)));
    first.kill('SIGKILL');
    assert.equal((await core.kato('role remove mysql')).code, 0);
  });
  it('loses no deferred command, no value of a list, no drain, no line of the history', async () => {
    await Promise.all(numbers(20).map((n) => core.kato(`op defer "config set local n${n} ${n}"`)));
    await Promise.all(numbers(20).map((n) => core.kato(`config push dir_server list ${n}`)));
    await Promise.all(numbers(20).map((n) => core.kato(`log drain add d${n} udp://a.example:1`)));
    const kept = core.read('/home/stackato/.kato-deferred').trim().split('\n');
    assert.equal(kept.length, 20);
    assert.equal((await core.kato('config get dir_server list')).text.split('\n').length, 20);
    assert.equal((await core.kato('log drain list')).text.split('\n').length, 20);
    const history = core.read('/home/stackato/.kato-model/history').trim().split('\n');
    for (const line of history) JSON.parse(line);
    assert.equal(history.filter((line) => line.includes('"defer"')).length, 20);
    await core.kato('op run_deferred');
    assert.equal((await core.kato('config get local n19')).text, '19');
  });
  it('keeps a store that can be read, whenever the node is killed', async () => {
    const node = made();
    for (const round of numbers(5)) {
      await node.ready();
      assert.equal((await node.kato('config set dir_server a 1')).code, 0);
      const going = numbers(8).map((n) => node.spawn(`config set dir_server n${n} ${'x'.repeat(10_000 + round)}`));
      going.push(node.spawn(`role ${round % 2 ? 'remove' : 'add'} memcached`), node.spawn('op defer version'));
      await until('some have ended', () => going.filter(({ exitCode }) => exitCode !== null).length >= 2 * round);
      for (const [i, child] of going.entries()) if (i % 2) child.kill('SIGKILL');
      await node.halt();
      await Promise.all(going.map((child) => (child.exitCode ?? child.signalCode) === null && once(child, 'exit')));
      for (const file of [storeFiles(productOf('3.6')).config, `${modelHome}/node.json`]) JSON.parse(node.read(file));
      node.boot();
    }
    await node.ready();
    await node.remove();
  });
});

describe('kato as a program', () => {
  it('ends quietly when nobody reads on', async () => {
    const node = modelNode('3.6');
    try {
      node.boot();
      await node.ready();
      const child = node.spawn('shell');
      child.stdin.end('version\nprocess ready all\nstatus\nversion\n');
      let said = '';
      child.stderr.on('data', (part) => {
        said += part;
      });
      child.stdout.destroy();
      await once(child, 'exit');
      assert.equal(said, '');
    } finally {
      await node.remove();
    }
  });
});

describe('the store on a disk that takes no more', () => {
  it('does not keep what it refused', () => {
    const root = mkdtempSync(join(tmpdir(), 'model-store-'));
    try {
      const place = placeOf({ STACKATO_MODEL_ROOT: root, STACKATO_MODEL_ADDRESS: '127.0.0.9' });
      const store = openStore(
        place,
        () => productOf('3.6'),
        () => undefined,
      );
      const set = (value: number) => store.answer({ op: 'set', component: 'dir_server', path: 'a', value });
      set(1);
      // A file where the folder was: nothing can be written there, also not by root.
      const folder = dirname(place.path(storeFiles(productOf('3.6')).config));
      rmSync(folder, { recursive: true });
      writeFileSync(folder, '');
      assert.throws(() => set(2), /ENOTDIR|EEXIST/);
      assert.equal(store.get('dir_server', 'a'), 1);
    } finally {
      rmSync(root, { recursive: true, force: true });
    }
  });
});
