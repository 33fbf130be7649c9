import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import { after, afterEach, before, describe, it } from 'node:test';
import { type DeliveryEvent, deliver, deliveryProblem } from '../../lib/operate/deliver';
import type { DeliveryPlan } from '../../lib/operate/delivery-plan';
import { type SshShell, type SshShellOptions, sshShell } from '../../lib/operate/ssh';
import type { SshPlace } from '../../lib/operate/ssh-config';
import { need } from '../programs';
import { freePort } from './free-port';
import { makeKey, type SshdNode, sshdNode } from './sshd';

/** Secrets over the system's own ssh: two sshd on loopback, the second one reached through the first. */

const folder = mkdtempSync(join(tmpdir(), 'stackato-sshd-'));
const VALUES = new Map([
  ['admin-password', Buffer.from(`planted 'admin' "password"\n$(id)`)],
  ['apps-password', Buffer.concat([Buffer.from('planted-apps'), Buffer.from([0, 255, 10])])],
]);
const KEY = 'planted-cluster-key';
const PLAN: DeliveryPlan = {
  cluster: 'mvp',
  core: 'core',
  nodes: [
    { node: 'core', operator: ['admin-password'], core: [] },
    { node: 'data-1', operator: ['apps-password'], core: ['cluster-key'] },
  ],
  asked: ['admin-password', 'apps-password'],
};
const env = { PATH: process.env['PATH'], HOME: folder, STACKATO_SECRET_ADMIN_PASSWORD: 'planted-in-environment' };
const identity = join(folder, 'key');
const knownHosts = join(folder, '.stackato', 'known_hosts');
let core: SshdNode;
let data: SshdNode;
let open: SshShell[] = [];

const places = (machine = 'one'): Record<string, SshPlace> => ({
  core: { host: '127.0.0.1', port: core.port, alias: 'stackato-mvp-core-one' },
  'data-1': { host: '127.0.0.1', port: data.port, alias: `stackato-mvp-data-1-${machine}`, through: 'core' },
});
async function shellOf(more: Partial<SshShellOptions> = {}): Promise<SshShell> {
  const user = userInfo().username;
  const shell = await sshShell({ places: places(), user, identity, knownHosts, connectSeconds: 5, env, ...more });
  open.push(shell);
  return shell;
}
const own = () => readdirSync(tmpdir()).filter((name) => name.startsWith('stackato-ssh-'));
const whys = async (shell: SshShell) => {
  const done = await deliver(PLAN, VALUES, shell, { patienceSeconds: 0, limitSeconds: 1 });
  return { done, problem: deliveryProblem(done)?.message ?? '' };
};

before(async () => {
  need('ssh');
  need('ssh-keygen');
  assert.doesNotThrow(() => readFileSync('/usr/sbin/sshd'), 'openssh-server is needed for this test');
  makeKey(identity);
  makeKey(join(folder, 'stranger'));
  core = await sshdNode(folder, 'core', `${identity}.pub`, { asRoot: true });
  data = await sshdNode(folder, 'data-1', `${identity}.pub`, { asRoot: false });
});
afterEach(async () => {
  await Promise.all(open.map((shell) => shell.close()));
  open = [];
});
after(async () => {
  await Promise.all([core?.stop(), data?.stop()]);
  rmSync(folder, { recursive: true });
});

