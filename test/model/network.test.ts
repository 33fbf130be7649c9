import assert from 'node:assert/strict';
import { connect, createServer } from 'node:net';
import { after, before, describe, it } from 'node:test';
import { edgesFile, type Reach } from '../../lib/model/connections';
import { until } from '../until';
import { key, type ModelNode, modelNode } from './node';
import { proves } from './proves';

const edgesOf = (node: ModelNode): { settled: boolean; edges: Reach[] } =>
  node.exists(edgesFile) ? JSON.parse(node.read(edgesFile)) : { settled: false, edges: [] };

describe('a cluster on a network (3.6)', () => {
  const nodes: ModelNode[] = [];
  const made = (settings = {}, version = '3.6') => {
    const node = modelNode(version, { settings });
    node.put('/home/stackato/.ssh/config', 'Host 127.*\n  StrictHostKeyChecking no\n');
    node.put('/home/stackato/.ssh/authorized_keys', `${key.public}\n`, 0o600);
    nodes.push(node);
    node.boot();
    return node;
  };
  let [core, data, dea, front]: ModelNode[] = [];
  const say = async (node: ModelNode, line: string, text: RegExp, code = 0) => {
    const said = await node.kato(line);
    assert.match(said.text, text, line);
    assert.equal(said.code, code, `${line}: ${said.text}`);
  };
  before(async () => {
    [core, data, dea, front] = [made(), made(), made(), made()];
    await Promise.all(nodes.map((node) => node.ready()));
    await say(core!, 'node setup core api.paas.example.com', /set up/);
    await say(data!, `node attach -e mysql,redis ${core!.address}`, /attached/);
    await say(dea!, `node attach -e dea ${core!.address}`, /attached/);
  });
  after(() => Promise.all(nodes.map((node) => node.remove())));

  proves('connections', async () => {
    const found = (node: ModelNode, from: string, to: ModelNode, port: number) =>
      edgesOf(node).edges.find((e) => e.from === from && e.to === to.address && e.port === port);
    for (const [node, from, to, port] of [
      [dea, 'kato', core, 4222],
      [dea, 'kato', core, 7474],
      [dea, 'dea_ng', core, 9022],
      [dea, 'dea_ng', core, 8181],
      [dea, 'dea_ng', data, 3306],
      [dea, 'logyard', core, 6464],
      [core, 'router2g', dea, 41000],
      [core, 'router2g', dea, 61000],
      [core, 'cloud_controller_ng', dea, 9022],
      [core, 'cloud_controller_ng', data, 9001],
      [core, 'stackato_rest', data, 9026],
    ] as const)
      await until(
        `${from} of ${node!.address} reaches ${to!.address}:${port}`,
        () => found(node!, from, to!, port)?.ok === true,
      );
    await until('all connections are made', () =>
      [core!, data!, dea!].every((node) => edgesOf(node).settled && edgesOf(node).edges.every((e) => e.ok)),
    );
    // A node to itself is no matter of the network.
    assert.ok(!edgesOf(core!).edges.some((edge) => edge.to === core!.address));
    await say(data!, 'process stop mysql', /^$/);
    await say(dea!, 'process restart dea_ng', /^$/);
    await until('the lack shows', async () =>
      /^dea_ng +RUNNING \(cannot connect to .*:3306: connection refused/m.test((await dea!.kato('process list')).text),
    );
    const lack = found(dea!, 'dea_ng', data!, 3306)!;
    assert.deepEqual([lack.ok, lack.error, lack.facts], [false, 'connection refused', '3.2 H']);
    await say(dea!, 'status', /dea +READY$/m);
    await say(dea!, 'inspect tests connections', /FAILED dea_ng cannot connect/, 1);
    await say(data!, 'process start mysql', /^$/);
    await until('it is reached again', () => found(dea!, 'dea_ng', data!, 3306)?.ok === true);
  });

  proves('instance-ports', async () => {
    const tried = () => edgesOf(dea!).edges.filter((e) => e.to === data!.address && e.why === 'redis instances');
    await until('as shipped', () => tried().some((e) => e.port === 5000 && e.ok));
    await say(data!, 'config set redis_node port_range/min 6000', /^$/);
    await say(data!, 'restart redis', /^$/);
    await until('as configured', () => tried().length === 1 && tried().every((e) => e.port === 6000 && e.ok));
  });

  proves('balancer-alone', async () => {
    await say(front!, `node attach -e load_balancer ${core!.address}`, /set up by: kato node setup load_balancer/, 1);
    await say(front!, 'role add load_balancer', /cannot hold any other role/, 1);
    await say(front!, 'node setup load_balancer', /attached first/, 1);
  });

  proves('balancer', async () => {
    await say(front!, `node attach ${core!.address}`, /with roles base$/);
    await say(front!, 'node setup load_balancer --force', new RegExp(`for routers ${core!.address}$`));
    await say(core!, 'node list', new RegExp(`^${front!.address} +base load_balancer$`, 'm'));
    await say(core!, 'status --all', new RegExp(`^${front!.address}\n {4}base +READY\n {4}load_balancer +READY`, 'm'));
    await say(front!, `node setup load_balancer ${core!.address} 127.9.9.9`, /for routers .* 127\.9\.9\.9$/);
    await say(front!, 'config get nginx_load_balancer routers', /- 127\.9\.9\.9$/);
    await until('it reaches the router', () =>
      edgesOf(front!).edges.some((e) => e.from === 'nginx_load_balancer' && e.port === 443 && e.ok),
    );
  });

  proves('balancer-force', async () => {
    await say(front!, `node attach -e router ${core!.address}`, /attached/);
    await say(front!, 'node setup load_balancer', /cannot hold any other role: router; --force removes them/, 1);
    await say(front!, 'node setup load_balancer --force', /set up/);
  });

  proves('attach-no-start', async () => {
    await say(front!, `node attach -s -e memcached ${core!.address}`, /attached/);
    await say(front!, 'status', new RegExp(`^${front!.address}\n {4}base +STOPPED\n {4}memcached +STOPPED$`, 'm'));
    await say(front!, 'start', /^$/);
    await say(front!, 'status', /memcached +READY/);
  });

  proves('detach', async () => {
    await say(front!, 'node detach', /detached/);
    assert.doesNotMatch((await core!.kato('node list')).text, new RegExp(front!.address));
    await say(front!, 'status', /base +STOPPED/);
    await say(front!, `node attach -e memcached ${core!.address}`, /attached/);
    await say(front!, 'node detach -s', /detached/);
    await say(front!, 'status', /base +READY/);
  });

  proves('bus', async () => {
    const talk = (said: string) =>
      new Promise<string>((resolve, reject) => {
        const socket = connect({ host: core!.address, port: 4222 });
        let text = '';
        socket.once('error', reject);
        socket.on('data', (part) => {
          text += part.toString();
          if (/\n[\s\S]*\n/.test(text)) socket.end();
        });
        socket.once('close', () => resolve(text));
        socket.write(said);
      });
    assert.match(
      await talk('CONNECT {}\r\nPUB health.scale 4\r\nPING\r\nPING\r\n'),
      /^INFO \{"server_id".*\}\r\nPONG\r\n/,
    );
    assert.match(await talk('GET / HTTP/1.1\r\n\r\n'), /^INFO .*\r\n-ERR 'Unknown Protocol Operation'\r\n$/);
  });

  proves('extra-controller', async () => {
    await say(core!, 'process stop postgresql', /^$/);
    await front!.kato(`node attach -e controller ${core!.address}`);
    await say(front!, 'status', /controller +FATAL .*cannot connect to the core's PostgreSQL at [\d.]+:5432/, 1);
    await say(core!, 'process start postgresql', /^$/);
    await say(front!, 'start controller', /^$/);
    await say(front!, 'status', /controller +READY/);
  });

  proves('licence-memory', async () => {
    const big = made({ memory: 3 });
    const bigger = made({ memory: 17 });
    await Promise.all([big.ready(), bigger.ready()]);
    await say(big, `node attach -e dea ${core!.address}`, /attached/);
    await say(bigger, `node attach -e dea ${core!.address}`, /licence allows 4 GB of memory, .* have 20 GB/, 1);
    await say(core!, 'license set free-key', /^$/);
    await say(core!, 'license enable', /^$/);
    await say(bigger, `node attach -e dea ${core!.address}`, /attached/);
    await bigger.remove();
    await big.remove();
    await say(core!, `node remove -s ${big.address} ${bigger.address}`, /removed\n.*removed/);
  });

  it('imports from an old core, whatever nodes it has besides', async () => {
    const [fresh, edge] = [made(), made()];
    await Promise.all([fresh.ready(), edge.ready()]);
    await say(edge, `node attach -e router ${core!.address}`, /attached/);
    await say(fresh, 'role add redis', /redis/);
    await say(fresh, 'node setup firstuser -p secret ops@example.com Example', /set up/);
    await say(core!, 'config set dir_server mark moved', /^$/);
    await say(fresh, `data import --cluster ${core!.address}`, /imported/);
    await say(fresh, 'config get dir_server mark', /^moved$/);
    await say(core!, 'data export --cluster /home/stackato/all.tgz', /exported/);
    fresh.copy(core!, '/home/stackato/all.tgz');
    await say(fresh, 'data import --cluster /home/stackato/all.tgz', /imported/);
    await edge.remove();
    await fresh.remove();
    await say(core!, `node remove -s ${edge.address}`, /removed/);
  });

  proves('retire', async () => {
    await say(core!, `node retire -n ${dea!.address}`, /dea of [\d.]+ retired/);
    await say(dea!, 'status', /dea +STOPPED/);
    await say(core!, 'node retire', /has no dea to retire/, 1);
    await say(dea!, 'start dea', /^$/);
  });

  proves('core-away', async () => {
    const patient = made({ away: 1 });
    await patient.ready();
    await say(patient, `node attach -e memcached ${core!.address}`, /attached/);
    await core!.halt();
    await until('what ran gives up', async () =>
      /^memcached_node +FATAL \(lost the core\)/m.test((await patient.kato('process list')).text),
    );
    await patient.kato('process restart systail');
    await until('what starts hangs', async () =>
      /^systail +STARTING \(the core did not answer/m.test((await patient.kato('process list')).text),
    );
    core!.boot();
    await core!.ready();
    // One that is started until it runs shows that the node has its core again.
    await until('what is started by hand runs', async () => {
      const [, own = ''] = /^(docker_events .*)$/m.exec((await patient.kato('process list')).text) ?? [];
      if (/FATAL|did not answer/.test(own)) await patient.kato('process restart docker_events');
      return / RUNNING/.test(own);
    });
    await say(patient, 'process list', /^memcached_node +FATAL/m);
    await say(patient, 'process list', /^systail +STARTING/m);
  });

  proves('core-back', async () => {
    const patient = nodes.at(-1)!;
    await say(patient, 'start', /^$/);
    await say(patient, 'process list', /^memcached_node +RUNNING/m);
    await say(patient, 'process list', /^systail +STARTING/m);
    await say(patient, 'restart', /^$/);
    await say(patient, 'process list', /^systail +RUNNING/m);
    // Who bears with the core for longer came back by itself.
    await say(data!, 'process list', /^mysql_node +RUNNING/m);
  });

  proves('migrate', async () => {
    const before = core!.address;
    await core!.halt();
    core!.move();
    core!.boot();
    await core!.ready();
    await say(core!, `node migrate 127.0.0.9 ${core!.address}`, /the MBUS IP is/, 1);
    await say(core!, `node migrate ${before} ${core!.address}`, /migrated/);
    await core!.ready();
    await say(core!, 'config get cluster mbusip', new RegExp(`^${core!.address}$`));
    assert.match(core!.read('/etc/hosts'), new RegExp(`^${core!.address} paas`, 'm'));
    await say(data!, `node migrate ${before} ${core!.address}`, /migrate the core; here: kato node attach/, 1);
  });

  proves('attach-again', async () => {
    await say(data!, `node attach ${core!.address}`, /with roles base mysql redis$/);
    await say(data!, 'config get cluster mbusip', new RegExp(`^${core!.address}$`));
    await say(data!, `node reattach ${core!.address}`, /unknown command/, 1);
  });
});

describe('a cluster before 3.4', () => {
  const nodes: ModelNode[] = [];
  const made = (version: string) => {
    const node = modelNode(version);
    nodes.push(node);
    node.boot();
    return node;
  };
  let [core, data]: ModelNode[] = [];
  before(async () => {
    [core, data] = [made('3.0.1'), made('3.0.1')];
    await Promise.all(nodes.map((node) => node.ready()));
  });
  after(() => Promise.all(nodes.map((node) => node.remove())));

  proves('attach-crash', async () => {
    assert.match((await data!.kato(`node attach ${core!.address}`)).text, /^kato: unhandled exception: cannot connect/);
  });

  proves('first-user-controllers', async () => {
    await core!.kato('node setup core api.paas.example.com');
    assert.match((await data!.kato(`node attach -e controller ${core!.address}`)).text, /attached/);
    const line = 'node setup firstuser -p secret ops@example.com Example';
    assert.match((await core!.kato(line)).text, /could not be created: more than one controller/);
    await data!.kato('role remove controller');
    assert.match((await core!.kato(line)).text, /set up/);
  });

  proves('migrate-all', async () => {
    const before = core!.address;
    await core!.halt();
    core!.move();
    core!.boot();
    await core!.ready();
    assert.match((await core!.kato(`node migrate ${before} ${core!.address}`)).text, /migrated/);
    assert.match((await data!.kato(`node migrate ${before} ${core!.address}`)).text, /migrated/);
    await until(
      'the other is with the core',
      async () => (await data!.kato('config get cluster mbusip')).text === core!.address,
    );
  });

  proves('retire-sudo', async () => {
    const line = `node retire -n ${data!.address}`;
    await data!.kato('role add dea');
    data!.put('/etc/sudoers', '');
    assert.match(
      (await core!.kato(line)).text,
      /^\[sudo\] password for stackato: \nkato: sudo: no password was given$/,
    );
    data!.put('/etc/sudoers', 'stackato ALL=(ALL) NOPASSWD: ALL\n');
    assert.match((await core!.kato(line)).text, /dea of [\d.]+ retired/);
  });

  proves('remove-hangs', async () => {
    await data!.halt();
    // It hangs for 0.2 s here: whatever the machine does, what is due sooner comes first.
    const sooner = new Promise((resolve) => setTimeout(resolve, 100, 'sooner'));
    const removed = core!.kato(`node remove ${data!.address}`);
    assert.equal(await Promise.race([removed, sooner]), 'sooner');
    assert.match((await removed).text, /removed/);
    assert.match((await core!.kato('node remove 127.0.0.8 127.0.0.9')).text, /too many arguments/);
  });

  proves('store-port', async () => {
    const reached = async (version: string, port: number) => {
      const server = createServer();
      const node = modelNode(version);
      nodes.push(node);
      node.boot();
      await node.ready();
      await node.kato(version === '2.6' ? 'setup core api.x.example' : 'node setup core api.x.example');
      const taken = new Promise<boolean>((resolve) => {
        server.once('error', () => resolve(true));
        server.listen(port, node.address, () => resolve(false));
      });
      const result = await taken;
      server.close();
      return result;
    };
    assert.deepEqual(await Promise.all([reached('3.0', 7474), reached('2.10', 8046), reached('2.6', 8046)]), [
      true,
      true,
      true,
    ]);
    assert.equal(await reached('2.10', 7474), false);
  });
});
