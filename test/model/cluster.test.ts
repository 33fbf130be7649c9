import assert from 'node:assert/strict';
import { rmSync, symlinkSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { controlSocket } from '../../lib/model/place';
import { ask } from '../../lib/model/wire';
import { until } from '../until';
import { key, type ModelNode, modelNode } from './node';
import { proves } from './proves';

describe('a cluster of model nodes (3.6)', () => {
  let core: ModelNode;
  let data: ModelNode;
  before(async () => {
    [core, data] = [modelNode('3.6'), modelNode('3.6')];
    core.boot();
    data.boot();
    await Promise.all([core.ready(), data.ready()]);
  });
  after(() => Promise.all([core.remove(), data.remove()]));

  proves('attach-needs-core', async () => {
    const said = await data.kato(`node attach -e mysql ${core.address}`);
    assert.match(said.text, /cannot connect to the message bus at .*:4222: connection refused/);
    assert.equal(said.code, 1);
    assert.equal((await data.kato('node list')).text.split(/\s+/)[0], '127.0.0.1');
  });

  proves('core-roles', async () => {
    const said = await core.kato('node setup core api.paas.example.com');
    assert.equal(said.code, 0, said.text);
    await core.ready();
    assert.match((await core.kato('node list')).text, new RegExp(`^${core.address} +base primary controller router$`));
    assert.match(
      (await core.kato('info')).text,
      /Assigned roles\n {4}base\n {4}primary\n {4}controller\n {4}router\nAvailable roles\n/,
    );
  });

  proves('hosts-file', () => {
    assert.match(core.read('/etc/hosts'), new RegExp(`${core.address} paas.example.com api.paas.example.com`));
  });

  proves('core-again', async () => {
    await core.kato('role add rabbit3');
    assert.equal((await core.kato('node setup core api.paas.example.com')).code, 0);
    assert.match((await core.kato('node list')).text, /base primary controller router rabbit3$/);
    await core.kato('role remove rabbit3');
  });

  proves('core-keeps', async () => {
    for (const role of ['controller', 'router']) {
      assert.match((await core.kato(`role remove ${role}`)).text, new RegExp(`${role} must stay on the core`));
    }
  });

  proves('attach-host-key', async () => {
    const said = await data.kato(`node attach -e mysql ${core.address}`);
    assert.match(said.text, /continue connecting \(yes\/no\)\?\nkato: Host key verification failed/);
  });

  proves('attach-key', async () => {
    data.put('/home/stackato/.ssh/config', 'Host 127.*\n  IdentityFile ~/.ssh/cluster\n  StrictHostKeyChecking no\n');
    assert.match(
      (await data.kato(`node attach -e mysql ${core.address}`)).text,
      /no such identity: \/home\/stackato\/\.ssh\/cluster/,
    );
    data.put('/home/stackato/.ssh/cluster', key.private, 0o600);
    assert.match((await data.kato(`node attach -e mysql ${core.address}`)).text, /not in the core's authorized_keys/);
  });

  proves('attach-store', async () => {
    core.put('/home/stackato/.ssh/authorized_keys', `${key.public}\n`, 0o600);
    await data.kato('config set mysql_node capacity 7');
    assert.equal((await data.kato('config get mysql_node capacity')).text, '7');
    const said = await data.kato(`node attach -e mysql,redis ${core.address}`);
    assert.equal(said.code, 0, said.text);
    await data.ready();
    assert.match((await data.kato('config get mysql_node capacity')).text, /no such key/);
  });

  proves('attach-roles', async () => {
    assert.match((await core.kato('node list')).text, new RegExp(`^${data.address} +base mysql redis$`, 'm'));
    assert.doesNotMatch((await data.kato('process list')).text, /cloud_controller|router2g|dea_ng/);
  });

  proves('node-list', async () => {
    const lines = (await core.kato('node list')).text.split('\n').map((line) => line.split(/\s+/)[0]);
    assert.deepEqual(lines, [core.address, data.address].sort());
    assert.deepEqual(Object.keys(JSON.parse((await core.kato('node list -j')).text)).sort(), lines);
  });

  proves('node-entries', async () => {
    assert.equal((await data.kato(`config get node ${data.address}/roles/mysql`)).text, 'true');
  });

  it('writes config to the store of the cluster', async () => {
    await data.kato('config set redis_node max_memory 64');
    assert.equal((await core.kato('config get redis_node max_memory')).text, '64');
  });

  it('shows every role of every node', async () => {
    const said = await core.kato('status --all');
    assert.match(said.text, new RegExp(`^${data.address}\n {4}base +READY\n {4}mysql +READY\n {4}redis +READY$`, 'm'));
    assert.equal(said.code, 0);
  });

  describe('with an external database', () => {
    const role = async () => (await core.kato('status')).text;
    const database = createServer((socket) => socket.end());
    let port = 0;
    before(async () => {
      // 127.0.0.1 would be the node itself.
      await new Promise<void>((resolve) => database.listen(0, '127.0.0.2', resolve));
      port = (database.address() as { port: number }).port;
    });
    after(() => database.close());

    proves('datastore-restart', async () => {
      await data.kato('config set mysql_node mysql/host db.invalid');
      assert.match(await role(), /mysql +READY/);
      await data.kato('restart mysql');
      await until('the lacking switch is seen', async () =>
        /FATAL \(mysql_node: mysql_gateway external_datastore is not true/.test(await role()),
      );
    });

    proves('rds', async () => {
      await data.kato('config set mysql_gateway external_datastore true');
      await data.kato('config set mysql_node mysql/host x.eu-west-1.rds.amazonaws.com');
      await data.kato('restart mysql');
      await until('RDS is seen', async () => /FATAL .*aws_rds_compat is not true/.test(await role()));
    });

    proves('datastore', async () => {
      await data.kato('config set mysql_node mysql/host 127.0.0.2');
      await data.kato('config set mysql_node mysql/port 1');
      await data.kato('restart mysql');
      await until('the closed port is seen', async () =>
        /FATAL .*cannot connect to 127\.0\.0\.2:1: connection refused/.test(await role()),
      );
      await data.kato(`config set mysql_node mysql/port ${port}`);
      await data.kato('restart mysql');
      await until('the database is reached', async () => /mysql +READY/.test(await role()));
      await data.kato('config set mysql_gateway external_datastore false');
      await data.kato('config set mysql_node mysql/host 127.0.0.1');
    });
  });

  proves('relocate', async () => {
    const target = '/mnt/data/services';
    assert.match((await data.kato(`relocate services ${target}`)).text, /roles are running .* kato stop first/);
    assert.equal((await data.kato('stop')).code, 0);
    assert.match((await data.kato(`relocate services ${target}`)).text, /does not exist/);
    data.put(`${target}/.keep`, '');
    assert.equal((await data.kato(`relocate services ${target}`)).code, 0);
    assert.equal(data.read(`${target}/mysql/data`), 'rows');
    assert.match((await data.kato(`relocate services ${target}`)).text, /already in/);
    assert.equal((await data.kato('start')).code, 0);
    await data.ready();
  });

  proves('first-user', async () => {
    assert.match((await core.kato('node setup firstuser -p secret ops@example.com')).text, /missing argument: <org>/);
    assert.equal(
      (await core.kato('node setup firstuser -p secret -u ops@example.com ops@example.com Example')).code,
      0,
    );
    const again = await core.kato('node setup firstuser -p secret ops@example.com Example');
    assert.match(again.text, /already set up/);
    assert.equal(again.code, 1);
  });

  proves('first-user-licence', async () => {
    assert.equal((await core.kato('config get cluster license/type')).text, 'microcloud');
  });

  proves('history', () => {
    const history = core.read('/home/stackato/.kato-model/history');
    assert.match(history, /"setup","firstuser","-p","\*\*\*"/);
    assert.doesNotMatch(history, /secret/);
    assert.doesNotMatch(history, /"status"|"get"/);
  });

  proves('state-lasts', async () => {
    await Promise.all([core.halt(), data.halt()]);
    core.boot();
    data.boot();
    await Promise.all([core.ready(), data.ready()]);
    assert.match((await core.kato('node list')).text, new RegExp(`^${data.address} +base mysql redis$`, 'm'));
    assert.equal((await core.kato('status --all')).code, 0);
  });

  proves('remove', async () => {
    await data.halt();
    assert.match((await core.kato(`node remove ${data.address}`)).text, /--skip-detach/);
    assert.equal((await core.kato(`node remove -s ${data.address}`)).code, 0);
    assert.doesNotMatch((await core.kato('node list')).text, new RegExp(data.address));
  });
});

describe('a node that attaches (3.4.2)', () => {
  const nodes: ModelNode[] = [];
  const booted = async (version: string, options = {}) => {
    const node = modelNode(version, options);
    nodes.push(node);
    node.boot();
    return node;
  };
  after(() => Promise.all(nodes.map((node) => node.remove())));

  proves('attach-versions', async () => {
    const [core, dea] = await Promise.all([booted('3.4.2'), booted('3.4.1')]);
    await Promise.all([core.ready(), dea.ready()]);
    await core.kato('node setup core api.paas.example.com');
    await core.ready();
    assert.match((await dea.kato(`node attach -e dea ${core.address}`)).text, /version mismatch: the core has 3\.4\.2/);
    const forced = await dea.kato(`node attach -f -e dea ${core.address}`);
    assert.equal(forced.code, 0, forced.text);
  });

  it('reattaches, which 3.4 alone calls so', async () => {
    const said = await nodes[1]!.kato(`node reattach ${nodes[0]!.address}`);
    assert.match(said.text, /version mismatch/);
  });

  proves('zones', async () => {
    const [core, dea] = [nodes[0]!, nodes[1]!];
    assert.equal((await dea.kato('node availabilityzone')).text, 'default');
    assert.equal((await dea.kato('node placementzones list')).text, 'default');
    assert.equal((await dea.kato('node availabilityzone zone-a')).code, 0);
    assert.equal((await dea.kato('node availabilityzone')).text, 'zone-a');
    assert.match((await core.kato('node availabilityzone zone-a')).text, /has no dea/);
    assert.equal((await dea.kato('node placementzones add batch')).code, 0);
    assert.equal((await dea.kato('node placementzones list')).text, 'batch');
  });

  proves('store-first', async () => {
    const node = await booted('3.4.2');
    assert.match(
      (await node.kato('node setup core api.x.example')).text,
      /cannot connect to the config store at 127\.0\.0\.1:7474/,
    );
    assert.match((await node.kato('process ready all')).text, /not ready: config_redis/);
  });

  proves('block-waits', async () => {
    const [never, now, old] = await Promise.all([
      booted('3.4.2', { settings: { boot: 600 } }),
      booted('3.4.2', { settings: { boot: 2.5 } }),
      booted('3.2.1', { settings: { boot: 2.5 } }),
    ]);
    const said = (node: ModelNode, seconds: number) => node.kato(`process ready --block ${seconds} all`);
    const [short, long, forever, before] = await Promise.all([
      said(never, 1),
      said(now, 30),
      said(now, 0),
      said(old, 1),
    ]);
    assert.deepEqual([short.text, short.code], ['not ready: config_redis', 1]);
    for (const { text, code } of [long, forever, before]) assert.deepEqual([text, code], ['ready', 0]);
  });

  proves('sudo', async () => {
    const node = await booted('3.4.2', { sudo: false });
    await node.ready();
    assert.match(
      (await node.kato('node rename x.example')).text,
      /\[sudo\] password for stackato: \nkato: sudo: no password/,
    );
  });

  proves('start-suppressed', async () => {
    const node = await booted('3.4.2', { micro: false });
    const control = { path: join(node.root, controlSocket) };
    const hasBooted = () => ask<{ booted: boolean }>(control, { op: 'report' }).then((report) => report.booted);
    await until('it has booted', () => hasBooted().catch(() => false));
    assert.match((await node.kato('process ready all')).text, /not ready: config_redis/);
    await until('the store is started by hand', async () => (await node.kato('process start config_redis')).code === 0);
    await node.ready();
    assert.equal((await node.kato('node setup core api.x.example')).code, 0);
  });
});

describe('a node of 3.2.1', () => {
  proves('exit-zero', async () => {
    const node = modelNode('3.2.1');
    try {
      node.boot();
      const said = await node.kato('process ready all');
      assert.deepEqual([said.text, said.code], ['not ready: config_redis', 0]);
      assert.deepEqual(await node.kato('nonsense'), { text: 'kato: unknown command: kato nonsense', code: 0 });
    } finally {
      await node.remove();
    }
  });
});

describe('a core on another machine (3.6)', () => {
  const nodes: ModelNode[] = [];
  const booted = async (options: Parameters<typeof modelNode>[1] = {}) => {
    const node = modelNode('3.6', options);
    nodes.push(node);
    node.boot();
    await node.ready();
    return node;
  };
  after(() => Promise.all(nodes.map((node) => node.remove())));
  const data = ['/var/stackato/services', '/var/stackato/data', '/home/stackato/stackato/data'];

  proves('core-stores', async () => {
    const old = await booted();
    await old.kato('node setup core api.paas.example.com');
    await old.kato('node setup firstuser -p secret -u ops@example.com ops@example.com Example');
    await old.kato('config set dea_ng hand 7');
    await old.stackato('push shop');
    await old.halt();
    const next = await booted({ address: old.address });
    assert.equal((await next.stackato('apps')).text, '');
    assert.equal(next.sh('stop-supervisord', '/').code, 0);
    for (const folder of data) {
      rmSync(join(next.root, folder), { recursive: true, force: true });
      symlinkSync(join(old.root, folder), join(next.root, folder));
    }
    assert.equal(next.sh('start-supervisord', '/').code, 0);
    await next.ready();
    await next.kato('node setup core api.paas.example.com');
    assert.equal((await next.kato('config get dea_ng hand')).text, '7');
    assert.equal((await next.stackato('apps')).text, 'shop RUNNING');
    assert.match((await next.kato('node setup firstuser -p x -u a@b.c a@b.c Other')).text, /already set up/);
    // Without its volume it does not begin anew.
    rmSync(join(old.root, data[1]!), { recursive: true });
    next.sh('stop-supervisord', '/');
    next.sh('start-supervisord', '/');
    await until('the store cannot start', () => /config_redis +FATAL/.test(next.sh('supervisorctl status', '/').text));
  });
});
