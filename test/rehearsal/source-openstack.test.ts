import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { type OpenstackReadApi, openstackSource } from '../../lib/rehearsal/source/openstack';
import type { FirewallRule } from '../../lib/rehearsal/source/source';

const server = (id: string, node: string, more: Record<string, unknown> = {}) => ({
  id,
  name: `mvp-${node}`,
  status: 'ACTIVE',
  metadata: { 'stackato:cluster': 'mvp', 'stackato:node': node },
  'OS-EXT-AZ:availability_zone': 'nova',
  'OS-EXT-SRV-ATTR:user_data': Buffer.from(`boot ${node}`).toString('base64'),
  'OS-EXT-SRV-ATTR:root_device_name': '/dev/vda',
  ...more,
});
const port = (id: string, device_id: string, ip_address: string) => ({
  id,
  device_id,
  fixed_ips: [{ ip_address, subnet_id: 'sub' }],
});
const attached = (server_id: string, device: string) => [{ server_id, device }];

type Things = readonly Record<string, unknown>[];

function cloud(servers: Things, more: Readonly<Record<string, Things>> = {}): OpenstackReadApi {
  const lists: Readonly<Record<string, Things>> = {
    servers,
    ports: [port('p2', 'b', '10.0.0.12'), port('p1', 'a', '10.0.0.11'), port('p0', 'router', '10.0.0.1')],
    subnets: [{ id: 'sub', cidr: '10.0.0.0/24' }],
    volumes: [
      { id: 'v1', size: 200, attachments: attached('a', '/dev/vdc') },
      { id: 'v2', size: 100, attachments: attached('a', '/dev/vdb') },
      { id: 'v3', size: 40, attachments: attached('a', '/dev/vda') },
      { id: 'v4', size: 9, attachments: [] },
    ],
    ...more,
  };
  return { list: (_service, _path, key) => Promise.resolve([...(lists[key] ?? [])]) };
}

describe('nodes as OpenStack holds them', () => {
  it('are the servers of the cluster, by name, with their disks but the root', async () => {
    const other = { metadata: { 'stackato:cluster': 'other' } };
    const api = cloud([
      server('b', 'dea-1'),
      server('a', 'data'),
      server('c', 'x', other),
      server('d', 'y', { status: 'ERROR' }),
    ]);
    const { nodes } = await openstackSource(api, 'mvp');
    assert.deepEqual(
      nodes.map(({ name, address, subnet, userData, disks }) => [name, address, subnet, String(userData), disks]),
      [
        [
          'data',
          '10.0.0.11',
          '10.0.0.0/24',
          'boot data',
          [
            { gib: 100, device: '/dev/vdb' },
            { gib: 200, device: '/dev/vdc' },
          ],
        ],
        ['dea-1', '10.0.0.12', '10.0.0.0/24', 'boot dea-1', []],
      ],
    );
  });

  it('have the firewall of their ports', async () => {
    const rule = (id: string, more: Record<string, unknown>) => ({
      id,
      direction: 'ingress',
      ethertype: 'IPv4',
      security_group_id: 'nodes',
      protocol: null,
      port_range_min: null,
      port_range_max: null,
      remote_ip_prefix: null,
      remote_group_id: null,
      ...more,
    });
    const ports = [
      { ...port('p1', 'a', '10.0.0.11'), security_groups: ['nodes', 'data'] },
      { ...port('p2', 'b', '10.0.0.12'), security_groups: ['nodes'] },
      { ...port('p3', 'c', '10.0.0.13'), security_groups: [], port_security_enabled: false },
    ];
    const security_group_rules = [
      rule('r1', { direction: 'egress' }),
      rule('r2', {
        protocol: 'tcp',
        port_range_min: 22,
        port_range_max: 22,
        remote_group_id: 'nodes',
        description: 'ssh',
      }),
      rule('r3', { security_group_id: 'data', protocol: '6', port_range_min: 3306, port_range_max: 3306 }),
      rule('r4', { ethertype: 'IPv6' }),
      rule('r5', { protocol: 'icmp', port_range_min: 8, port_range_max: 0, remote_ip_prefix: '10.0.0.0/24' }),
      rule('r6', { remote_address_group_id: 'some' }),
    ];
    const servers = [server('a', 'data'), server('b', 'dea-1'), server('c', 'open')];
    const { firewall } = await openstackSource(cloud(servers, { ports, security_group_rules }), 'mvp');
    const line = (r: FirewallRule) =>
      `${r.name}: ${r.direction} ${r.at.join()} ${r.protocol} ${r.ports?.join('-') ?? '*'} ${r.peers.join()}`;
    assert.deepEqual(firewall!.map(line), [
      'no port security: in open all * 0.0.0.0/0',
      'no port security: out open all * 0.0.0.0/0',
      'r1: out data,dea-1 all * 0.0.0.0/0',
      'r3: in data tcp 3306-3306 0.0.0.0/0',
      'r5: in data,dea-1 icmp * 10.0.0.0/24',
      'ssh (r2): in data,dea-1 tcp 22-22 data,dea-1',
    ]);
  });

  it('are none without user data, an address or a server', async () => {
    const { 'OS-EXT-SRV-ATTR:user_data': _, ...hidden } = server('a', 'data');
    await assert.rejects(openstackSource(cloud([hidden]), 'mvp'), /Nova does not show the user data of server data/);
    await assert.rejects(
      openstackSource(cloud([server('z', 'data')]), 'mvp'),
      /server data of cluster mvp has no address/,
    );
    await assert.rejects(openstackSource(cloud([]), 'mvp'), /no server of cluster mvp/);
  });
});
