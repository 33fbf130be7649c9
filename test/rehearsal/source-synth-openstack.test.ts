import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { openstackSynth } from '../../lib/rehearsal/source/synth-openstack';

const node = (name: string) => ({ 'stackato:cluster': 'mvp', 'stackato:node': name });
const port = (name: string, key = '') => [{ port: `\${openstack_networking_port_v2.${name}${key}.id}` }];
const through = '${openstack_networking_router_interface_v2.i.subnet_id}';
const script = '#!/bin/sh\necho $${x}p1 %%{y} $1\n';

const resources = {
  openstack_networking_subnet_v2: { s: { cidr: '10.0.0.0/16' } },
  openstack_networking_router_interface_v2: { i: { subnet_id: '${openstack_networking_subnet_v2.s.id}' } },
  openstack_networking_port_v2: {
    core: { fixed_ip: [{ subnet_id: through, ip_address: '10.0.0.10' }] },
    dea: { for_each: { 'dea-1': 0, 'dea-2': 1 }, fixed_ip: [{ subnet_id: '${openstack_networking_subnet_v2.s.id}' }] },
  },
  openstack_compute_instance_v2: {
    core: { network: port('core'), user_data: script, availability_zone: 'nova', metadata: node('core') },
    dea: {
      for_each: { 'dea-1': 0, 'dea-2': 1 },
      network: port('dea', '[each.key]'),
      user_data: script,
      availability_zone: '${element(["nova", "nova-2"], each.value)}',
      metadata: node('${each.key}'),
    },
  },
  openstack_blockstorage_volume_v3: { a: { size: 100 }, b: { for_each: { 'dea-2': 1 }, size: 5 } },
  openstack_compute_volume_attach_v2: {
    a: {
      instance_id: '${openstack_compute_instance_v2.core.id}',
      volume_id: '${openstack_blockstorage_volume_v3.a.id}',
    },
    b: {
      for_each: { 'dea-2': 1 },
      instance_id: '${openstack_compute_instance_v2.dea[each.key].id}',
      volume_id: '${openstack_blockstorage_volume_v3.b[each.key].id}',
    },
  },
  terraform_data: {
    apps: { input: { name: 'mvp-apps', engine: 'mysql', host: 'mysql.example.com', port: 3306 } },
    other: { input: 'something else' },
  },
};

describe('a cluster synthesized for OpenStack', () => {
  it('has addresses, zones, disks and user data as a deployed one', () => {
    const { nodes, databases } = openstackSynth(resources);
    assert.deepEqual(
      nodes.map((n) => [n.name, n.address, n.subnet, n.zone, n.disks]),
      [
        ['core', '10.0.0.10', '10.0.0.0/16', 'nova', [{ gib: 100, device: '/dev/vdb' }]],
        ['dea-1', '10.0.0.11', '10.0.0.0/16', 'nova', []],
        ['dea-2', '10.0.0.12', '10.0.0.0/16', 'nova-2', [{ gib: 5, device: '/dev/vdb' }]],
      ],
    );
    assert.equal(String(nodes[0]!.userData), '#!/bin/sh\necho ${x}p1 %{y} $1\n');
    assert.deepEqual(databases, [{ host: 'mysql.example.com', port: 3306 }]);
  });

  it('is refused where only an apply knows more', () => {
    const core = resources.openstack_compute_instance_v2.core;
    const of = (more: object) => () =>
      openstackSynth({ ...resources, openstack_compute_instance_v2: { core: { ...core, ...more } } });
    assert.throws(of({ user_data: '${join("", [])}' }), /user data of core contains an address/);
    assert.throws(of({ network: [{ port: '0815' }] }), /a port that is not in the stack/);
    const elsewhere = { core: { fixed_ip: [{ subnet_id: '0815', ip_address: '10.0.0.10' }] } };
    assert.throws(
      () => openstackSynth({ ...resources, openstack_networking_port_v2: elsewhere }),
      /a subnet that is not in the stack/,
    );
  });
});
