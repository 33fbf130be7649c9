import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { InputError } from '../../lib/base/input';
import { readCluster } from '../../lib/declaration/read';
import { carrier } from '../../lib/openstack/secrets';
import type { Pool } from '../../lib/topology/model';
import { ROOT } from '../aws/synth';
import { SHELLS } from '../kato/sandbox';
import { absent } from '../programs';
import { openstackDocument } from './synth';

const plan = { name: 'data', databases: ['apps'] } as unknown as Pool;
const database = { host: 'db.example.com', port: 3307, user: 'stackato', password: { secret: 'apps-password' } };
const handle = (secretCarrier: 'ssh' | 'barbican', authUrl?: string) => ({
  name: 'mvp',
  region: 'RegionOne',
  secretPrefix: 'stackato/mvp/',
  secretCarrier,
  databases: { apps: database },
  configDrive: true,
  ...(authUrl ? { authUrl } : {}),
});

/** Runs a line with the carrier's functions, as a stage of a boot script would. */
function shell(which: string, folder: string, functions: ReturnType<typeof carrier>, line: string) {
  const text = [
    'set -u; umask 077',
    `D=${folder} PY=$(command -v python3)`,
    'fail() { echo "$*" >&2; exit 1; }',
    ...Object.values(functions).map((f) => f.text),
    line,
  ].join('\n');
  const [program, ...args] = which === 'busybox' ? ['busybox', 'sh'] : [which];
  return new Promise<{ out: string; err: string; code: number | null }>((resolve) => {
    const child = spawn(program!, [...args, '-c', text]);
    let out = '';
    let err = '';
    child.stdout.on('data', (d) => (out += d));
    child.stderr.on('data', (d) => (err += d));
    child.on('close', (code) => resolve({ out, err, code }));
  });
}

for (const which of SHELLS) {
  describe(`secrets delivered by hand, under ${which}`, { skip: absent(which, 'python3', 'curl') }, () => {
    const folder = mkdtempSync(join(tmpdir(), 'stackato-ssh-'));
    after(() => rmSync(folder, { recursive: true }));
    const run = (line: string) => shell(which, folder, carrier(handle('ssh'), plan), line);

    it('are waited for, and read when they are there', async () => {
      const none = await run('get admin-password');
      assert.deepEqual([none.code, none.out], [1, '']);
      assert.match(none.err, /^NotFound: .*\/secrets\/admin-password is not delivered yet$/m);
      mkdirSync(join(folder, 'secrets'));
      writeFileSync(join(folder, 'secrets', 'admin-password'), '');
      assert.equal((await run('get admin-password')).code, 1, 'an empty file is one that is being written');
      writeFileSync(join(folder, 'secrets', 'admin-password'), "a'b $c");
      assert.equal((await run('get admin-password')).out, "a'b $c");
    });
    it('are kept where the operator fetches them, when the core shares some', async () => {
      writeFileSync(join(folder, 'share'), 'key');
      assert.equal((await run('put cluster-key $D/share && get cluster-key')).out, 'key');
    });
    it('tell a database apart from its password', async () => {
      const said = await run('for a in host port user managed; do db apps $a; done');
      assert.equal(said.out, 'db.example.com\n3307\nstackato\nfalse\n');
      assert.match((await run('db apps password')).err, /waiting for secret apps-password: NotFound/);
      writeFileSync(join(folder, 'secrets', 'apps-password'), 'p w');
      assert.equal((await run('db apps password')).out, 'p w');
    });
  });
}

describe('where a database listens', () => {
  it("is its engine's own port unless the declaration says another", () => {
    const { resource } = openstackDocument(readCluster(join(ROOT, 'stacks', 'five-node.yaml')));
    const scripts = Object.values(resource['openstack_compute_instance_v2']!).map((r) => String(r['user_data']));
    const [said] = scripts.filter((text) => text.includes("'apps port')"));
    assert.match(said!, /'apps port'\) echo 3306;;/);
    assert.match(said!, /'reports port'\) echo 5432;;/);
  });
  it('must be known where a guest names one by itself', () => {
    const { port: _, ...without } = database;
    const join = { ...handle('ssh'), databases: { apps: without } };
    assert.throws(
      () => carrier(join, plan),
      (error) => error instanceof InputError && error.problems[0]?.path === 'databases.apps.port',
    );
  });
});

