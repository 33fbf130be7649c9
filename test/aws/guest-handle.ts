import type { ClusterHandle } from '../../lib/aws';

/** A cluster that somebody wrote down. */
export const handle: ClusterHandle = {
  name: 'paas',
  hostname: 'paas.example.com',
  version: '3.6',
  region: 'us-west-2',
  coreAddress: '10.0.0.10',
  vpcId: 'vpc-0123456789abcdef0',
  zones: ['us-west-2a', 'us-west-2b'],
  publicSubnetIds: ['subnet-0123456789abcdef0', 'subnet-0123456789abcdef1'],
  privateSubnetIds: ['subnet-0123456789abcdef2', 'subnet-0123456789abcdef3'],
  clusterGroupId: 'sg-0123456789abcdef0',
  pools: {
    core: { roles: ['primary', 'controller', 'router'], groupId: 'sg-0123456789abcdef1' },
    dea: { roles: ['dea'], groupId: 'sg-0123456789abcdef2' },
  },
  firewall: 'inside',
  image: { id: 'ami-7d5fb21d', imdsv2: false, rootGib: 40 },
  secretPrefix: 'stackato/paas/',
  secrets: [],
  instanceTypes: {},
  databaseClasses: {},
  volumeType: 'gp3',
  protect: true,
  tags: { team: 'x' },
};
