import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import * as lab from '../../bin/verbs/lab';
import { InputError, ToolError } from '../../lib/base/input';
import { assertPractice, type LabEnvironment, withLab } from '../../lib/cloud-api/environment';
import { type OpenstackApi, objects, openstackApi, text } from '../../lib/cloud-api/openstack/api';
import { clusterFaults } from '../../lib/cloud-api/openstack/faults';
import { findOpenstackOrphans } from '../../lib/cloud-api/openstack/orphans';
import { openstackProblems } from '../../lib/cloud-api/openstack/preflight';
import { readCluster } from '../../lib/declaration/read';
import { checkNames, withFaults } from '../../lib/deploy/openstack';
import type { Target } from '../../lib/deploy/target';
import { portFree } from '../../lib/lab/daemon';
import { seedOpenstack } from '../../lib/lab/openstack-seed';
import { openstackSource } from '../../lib/rehearsal/source/openstack';
import { planTopology } from '../../lib/topology/plan';
import { collectedIo } from '../collected-io';
import { refusal } from '../refusal';
import { appliedClusters, noProvider } from './openstack-apply';
import { make, makeGroups, makeNet, makePort, type Net, type Port, passes, settle } from './openstack-cluster';
import { rehearsed } from './openstack-rehearsal';

// sockets lie in it, and a socket's path holds 107 signs
const stateDir = mkdtempSync('/tmp/oslab-');
const cloud = { cloud: 'openstack', yes: true };
const PARTS = ['octavia', 'designate', 'barbican'];
const PORTS = [4369, 5000, 5354, 5672, 8774, 8776, 8778, 9001, 9292, 9311, 9696, 9876, 25672];
const topology = planTopology({ ...readCluster('stacks/mvp.yaml'), firewall: 'strict' });
const tagged = { 'stackato:cluster': 'mvp', 'stackato:node': 'core' };

let demo: OpenstackApi;
let admin: OpenstackApi;
let env: NodeJS.ProcessEnv;
let net: Net;
/** What the first start took, milliseconds. */
let firstUp = 0;

async function call(action: string, more: Record<string, unknown> = {}, user?: string) {
  const io = collectedIo({ json: action === 'env' || action === 'status' });
  assert.equal(await lab.run(user ? [action, user] : [action], { ...cloud, ...more }, io), 0);
  return io;
}

async function login(user: string): Promise<OpenstackApi> {
  const io = await call('env', {}, user);
  env = withLab(process.env, JSON.parse(io.text()) as LabEnvironment);
  assertPractice(env);
  return openstackApi({ env });
}

/** Processes whose environment or words name the state folder. */
function ours(): string[] {
  return readdirSync('/proc').filter((pid) => {
    if (!/^\d+$/.test(pid) || Number(pid) === process.pid) return false;
    try {
      const told = readFileSync(`/proc/${pid}/environ`, 'utf8') + readFileSync(`/proc/${pid}/cmdline`, 'utf8');
      return told.includes(stateDir) && !readFileSync(`/proc/${pid}/stat`, 'utf8').includes(') Z ');
    } catch {
      return false;
    }
  });
}

