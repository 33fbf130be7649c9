import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { type ModelNode, modelNode } from '../model/node';
import { until } from '../until';
import { line, session } from './seed';

// Seed 003, "Deploying and Scaling Stackato Private PaaS on Open Cloud System" (January 2013, grammar of 2.2-2.6): an MVP
// cluster of one CloudController node, one Services node and two DEA nodes, set up by hand; then the autoscaling template.
describe('seed 003: a cluster by hand, and autoscaling', () => {
  const nodes: ModelNode[] = [];
  const made = (from?: ModelNode) => {
    const node = modelNode('2.6', from ? { from } : {});
    nodes.push(node);
    node.boot();
    return node;
  };
  let [core, services, dea, second, template]: ModelNode[] = [];
  before(async () => {
    [core, services, dea, second] = [made(), made(), made(), made()];
    await Promise.all(nodes.map((node) => node.ready()));
  });
  after(() => Promise.all(nodes.map((node) => node.remove())));

  describe('"log into the VMs, assign roles": the core', () => {
    session(
      () => core!,
      [
        line('ssh stackato@208.75.128.166'),
        line('kato rename 208.75.128.166.xip.io', /^node renamed to 208\.75\.128\.166\.xip\.io$/),
        line('kato disable mdns', /^roles of [\d.]+: base cloud_controller health_manager router/),
        line('sudo reboot'),
        line(
          'kato setup core api.208.75.128.166.xip.io',
          /^core node [\d.]+ set up .*endpoint api\.208\.75\.128\.166\.xip\.io$/,
        ),
        line('kato enable stager', / stager$/),
      ],
    );
    it('kept its name over the reboot, and no mdns', async () => {
      assert.equal(core!.read('/etc/hostname'), '208.75.128.166.xip.io\n');
      assert.doesNotMatch((await core!.kato('info')).text.split('Available')[0]!, /mdns/);
    });
  });

  describe('"On each non-core node"', () => {
    for (const which of ['first', 'second'])
      it(`$ kato attach -e dea 10.0.5.6 (the core's address), the ${which}`, async () => {
        const node = which === 'first' ? dea! : second!;
        assert.match(
          (await node.kato(`attach -e dea ${core!.address}`)).text,
          /attached to [\d.]+ with roles base dea$/,
        );
      });
  });

  describe('"On data-services node"', () => {
    it("$ kato attach -e data-services 10.0.5.6 (the core's address)", async () => {
      assert.match(
        (await services!.kato(`attach -e data-services ${core!.address}`)).text,
        /with roles base mysql postgresql redis mongodb rabbit memcached filesystem$/,
      );
    });
    it('"We now had a MVP Stackato Private PaaS cluster"', async () => {
      const status = (await core!.kato('status')).text;
      for (const node of nodes)
        assert.match(status, new RegExp(`^${node.address}\\n( {4}.*\\n)* {4}logyard +RUNNING$`, 'm'));
      assert.doesNotMatch(status, /FATAL|STARTING|no answer/);
    });
  });

  describe('"we created a DEA template", on a fresh VM', () => {
    before(async () => {
      template = made();
      await template.ready();
    });
    it('$ kato attach -e dea CORE_IP {joins the node to the cluster}', async () => {
      assert.match((await template!.kato(`attach -e dea ${core!.address}`)).text, /with roles base dea$/);
    });
    session(() => template!, [line('touch /home/stackato/.stackato-dea-template'), line('sudo poweroff')]);
  });

  describe('"ssh back into the Core Node of the cluster to enable auto-scaling"', () => {
    session(
      () => core!,
      [
        line('stackato ssh api'),
        line("kato config --json health_manager enable_autoscaling 'true'"),
        line('kato restart health_manager'),
        line('kato config --json cloud_controller primary_scaling_platform \'"openstack"\''),
        line(
          'kato config --json cloud_controller openstack_config \'"/home/stackato/stackato/etc/openstack_config.yml"\'',
        ),
        line('kato restart cloud_controller health_manager'),
        line('kato config health_manager enable_autoscaling', /^true$/),
        line('kato config cloud_controller primary_scaling_platform', /^openstack$/),
      ],
    );
  });

  it('"spin up more resources": an instance of the template joins by itself', async () => {
    const scaled = made(template);
    await scaled.ready();
    await until('the core knows it', async () =>
      new RegExp(`^${scaled.address}\n( {4}\\w+ +RUNNING\n)+ {4}dea +RUNNING$`, 'm').test(
        (await core!.kato('status')).text,
      ),
    );
  });

  it('later versions refuse these words', async () => {
    const recent = modelNode('3.6');
    try {
      for (const words of [
        'rename x.example',
        'disable mdns',
        'setup core api.x.example',
        'enable stager',
        'attach -e dea 10.0.5.6',
      ])
        assert.match(
          (await recent.kato(words)).text,
          /unknown command: kato .* in 3\.6 \(it exists in versions before 2\.8\)/,
        );
    } finally {
      await recent.remove();
    }
  });
});
