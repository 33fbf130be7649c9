import assert from 'node:assert/strict';
import { it } from 'node:test';
import { CoreNode, Database, DataVolume, Network, NodePool } from '../../lib/aws';
import { defineCluster } from '../../lib/declaration/define';
import { planTopology } from '../../lib/topology/plan';
import { absent } from '../programs';
import { validated } from './engine';
import { handle } from './guest-handle';
import { type Document, ofType, stackDocument } from './synth';

/** Each construct in a stack of somebody else, without a `Cluster`: what it makes, and that Terraform takes it. */

const cluster = defineCluster({
  name: 'paas',
  hostname: 'paas.example.com',
  admin: { email: 'ops@example.com', organization: 'Example', password: { secret: 'admin-password' } },
  core: { diskGib: 50 },
  pools: { dea: { roles: ['dea'], count: 2 } },
});
const topology = planTopology(cluster);

const alone: Readonly<Record<string, readonly [make: Document, types: readonly string[]]>> = {
  Network: [
    stackDocument((s) => void new Network(s, 'network', { name: 'paas', cidr: '10.1.0.0/16', zones: ['us-west-2a'] })),
    ['aws_vpc', 'aws_subnet', 'aws_nat_gateway', 'aws_route_table'],
  ],
  DataVolume: [
    stackDocument(
      (s) =>
        void new DataVolume(s, 'disk', {
          cluster: { name: 'paas' },
          name: 'theirs',
          gib: 20,
          availabilityZone: 'us-west-2a',
          instanceId: 'i-0123456789abcdef0',
        }),
    ),
    ['aws_ebs_volume', 'aws_volume_attachment'],
  ],
  Database: [
    stackDocument((s) => void new Database(s, 'reports', { join: handle, engine: 'mysql', storageGib: 100 })),
    ['aws_db_instance', 'aws_db_subnet_group', 'aws_security_group', 'aws_ssm_parameter'],
  ],
  CoreNode: [
    stackDocument(
      (s) =>
        void new CoreNode(s, 'core', {
          cluster: handle,
          plan: topology.core,
          groupIds: [handle.clusterGroupId],
        }),
    ),
    ['aws_instance', 'aws_network_interface', 'aws_eip', 'aws_ebs_volume'],
  ],
  NodePool: [
    stackDocument(
      (s) =>
        void new NodePool(s, 'dea', {
          join: handle,
          plan: topology.pools['dea']!,
          groupIds: [handle.clusterGroupId],
        }),
    ),
    ['aws_instance', 'aws_iam_role'],
  ],
};

for (const [name, [document, types]] of Object.entries(alone)) {
  it(`${name} makes what is its own`, () => {
    for (const type of types) assert.ok(ofType(document, type).length > 0, type);
  });
}

const said = validated(() =>
  Object.fromEntries(Object.entries(alone).map(([name, [document]]) => [`alone-${name.toLowerCase()}`, document])),
);
it('Terraform takes each of them', { skip: absent('terraform') }, async () => assert.deepEqual(await said(), []));