describe('the OpenStack practice cloud', () => {
  before(async () => {
    process.env['STACKATO_OSLAB_DIR'] = stateDir;
    const began = Date.now();
    const io = await call('up', { with: PARTS.join(',') });
    firstUp = Date.now() - began;
    assert.match(io.steps(), /practice {2}cloud up on http:\/\/127\.0\.0\.1:5000\/v3, \d+ MiB/);
    admin = await login('admin');
    demo = await login('demo');
    net = await makeNet(demo, 'mvp', '10.0.0.0/24');
  });
  after(async () => {
    await call('down');
    delete process.env['STACKATO_OSLAB_DIR'];
    rmSync(stateDir, { recursive: true, force: true });
  });

  it('listens on loopback only', () => {
    const listening = execFileSync('ss', ['-Hltnp'], { encoding: 'utf8' }).trim().split('\n');
    const pids = ours();
    const mine = listening.filter((line) => pids.some((pid) => line.includes(`pid=${pid},`)));
    assert.ok(mine.length >= 10, mine.join('\n'));
    for (const line of mine) assert.match(line, /\s(127\.0\.0\.1|\[::1\]):\d+\s/);
  });

  it('says what is up, and leads any tool there', async () => {
    const status = JSON.parse((await call('status')).text()) as { up: boolean; processes: unknown[]; parts: string[] };
    assert.deepEqual([status.up, status.parts], [true, PARTS]);
    assert.ok(status.processes.length > 20);
    const io = collectedIo();
    await lab.run(['env'], cloud, io);
    const script = `OS_CLOUD=prod; export OS_CLOUD; ${io.text()}\nexec env`;
    const words = execFileSync('sh', ['-c', script], { encoding: 'utf8' });
    assert.match(words, /^OS_AUTH_URL=http:\/\/127\.0\.0\.1:5000\/v3$/m);
    assert.doesNotMatch(words, /^OS_CLOUD=/m);
  });

  it('finds all that is wrong before anything is created', async () => {
    const fits = {
      flavors: { 'clouds.openstack.flavors.large': 'm1.large' },
      images: { 'clouds.openstack.image': 'debian-12' },
      externalNetworks: { 'clouds.openstack.network.external': 'public' },
      zones: { 'clouds.openstack.zones[0]': 'nova' },
      servers: { 'm1.large': 4 },
      quota: { volumes: 2, gigabytes: 300, ports: 4, floatingIps: 1, securityGroups: 4, securityGroupRules: 50 },
    };
    assert.deepEqual(await openstackProblems(demo, fits), []);
    await admin.call('compute', 'PUT', `/os-quota-sets/${demo.projectId}`, { quota_set: { instances: 3, cores: 8 } });
    await admin.call('volume', 'PUT', `/os-quota-sets/${demo.projectId}`, { quota_set: { gigabytes: 200 } });
    await admin.call('network', 'PUT', `/quotas/${demo.projectId}`, { quota: { port: 3, floatingip: 0 } });
    const problems = await openstackProblems(demo, {
      flavors: { 'sizes.large': 'm1.lagre' },
      images: { image: 'debian-13' },
      networks: { network: 'mpv' },
      externalNetworks: { external: 'mvp' },
      zones: { zone: 'nvoa' },
      keyPairs: { keyName: 'opps' },
      servers: fits.servers,
      quota: fits.quota,
    });
    const lines = problems.map(({ path, message, rule }) => `${path}: ${message} [${rule}]`);
    const flavors = 'm1.large, m1.medium, m1.small, m1.tiny, m1.xlarge';
    assert.deepEqual(lines, [
      `sizes.large: flavor "m1.lagre" does not exist; did you mean "m1.large"? (the cloud shows ${flavors}) [openstack-flavor]`,
      'image: image "debian-13" does not exist; did you mean "debian-12"? (the cloud shows debian-12) [openstack-image]',
      'network: network "mpv" does not exist; did you mean "mvp"? (the cloud shows mvp, public) [openstack-network]',
      'external: external network "mvp" does not exist (the cloud shows public) [openstack-external-network]',
      'zone: availability zone "nvoa" does not exist; did you mean "nova"? (the cloud shows nova) [openstack-zone]',
      'keyName: key pair "opps" does not exist (the cloud shows none) [openstack-key-pair]',
      'quota.instances: 4 more servers are needed, 3 of 3 are left; delete some, or ask for a quota of 4 [openstack-quota]',
      'quota.cores: 16 more cores are needed, 8 of 8 are left; delete some, or ask for a quota of 16 [openstack-quota]',
      'quota.gigabytes: 300 more GiB of volumes are needed, 200 of 200 are left; delete some, or ask for a quota of 300 [openstack-quota]',
      'quota.ports: 4 more ports are needed, 3 of 3 are left; delete some, or ask for a quota of 4 [openstack-quota]',
      'quota.floatingIps: 1 more floating addresses are needed, 0 of 0 are left; delete some, or ask for a quota of 1 [openstack-quota]',
    ]);
    await admin.call('compute', 'DELETE', `/os-quota-sets/${demo.projectId}`);
    await admin.call('volume', 'DELETE', `/os-quota-sets/${demo.projectId}`);
    await admin.call('network', 'DELETE', `/quotas/${demo.projectId}`);
    assert.deepEqual(await openstackProblems(demo, fits), []);
  });

  it('checks and seeds for a synthesized stack', async () => {
    const dir = join(stateDir, 'stack');
    mkdirSync(dir);
    const core = { flavor_name: 'm1.large', image_name: 'stackato-3.6', key_pair: 'ops' };
    const stack = { resource: { openstack_compute_instance_v2: { core } } };
    writeFileSync(join(dir, 'cdk.tf.json'), JSON.stringify(stack));
    const target = { stack: 'mvp-openstack', dir, cluster: 'mvp' } as Target;
    await assert.rejects(checkNames({ target, openstack: demo }), (error: unknown) => {
      assert.ok(error instanceof InputError);
      const found = error.problems.map(({ path, rule }) => `${path} ${rule}`);
      const server = 'openstack_compute_instance_v2.core';
      assert.deepEqual(found, [`${server} openstack-image`, `${server} openstack-key-pair`]);
      return true;
    });
    const wanted = { keyNames: ['ops'], images: ['stackato-3.6', 'debian-12'], secrets: ['mvp/admin'] };
    const made = await seedOpenstack(wanted, env);
    assert.deepEqual(made, { keyNames: ['ops'], images: ['stackato-3.6'], secrets: ['mvp/admin'] });
    await checkNames({ target, openstack: demo });
    assert.deepEqual(await seedOpenstack(wanted, env), { keyNames: [], images: [], secrets: [] });
  });

  it('tells a wrong password, a wrong region and a service that is down apart', async () => {
    const wrong = await refusal(openstackApi({ env: { ...env, OS_PASSWORD: 'secret' } }));
    assert.match(wrong.message, /logging in .* failed: user, password or project is wrong/);
    const away = await refusal(openstackApi({ env: { ...env, OS_REGION_NAME: 'RegionTwo' } }));
    assert.match(away.message, /no public service in region RegionTwo; the cloud has RegionOne/);
    const down = await refusal(openstackApi({ env: { ...env, OS_AUTH_URL: 'http://127.0.0.1:5001/v3' } }));
    assert.match(`${down.message} ${down.detail}`, /got no answer from http:\/\/127\.0\.0\.1:5001 .*ECONNREFUSED/);
    const own = await refusal(demo.call('network', 'POST', '/networks', { network: { mtu: 'wide' } }));
    assert.match(
      `${own.message} ${own.detail}`,
      /network POST \/networks was refused \(400\).*'wide' is not an integer/,
    );
  });

  it('logs in by an application credential', async () => {
    const credential = { name: 'practice', unrestricted: false };
    const made = await make(
      demo,
      'identity',
      `/users/${demo.userId}/application_credentials`,
      'application_credential',
      credential,
    );
    const OS_APPLICATION_CREDENTIAL_SECRET = text(made['secret']);
    const { OS_AUTH_URL, OS_REGION_NAME } = env;
    const own = {
      OS_AUTH_URL,
      OS_REGION_NAME,
      OS_APPLICATION_CREDENTIAL_ID: made.id,
      OS_APPLICATION_CREDENTIAL_SECRET,
    };
    const api = await openstackApi({ env: own });
    assert.equal(api.projectId, demo.projectId);
    assert.equal((await api.list('network', '/networks', 'networks')).length, 2);
  });

  it('lets documented edges pass and drops others, as the API took our rules', async () => {
    const groups = await makeGroups(demo, topology);
    const group = (name: string) => groups.get(name) ?? assert.fail(name);
    const ports = new Map<string, Port>();
    for (const [name, pool] of Object.entries({ core: 'core', data: 'data', dea1: 'dea', dea2: 'dea' })) {
      ports.set(name, await makePort(demo, `mvp-${name}`, net, [group('cluster'), group(pool)]));
    }
    // a port without any group sends nothing, so it would prove nothing
    const { id } = await make(demo, 'network', '/security-groups', 'security_group', { name: 'stranger' });
    ports.set('stranger', await makePort(demo, 'stranger', net, [id]));
    const open = (from: string, to: string, port: number) =>
      passes(stateDir, net, ports.get(from)!, ports.get(to)!, port);
    const edges = [
      ['dea1', 'core', 4222, true],
      ['data', 'core', 4222, true],
      ['dea1', 'data', 3306, true],
      ['core', 'dea2', 9022, true],
      ['core', 'dea1', 61000, true],
      ['stranger', 'core', 443, true],
      ['data', 'dea1', 9022, false],
      ['dea1', 'dea2', 9022, false],
      ['data', 'core', 8181, false],
      ['dea1', 'core', 3306, false],
      ['core', 'dea1', 61001, false],
      ['stranger', 'core', 4222, false],
      ['stranger', 'data', 22, false],
    ] as const;
    const found = edges.map(([from, to, port]) => [from, to, port, open(from, to, port)]);
    assert.deepEqual(found, edges);
  });

  it('gives a node back as it was made', async () => {
    const userData = Buffer.concat([Buffer.from('#!/bin/sh\n'), randomBytes(30_000)]);
    const port = await makePort(demo, 'mvp-core-node', net, []);
    const [flavor] = (await demo.list('compute', '/flavors', 'flavors')).filter((one) => one['name'] === 'm1.large');
    const [image] = await demo.list('image', '/images?name=debian-12', 'images');
    const server = await make(demo, 'compute', '/servers', 'server', {
      name: 'mvp-core',
      flavorRef: flavor?.['id'],
      imageRef: image?.['id'],
      networks: [{ port: port.id }],
      user_data: userData.toString('base64'),
      metadata: tagged,
    });
    const metadata = { 'stackato:cluster': 'mvp' };
    const volume = await make(demo, 'volume', '/volumes', 'volume', { name: 'mvp-core', size: 7, metadata });
    await settle(demo, 'compute', `/servers/${server.id}`, 'server', 'ACTIVE');
    await settle(demo, 'volume', `/volumes/${volume.id}`, 'volume', 'available');
    const attachment = { volumeAttachment: { volumeId: volume.id, device: '/dev/vdb' } };
    await demo.call('compute', 'POST', `/servers/${server.id}/os-volume_attachments`, attachment);
    await settle(demo, 'volume', `/volumes/${volume.id}`, 'volume', 'in-use');

    const database = { host: 'db.example.com', port: 3306 };
    const source = await openstackSource(admin, 'mvp', [database]);
    const [node] = source.nodes;
    assert.ok(node?.userData.equals(userData), 'user data is not what was given');
    assert.deepEqual([source.nodes.length, source.databases], [1, [database]]);
    assert.deepEqual(
      { ...node, userData: undefined },
      {
        name: 'core',
        address: port.address,
        subnet: '10.0.0.0/24',
        zone: 'nova',
        instanceId: server.id,
        userData: undefined,
        disks: [{ gib: 7, device: '/dev/vdb' }],
      },
    );
    assert.match((await refusal(openstackSource(demo, 'mvp'))).next ?? '', /lab env admin --cloud openstack/);
    assert.match((await refusal(openstackSource(admin, 'other'))).message, /no server of cluster other/);

    const orphans = await findOpenstackOrphans(demo, 'mvp', new Set());
    assert.deepEqual(
      orphans.filter(({ byName }) => !byName).map(({ kind, id }) => [kind, id]),
      [
        ['server', server.id],
        ['volume', volume.id],
      ],
    );
    // what was made by the tests above has no tags: as after an apply that was killed before it set them
    const named = new Set(orphans.filter(({ byName }) => byName).map(({ kind }) => kind));
    assert.deepEqual([...named].sort(), ['network', 'port', 'security-group', 'subnet']);
    assert.deepEqual(await findOpenstackOrphans(demo, 'mvp', new Set(orphans.map(({ id }) => id))), []);
  });

  it("gives Nova's own reason for a server in ERROR", async () => {
    const huge = { name: 'huge', ram: 1024, vcpus: 100_000, disk: 1 };
    const flavor = await make(admin, 'compute', '/flavors', 'flavor', huge);
    const [image] = await demo.list('image', '/images', 'images');
    const server = await make(demo, 'compute', '/servers', 'server', {
      name: 'mvp-dea-1',
      flavorRef: flavor.id,
      imageRef: image?.['id'],
      networks: [{ uuid: net.id }],
      metadata: { 'stackato:cluster': 'mvp', 'stackato:node': 'dea-1' },
    });
    await settle(demo, 'compute', `/servers/${server.id}`, 'server', 'ERROR');
    const [fault, ...more] = await clusterFaults(demo, 'mvp');
    assert.deepEqual([fault?.server, fault?.status, more.length], ['mvp-dea-1', 'ERROR', 0]);
    assert.match(fault?.message ?? '', /No valid host was found/);
    const at = { openstack: demo, target: { cluster: 'mvp' } as Target };
    const failed = withFaults(at, () => Promise.reject(new ToolError('half-way', 'again', 'unexpected state')));
    const { message, next, detail } = await refusal(failed);
    assert.deepEqual([message, next], ['half-way', 'again']);
    assert.match(detail ?? '', /^server mvp-dea-1 is in ERROR; Nova says: No valid host .*\nunexpected state$/);
  });

  it('boots a cluster from what Nova gives back, with an operator who delivers its files', () => rehearsed(demo));

  it('goes down without a trace, and quickly up again with what it held', async () => {
    await call('down');
    assert.deepEqual(ours(), []);
    assert.deepEqual(
      await Promise.all(PORTS.map(portFree)),
      PORTS.map(() => true),
    );
    assert.match((await refusal(call('env'))).message, /not up/);
    const began = Date.now();
    await call('up');
    const again = Date.now() - began;
    assert.ok(again < firstUp, `${again} ms, with all schemas and seeds ${firstUp}`);
    const same = await login('demo');
    const servers = objects((await same.call('compute', 'GET', '/servers'))['servers']).map((one) => text(one['name']));
    assert.deepEqual(servers.sort(), ['mvp-core', 'mvp-dea-1']);
    const twice = Date.now();
    await call('up');
    assert.ok(Date.now() - twice < again / 2, `${Date.now() - twice} ms, from nothing running ${again}`);
    const other = await refusal(call('up', { with: 'octavia' }));
    assert.match(other.message, /already runs with octavia, designate, barbican/);
    assert.ok(readdirSync(join(stateDir, 'log')).length > 20);
  });

  appliedClusters(
    {
      demo: () => demo,
      admin: () => admin,
      pid: async (name) => {
        const { processes } = JSON.parse((await call('status')).text()) as {
          processes: { name: string; pid: number }[];
        };
        return processes.find((one) => one.name === name)?.pid ?? assert.fail(`no process ${name}`);
      },
      up: async () => void (await call('up')),
    },
    noProvider(),
  );
});
