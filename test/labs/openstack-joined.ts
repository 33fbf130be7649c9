import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import * as destroy from '../../bin/verbs/destroy';
import { type OpenstackObject, object, objects, text } from '../../lib/cloud-api/openstack/api';
import { findOpenstackOrphans } from '../../lib/cloud-api/openstack/orphans';
import { type Applied, addressesOf, attachedTo, type LabUnderTest, serversOf, volumesOf } from './openstack-applied';
import { make, type Net } from './openstack-cluster';
import { deployed, practice, refused } from './openstack-verbs';
import { call } from './verbs';

/** Clusters in networks of others: the project's own, with a router and a name like the cluster's, and an operator's. */
export function joinedClusters({ lab, real }: Applied): void {
  let office: Office;
  let provider: Net;

  real('joins a network that is there: no node gets the address of the core before it', async () => {
    office = await makeOffice(lab);
    const gateway = await refused(officeYaml(office, (y) => y.replace('10.9.0.10', '10.9.0.1')));
    assert.match(gateway, /address 10\.9\.0\.1 is the gateway of subnet/);
    assert.equal((await serversOf(lab, 'office')).size, 0);
    await deployed(officeYaml(office));
    const nodes = await serversOf(lab, 'office');
    const all = [...nodes.values()].map((one) => addressesOf(one)[0]).sort();
    assert.deepEqual(all, ['10.9.0.10', '10.9.0.11', '10.9.0.12']);
    const [inside, outside] = addressesOf(nodes.get('core'));
    assert.equal(inside, '10.9.0.10');
    assert.match(outside ?? '', /^203\.0\.113\./);
    assert.deepEqual(outputs('office')['core'], { inside, outside, machine: nodes.get('core')?.['id'] });
  });

  real('boots from volumes made of the image, and keeps its data on another', async () => {
    const nodes = await serversOf(lab, 'office');
    const roots = await rootsOf(lab, nodes);
    assert.deepEqual(
      [...roots.values()].map((one) => [one?.['size'], one?.['bootable'], deviceOf(one)]),
      Array(3).fill([60, 'true', '/dev/vda']),
    );
    const disk = (await volumesOf(lab, 'office')).get('office-data-1');
    assert.deepEqual([disk?.['size'], deviceOf(disk)], [30, '/dev/vdb']);
    assert.equal(attachedTo(disk), text(nodes.get('data-1')?.['id']));

    await deployed(
      officeYaml(office, (y) => y.replace('antiAffinity:', 'images: { data: debian-12 }\n    antiAffinity:')),
    );
    const anew = await serversOf(lab, 'office');
    const kept = (await volumesOf(lab, 'office')).get('office-data-1');
    assert.deepEqual([kept?.['id'], attachedTo(kept)], [disk?.['id'], text(anew.get('data-1')?.['id'])]);
    assert.equal(addressesOf(anew.get('data-1'))[0], addressesOf(nodes.get('data-1'))[0]);
    const now = await rootsOf(lab, anew);
    for (const node of ['core', 'data-1', 'dea-1']) {
      assert.equal(now.get(node)?.['id'] === roots.get(node)?.['id'], node !== 'data-1', node);
    }
    const old = text(roots.get('data-1')?.['id']);
    assert.equal(await lab.demo().find('volume', `/volumes/${old}`), undefined);
  });

  real('says that hosts are too few for nodes that must be apart, and goes on with fewer', async () => {
    const groups = await lab.demo().list('compute', '/os-server-groups', 'server_groups');
    const ours = groups.filter((one) => text(one['name']).startsWith('office-'));
    assert.deepEqual(
      ours.map((one) => [one['name'], one['policies']]).sort(),
      ['data', 'dea'].map((pool) => [`office-${pool}`, ['anti-affinity']]),
    );
    await lab.demo().call('network', 'PUT', `/subnets/${office.subnetId}`, {
      subnet: { allocation_pools: [{ start: '10.9.0.10', end: '10.9.0.40' }] },
    });
    const words = await refused(officeYaml(office, (y) => y.replace('roles: [dea],', 'roles: [dea], count: 2,')));
    assert.match(words, /server office-dea-2 is in ERROR; Nova says: No valid host was found/);
    assert.match(words, /nodes of a pool must be on different hosts \(antiAffinity: hard\): .* or antiAffinity: soft/);
    assert.match(words, /the state is kept/);
    assert.match((await deployed(officeYaml(office))).steps(), /deploying {2}2 destroyed/);
    assert.deepEqual([...(await serversOf(lab, 'office')).keys()].sort(), ['core', 'data-1', 'dea-1']);
  });

  real('is destroyed without its root disks, and leaves the network with all that is in it', async () => {
    const roots = await rootsOf(lab, await serversOf(lab, 'office'));
    const { exit, io, words } = await call(destroy, [officeYaml(office)], { ...practice, includingData: true });
    assert.equal(exit, 0, words || io.messages());
    assert.match(io.text(), /destroyed: \d+ resources of office\n?$/);
    for (const root of roots.values()) {
      assert.equal(await lab.demo().find('volume', `/volumes/${text(root?.['id'])}`), undefined);
    }
    const left = await findOpenstackOrphans(lab.demo(), 'office', new Set());
    assert.deepEqual(left.map(({ kind, id }) => [kind, id]).sort(), [
      ['network', office.id],
      ['router', office.routerId],
      ['subnet', office.subnetId],
    ]);
    const ports = await lab.demo().list('network', `/ports?network_id=${office.id}`, 'ports');
    assert.deepEqual(
      ports.map((one) => one['device_id']),
      [office.routerId],
    );
    await removeOffice(lab, office);
  });

  real('stands in a network of the operator, whose addresses Neutron chooses, without floating ones', async () => {
    provider = await makeProvider(lab);
    const before = (await lab.demo().list('network', '/floatingips', 'floatingips')).length;
    const words = await refused(providerYaml(provider, 'coreAddress: 198.51.100.60'));
    assert.match(words, /the network belongs to another project, .*: remove coreAddress/);
    await deployed(providerYaml(provider));
    const nodes = await serversOf(lab, 'street');
    const where = [...nodes].map(([node, one]) => [node, addressesOf(one)] as const);
    for (const [node, addresses] of where) {
      assert.equal(addresses.length, 1, node);
      assert.match(addresses[0]!, /^198\.51\.100\./);
    }
    assert.equal((await lab.demo().list('network', '/floatingips', 'floatingips')).length, before);
    const expected = where.map(([node, [inside]]) => [node, { inside, machine: nodes.get(node)?.['id'] }]);
    assert.deepEqual(outputs('street'), Object.fromEntries(expected));
    const core = addressesOf(nodes.get('core'))[0];
    const asAdmin = await lab.admin().call('compute', 'GET', `/servers/${text(nodes.get('dea-1')?.['id'])}`);
    const data = text(object(asAdmin['server'])['OS-EXT-SRV-ATTR:user_data']);
    assert.match(Buffer.from(data, 'base64').toString(), new RegExp(`^CORE='${core}'$`, 'm'));

    // a change of the core's port does not make its address unknown, and so the nodes anew
    const tags = await deployed(providerYaml(provider, '', '    tags: { department: x }\n'));
    assert.doesNotMatch(tags.steps(), /made|destroyed/);
  });

  real('leaves that network too', async () => {
    const { exit, io, words } = await call(destroy, [providerYaml(provider)], { ...practice, includingData: true });
    assert.equal(exit, 0, words || io.messages());
    assert.deepEqual(await findOpenstackOrphans(lab.demo(), 'street', new Set()), []);
    const ports = await lab.admin().list('network', `/ports?network_id=${provider.id}`, 'ports');
    assert.deepEqual(ports, []);
    await lab.admin().call('network', 'DELETE', `/networks/${provider.id}`);
  });
}

