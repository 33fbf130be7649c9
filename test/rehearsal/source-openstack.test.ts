import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { type OpenstackReadApi, openstackSource } from '../../lib/rehearsal/source-openstack';

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

function cloud(servers: readonly Record<string, unknown>[]): OpenstackReadApi {
  const lists: Readonly<Record<string, readonly Record<string, unknown>[]>> = {
    servers,
    ports: [port('p2', 'b', '10.0.0.12'), port('p1', 'a', '10.0.0.11'), port('p0', 'router', '10.0.0.1')],
    subnets: [{ id: 'sub', cidr: '10.0.0.0/24' }],
    volumes: [
      { id: 'v1', size: 200, attachments: attached('a', '/dev/vdc') },
      { id: 'v2', size: 100, attachments: attached('a', '/dev/vdb') },
      { id: 'v3', size: 40, attachments: attached('a', '/dev/vda') },
      { id: 'v4', size: 9, attachments: [] },
    ],
  };
  return { list: (_service, _path, key) => Promise.resolve(lists[key] ?? []) };
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