describe('secrets in Barbican', { skip: absent('python3', 'curl') }, () => {
  const folder = mkdtempSync(join(tmpdir(), 'stackato-barbican-'));
  const stored = new Map<string, { name: string; payload: string }>();
  const asked: string[] = [];
  let server: Server;
  let url = '';

  const body = async (request: IncomingMessage) => {
    let text = '';
    for await (const part of request) text += String(part);
    return text === '' ? undefined : (JSON.parse(text) as Record<string, unknown>);
  };
  before(async () => {
    server = createServer(async (request, response) => {
      const { pathname, searchParams } = new URL(request.url!, url);
      const given = await body(request);
      asked.push(`${request.method} ${pathname}`);
      const answer = (status: number, value: unknown, headers = {}) =>
        response.writeHead(status, headers).end(typeof value === 'string' ? value : JSON.stringify(value));
      if (pathname === '/v3/auth/tokens') {
        const { application_credential: credential } = (given as { auth: { identity: Record<string, unknown> } }).auth
          .identity as { application_credential: { id: string; secret: string } };
        if (credential.secret !== 's"1') return answer(401, { error: {} });
        const endpoint = (region: string, at: string) => ({ interface: 'public', region, url: at });
        const endpoints = [endpoint('Elsewhere', 'http://127.0.0.1:1'), endpoint('RegionOne', url)];
        return answer(201, { token: { catalog: [{ type: 'key-manager', endpoints }] } }, { 'X-Subject-Token': 'tok' });
      }
      if (request.headers['x-auth-token'] !== 'tok') return answer(401, {});
      if (pathname === '/v1/secrets' && request.method === 'POST') {
        const id = `id-${stored.size + 1}`;
        stored.set(id, given as { name: string; payload: string });
        return answer(201, { secret_ref: `http://elsewhere/v1/secrets/${id}` });
      }
      if (pathname === '/v1/secrets') {
        const found = [...stored].filter(([, s]) => s.name === searchParams.get('name')).reverse();
        const secrets = found.slice(0, 1).map(([id]) => ({ secret_ref: `http://elsewhere/v1/secrets/${id}` }));
        return answer(200, { secrets, total: found.length });
      }
      const secret = stored.get(/^\/v1\/secrets\/([^/]+)\/payload$/.exec(pathname)?.[1] ?? '');
      if (!secret || request.headers.accept !== 'text/plain') return answer(404, {});
      return answer(200, secret.payload);
    });
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
    url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    mkdirSync(join(folder, 'secrets'));
  });
  after(() => {
    server.close();
    rmSync(folder, { recursive: true });
  });
  const run = (line: string) => shell('dash', folder, carrier(handle('barbican', `${url}/v3`), plan), line);

  it('wait for the credential, and say so', async () => {
    assert.match((await run('get admin-password')).err, /application-credential is not delivered yet/);
    writeFileSync(join(folder, 'secrets', 'application-credential'), JSON.stringify({ id: 'i', secret: 'wrong' }));
    const refused = await run('get admin-password');
    assert.notEqual(refused.code, 0);
    assert.match(refused.err, /401/);
  });
  it('are put and got by name, the latest first', async () => {
    writeFileSync(join(folder, 'secrets', 'application-credential'), JSON.stringify({ id: 'i', secret: 's"1' }));
    const none = await run('get cluster-key');
    assert.match(none.err, /NotFound: no secret cluster-key in Barbican/);
    assert.notEqual(none.code, 0);
    for (const value of ['old', 'new "value" \\ é']) {
      writeFileSync(join(folder, 'share'), value);
      const put = await run('put cluster-key $D/share');
      assert.deepEqual([put.code, put.err], [0, '']);
    }
    assert.equal(stored.get('id-2')!.name, 'stackato/mvp/cluster-key');
    const got = await run('get cluster-key');
    assert.deepEqual([got.out, got.err], ['new "value" \\ é', '']);
    const left = (await run('ls $D')).out.trim().split('\n').sort();
    assert.deepEqual(left, ['secrets', 'share'], 'no token and no request stays on the disk');
  });
});

describe('a carrier', () => {
  it('refuses a database without a place', () => {
    assert.throws(
      () => carrier({ ...handle('ssh'), databases: {} }, plan),
      (error) => error instanceof InputError && /unknown database "apps"/.test(error.message),
    );
  });
});