interface Office extends Net {
  readonly routerId: string;
}

/** A network of the project's, with three addresses, the core's among them, for three nodes. */
async function makeOffice(lab: LabUnderTest): Promise<Office> {
  const api = lab.demo();
  const { id } = await make(api, 'network', '/networks', 'network', { name: 'office' });
  const subnet = await make(api, 'network', '/subnets', 'subnet', {
    name: 'office',
    network_id: id,
    ip_version: 4,
    cidr: '10.9.0.0/24',
    allocation_pools: [{ start: '10.9.0.10', end: '10.9.0.12' }],
  });
  const [outside] = await api.list('network', '/networks?name=public', 'networks');
  const router = { name: 'office', external_gateway_info: { network_id: outside?.['id'] } };
  const { id: routerId } = await make(api, 'network', '/routers', 'router', router);
  await api.call('network', 'PUT', `/routers/${routerId}/add_router_interface`, { subnet_id: subnet.id });
  return { id, subnetId: subnet.id, routerId };
}

async function removeOffice(lab: LabUnderTest, { id, subnetId, routerId }: Office): Promise<void> {
  const release = { subnet_id: subnetId };
  await lab.demo().call('network', 'PUT', `/routers/${routerId}/remove_router_interface`, release);
  await lab.demo().call('network', 'DELETE', `/routers/${routerId}`);
  await lab.demo().call('network', 'DELETE', `/networks/${id}`);
}