describe('secrets over ssh', () => {
  it('reach the core, and through it a node that still boots, and nobody else', async () => {
    const there = own();
    writeFileSync(join(data.folder, 'asks'), '');
    const events: DeliveryEvent[] = [];
    const notify = (event: DeliveryEvent) => {
      events.push(event);
      if (event.event !== 'waiting') return;
      // what a node and the core do in the meantime
      if (event.why.includes('sudo')) rmSync(join(data.folder, 'asks'), { force: true });
      if (event.why.includes('not shared')) {
        mkdirSync(join(core.folder, 'secrets'), { recursive: true });
        writeFileSync(join(core.folder, 'secrets', 'cluster-key'), KEY);
      }
    };
    const shell = await shellOf();
    const done = await deliver(PLAN, VALUES, shell, { notify });
    assert.equal(deliveryProblem(done)?.message, undefined);
    assert.ok(readFileSync(join(core.folder, 'secrets', 'admin-password')).equals(VALUES.get('admin-password')!));
    assert.ok(readFileSync(join(data.folder, 'secrets', 'apps-password')).equals(VALUES.get('apps-password')!));
    assert.equal(readFileSync(join(data.folder, 'secrets', 'cluster-key'), 'utf8'), KEY);
    const said = events.map((e) => `${e.node}: ${e.event === 'waiting' ? e.why : e.event}`);
    assert.ok(
      said.some((line) => /^data-1: its boot script has not begun/.test(line)),
      said.join('\n'),
    );
    assert.ok(said.includes('core: it has not shared cluster-key yet'), said.join('\n'));
    assert.match(core.log(), new RegExp(`direct-tcpip: .*port ${data.port}|127.0.0.1 port ${data.port}`));
    assert.match(core.log(), /Starting session: forced-command/);
    for (const text of [core.log(), data.log(), JSON.stringify(events), JSON.stringify(done)])
      assert.doesNotMatch(text, /planted/);
    assert.equal(own().length, there.length + 1);
    await shell.close();
    assert.deepEqual(own(), there);
  });

  it('share one connection to the core', async () => {
    const logins = () => core.log().match(/Accepted publickey/g)?.length ?? 0;
    const before = logins();
    const shell = await shellOf();
    for (let i = 0; i < 4; i++) await shell.run('data-1', 'true');
    assert.equal(logins() - before, 1);
  });

  it('know the hosts that they have seen, by machine', async () => {
    const known = readFileSync(knownHosts, 'utf8');
    assert.match(known, /^\S*stackato-mvp-core-one\S* ecdsa/m);
    assert.match(known, /^\S*stackato-mvp-data-1-one\S* ecdsa/m);
  });

  it('say of a wrong key what it is', async () => {
    const { problem } = await whys(await shellOf({ identity: join(folder, 'stranger') }));
    assert.match(problem, /core: 127\.0\.0\.1:\d+ refuses the login of \S+ \(\S+stranger\); name the private key/);
    assert.match(problem, /data-1: through core: 127\.0\.0\.1:\d+ refuses the login/);
  });

  it('say that nothing listens, and leave the others alone', async () => {
    const nobody = await freePort();
    const shell = await shellOf({ places: { ...places(), 'data-1': { ...places()['data-1']!, port: nobody } } });
    const { done, problem } = await whys(shell);
    assert.match(problem, new RegExp(`^1 node of 2 .*\n  data-1: 127.0.0.1:${nobody} does not answer yet`));
    assert.deepEqual(done[0]!.files, [{ name: 'admin-password', state: 'same' }]);
  });

  it('stop when they are told to, in the middle of a script', async () => {
    const shell = await shellOf();
    const began = Date.now();
    const answer = await shell.run('data-1', 'sleep 30', undefined, AbortSignal.timeout(1000));
    assert.equal(answer.state, 'unreachable');
    assert.ok(Date.now() - began < 10_000);
  });

  it('refuse a machine that answers with another key, until an operator says that it is right', async () => {
    await data.stop();
    data.newKey();
    await data.start();
    const { problem } = await whys(await shellOf());
    assert.match(problem, /data-1: the host key of 127\.0\.0\.1:\d+ has changed/);
    const remedy = /remove the old key: ssh-keygen (-R \S+) (-f \S+)$/m.exec(problem)!;
    assert.equal((await whys(await shellOf({ places: places('two') }))).problem, '', 'a new machine is a new name');
    execFileSync(
      'ssh-keygen',
      remedy.slice(1).flatMap((words) => words.split(' ')),
      { stdio: 'ignore' },
    );
    assert.equal((await whys(await shellOf())).problem, '');
  });

  it('say of a changed key of the core that nobody behind it is reached', async () => {
    await core.stop();
    core.newKey();
    await core.start();
    const { problem } = await whys(await shellOf());
    assert.match(problem, / {2}core: the host key of/);
    assert.match(problem, / {2}data-1: through core: the host key of/);
  });
});
