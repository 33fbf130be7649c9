import assert from 'node:assert/strict';
import { type ChildProcess, execFileSync, spawn, spawnSync } from 'node:child_process';
import { chownSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { runOf } from '../../lib/rehearsal/host/ledger';
import type { Rehearsed } from '../../lib/rehearsal/rehearse-target';

// A user of its own: ids in /etc/subuid come with it, and all that it leaves can be told from others' work.
const USER = 'stackato-rights';

describe('a rehearsal by a user who is not root', () => {
  let dir: string;
  let ids: { uid: number; gid: number };
  let checkout: string;

  before(() => {
    spawnSync('userdel', [USER]);
    execFileSync('useradd', ['--no-create-home', USER]);
    const id = (flag: string) => Number(execFileSync('id', [flag, USER], { encoding: 'utf8' }));
    ids = { uid: id('-u'), gid: id('-g') };
    dir = mkdtempSync(join(tmpdir(), 'rights-'));
    const text = readFileSync('stacks/mvp.yaml', 'utf8').replace('name: mvp', 'name: rights');
    writeFileSync(join(dir, 'cluster.yaml'), text, { mode: 0o644 });
    const barbican = 'secrets: barbican\n    authUrl: https://keystone.example.com:5000/v3\n    image: stackato-3.6';
    writeFileSync(join(dir, 'barbican.yaml'), text.replace('image: stackato-3.6', barbican), { mode: 0o644 });
    chownSync(dir, ids.uid, ids.gid);
    checkout = resolve('.');
    if (spawnSync('test', ['-r', join(checkout, 'package.json')], ids).status === 0) return;
    // Below a folder of root's: shown where everybody may go.
    checkout = join(dir, 'checkout');
    mkdirSync(checkout);
    execFileSync('mount', ['--bind', resolve('.'), checkout]);
  });
  after(() => {
    spawnSync('userdel', [USER]);
    if (checkout !== resolve('.')) execFileSync('umount', ['--lazy', checkout]);
    rmSync(dir, { recursive: true, force: true });
  });

  function begin(...words: string[]): ChildProcess {
    const env = { PATH: process.env['PATH'], HOME: dir, USER, CI: 'true' };
    const all = [join(checkout, 'dist/bin/cdktf-stackato.js'), 'rehearse', ...words, '--from', 'synth', '--json'];
    return spawn(process.execPath, all, { ...ids, env, cwd: dir, stdio: ['ignore', 'pipe', 'pipe'] });
  }

  async function ended(child: ChildProcess): Promise<{ code: number | null; out: string; err: string }> {
    const [out, err]: [string[], string[]] = [[], []];
    child.stdout!.on('data', (part: Buffer) => out.push(part.toString()));
    child.stderr!.on('data', (part: Buffer) => err.push(part.toString()));
    // One that does not end is killed, and that is the failure.
    const timer = setTimeout(() => child.kill('SIGKILL'), 180_000);
    const code = await new Promise<number | null>((end) => child.once('close', end));
    clearTimeout(timer);
    return { code, out: out.join(''), err: err.join('') };
  }

  const processes = () =>
    spawnSync('ps', ['-o', 'pid=,args=', '-u', USER], { encoding: 'utf8' }).stdout.split('\n').filter(Boolean);

  async function until(what: string, seconds: number, done: () => boolean): Promise<void> {
    for (const end = Date.now() + seconds * 1000; !done(); await new Promise((next) => setTimeout(next, 200)))
      assert.ok(Date.now() < end, `${what}:\n${processes().join('\n')}`);
  }

  /** Ids of a user namespace have no name here: all below the one who began it have ended when these have. */
  async function nothingLeft(): Promise<void> {
    await until('processes are left', 15, () => processes().length === 0);
    assert.doesNotMatch(readFileSync('/proc/self/mountinfo', 'utf8'), new RegExp(runOf('rights').prefix));
  }

  for (const words of [
    ['cluster.yaml', '--cloud', 'aws', '--twice'],
    ['cluster.yaml', '--cloud', 'openstack'],
    ['barbican.yaml', '--cloud', 'openstack'],
  ]) {
    it(`boots all nodes in a user namespace: ${words.join(' ')}`, async () => {
      const { code, out, err } = await ended(begin(...words));
      assert.equal(code, 0, out + err);
      assert.match(err, /^rehearse: not root: in a user namespace, without data disks$/m);
      const result = JSON.parse(out) as Rehearsed;
      assert.equal(result.ground, 'user-namespace');
      assert.deepEqual(result.notShown, ['data disks (they need loop devices)']);
      assert.equal(result.unguarded, undefined, 'the firewall was not tested');
      assert.deepEqual(
        result.nodes.map(({ name, problems }) => [name, problems]),
        ['core', 'data-1', 'dea-1', 'dea-2'].map((name) => [name, []]),
      );
      await nothingLeft();
    });
  }

  it('lets faults happen there, and refuses those of disks', async () => {
    const words = ['cluster.yaml', '--cloud', 'aws', '--nodes', 'dea-1'];
    const hit = await ended(begin(...words, '--fault', 'kato-fails:dea-1', '--fault', 'power-cut:core'));
    assert.equal(hit.code, 0, hit.out + hit.err);
    assert.equal((JSON.parse(hit.out) as Rehearsed).judged?.outcome, 'converged');
    const disk = await ended(begin('cluster.yaml', '--cloud', 'aws', '--fault', 'disk-late'));
    assert.equal(disk.code, 1);
    assert.match(disk.out + disk.err, /disk-late:\S+ needs loop devices; run it as root/);
    await nothingLeft();
  });

  for (const signal of ['SIGINT', 'SIGKILL'] as const) {
    it(`leaves nothing behind after ${signal}`, async () => {
      const child = begin('cluster.yaml', '--cloud', 'aws');
      const end = ended(child);
      const boots = () => processes().some((line) => line.includes('/usr/lib/stackato-model/init'));
      await until('no node boots', 60, boots);
      child.kill(signal);
      const { code } = await end;
      assert.equal(code, signal === 'SIGINT' ? 130 : null);
      await nothingLeft();
    });
  }
});