/** A VLAN that is shared with all projects, and belongs to the cloud's own. */
async function makeProvider(lab: LabUnderTest): Promise<Net> {
  const api = lab.admin();
  const projects = await api.list('identity', '/projects?name=service', 'projects');
  const project_id = projects[0]?.['id'];
  const { id } = await make(api, 'network', '/networks', 'network', {
    name: 'vlan-107',
    shared: true,
    project_id,
    'provider:network_type': 'vlan',
    'provider:physical_network': 'physnet1',
    'provider:segmentation_id': 107,
  });
  const subnet = { name: 'vlan-107', network_id: id, project_id, ip_version: 4, cidr: '198.51.100.0/24' };
  return { id, subnetId: (await make(api, 'network', '/subnets', 'subnet', subnet)).id };
}

/** The nodes' addresses as the stack puts them out. */
function outputs(cluster: string): OpenstackObject {
  const state = JSON.parse(readFileSync(`terraform.${cluster}-openstack.tfstate`, 'utf8')) as OpenstackObject;
  return object(object(object(state['outputs'])['stackato_addresses'])['value']);
}

/** The volumes that servers booted from, by node. */
async function rootsOf(lab: LabUnderTest, servers: ReadonlyMap<string, OpenstackObject>) {
  const all = await lab.demo().list('volume', '/volumes/detail', 'volumes');
  const root = (server: OpenstackObject) =>
    all.find((one) => attachedTo(one) === text(server['id']) && one['bootable'] === 'true');
  return new Map([...servers].map(([node, server]) => [node, root(server)]));
}

function deviceOf(volume: OpenstackObject | undefined): string {
  return text(objects(volume?.['attachments'])[0]?.['device']);
}

function officeYaml({ id, subnetId }: Net, change: (yaml: string) => string = (yaml) => yaml): string {
  const network = `{ networkId: ${id}, subnetId: ${subnetId}, coreAddress: 10.9.0.10, externalNetwork: public }`;
  const data = '  data: { roles: [{ data-services: { postgresql: {} } }], size: large, diskGib: 30 }\n';
  const yaml = declared('office', network, data);
  const apart = '    image: { name: stackato-3.6, rootGib: 60 }\n    antiAffinity: hard\n';
  writeFileSync('office.yaml', change(yaml.replace('    image: stackato-3.6\n', apart)));
  return 'office.yaml';
}

function providerYaml({ id, subnetId }: Net, address = '', more = ''): string {
  const network = `{ networkId: ${id}, subnetId: ${subnetId}${address && `, ${address}`} }`;
  writeFileSync('street.yaml', declared('street', network, '') + more);
  return 'street.yaml';
}

const declared = (name: string, network: string, pools: string) => `name: ${name}
hostname: ${name}.example.com
version: "3.6"
admin: { email: ops@example.com, organization: Example, password: { secret: admin-password } }
license: { secret: license }
licenseGib: 40
core: { size: large, diskGib: 20 }
pools:
${pools}  dea: { roles: [dea], size: medium }
clouds:
  openstack:
    region: RegionOne
    image: stackato-3.6
    keyName: ops
    network: ${network}
`;
