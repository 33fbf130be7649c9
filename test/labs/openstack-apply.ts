import assert from 'node:assert/strict';
import {
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import * as deploy from '../../bin/verbs/deploy';
import * as destroy from '../../bin/verbs/destroy';
import * as plan from '../../bin/verbs/plan';
import * as review from '../../bin/verbs/review';
import { InputError, ToolError } from '../../lib/input';
import { type OpenstackApi, type OpenstackObject, object, objects, text } from '../../lib/lab/openstack-api';
import { findOpenstackOrphans } from '../../lib/lab/openstack-orphans';
import { findMirrors } from '../../lib/terraform/mirror';
import { type CollectedIo, collectedIo } from '../lab/collected-io';
import { make } from './openstack-cluster';

const PROVIDER = 'registry.terraform.io/terraform-provider-openstack/openstack';

/** Why nothing can be applied to OpenStack here, if so. */
export function noProvider(): string | false {
  const there = findMirrors(process.env).some(({ providers }) => providers.includes(PROVIDER));
  return there ? false : 'no provider in any mirror';
}

/** The practice cloud that a suite works on; asked for when the suite begins. */
export interface LabUnderTest {
  demo(): OpenstackApi;
  admin(): OpenstackApi;
  /** The process of a service. */
  pid(name: string): Promise<number>;
  /** Starts what died. */
  up(): Promise<void>;
}

const PLANTED = 'planted-admin-password-0123456789';
const practice = { practice: true, autoApprove: true, cloud: 'openstack' };
const said: string[] = [];

type Verb = { run(args: readonly string[], options: object, io: CollectedIo): Promise<number> };

/** Calls a verb, keeps all that it said, and gives its exit code or its error. */
async function call(verb: Verb, args: readonly string[], options: object = {}, onStep?: (label: string) => void) {
  const plain = collectedIo();
  const step: CollectedIo['step'] = (label) => {
    onStep?.(label);
    return plain.step(label);
  };
  const io = { ...plain, step };
  try {
    return { exit: await verb.run(args, options, io), io, error: undefined, words: '' };
  } catch (error) {
    if (!(error instanceof ToolError || error instanceof InputError)) throw error;
    const more = error instanceof ToolError ? [error.detail, error.next] : error.problems.map((p) => p.message);
    const words = [error.message, ...more].filter(Boolean).join('\n');
    said.push(words);
    return { exit: 1, io, error, words };
  } finally {
    said.push(io.text(), io.messages(), io.steps());
  }
}

/** Deploys and insists that it worked. */
async function deployed(file: string): Promise<CollectedIo> {
  const { exit, io, words } = await call(deploy, [file], practice);
  assert.equal(exit, 0, words || io.messages());
  assert.match(io.steps(), /second plan {2}empty|^plan/m);
  return io;
}

/** Deploys and insists that it failed. */
async function refused(file: string, options: object = {}): Promise<string> {
  const { exit, words } = await call(deploy, [file], { ...practice, ...options });
  assert.equal(exit, 1);
  assert.doesNotMatch(words, /\n\s+at .*\.js:\d+/, 'a stack trace');
  return words;
}

/** Plans a change, writes its JSON, and reviews that. */
async function reviewed(file: string) {
  await call(plan, [file], { ...practice, planJson: 'plan.json' });
  const log = existsSync('plan.json.log') ? { diagnostics: 'plan.json.log' } : {};
  const { exit, io } = await call(review, [], { plan: 'plan.json', format: 'json', ...log });
  rmSync('plan.json.log', { force: true });
  const { findings } = JSON.parse(io.text()) as { findings: { rule: string; statement: string }[] };
  return { exit, rules: findings.map(({ rule }) => rule), words: findings.map((f) => f.statement).join('\n') };
}

/** Clusters that are really made, changed, broken and destroyed; `skip` says why not. */
export function appliedClusters(lab: LabUnderTest, skip: string | false): void {
  describe('with the provider', () => {
    const real = (name: string, body: () => Promise<void> | void) => it(name, { skip }, body);
    const home = process.cwd();
    const folder = mkdtempSync(join(tmpdir(), 'stackato-os-'));
    let shipped = '';
    const variant = (name: string, change: (yaml: string) => string = (yaml) => yaml) => {
      writeFileSync(`${name}.yaml`, change(shipped));
      return `${name}.yaml`;
    };
    const paas = () => variant('paas');
    const servers = async (cluster: string) => {
      const all = await lab.demo().list('compute', '/servers/detail', 'servers');
      const mine = all.filter((one) => object(one['metadata'])['stackato:cluster'] === cluster);
      return new Map(mine.map((one) => [text(object(one['metadata'])['stackato:node']), one]));
    };
    const volumes = async (cluster: string) => {
      const all = await lab.demo().list('volume', '/volumes/detail', 'volumes');
      return new Map(
        all
          .filter((one) => object(one['metadata'])['stackato:cluster'] === cluster)
          .map((one) => [text(one['name']), one]),
      );
    };
    const addressOf = (server: OpenstackObject | undefined) =>
      Object.values(object(server?.['addresses']))
        .flatMap(objects)
        .map((one) => text(one['addr']))[0];
    const attachedTo = (volume: OpenstackObject | undefined) =>
      objects(volume?.['attachments']).map((one) => text(one['server_id']))[0];

    before(() => {
      process.chdir(folder);
      shipped = readFileSync(join(home, 'stacks', 'mvp.yaml'), 'utf8')
        .replace(/^name: .*/m, 'name: paas')
        .replace(/^ {2}aws:\n( {4,}.*\n)+/m, '');
    });
    after(() => {
      process.chdir(home);
      rmSync(folder, { recursive: true, force: true });
    });

    real('is a first deployment in the review of its first plan', async () => {
      const first = await reviewed(paas());
      assert.ok(first.rules.includes('first-deployment'), first.rules.join(' '));
      assert.equal(first.exit, 0);
    });

    real('deploys the MVP, and a second plan is empty', async () => {
      const io = await deployed(paas());
      assert.match(io.text(), /deployed; the state is in terraform\.paas-openstack\.tfstate/);
      const made = await servers('paas');
      assert.deepEqual([...made.keys()].sort(), ['core', 'data-1', 'dea-1', 'dea-2']);
      assert.ok([...made.values()].every((one) => one['status'] === 'ACTIVE'));
      assert.equal(addressOf(made.get('core')), '10.0.0.10');
      const data = (await volumes('paas')).get('paas-data-1');
      assert.deepEqual([data?.['size'], attachedTo(data)], [200, text(made.get('data-1')?.['id'])]);
      assert.equal((await reviewed(paas())).exit, 0);
    });

    real('grows and shrinks its DEA pool without touching anything else', async () => {
      const three = variant('three', (y) => y.replace('count: 2', 'count: 3'));
      const added = await reviewed(three);
      assert.ok(added.rules.includes('dea-added'), added.rules.join(' '));
      assert.match((await deployed(three)).steps(), /deploying {2}2 made/);
      const removed = await reviewed(paas());
      assert.ok(removed.rules.includes('dea-removed'), removed.rules.join(' '));
      assert.match((await deployed(paas())).steps(), /deploying {2}2 destroyed/);
    });

    real('rebuilds DEAs in place for a new image, which the review blocks, and leaves what keeps data', async () => {
      const image = variant('image', (y) => y.replace('image: stackato-3.6', 'image: stackato-3.6.2'));
      const found = await reviewed(image);
      assert.equal(found.exit, 3);
      assert.ok(found.rules.includes('pool-replaced') && !found.rules.includes('core-replaced'), found.rules.join(' '));
      const old = await servers('paas');
      assert.match((await deployed(image)).steps(), /deploying {2}2 changed/);
      const now = await servers('paas');
      for (const node of ['core', 'data-1', 'dea-1', 'dea-2']) {
        assert.equal(now.get(node)?.['id'], old.get(node)?.['id'], node);
        const same = text(object(now.get(node)?.['image'])['id']) === text(object(old.get(node)?.['image'])['id']);
        assert.equal(same, !node.startsWith('dea'), node);
      }
      await deployed(paas());
    });

    real('gives a data node a new image on purpose: blocked as loss of its root disk, its volume stays', async () => {
      const own = variant('own', (y) =>
        y.replace('    keyName:', '    images: { data: stackato-3.6.2 }\n    keyName:'),
      );
      const found = await reviewed(own);
      assert.ok(found.rules.includes('data-node-replaced'), `${found.rules.join(' ')}\n${found.words}`);
      const before = (await volumes('paas')).get('paas-data-1');
      await deployed(own);
      const after = (await volumes('paas')).get('paas-data-1');
      assert.equal(after?.['id'], before?.['id']);
      assert.equal(attachedTo(after), text((await servers('paas')).get('data-1')?.['id']));
    });

    real('makes a lost data node again, at its address and with its volume', async () => {
      const lost = (await servers('paas')).get('data-1');
      const volume = (await volumes('paas')).get('paas-data-1');
      await lab.demo().call('compute', 'DELETE', `/servers/${text(lost?.['id'])}`);
      for (let i = 0; (await servers('paas')).has('data-1'); i++) {
        assert.ok(i < 60, 'the server does not go');
        await sleep(1000);
      }
      await deployed(paas());
      const [now, kept] = [(await servers('paas')).get('data-1'), (await volumes('paas')).get('paas-data-1')];
      assert.notEqual(now?.['id'], lost?.['id']);
      assert.equal(addressOf(now), addressOf(lost));
      assert.deepEqual([kept?.['id'], attachedTo(kept)], [volume?.['id'], text(now?.['id'])]);
    });

    real('asks for quota before it makes anything', async () => {
      const { projectId } = lab.demo();
      const used = (await lab.demo().list('compute', '/servers', 'servers')).length;
      const quota = { quota_set: { instances: used + 1 } };
      await lab.admin().call('compute', 'PUT', `/os-quota-sets/${projectId}`, quota);
      try {
        const words = await refused(variant('nine', (y) => y.replace('count: 2', 'count: 9')));
        const wanted = `7 more servers are needed, 1 of ${used + 1} are left; delete some, or ask for a quota of ${used + 7}`;
        assert.ok(words.includes(wanted), words);
        assert.equal((await servers('paas')).size, 4);
      } finally {
        await lab.admin().call('compute', 'DELETE', `/os-quota-sets/${projectId}`);
      }
    });

    real("says in Nova's words why no host takes a node, and goes on when the cause is gone", async () => {
      const flavor = await make(lab.admin(), 'compute', '/flavors', 'flavor', {
        name: `huge-${process.pid}`,
        ram: 1024,
        vcpus: 90_000,
        disk: 40,
      });
      const { projectId } = lab.demo();
      await lab.admin().call('compute', 'PUT', `/os-quota-sets/${projectId}`, { quota_set: { cores: -1, ram: -1 } });
      const batch = (flavor: string) =>
        variant('batch', (y) =>
          y
            .replace('databases:\n', '  batch: { roles: [dea], size: xlarge }\ndatabases:\n')
            .replace('    keyName:', `    flavors: { xlarge: ${flavor} }\n    keyName:`),
        );
      const words = await refused(batch(`huge-${process.pid}`));
      assert.match(words, /server paas-batch-1 is in ERROR; Nova says: No valid host was found/);
      assert.match(words, /the state is kept/);
      await deployed(batch('m1.xlarge'));
      const now = await servers('paas');
      assert.deepEqual([now.size, now.get('batch-1')?.['status']], [5, 'ACTIVE']);
      await deployed(paas());
      await lab.admin().call('compute', 'DELETE', `/flavors/${flavor.id}`);
      await lab.admin().call('compute', 'DELETE', `/os-quota-sets/${projectId}`);
    });

    real('waits for an API that hangs for a while', async () => {
      const pid = await lab.pid('nova-api');
      const three = variant('three', (y) => y.replace('count: 2', 'count: 3'));
      process.kill(-pid, 'SIGSTOP');
      const resumed = sleep(15_000).then(() => process.kill(-pid, 'SIGCONT'));
      await deployed(three);
      await resumed;
    });

    real('fails with a way out when an API goes down half-way, and goes on when it is up again', async () => {
      const pid = await lab.pid('nova-api');
      const four = variant('four', (y) => y.replace('count: 2', 'count: 4'));
      const { exit, words } = await call(deploy, [four], practice, (label) => {
        if (label === 'deploying') process.kill(-pid, 'SIGKILL');
      });
      assert.equal(exit, 1);
      assert.match(words, /failed after \d+ of \d+ operations|connection refused/);
      assert.match(words, /the state is kept/);
      assert.match(await refused(four), /practice cloud is broken: nova-api died\n.*lab up/);
      await lab.up();
      await deployed(four);
      assert.equal((await servers('paas')).size, 6);
      await deployed(paas());
    });

    real('is refused to be destroyed while it is protected', async () => {
      const { exit, words } = await call(destroy, [paas()], practice);
      assert.equal(exit, 1);
      assert.match(words, /protected/);
    });

    real('is destroyed when that is asked for, and nothing is left in any service', async () => {
      const { exit, io, words } = await call(destroy, [paas()], { ...practice, includingData: true });
      assert.equal(exit, 0, words || io.messages());
      assert.deepEqual(await findOpenstackOrphans(lab.demo(), 'paas', new Set()), []);
    });

    const routers = () => {
      writeFileSync('routers.yaml', ROUTERS);
      return 'routers.yaml';
    };

    real(
      'finds what a killed apply made without the state, and heals that before it makes it a second time',
      async () => {
        const secret = {
          name: 'stackato/routers/admin-password',
          payload: PLANTED,
          payload_content_type: 'text/plain',
        };
        await lab.demo().call('key-manager', 'POST', '/secrets', secret);
        const run = call(deploy, [routers()], practice);
        await begun(lab.demo(), 'routers-balancer').finally(() => {
          for (const pid of engines(folder)) process.kill(pid, 'SIGKILL');
        });
        const { words } = await run;
        assert.match(words, /killed from outside after \d+ of \d+ operations/);
        assert.match(words, /in flight, and perhaps made without the state knowing: .*openstack_lb_loadbalancer_v2/s);
        const again = await refused(routers());
        assert.match(again, /the cloud holds .* that the state does not know/);
        assert.match(again, /load balancer [0-9a-f-]{36} \(routers-balancer\)/);
        assert.match(again, /--heal/);
        const healed = await call(deploy, [routers()], { ...practice, heal: true });
        assert.equal(healed.exit, 0, healed.words || healed.io.messages());
        assert.match(healed.io.steps(), /second plan {2}empty/);
        const path = '/lbaas/loadbalancers?name=routers-balancer';
        const balancers = await lab.demo().list('load-balancer', path, 'loadbalancers');
        assert.deepEqual(
          balancers.map((one) => [one['name'], one['provisioning_status']]),
          [['routers-balancer', 'ACTIVE']],
        );
      },
    );

    real('has both routers behind the balancer, and its names lead there', async () => {
      const [balancer] = await lab
        .demo()
        .list('load-balancer', '/lbaas/loadbalancers?name=routers-balancer', 'loadbalancers');
      const path = `/lbaas/pools?loadbalancer_id=${text(balancer?.['id'])}`;
      const pools = await lab.demo().list('load-balancer', path, 'pools');
      assert.equal(pools.length, 2);
      for (const pool of pools) {
        const path = `/lbaas/pools/${text(pool['id'])}/members`;
        const members = await lab.demo().list('load-balancer', path, 'members');
        const nodes = await servers('routers');
        const wanted = ['router-1', 'router-2'].map((node) => addressOf(nodes.get(node))).sort();
        assert.deepEqual(members.map((one) => text(one['address'])).sort(), wanted);
      }
      const [zone] = await lab.demo().list('dns', '/zones?name=routers.example.com.', 'zones');
      const records = await lab.demo().list('dns', `/zones/${text(zone?.['id'])}/recordsets?type=A`, 'recordsets');
      assert.deepEqual(records.map((one) => text(one['name'])).sort(), [
        '*.routers.example.com.',
        'routers.example.com.',
      ]);
      const floating = await lab.demo().list('network', '/floatingips', 'floatingips');
      const addresses = floating.map((one) => text(one['floating_ip_address']));
      for (const record of records) assert.ok(addresses.includes(String((record['records'] as string[])[0])));
    });

    real('is destroyed with its balancer and names', async () => {
      const { exit, io, words } = await call(destroy, [routers()], { ...practice, includingData: true });
      assert.equal(exit, 0, words || io.messages());
      assert.deepEqual(await findOpenstackOrphans(lab.demo(), 'routers', new Set()), []);
      assert.deepEqual(await lab.demo().list('dns', '/zones?name=routers.example.com.', 'zones'), []);
    });

    real('keeps secrets out of stack, state, plan, review and everything said', () => {
      const files = textFiles(folder).filter((file) => !file.includes('.terraform/providers'));
      assert.ok(files.some((f) => f.endsWith('.tfstate')) && files.some((f) => f.endsWith('plan.json')));
      const password = text(process.env['OS_PASSWORD']) || 'practice';
      const login = new RegExp(`"(password|secret)"\\s*:\\s*"${password}"`);
      for (const file of files) assert.doesNotMatch(readFileSync(file, 'latin1'), login, file);
      const all = said.join('\n');
      assert.ok(!all.includes(PLANTED));
      assert.doesNotMatch(all, login);
    });
  });
}

const ROUTERS = `name: routers
hostname: routers.example.com
version: "3.6"
admin: { email: ops@example.com, organization: Example, password: { secret: admin-password } }
license: { secret: license }
licenseGib: 40
firewall: strict
core: { size: large, diskGib: 20 }
pools:
  router: { roles: [router], count: 2, size: medium }
  dea: { roles: [dea], size: large }
clouds:
  openstack:
    region: RegionOne
    authUrl: http://127.0.0.1:5000/v3
    image: stackato-3.6
    keyName: ops
    network: { externalNetwork: public, cidr: 10.1.0.0/16 }
    loadBalancer: true
    secrets: barbican
    dns: { zone: routers.example.com, email: ops@example.com }
`;

/** Waits until a balancer is being made. */
async function begun(api: OpenstackApi, name: string): Promise<void> {
  for (const end = Date.now() + 300_000; Date.now() < end; await sleep(100)) {
    const path = `/lbaas/loadbalancers?name=${name}`;
    if ((await api.list('load-balancer', path, 'loadbalancers')).length > 0) return;
  }
  throw new Error(`${name} was not begun within 5 minutes`);
}

/** Processes of an engine that works below a folder. */
function engines(folder: string): number[] {
  return readdirSync('/proc')
    .filter((pid) => /^\d+$/.test(pid))
    .map(Number)
    .filter((pid) => {
      try {
        const words = readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0');
        return /(terraform|tofu)$/.test(words[0]!) && readlinkSync(`/proc/${pid}/cwd`).startsWith(folder);
      } catch {
        return false;
      }
    });
}

/** All files below a folder that are not too large to hold text. */
function textFiles(dir: string): string[] {
  return readdirSync(dir, { withFileTypes: true }).flatMap((entry) => {
    const path = join(dir, entry.name);
    if (entry.isDirectory()) return textFiles(path);
    return entry.isFile() && statSync(path).size < 4 << 20 ? [path] : [];
  });
}
