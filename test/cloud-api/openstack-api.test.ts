import assert from 'node:assert/strict';
import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { after, before, describe, it } from 'node:test';
import { ToolError } from '../../lib/base/input';
import { openstackApi, wordsOf } from '../../lib/cloud-api/openstack/api';
import { authOf } from '../../lib/cloud-api/openstack/login';
import { findOpenstackOrphans } from '../../lib/cloud-api/openstack/orphans';

const answers = new Map<string, (request: IncomingMessage) => readonly [status: number, body: unknown]>();
const asked: string[] = [];
let server: Server;
let base = '';
let tokens = 0;
let env: NodeJS.ProcessEnv;

describe('the OpenStack client', () => {
  before(async () => {
    server = createServer((request, response) => {
      const path = request.url ?? '';
      asked.push(`${request.method} ${path} ${request.headers['x-auth-token'] ?? '-'}`);
      request.resume();
      const [status, body] = answers.get(path)?.(request) ?? [404, { itemNotFound: { message: 'no such thing' } }];
      const headers = path.endsWith('/auth/tokens') ? { 'x-subject-token': `token-${++tokens}` } : {};
      response.writeHead(status, { 'content-type': 'application/json', ...headers });
      response.end(typeof body === 'string' ? body : JSON.stringify(body));
    });
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
    base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    env = { OS_AUTH_URL: base, OS_USERNAME: 'demo', OS_PASSWORD: 'p', OS_PROJECT_NAME: 'demo', OS_REGION_NAME: 'One' };
    const at = (url: string, region_id = 'One') => [{ interface: 'public', region_id, url }];
    const catalog = [
      { type: 'compute', endpoints: at(`${base}/compute/v2.1`) },
      { type: 'network', endpoints: [...at('http://elsewhere.example.com', 'Two'), ...at(`${base}/network`)] },
      { type: 'image', endpoints: at(`${base}/image/v2`) },
    ];
    answers.set('/v3/auth/tokens', () => [201, { token: { project: { id: 'p1' }, user: { id: 'u1' }, catalog } }]);
  });
  after(() => server.close());

  it('follows the pages of a list, in all dialects', async () => {
    const next = `${base}/compute/v2.1/servers?marker=a`;
    const links = [{ rel: 'next', href: next }];
    answers.set('/compute/v2.1/servers', () => [200, { servers: [{ id: 'a' }], servers_links: links }]);
    answers.set('/compute/v2.1/servers?marker=a', () => [200, { servers: [{ id: 'b' }] }]);
    answers.set('/image/v2/images', () => [200, { images: [{ id: 'a' }], next: '/v2/images?marker=a' }]);
    answers.set('/image/v2/images?marker=a', () => [200, { images: [{ id: 'b' }] }]);
    const api = await openstackApi({ env });
    const ids = async (list: Promise<readonly { id?: unknown }[]>) => (await list).map((one) => one.id);
    assert.deepEqual(await ids(api.list('compute', '/servers', 'servers')), ['a', 'b']);
    assert.deepEqual(await ids(api.list('image', '/images', 'images')), ['a', 'b']);
  });

  it('adds the version that a catalog leaves out, and says what it lacks', async () => {
    answers.set('/network/v2.0/networks', () => [200, { networks: [] }]);
    const api = await openstackApi({ env });
    assert.deepEqual(await api.list('network', '/networks', 'networks'), []);
    assert.deepEqual([api.has('network'), api.has('dns'), api.projectId, api.userId], [true, false, 'p1', 'u1']);
    await assert.rejects(api.call('dns', 'GET', '/zones'), /has no service for dns in region One/);
  });

  it('logs in again when a token has ended', async () => {
    const api = await openstackApi({ env });
    const first = `token-${tokens}`;
    answers.set('/compute/v2.1/flavors', (request) =>
      request.headers['x-auth-token'] === first ? [401, {}] : [200, { flavors: [] }],
    );
    assert.deepEqual(await api.list('compute', '/flavors', 'flavors'), []);
    assert.match(asked.at(-1) ?? '', new RegExp(`token-${tokens}$`));
    answers.set('/compute/v2.1/flavors', () => [401, { error: { message: 'not you' } }]);
    await assert.rejects(api.list('compute', '/flavors', 'flavors'), /was refused \(401\)/);
  });

  it('gives nothing for what does not exist, and the words of who refuses', async () => {
    const api = await openstackApi({ env });
    assert.equal(await api.find('compute', '/servers/none'), undefined);
    const error = await api.call('compute', 'GET', '/servers/none').catch((e: unknown) => e);
    assert.ok(error instanceof ToolError);
    assert.deepEqual([error.message, error.detail], ['compute GET /servers/none was refused (404)', 'no such thing']);
  });

  it('refuses in practice a catalog that leads elsewhere', async () => {
    const far = { ...env, OS_REGION_NAME: 'Two', STACKATO_PRACTICE: 'openstack' };
    await assert.rejects(openstackApi({ env: far }), /service network is at http:\/\/elsewhere\.example\.com/);
  });

  it('logs in by a token, where there is no password', async () => {
    const { OS_PASSWORD, ...rest } = env;
    const scope = { project: { name: 'demo', domain: { name: 'Default' } } };
    const byToken = authOf({ ...rest, OS_TOKEN: 't' }).auth;
    assert.deepEqual(byToken, { identity: { methods: ['token'], token: { id: 't' } }, scope });
    assert.deepEqual(authOf({ ...rest, OS_AUTH_TOKEN: 't' }).auth, byToken);
    assert.deepEqual(authOf({ ...rest, OS_PASSWORD, OS_TOKEN: 't' }).auth, authOf(env).auth);
    const good = answers.get('/v3/auth/tokens')!;
    answers.set('/v3/auth/tokens', () => [401, {}]);
    try {
      await assert.rejects(openstackApi({ env: { ...rest, OS_TOKEN: 't' } }), /the token has expired/);
      await assert.rejects(openstackApi({ env }), /user, password or project is wrong/);
    } finally {
      answers.set('/v3/auth/tokens', good);
    }
  });

  it("finds every service's sentence", () => {
    const cases: readonly [string, string][] = [
      ['{"badRequest":{"code":400,"message":"Invalid flavor"}}', 'Invalid flavor'],
      ['{"NeutronError":{"type":"OverQuota","message":"Quota exceeded","detail":""}}', 'Quota exceeded'],
      ['{"faultcode":"Client","faultstring":"Immutable","debuginfo":null}', 'Immutable'],
      ['{"title":"Forbidden","description":"Secret not allowed"}', 'Secret not allowed'],
      [
        '<html><head><title>404</title></head><body><h1>404 Not Found</h1> No image</body></html>',
        '404 Not Found No image',
      ],
      ['', ''],
    ];
    for (const [body, words] of cases) assert.equal(wordsOf(body), words);
  });

  it('says which variables are missing', () => {
    const login = (more: NodeJS.ProcessEnv) => () => authOf({ OS_AUTH_URL: base, ...more });
    assert.throws(() => authOf({}), /OS_AUTH_URL is not set/);
    assert.throws(login({}), /OS_USERNAME, OS_PASSWORD, OS_PROJECT_NAME are not set/);
    assert.throws(login({ OS_APPLICATION_CREDENTIAL_SECRET: 's' }), /OS_APPLICATION_CREDENTIAL_ID is not set/);
    assert.throws(login({ OS_TOKEN: 't' }), /: OS_PROJECT_NAME is not set/);
    const urls = ['http://a', 'http://a/', 'http://a/v3', 'http://a/v3/', 'http://a/v2.0', 'http://a/identity'];
    const own = urls.map((url) => authOf({ ...env, OS_AUTH_URL: url }).url);
    assert.deepEqual(own, [...Array<string>(5).fill('http://a/v3'), 'http://a/identity/v3']);
  });
});

