import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { key, type ModelNode, modelNode } from '../model/node';
import { line, session } from './seed';

// Seed 001, "Architectural Design" (3.6): roles, what each is made of, and groups of them.
describe('seed 001: architectural design', () => {
  let core: ModelNode;
  let node: ModelNode;
  before(async () => {
    [core, node] = [modelNode('3.6'), modelNode('3.6')];
    core.boot();
    node.boot();
    await Promise.all([core.ready(), node.ready()]);
  });
  after(() => Promise.all([core.remove(), node.remove()]));
  const said = async (on: ModelNode, typed: string) => (await on.kato(typed)).text;

  it('"a stand-alone micro cloud virtual machine with all the components"', async () => {
    const roles = await said(node, 'info');
    for (const role of ['base', 'primary', 'controller', 'router', 'dea', 'mysql', 'postgresql', 'filesystem'])
      assert.match(roles, new RegExp(`Assigned roles[^]* ${role}\\n[^]*Available roles`));
  });
  it('"The DEA role is comprised of a number of processes"', async () => {
    const list = await said(node, 'process list dea_ng dir_server fence apptail');
    assert.equal(list.match(/RUNNING$/gm)?.length, 4, list);
  });
  it('base: "This role cannot be disabled on any node"', async () => {
    assert.match(await said(node, 'role remove base'), /cannot be added or removed/);
  });
  it('"Every cluster must include exactly one Primary role"', async () => {
    await core.kato('node setup core api.paas.example.com');
    assert.match(await said(core, 'role remove primary'), /exactly one in a cluster/);
    assert.match(await said(node, `node attach -e primary ${core.address}`), /exactly one in a cluster/);
  });
  it('"The Router role must be run along with the Primary"', async () => {
    assert.match(await said(core, 'role remove router'), /router must stay on the core/);
  });
  it('"the Controller role must run on the core node"', async () => {
    assert.match(await said(core, 'role remove controller'), /controller must stay on the core/);
  });
  it('"all nodes performing other roles are attached to the MBUS IP of the core node"', async () => {
    core.put('/home/stackato/.ssh/authorized_keys', `${key.public}\n`, 0o600);
    node.put('/home/stackato/.ssh/config', 'Host *\n  StrictHostKeyChecking no\n');
    assert.match(await said(node, `node attach -e dea ${core.address}`), /attached/);
    assert.match(await said(node, 'info'), new RegExp(`^MBUS IP: ${core.address}$`, 'm'));
  });

  describe('"the data-services group provides all databases plus RabbitMQ and the filesystem service"', () => {
    session(
      () => node,
      [line('kato role add data-services', /base dea mysql postgresql redis mongodb rabbit memcached filesystem$/)],
    );
  });
  describe('"Additional groups can be defined by administrators in /s/etc/kato/role_groups.yml"', () => {
    before(() => node.put('/home/stackato/stackato/etc/kato/role_groups.yml', 'edge:\n  - router\n  - harbor\n'));
    session(() => node, [line('kato role add edge', / router dea .*harbor$/)]);
  });
});
