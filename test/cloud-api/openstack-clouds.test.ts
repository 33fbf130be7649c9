import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { after, afterEach, before, beforeEach, describe, it } from 'node:test';
import { InputError, ToolError } from '../../lib/base/input';
import { assertPractice } from '../../lib/cloud-api/environment';
import { readCloud } from '../../lib/cloud-api/openstack/clouds';
import { authOf } from '../../lib/cloud-api/openstack/login';
import { cloudsFiles, openstackOf } from '../../lib/deploy/openstack';
import { collectedIo } from '../collected-io';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'stackato-clouds-'));
  mkdirSync(join(folder, 'cwd'));
});
afterEach(() => rmSync(folder, { recursive: true }));

const places = () => ({ cwd: join(folder, 'cwd'), home: join(folder, 'home'), system: join(folder, 'etc') });
const read = (name: string, env: NodeJS.ProcessEnv = {}) => readCloud(name, env, places());
function write(file: string, text: string): string {
  const path = join(folder, file);
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, text);
  return path;
}
function problems(work: () => unknown): string[] {
  try {
    work();
  } catch (error) {
    assert.ok(error instanceof InputError, String(error));
    return error.problems.map((p) => `${p.path}: ${p.message} [${p.rule}]`);
  }
  assert.fail('nothing is wrong');
}

const PROD = `clouds:
  prod:
    region_name: RegionOne
    interface: internal
    cacert: ~/ca.pem
    auth:
      auth_url: https://keystone.example.com:5000/v3
      username: ops
      password: 0123
      project_name: paas
      user_domain_name: Users
      project_domain_id: default
  dev:
    auth_type: v3applicationcredential
    regions: [ { name: Two }, Three ]
    verify: False
    auth: { auth_url: https://dev, application_credential_id: abc }
  sso: { auth_type: v3oidcpassword, auth: { auth_url: https://sso } }
`;

describe('an entry of clouds.yaml', () => {
  it('says the same as an openrc file, with values as they are written', () => {
    const file = write('home/.config/openstack/clouds.yaml', PROD);
    assert.deepEqual(read('prod'), {
      file,
      variables: {
        OS_AUTH_URL: 'https://keystone.example.com:5000/v3',
        OS_USERNAME: 'ops',
        OS_PASSWORD: '0123',
        OS_PROJECT_NAME: 'paas',
        OS_USER_DOMAIN_NAME: 'Users',
        OS_PROJECT_DOMAIN_ID: 'default',
        OS_REGION_NAME: 'RegionOne',
        OS_INTERFACE: 'internal',
        OS_CACERT: join(folder, 'home', 'ca.pem'),
      },
    });
    const login = authOf(read('prod').variables);
    assert.deepEqual([login.region, login.interface], ['RegionOne', 'internal']);
  });

  it('has its secrets from secure.yaml, of any of the places', () => {
    write('cwd/clouds.yaml', PROD);
    const secureFile = write(
      'etc/secure.yaml',
      'clouds: { dev: { auth: { application_credential_secret: hidden } }, prod: { auth: { password: "over" } } }',
    );
    const dev = read('dev');
    assert.equal(dev.secureFile, secureFile);
    assert.deepEqual(dev.variables, {
      OS_AUTH_URL: 'https://dev',
      OS_APPLICATION_CREDENTIAL_ID: 'abc',
      OS_APPLICATION_CREDENTIAL_SECRET: 'hidden',
      OS_REGION_NAME: 'Two',
      OS_INSECURE: 'true',
    });
    assert.equal(read('prod').variables['OS_PASSWORD'], 'over');
    assert.deepEqual(authOf(dev.variables).auth, {
      identity: {
        methods: ['application_credential'],
        application_credential: { id: 'abc', secret: 'hidden' },
      },
    });
  });

  it('is taken from the first file, as every client does', () => {
    const at = (url: string) =>
      `clouds: { prod: { auth: { auth_url: ${url}, username: u, password: p, project_id: x } } }`;
    const url = (env: NodeJS.ProcessEnv = {}) => read('prod', env).variables['OS_AUTH_URL'];
    write('etc/clouds.yml', at('http://etc'));
    assert.equal(url(), 'http://etc');
    write('home/.config/openstack/clouds.yaml', at('http://home'));
    assert.equal(url(), 'http://home');
    write(
      'xdg/openstack/clouds.json',
      JSON.stringify({
        clouds: { prod: { auth: { auth_url: 'http://xdg', username: 'u', password: 'p', project_id: 'x' } } },
      }),
    );
    assert.equal(url({ XDG_CONFIG_HOME: join(folder, 'xdg') }), 'http://xdg');
    write('cwd/clouds.yaml', at('http://cwd'));
    assert.equal(url(), 'http://cwd');
    write('cwd/sub/own.yaml', at('http://own'));
    assert.equal(url({ OS_CLIENT_CONFIG_FILE: 'sub/own.yaml' }), 'http://own');
    assert.equal(url({ OS_CLIENT_CONFIG_FILE: 'absent.yaml' }), 'http://cwd');
  });

  it('is missed in words: the name, the file, and all that it lacks', () => {
    assert.match(problems(() => read('prod'))[0]!, /^prod: no clouds.yaml: none in .*OS_CLIENT_CONFIG_FILE/);
    write('cwd/clouds.yaml', PROD.replace(/^ +(password|project_name|auth_url): .*\n/gm, ''));
    assert.deepEqual(
      problems(() => read('prdo')),
      ['clouds.prdo: no such cloud; did you mean "prod"? (it has dev, prod, sso) [cloud-unknown]'],
    );
    const path = 'clouds.prod.auth';
    assert.deepEqual(
      problems(() => read('prod')),
      ['auth_url', 'password', 'project_name'].map(
        (k) => `${path}.${k}: required, here or in secure.yaml [cloud-login]`,
      ),
    );
    assert.match(problems(() => read('dev'))[0]!, /application_credential_secret: required/);
    write(
      'cwd/clouds.yaml',
      'clouds: { prod: { profile: rackspace, auth: { username: u, password: p, project_id: x } } }',
    );
    assert.match(problems(() => read('prod'))[0]!, /auth_url: required; profiles of clouds-public.yaml are not read/);
    const file = write('cwd/clouds.yaml', 'clouds:\n  prod: { auth: { password: planted } "planted" ]');
    assert.throws(
      () => read('prod'),
      (e) =>
        e instanceof ToolError &&
        e.message === `${file} is not YAML` &&
        e.next === 'fix line 2' &&
        e.detail === undefined,
    );
    for (const text of ['', 'clouds:', 'clouds: text', '- a']) {
      write('cwd/clouds.yaml', text);
      assert.match(problems(() => read('prod'))[0]!, /no such cloud \(it has none\)/);
    }
  });
});

