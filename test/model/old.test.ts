import assert from 'node:assert/strict';
import { after, describe, it } from 'node:test';
import { until } from '../until';
import { type ModelNode, modelNode } from './node';
import { proves } from './proves';

describe('nodes of 2.x', () => {
  const nodes: ModelNode[] = [];
  const made = async (version: string, from?: ModelNode) => {
    const node = modelNode(version, from ? { from } : {});
    nodes.push(node);
    node.boot();
    await node.ready();
    return node;
  };
  after(() => Promise.all(nodes.map((node) => node.remove())));
  const say = async (node: ModelNode, line: string, text: RegExp, stdin?: string) =>
    assert.match((await node.kato(line, stdin)).text, text, line);

  proves('old-roles', async () => {
    const [flat, late, three] = await Promise.all([made('2.6'), made('2.10.6'), made('3.0')]);
    await say(flat, 'info', /cloud_controller\n {4}health_manager\n {4}router\n {4}dea\n {4}prealloc\n {4}stager\n/);
    await say(flat, 'enable rabbit3', /unknown role: rabbit3/);
    await say(late, 'info', /primary\n {4}controller\n {4}router\n {4}dea\n {4}prealloc\n {4}stager\n/);
    await say(three, 'role add stager', /unknown role: stager/);
    await say(three, 'role add rabbit3', / rabbit3 /);
  });

  proves('micro-services', async () => {
    const [flat, late, three] = nodes;
    const recent = await made('3.4.2');
    const on = async (node: ModelNode) => (await node.kato('info')).text.split('Available')[0]!;
    for (const node of [flat!, late!])
      for (const name of ['mysql', 'postgresql', 'redis', 'mongodb', 'rabbit', 'memcached', 'filesystem'])
        assert.match(await on(node), new RegExp(`^ {4}${name}$`, 'm'));
    assert.doesNotMatch(await on(late!), /harbor/);
    // Taken up by the test before this one: rabbit3.
    assert.match(await on(three!), /dea\n {4}mysql\n {4}rabbit3\n {4}filesystem\n$/);
    assert.match(await on(recent), /dea\n {4}mysql\n {4}postgresql\n {4}filesystem\n$/);
  });

  proves('flat-status', async () => {
    const [flat, late] = nodes;
    await say(flat!, 'status', /^ {4}stager +RUNNING$/m);
    await say(flat!, 'status -j', /"stager": \{\n *"state": "RUNNING"/);
    assert.doesNotMatch((await flat!.kato('status')).text, /READY/);
    await say(late!, 'status', /^ {4}stager +READY$/m);
  });

  proves('components', async () => {
    const [flat, late, three] = nodes;
    await say(flat!, 'config cloud_controller_ng maintenance_mode true', /unknown component: cloud_controller_ng/);
    await say(late!, 'config set cloud_controller_ng maintenance_mode true', /unknown component: cloud_controller_ng/);
    await say(late!, 'config set cloud_controller maintenance_mode true', /^$/);
    await say(three!, 'config set cloud_controller maintenance_mode true', /unknown component: cloud_controller$/);
    await say(three!, 'config set cloud_controller_ng maintenance_mode true', /^$/);
    await say(three!, 'config get logyard_sieve', /unknown component/);
  });

  proves('config-node', async () => {
    const [, late, three] = nodes;
    await say(late!, 'config set dea max_memory 4096', /^$/);
    await say(late!, 'config set --node 10.0.0.9 dea max_memory 8192', /^$/);
    await say(late!, 'config get dea max_memory', /^4096$/);
    await say(late!, 'config get --node 10.0.0.9 dea max_memory', /^8192$/);
    await say(late!, 'config get --node 10.0.0.8 dea max_memory', /^4096$/);
    await say(late!, 'config del --node 10.0.0.9 dea max_memory', /^$/);
    await say(late!, 'config get --node 10.0.0.9 dea max_memory', /^4096$/);
    await say(three!, 'config set --node 10.0.0.9 dea_ng max_memory 1', /unknown option --node/);
  });

  proves('old-restart', async () => {
    const [flat, late, three] = nodes;
    await say(flat!, 'restart cloud_controller health_manager', /^$/);
    await say(late!, 'restart postgresql_node', /^$/);
    await say(late!, 'restart cloud_controller health_manager', /^$/);
    await say(late!, 'stop -a', /^$/);
    await say(late!, 'start', /^$/);
    await say(three!, 'restart postgresql_node', /unknown role: postgresql_node/);
  });

  proves('flat-config', async () => {
    const node = nodes[0]!;
    await say(node, `config --json cluster x/y '"text"'`, /^$/);
    await say(node, 'config cluster x/y', /^text$/);
    await say(node, 'config --json cluster x/y text', /not JSON/);
    await say(node, 'debug lsdoozer', /^ {2}x:\n {4}y: text$/m);
  });

  proves('admin-grant', async () => {
    const [flat, late, three] = nodes;
    await say(flat!, 'admin grant ops@example.com', /^$/);
    await say(flat!, 'config cloud_controller admins', /^- ops@example\.com$/);
    await say(late!, 'admin grant ops@example.com', /^$/);
    await say(three!, 'admin grant ops@example.com', /unknown command: kato admin grant in 3\.0/);
  });

  proves('custom-role-old', async () => {
    const node = nodes[1]!;
    await say(node, 'role add echo', /unknown role: echo/);
    const folder = '/home/stackato/stackato/etc/kato';
    node.put(`${folder}/roles.yml`, 'echo:\n  max_per_cluster: 1\n  processes:\n    - echo_node\n    - echo_gateway\n');
    node.put(
      `${folder}/processes.yml`,
      'echo_node:\n  config_origin: doozer\necho_gateway:\n  config_origin: doozer\n',
    );
    await say(node, 'role add echo', / echo$/);
    await say(node, 'process list echo_node', /^echo_node +RUNNING$/);
  });

  proves('cardinality', async () => {
    const [core, second] = [nodes[1]!, await made('2.10.6', nodes[1])];
    await say(core, 'node setup core api.paas.example.com', /set up/);
    await say(core, 'role add echo', / echo$/);
    await say(second, 'role remove echo', /roles of/);
    await say(
      second,
      `node attach -e echo ${core.address}`,
      new RegExp(`echo is on ${core.address}; at most 1 in a cluster`),
    );
    await say(second, `node attach -e redis ${core.address}`, /attached/);
    await say(second, 'role add echo', /at most 1 in a cluster/);
  });

  proves('balancer-asks', async () => {
    const [core, front] = await Promise.all([made('2.10.6'), made('2.10.6')]);
    await say(core, 'node setup core api.paas.example.com', /set up/);
    await say(front, `node attach -e router ${core.address}`, /with roles base router$/);
    await say(front, 'node setup load_balancer --force', /unknown option --force/);
    await say(front, 'node setup load_balancer', /^Router IPs: \nkato: no routers were given$/);
    await say(front, `node setup load_balancer ${core.address}`, /load balancer .* set up/);
    await say(core, 'node list', new RegExp(`^${front.address} +base load_balancer$`, 'm'));
  });

  proves('template', async () => {
    const [core, dea] = await Promise.all([made('2.6'), made('2.6')]);
    await say(core, 'setup core api.paas.example.com', /set up/);
    await say(dea, `attach -e dea ${core.address}`, /attached/);
    dea.put('/home/stackato/.stackato-dea-template', '');
    await dea.halt();
    const copy = await made('2.6', dea);
    await until('the core knows the copy', async () => (await core.kato('status')).text.includes(copy.address));
  });

  for (const version of ['2.2', '2.4', '2.8']) {
    it(`of ${version} form a cluster too`, async () => {
      const old = version !== '2.8';
      const [core, data] = await Promise.all([made(version), made(version)]);
      await say(core, `${old ? '' : 'node '}setup core api.paas.example.com`, /core node .* set up/);
      await say(data, `${old ? '' : 'node '}attach -e data-services ${core.address}`, /attached/);
      const shown = old ? '( {4}\\w+ +RUNNING\n)* {4}mysql_node +RUNNING' : ' {4}base +READY\n {4}mysql +READY';
      await say(core, 'status', new RegExp(`^${data.address}\n${shown}$`, 'm'));
    });
  }
});
