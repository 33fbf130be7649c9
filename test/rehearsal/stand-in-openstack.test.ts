import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { it } from 'node:test';
import { barbican } from '../../lib/openstack/barbican';
import { openstackStandIn } from '../../lib/rehearsal/source/stand-in-openstack';
import { CREDENTIAL } from '../../lib/topology/manifest';
import { absent } from '../programs';

it('stands in for Keystone and Barbican, as the carrier of a boot script asks them', {
  skip: absent('python3', 'curl'),
}, async () => {
  const credential = { id: 'c1', secret: 's1' };
  const folder = mkdtempSync(join(tmpdir(), 'stackato-stand-in-'));
  const store = await openstackStandIn('RegionOne', credential, { 'stackato/mvp/license': 'a key' });
  const handle = { region: 'RegionOne', secretPrefix: 'stackato/mvp/', authUrl: `${store.endpoint}/v3` };
  const functions = Object.values(barbican(handle)).map(({ text }) => text);
  const run = (line: string) =>
    new Promise<{ out: string; err: string }>((resolve) => {
      const script = ['set -u; umask 077', `D=${folder} PY=python3`, ...functions, line].join('\n');
      execFile('sh', ['-c', script], (_, out, err) => resolve({ out, err }));
    });
  const deliver = (value: object) => writeFileSync(join(folder, 'secrets', CREDENTIAL), JSON.stringify(value));
  try {
    mkdirSync(join(folder, 'secrets'));
    deliver({ ...credential, secret: 'another' });
    assert.match((await run('get license')).err, /401/);
    deliver(credential);
    assert.equal((await run('get license')).out, 'a key');
    assert.match((await run('get cluster-key')).err, /NotFound: no secret cluster-key/);
    writeFileSync(join(folder, 'file'), 'old');
    await run('put cluster-key $D/file');
    writeFileSync(join(folder, 'file'), 'new');
    await run('put cluster-key $D/file');
    assert.equal((await run('get cluster-key')).out, 'new', 'the last one that was stored');
    const { status } = await fetch(`${store.endpoint}/v1/secrets?name=stackato/mvp/license`);
    assert.equal(status, 401, 'nobody reads without a token');
  } finally {
    await store.close();
    rmSync(folder, { recursive: true });
  }
});
