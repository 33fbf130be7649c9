import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import * as deploy from '../../bin/verbs/deploy';
import * as destroy from '../../bin/verbs/destroy';
import { type OpenstackObject, object, text } from '../../lib/cloud-api/openstack/api';
import { findOpenstackOrphans } from '../../lib/cloud-api/openstack/orphans';
import { type Applied, addressesOf, attachedTo, serversOf, volumesOf } from './openstack-applied';
import { make } from './openstack-cluster';
import { deployed, practice, refused, reviewed } from './openstack-verbs';
import { call } from './verbs';

/** The shipped MVP: made, changed, broken and destroyed. */
export function paasCluster({ lab, real, shipped }: Applied): void {
  const variant = (name: string, change: (yaml: string) => string = (yaml) => yaml) => {
    writeFileSync(`${name}.yaml`, change(shipped()));
    return `${name}.yaml`;
  };
  /** Its data volume grew; no declaration may make it smaller again. */
  let grown = false;
  const size = (yaml: string) => (grown ? yaml.replace('diskGib: 200', 'diskGib: 250') : yaml);
  const paas = () => variant('paas', size);
  const servers = () => serversOf(lab, 'paas');
  const volumes = () => volumesOf(lab, 'paas');

  real('is a first deployment in the review of its first plan', async () => {
    const first = await reviewed(paas());
    assert.ok(first.rules.includes('first-deployment'), first.rules.join(' '));
    assert.equal(first.exit, 0);
  });

  real('deploys the MVP, and a second plan is empty', async () => {
    const io = await deployed(paas());
    assert.match(io.text(), /deployed; the state is in terraform\.paas-openstack\.tfstate/);
    const made = await servers();
    assert.deepEqual([...made.keys()].sort(), ['core', 'data-1', 'dea-1', 'dea-2']);
    assert.ok([...made.values()].every((one) => one['status'] === 'ACTIVE'));
    assert.equal(addressesOf(made.get('core'))[0], '10.0.0.10');
    const data = (await volumes()).get('paas-data-1');
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
    const old = await servers();
    assert.match((await deployed(image)).steps(), /deploying {2}2 changed/);
    const now = await servers();
    for (const node of ['core', 'data-1', 'dea-1', 'dea-2']) {
      assert.equal(now.get(node)?.['id'], old.get(node)?.['id'], node);
      const same = text(object(now.get(node)?.['image'])['id']) === text(object(old.get(node)?.['image'])['id']);
      assert.equal(same, !node.startsWith('dea'), node);
    }
    await deployed(paas());
  });

  real('gives a data node a new image on purpose: blocked as loss of its root disk, its volume stays', async () => {
    const own = variant('own', (y) => y.replace('    keyName:', '    images: { data: stackato-3.6.2 }\n    keyName:'));
    const found = await reviewed(own);
    assert.ok(found.rules.includes('data-node-replaced'), `${found.rules.join(' ')}\n${found.words}`);
    const before = (await volumes()).get('paas-data-1');
    await deployed(own);
    const after = (await volumes()).get('paas-data-1');
    assert.equal(after?.['id'], before?.['id']);
    assert.equal(attachedTo(after), text((await servers()).get('data-1')?.['id']));
  });

  real('makes a lost data node again, at its address and with its volume', async () => {
    const lost = (await servers()).get('data-1');
    const volume = (await volumes()).get('paas-data-1');
    await lab.demo().call('compute', 'DELETE', `/servers/${text(lost?.['id'])}`);
    for (let i = 0; (await servers()).has('data-1'); i++) {
      assert.ok(i < 60, 'the server does not go');
      await sleep(1000);
    }
    await deployed(paas());
    const [now, kept] = [(await servers()).get('data-1'), (await volumes()).get('paas-data-1')];
    assert.notEqual(now?.['id'], lost?.['id']);
    assert.equal(addressesOf(now)[0], addressesOf(lost)[0]);
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
      assert.equal((await servers()).size, 4);
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
    const now = await servers();
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
    assert.equal((await servers()).size, 6);
    await deployed(paas());
  });

  const idsOf = (all: ReadonlyMap<string, OpenstackObject>) => [...all.values()].map(({ id }) => text(id)).sort();
  const pool = (name: string, was?: string) =>
    variant('renamed', (y) => y.replace('  data:\n', `  ${name}:\n${was ? `    was: ${was}\n` : ''}`));

  real('refuses another name of the data pool, a smaller volume and no volume: all are kept', async () => {
    const before = [idsOf(await servers()), idsOf(await volumes())];
    assert.match(await refused(pool('store')), /data-1 volume: (no longer declared|deleted)/);
    const less = variant('less', (y) => y.replace('diskGib: 200', 'diskGib: 150'));
    assert.match(await refused(less), /no cloud makes a volume or database smaller/);
    const fewer = variant('fewer', (y) =>
      y.replace('protect: true\n', '').replace('core: {', 'protect: false\ncore: {'),
    );
    const gone = variant('gone', () => readFileSync(fewer, 'utf8').replace('  data:\n', '  store:\n'));
    assert.match(await refused(gone), /protection would be turned off, and things that keep data would go/);
    assert.deepEqual([idsOf(await servers()), idsOf(await volumes())], before);
    await deployed(paas());
  });

  real('renames the data pool in place, and back', async () => {
    const before = [idsOf(await servers()), idsOf(await volumes())];
    const found = await reviewed(pool('store', 'data'));
    assert.equal(found.exit, 0, found.words);
    assert.ok(found.rules.includes('pool-renamed'), found.rules.join(' '));
    await deployed(pool('store', 'data'));
    assert.deepEqual([idsOf(await servers()), idsOf(await volumes())], before);
    await deployed(pool('data', 'store'));
    assert.deepEqual([idsOf(await servers()), idsOf(await volumes())], before);
    await deployed(paas());
  });

  real('grows the data volume in place, attached as it is', async () => {
    const before = (await volumes()).get('paas-data-1');
    grown = true;
    const found = await reviewed(paas());
    assert.ok(found.rules.includes('volume-grows'), found.rules.join(' '));
    await deployed(paas());
    const after = (await volumes()).get('paas-data-1');
    assert.deepEqual([after?.['id'], after?.['size'], attachedTo(after)], [before?.['id'], 250, attachedTo(before)]);
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
}
