import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { assertPractice, openstackEnvironment, withLab } from '../../lib/cloud-api/environment';
import { openstackLab, openstackParts } from '../../lib/lab/openstack-lab';
import { labScript } from '../../lib/lab/openstack-script';

const LOCAL = { OS_AUTH_URL: 'http://127.0.0.1:5000/v3', OS_USERNAME: 'demo' };

describe('the environment of the OpenStack practice cloud', () => {
  it('takes away every way to another cloud', () => {
    const env = { OS_CLOUD: 'prod', OS_TOKEN: 't', OS_PROJECT_ID: 'p', AWS_PROFILE: 'prod', PATH: '/bin' };
    const merged = withLab(env, openstackEnvironment(LOCAL, env));
    const left = Object.entries(merged).filter(([name]) => name.startsWith('OS_'));
    assert.deepEqual(Object.fromEntries(left), LOCAL);
    assert.deepEqual([merged['PATH'], merged['STACKATO_PRACTICE']], ['/bin', 'openstack']);
    assertPractice(merged);
  });

  const refused: readonly (readonly [why: string, env: NodeJS.ProcessEnv, words: RegExp])[] = [
    ['no endpoint', {}, /OS_AUTH_URL is not set/],
    ['a real endpoint', { OS_AUTH_URL: 'https://cloud.example.com:5000/v3' }, /is not on this machine/],
    ['a name like loopback', { OS_AUTH_URL: 'http://127.0.0.1.example.com/v3' }, /is not on this machine/],
    ['an override of one service', { ...LOCAL, OS_SWIFT_ENDPOINT_OVERRIDE: 'https://a.example.com' }, /OS_SWIFT_/],
    ['an entry of clouds.yaml', { ...LOCAL, OS_CLOUD: 'prod' }, /OS_CLOUD switches/],
  ];
  for (const [why, env, words] of refused) {
    it(`refuses ${why}`, () => {
      assert.throws(() => assertPractice(env, 'openstack'), words);
      assert.throws(() => assertPractice({ ...env, STACKATO_PRACTICE: 'openstack' }), words);
    });
  }

  it('leaves AWS to AWS', () => {
    assert.throws(() => assertPractice(LOCAL), /AWS_ENDPOINT_URL is not set/);
  });
});

describe('the OpenStack practice cloud that is not up', () => {
  it('reads parts as a person writes them', () => {
    assert.deepEqual(openstackParts('octavia, designate'), ['octavia', 'designate']);
    assert.deepEqual([openstackParts('none'), openstackParts('')], [[], []]);
    assert.throws(() => openstackParts('octvia'), /no part "octvia".*did you mean "octavia"/);
  });

  it('is down, can go down, and has no environment', async () => {
    const stateDir = mkdtempSync(join(tmpdir(), 'oslab-'));
    try {
      const lab = openstackLab({ stateDir });
      assert.deepEqual(await lab.status(), { up: false, parts: [], processes: [], memoryMib: 0 });
      assert.equal(await lab.down(), false);
      await assert.rejects(lab.env(), /is not up/);
    } finally {
      rmSync(stateDir, { recursive: true, force: true });
    }
  });

  it('refuses a place where its sockets or its configuration can not be', async () => {
    for (const stateDir of [`/tmp/${'x'.repeat(90)}`, '/tmp/my lab']) {
      await assert.rejects(
        openstackLab({ stateDir }).up(() => undefined),
        /cannot live in \/tmp\/.*80 characters/,
      );
    }
  });

  it('asks apt what it would bring without letting it act', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'oslab-apt-'));
    const stub = (name: string, text: string) =>
      writeFileSync(join(folder, name), `#!/bin/sh\n${text}\n`, { mode: 0o755 });
    try {
      stub('dpkg-query', 'exit 1');
      stub(
        'apt-get',
        `echo "$*" >>${folder}/calls
case " $* " in
  *" --simulate "*) echo '0 upgraded, 361 newly installed, 0 to remove' ;;
  *" --print-uris "*) echo "'http://mirror/a.deb' a.deb 1500000 SHA256:1"; echo "'http://mirror/b.deb' b.deb 700000 SHA256:2" ;;
  *) exit 99 ;;
esac`,
      );
      const env = { ...process.env, PATH: `${folder}:${process.env['PATH']}` };
      const lines = await labScript(folder, [], env).run('missing', { seconds: 20 });
      assert.match(lines[0] ?? '', /^missing: python3-keystone .* openvswitch-switch$/);
      assert.deepEqual(lines.slice(1), ['0 upgraded, 361 newly installed, 0 to remove', '3 MB to download']);
      const calls = readFileSync(join(folder, 'calls'), 'utf8').trim().split('\n');
      assert.equal(calls.length, 2);
      for (const words of calls) assert.match(words, /--simulate|--print-uris/);
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });
});
