import assert from 'node:assert/strict';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { synthesizeTarget } from '../../bin/synthesize';
import { run } from '../../bin/verbs/rehearse';
import type { OpenstackApi } from '../../lib/cloud-api/openstack/api';
import type { RehearsalResult } from '../../lib/rehearsal/contract';
import type { NodeSource } from '../../lib/rehearsal/source/source';
import { openstackSynth } from '../../lib/rehearsal/source/synth-openstack';
import { readResources } from '../../lib/rehearsal/source/synth-resources';
import { collectedIo } from '../collected-io';
import { make, makeNet, type Net, settle } from './openstack-cluster';

type Made = readonly [service: 'compute' | 'network' | 'volume', path: string];

/**
 * Puts the example's nodes into the practice cloud that is up, by API as the provider would, and boots what Nova gives back.
 * No test file of its own: there is one such cloud at a time.
 */
export async function rehearsed(api: OpenstackApi): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'stackato-boot-'));
  const made: Made[] = [];
  try {
    const file = join(folder, 'boot.yaml');
    writeFileSync(file, readFileSync('stacks/mvp.yaml', 'utf8').replace('name: mvp', 'name: boot'));
    const where = { cloud: 'openstack', outdir: join(folder, 'out') };
    const io = collectedIo({ json: true, signal: AbortSignal.timeout(300_000) });
    const target = await synthesizeTarget(file, where, io);
    const { nodes } = openstackSynth(readResources(target.dir));
    const net = await makeNet(api, 'boot', '10.0.0.0/16');
    made.push(['network', `/networks/${net.id}`]);
    await Promise.all(nodes.map((node) => putNode(api, net, node, made)));

    const code = await run([file], { ...where, from: 'deployed', twice: true, limit: 150 }, io);
    const result = JSON.parse(io.text()) as RehearsalResult;
    const problems = result.nodes.map((n) => `${n.name}: ${n.problems.join('; ')}\n${n.log ?? ''}`);
    assert.equal(code, 0, problems.join('\n'));
    assert.deepEqual(
      result.nodes.map((n) => [n.name, n.address]),
      nodes.map((n) => [n.name, n.address]),
    );
    assert.deepEqual(result.nodes.find((n) => n.name === 'dea-1')?.roles, ['base', 'dea']);
    for (const { userData } of nodes) assert.ok(!userData.includes('rehearsed'), 'a value stands in user data');
    assert.ok(!existsSync('/var/lib/stackato-node'), 'files were delivered to this machine, not to a node');
  } finally {
    rmSync(folder, { recursive: true, force: true });
    for (const one of made.reverse()) await remove(api, one);
  }
}

/** Deletes a thing and waits until it is gone: what it holds on to comes next. */
async function remove(api: OpenstackApi, [service, path]: Made): Promise<void> {
  for (const end = Date.now() + 60_000; Date.now() < end && (await api.find(service, path)); await sleep(500)) {
    // refused while it goes already, or while a server that goes still has it
    await api.call(service, 'DELETE', path).catch(() => undefined);
  }
}

async function putNode(api: OpenstackApi, net: Net, node: NodeSource, made: Made[]): Promise<void> {
  const fixed_ips = [{ subnet_id: net.subnetId, ip_address: node.address }];
  const name = `boot-${node.name}`;
  const port = await make(api, 'network', '/ports', 'port', { name, network_id: net.id, fixed_ips });
  made.push(['network', `/ports/${port.id}`]);
  const [flavor] = (await api.list('compute', '/flavors', 'flavors')).filter((one) => one['name'] === 'm1.tiny');
  const [image] = await api.list('image', '/images?name=debian-12', 'images');
  const server = await make(api, 'compute', '/servers', 'server', {
    name,
    flavorRef: flavor?.['id'],
    imageRef: image?.['id'],
    networks: [{ port: port.id }],
    user_data: node.userData.toString('base64'),
    metadata: { 'stackato:cluster': 'boot', 'stackato:node': node.name },
  });
  made.push(['compute', `/servers/${server.id}`]);
  await settle(api, 'compute', `/servers/${server.id}`, 'server', 'ACTIVE');
  for (const { gib } of node.disks) {
    const volume = await make(api, 'volume', '/volumes', 'volume', { name, size: gib });
    made.unshift(['volume', `/volumes/${volume.id}`]);
    await settle(api, 'volume', `/volumes/${volume.id}`, 'volume', 'available');
    const attachment = { volumeAttachment: { volumeId: volume.id } };
    await api.call('compute', 'POST', `/servers/${server.id}/os-volume_attachments`, attachment);
    await settle(api, 'volume', `/volumes/${volume.id}`, 'volume', 'in-use');
  }
}
