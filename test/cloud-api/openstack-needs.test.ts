import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { needsOfPlan, needsOfStack } from '../../lib/cloud-api/openstack/needs';

type Values = Record<string, unknown>;
const change = (address: string, actions: string[], after: Values, before: Values | null = null) => ({
  address,
  mode: 'managed',
  type: address.split('.')[0]!,
  change: { actions, after, before },
});

describe('what a plan asks of OpenStack', () => {
  it('is the place of ports that are made in a network that is there', () => {
    const port = { network_id: 'n1', fixed_ip: [{ subnet_id: 's1', ip_address: '10.9.0.10' }] };
    const plan = {
      resource_changes: [
        change('openstack_networking_port_v2.core', ['create'], port),
        change('openstack_networking_port_v2.dea["dea-1"]', ['create'], { ...port, fixed_ip: [{ subnet_id: 's1' }] }),
        // it has its address
        change('openstack_networking_port_v2.old', ['delete', 'create'], port),
        change('openstack_networking_port_v2.kept', ['update'], port),
        change('openstack_networking_port_v2.own', ['create'], { fixed_ip: [{ ip_address: '10.0.0.10' }] }),
      ],
    };
    assert.deepEqual(needsOfPlan(plan).places, {
      'openstack_networking_port_v2.core': { network: 'n1', subnet: 's1', address: '10.9.0.10' },
      'openstack_networking_port_v2.dea["dea-1"]': { network: 'n1', subnet: 's1' },
    });
  });

  it('is a way to nodes that are to have floating addresses there', () => {
    const port = (subnet_id: string) => ({ network_id: 'n1', fixed_ip: [{ subnet_id }] });
    const plan = {
      resource_changes: [
        change('openstack_networking_port_v2.core', ['create'], port('s1')),
        change('openstack_networking_port_v2.dea["dea-1"]', ['create'], port('s1')),
        change('openstack_networking_floatingip_v2.core', ['create'], { pool: 'public' }),
      ],
    };
    const expected = { 'openstack_networking_floatingip_v2.core': { subnet: 's1', outside: 'public' } };
    assert.deepEqual(needsOfPlan(plan).reaches, expected);
    plan.resource_changes[1] = change('openstack_networking_port_v2.dea["dea-1"]', ['create'], port('s2'));
    assert.equal(needsOfPlan(plan).reaches, undefined);
  });

  it('is what it names and what it makes', () => {
    const core = { flavor_name: 'm1.xlarge', image_id: 'abc' };
    const server = { name: 'mvp-dea-1', flavor_name: 'm1.large', image_name: 'stackato', key_pair: 'ops' };
    const plan = {
      resource_changes: [
        change('openstack_compute_instance_v2.dea["dea-1"]', ['create'], { ...server, availability_zone: 'nova:host' }),
        change('openstack_compute_instance_v2.dea["dea-2"]', ['create'], { ...server, key_pair: 'mvp' }),
        change('openstack_compute_instance_v2.core', ['update'], core, core),
        change('openstack_compute_keypair_v2.own', ['create'], { name: 'mvp' }),
        change('openstack_blockstorage_volume_v3.data', ['create'], { size: 200, availability_zone: 'disks' }),
        change('openstack_blockstorage_volume_v3.old', ['no-op'], { size: 900 }),
        change('openstack_networking_secgroup_v2.dea', ['create'], { delete_default_rules: true }),
        change('openstack_networking_secgroup_v2.data', ['create'], {}),
        change('openstack_networking_port_v2.core', ['create'], { network_id: null }),
        change('openstack_lb_loadbalancer_v2.front', ['create'], {}),
        change('openstack_networking_floatingip_v2.core', ['create'], { pool: 'public' }),
      ],
    };
    assert.deepEqual(needsOfPlan(plan), {
      flavors: {
        'openstack_compute_instance_v2.dea["dea-1"]': 'm1.large',
        'openstack_compute_instance_v2.core': 'm1.xlarge',
      },
      images: {
        'openstack_compute_instance_v2.dea["dea-1"]': 'stackato',
        'openstack_compute_instance_v2.core': 'abc',
      },
      externalNetworks: { 'openstack_networking_floatingip_v2.core': 'public' },
      zones: { 'openstack_compute_instance_v2.dea["dea-1"]': 'nova' },
      volumeZones: { 'openstack_blockstorage_volume_v3.data': 'disks' },
      keyPairs: { 'openstack_compute_instance_v2.dea["dea-1"]': 'ops' },
      newKeyPairs: { 'openstack_compute_keypair_v2.own': 'mvp' },
      services: { 'openstack_lb_loadbalancer_v2.front': 'load-balancer' },
      roots: {
        'openstack_compute_instance_v2.dea["dea-1"]': { flavor: 'm1.large', image: 'stackato' },
        'openstack_compute_instance_v2.dea["dea-2"]': { flavor: 'm1.large', image: 'stackato' },
      },
      servers: { 'm1.large': 2 },
      quota: {
        keyPairs: 1,
        volumes: 1,
        gigabytes: 200,
        securityGroups: 2,
        securityGroupRules: 2,
        ports: 2,
        floatingIps: 1,
      },
    });
  });

  it('counts a replacement for nothing, and what goes neither', () => {
    const plan = {
      resource_changes: [
        change(
          'openstack_compute_instance_v2.core',
          ['delete', 'create'],
          { flavor_name: 'm1.large' },
          { flavor_name: 'm1.large' },
        ),
        change('openstack_compute_instance_v2.dea', ['delete'], {}),
      ],
    };
    const { servers, quota, flavors } = needsOfPlan(plan);
    assert.deepEqual([servers, quota, Object.values(flavors ?? {})], [{}, {}, ['m1.large']]);
    assert.deepEqual(needsOfPlan({}), { servers: {}, quota: {} });
  });

  it('counts by how much something grows, in place or made anew', () => {
    const disk = { source_type: 'image', destination_type: 'volume', volume_size: 60 };
    const plan = {
      resource_changes: [
        change('openstack_blockstorage_volume_v3.data', ['update'], { size: 300 }, { size: 100 }),
        change('openstack_compute_instance_v2.core', ['update'], { flavor_name: 'xl' }, { flavor_name: 'l' }),
        change(
          'openstack_compute_instance_v2.dea["dea-1"]',
          ['delete', 'create'],
          { flavor_name: 'xl', block_device: [{ ...disk, volume_size: 80 }] },
          { flavor_name: 'l', block_device: [disk] },
        ),
        change('openstack_compute_instance_v2.same', ['update'], { flavor_name: 'l' }, { flavor_name: 'l' }),
        // what goes may go last
        change('openstack_blockstorage_volume_v3.old', ['delete'], {}, { size: 900 }),
        change('openstack_networking_port_v2.old', ['delete'], {}, {}),
      ],
    };
    const { servers, quota } = needsOfPlan(plan);
    assert.deepEqual([servers, quota], [{ xl: 2, l: -2 }, { gigabytes: 220 }]);
  });

  it('counts subnets, and the port by which a router is in one', () => {
    const plan = {
      resource_changes: [
        change('openstack_networking_subnet_v2.subnet', ['create'], {}),
        change('openstack_networking_router_interface_v2.interface', ['create'], {}),
      ],
    };
    assert.deepEqual(needsOfPlan(plan).quota, { subnets: 1, ports: 1 });
  });

  it('counts the servers that are in one group, where some are made', () => {
    const dea = (i: number, actions: string[]) =>
      change(`openstack_compute_instance_v2.dea["dea-${i}"]`, actions, { scheduler_hints: [{ group: null }] });
    const plan = {
      resource_changes: [
        ...[1, 2].map((i) => dea(i, ['no-op'])),
        ...[3, 4].map((i) => dea(i, ['create'])),
        dea(5, ['delete']),
        change('openstack_compute_instance_v2.router["router-1"]', ['no-op'], { scheduler_hints: [{ group: 'g' }] }),
        change('openstack_compute_instance_v2.core', ['create'], { scheduler_hints: [] }),
      ],
    };
    assert.deepEqual(needsOfPlan(plan).groups, { 'openstack_compute_instance_v2.dea': 4 });
    assert.equal(needsOfPlan({ resource_changes: [dea(1, ['no-op'])] }).groups, undefined);
  });

  it('counts root disks that are volumes, and names what servers boot from', () => {
    const disk = {
      source_type: 'image',
      destination_type: 'volume',
      volume_size: 60,
      uuid: 'abc',
      volume_type: 'fast',
    };
    const small = { flavor_name: 'm1.tiny', image_name: 'stackato' };
    const plan = {
      resource_changes: [
        change('openstack_compute_instance_v2.core', ['create'], { flavor_name: 'm1.large', block_device: [disk] }),
        change('openstack_compute_instance_v2.dea', ['create'], small),
        change('openstack_compute_instance_v2.old', ['update'], small, small),
        change('openstack_compute_instance_v2.new', ['update'], { ...small, image_name: 'newer' }, small),
        change('openstack_blockstorage_volume_v3.data', ['create'], { size: 200, volume_type: 'slow' }),
      ],
    };
    const { roots, quota, volumeTypes } = needsOfPlan(plan);
    assert.deepEqual(roots, {
      'openstack_compute_instance_v2.core': { flavor: 'm1.large', image: 'abc', gib: 60 },
      'openstack_compute_instance_v2.dea': { flavor: 'm1.tiny', image: 'stackato' },
      'openstack_compute_instance_v2.new': { flavor: 'm1.tiny', image: 'newer' },
    });
    assert.deepEqual(quota, { volumes: 2, gigabytes: 260 });
    assert.deepEqual(Object.values(volumeTypes ?? {}), ['fast', 'slow']);
  });

  it('asks for services that not every cloud has', () => {
    const config = {
      resource: {
        openstack_lb_listener_v2: { a: {} },
        openstack_lb_loadbalancer_v2: { b: {} },
        openstack_dns_zone_v2: { zone: {} },
      },
    };
    const services = { 'openstack_lb_listener_v2.a': 'load-balancer', 'openstack_dns_zone_v2.zone': 'dns' };
    assert.deepEqual(needsOfStack(config), { services });
    const plan = { resource_changes: [change('openstack_dns_zone_v2.zone', ['create'], {})] };
    assert.deepEqual(needsOfPlan(plan).services, { 'openstack_dns_zone_v2.zone': 'dns' });
    const records = {
      resource_changes: [
        change('openstack_dns_zone_v2.zone', ['create'], { name: 'example.com.' }),
        change('openstack_dns_zone_v2.other', ['delete', 'create'], { name: 'example.org.' }),
        change('openstack_dns_recordset_v2.in-it', ['create'], { name: 'a.example.com.' }),
        change('openstack_dns_recordset_v2.name', ['create'], { zone_id: 'z1', name: 'a.example.com.' }),
        change('openstack_dns_recordset_v2.kept', ['no-op'], { zone_id: 'z2', name: 'a.example.com.' }),
      ],
    };
    assert.deepEqual(needsOfPlan(records).names, {
      zones: { 'openstack_dns_zone_v2.zone': 'example.com.' },
      records: { 'openstack_dns_recordset_v2.name': { zone: 'z1', name: 'a.example.com.' } },
    });
    const gone = { resource_changes: [change('openstack_dns_zone_v2.zone', ['delete'], {})] };
    assert.deepEqual(needsOfPlan(gone).services, undefined);
  });

  it('is known from the synthesized stack as far as it stands there', () => {
    const config = {
      resource: {
        openstack_networking_network_v2: { own: { name: 'mvp' } },
        openstack_compute_instance_v2: {
          core: { flavor_name: 'm1.large', image_id: '${data.openstack_images_image_v2.stackato.id}', key_pair: 'ops' },
          dea: { for_each: {}, flavor_name: '${each.value.flavor}', availability_zone: 'nova' },
        },
        openstack_networking_port_v2: { core: { network_id: '${openstack_networking_network_v2.own.id}' } },
      },
      data: {
        openstack_images_image_v2: { stackato: { name: 'stackato-3.6' } },
        openstack_networking_network_v2: { external: { name: 'public', external: true }, own: { name: 'mvp' } },
      },
    };
    assert.deepEqual(needsOfStack(config), {
      flavors: { 'openstack_compute_instance_v2.core': 'm1.large' },
      keyPairs: { 'openstack_compute_instance_v2.core': 'ops' },
      zones: { 'openstack_compute_instance_v2.dea': 'nova' },
      images: { 'data.openstack_images_image_v2.stackato': 'stackato-3.6' },
      externalNetworks: { 'data.openstack_networking_network_v2.external': 'public' },
    });
    assert.deepEqual(needsOfStack({}), {});
  });
});