describe('orphans of an interrupted run', () => {
  const things: Readonly<Record<string, readonly Record<string, unknown>[]>> = {
    servers: [
      { id: 's1', name: 'mvp-core', metadata: { 'stackato:cluster': 'mvp' } },
      { id: 's2', name: 'mvp-two-core', metadata: { 'stackato:cluster': 'mvp-two' } },
      { id: 's3', name: 'mvp-mine', metadata: {} },
    ],
    server_groups: [
      { id: 'g1', name: 'mvp-dea' },
      { id: 'g2', name: 'mvp-two-dea' },
    ],
    loadbalancers: [{ id: 'l1', name: 'mvp', project_id: 'p1' }],
    networks: [
      { id: 'n1', name: 'net', tags: ['stackato:cluster=mvp'], project_id: 'p1' },
      { id: 'n2', name: 'net', tags: ['stackato:cluster=mvp'], project_id: 'p2' },
      { id: 'n3', name: 'mvp-net', tags: [], project_id: 'p1' },
    ],
  };
  const api = {
    projectId: 'p1',
    has: (service: string) => service !== 'key-manager',
    list: async (_service: string, _path: string, key: string) => [...(things[key] ?? [])],
  };
  it('are what carries its mark or, where there is none, its name', async () => {
    const found = await findOpenstackOrphans(api, 'mvp', new Set(['n0']));
    assert.deepEqual(
      found.map(({ kind, id }) => `${kind} ${id}`),
      ['load-balancer l1', 'network n1', 'network n3', 'server s1', 'server-group g1'],
    );
    const known = new Set(['s1', 'g1', 'l1', 'n1', 'n3']);
    assert.deepEqual(await findOpenstackOrphans(api, 'mvp', known), []);
  });
  const only = (key: string, ...all: Record<string, unknown>[]) => ({
    ...api,
    list: async (_service: string, _path: string, asked: string) => (asked === key ? all : []),
  });
  it('are known by name where a killed apply did not come to the tags, but not what the stack is given', async () => {
    for (const [key, kind] of [
      ['networks', 'network'],
      ['routers', 'router'],
      ['subnets', 'subnet'],
      ['ports', 'port'],
      ['security_groups', 'security-group'],
    ] as const) {
      const there = only(
        key,
        { id: 'a', name: 'mvp-core', tags: [] },
        { id: 'b', name: 'mvp-two-core', tags: [] },
        { id: 'c', name: 'mvp-two', tags: ['stackato:cluster=mvp-two'] },
        { id: 'd', name: 'mvp-given', tags: [] },
        { id: 'e', name: 'mvpx', tags: [] },
        { id: 'f', name: 'mvp', tags: [] },
      );
      const found = await findOpenstackOrphans(there, 'mvp', new Set(), { given: new Set(['mvp-given', 'f']) });
      assert.deepEqual(found, [{ kind, id: 'a', name: 'mvp-core', byName: true }]);
    }
    const address = { id: 'f1', floating_ip_address: '192.0.2.1', description: 'mvp-core', tags: [] };
    assert.deepEqual(await findOpenstackOrphans(only('floatingips', address), 'mvp', new Set()), [
      { kind: 'floating-ip', id: 'f1', name: '192.0.2.1', as: 'mvp-core', byName: true },
    ]);
  });
  it('are not what bears its name and the stack makes none of: the router of a network that was there', async () => {
    const router = { id: 'r', name: 'mvp', tags: [] };
    const types = new Set(['openstack_networking_port_v2']);
    assert.deepEqual(await findOpenstackOrphans(only('routers', router), 'mvp', new Set(), { types }), []);
    const marked = { ...router, tags: ['stackato:cluster=mvp'] };
    const found = await findOpenstackOrphans(only('routers', marked), 'mvp', new Set(), { types });
    assert.deepEqual(found, [{ kind: 'router', id: 'r', name: 'mvp' }]);
    const port = { ...router, name: 'mvp-core' };
    assert.equal((await findOpenstackOrphans(only('ports', port), 'mvp', new Set(), { types })).length, 1);
  });
  it('are DNS zones that say so', async () => {
    const there = only(
      'zones',
      { id: 'z1', name: 'a.example.com.', description: 'stackato:cluster=mvp' },
      { id: 'z2', name: 'mvp', description: 'the one of the office' },
    );
    const found = await findOpenstackOrphans(there, 'mvp', new Set());
    assert.deepEqual(found, [{ kind: 'dns-zone', id: 'z1', name: 'a.example.com.' }]);
  });
  it('are rules in groups and interfaces at routers that the state knows, but none that somebody else put there', async () => {
    const rule = (id: string, group: string, description: string) => ({ id, security_group_id: group, description });
    const rules = only(
      'security_group_rules',
      rule('r1', 'g1', 'mvp: core to dea: x'),
      rule('r2', 'g2', 'mvp: core to dea: x'),
      rule('r3', 'g1', 'mine'),
      rule('r4', 'g1', 'mvp: core to dea: x'),
    );
    const state = new Set(['g1', 'r4', 'router1', 'sub1']);
    const kinds = async (there: typeof rules) =>
      (await findOpenstackOrphans(there, 'mvp', state)).map(({ kind, id, as }) => `${kind} ${id} ${as}`);
    assert.deepEqual(await kinds(rules), ['security-group-rule r1 mvp: core to dea: x']);
    const port = (id: string, router: string, subnet: string, device_owner = 'network:router_interface') => ({
      id,
      name: '',
      device_id: router,
      device_owner,
      fixed_ips: [{ subnet_id: subnet }],
    });
    const ports = only(
      'ports',
      port('p1', 'router1', 'sub1'),
      port('p2', 'router1', 'sub2'),
      port('p3', 'router2', 'sub1'),
      port('p4', 'router1', 'sub1', 'network:router_gateway'),
    );
    assert.deepEqual(await kinds(ports), ['router-interface p1 sub1']);
  });
});