describe('a verb with credentials in clouds.yaml', () => {
  let server: Server;
  let url = '';
  let body = '';
  before(async () => {
    server = createServer(async (request, response) => {
      body = '';
      for await (const part of request) body += String(part);
      const right = body.includes('right');
      const catalog = [{ type: 'compute', endpoints: [{ interface: 'public', region_id: 'One', url }] }];
      response.writeHead(right ? 201 : 401, { 'x-subject-token': 't' });
      response.end(JSON.stringify({ token: { project: { id: 'p1' }, user: { id: 'u1' }, catalog } }));
    });
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
    url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  });
  after(() => server.close());
  const config = (more: object = {}) => ({ provider: { openstack: [{ region: 'One', ...more }] } });
  const clouds = (password: string) =>
    write(
      'clouds.yaml',
      `clouds: { prod: { auth: { auth_url: '${url}', username: u, password: ${password}, project_id: x } } }`,
    );

  it('logs in by the entry that the stack or the environment names, and by nothing else', async () => {
    const env = { OS_CLIENT_CONFIG_FILE: clouds('right'), OS_USER_ID: 'of-another-cloud', OS_TOKEN: 'x' };
    const io = collectedIo();
    const api = await openstackOf(config({ cloud: 'prod' }), env, io);
    assert.deepEqual([api?.projectId, api?.has('compute'), io.messages()], ['p1', true, '']);
    assert.doesNotMatch(body, /of-another-cloud/);
    assert.equal((await openstackOf(config(), { ...env, OS_CLOUD: 'prod' }, io))?.userId, 'u1');
    await assert.rejects(openstackOf(config({ cloud: 'prdo' }), env, io), /did you mean "prod"/);
  });

  it('says which entry is wrong, never its password', async () => {
    const file = clouds('wr0ng-planted');
    const error = await openstackOf(config({ cloud: 'prod' }), { OS_CLIENT_CONFIG_FILE: file }, collectedIo()).then(
      () => undefined,
      (e: unknown) => e,
    );
    assert.ok(error instanceof ToolError);
    assert.equal(error.next, `check clouds.prod in ${file}`);
    assert.doesNotMatch(`${error.message}${error.detail}`, /planted/);
  });

  it('says that the declaration has the region, where that is the wrong one', async () => {
    const env = { OS_CLIENT_CONFIG_FILE: clouds('right'), OS_REGION_NAME: 'One' };
    const stack = { provider: { openstack: [{ region: 'RegionOne', cloud: 'prod' }] } };
    await assert.rejects(openstackOf(stack, env, collectedIo()), (error) => {
      assert.ok(error instanceof ToolError);
      assert.match(error.message, /no public service in region RegionOne; the cloud has One/);
      assert.match(error.next ?? '', /^write the region of your cloud as clouds\.openstack\.region/);
      return true;
    });
  });

  it('leaves alone what logs in by other means, and says so', async () => {
    const env = { OS_CLIENT_CONFIG_FILE: write('clouds.yaml', PROD) };
    const io = collectedIo();
    assert.equal(await openstackOf(config({ cloud: 'sso' }), env, io), undefined);
    assert.match(io.messages(), /quota and names are not checked: .*clouds.yaml logs in by auth_type v3oidcpassword/);
  });

  it('tells the engine where the files are: it runs in another folder', () => {
    const file = clouds('right');
    const env = { OS_CLIENT_CONFIG_FILE: file };
    assert.deepEqual(cloudsFiles(config({ cloud: 'prod' }), env), env);
    const secure = write('own.yaml', 'clouds: { prod: { auth: { password: hidden } } }');
    const both = { ...env, OS_CLIENT_SECURE_FILE: secure };
    assert.deepEqual(cloudsFiles(config({ cloud: 'prod' }), both), { ...env, OS_PASSWORD: 'hidden' });
    assert.deepEqual(cloudsFiles(config(), env), {});
  });

  it('still never practises with them', () => {
    const env = { OS_AUTH_URL: 'http://127.0.0.1:5000/v3', OS_CLOUD: 'prod', STACKATO_PRACTICE: 'openstack' };
    assert.throws(() => assertPractice(env), /practice mode is on, but OS_CLOUD switches its endpoint off/);
  });
});
