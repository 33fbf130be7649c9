import { AwsProvider } from '@cdktf/provider-aws/lib/provider';
import { App, TerraformStack } from 'cdktf';
import { aws, withoutCreationTraces } from '../lib/main';

// DEAs with our library, as many as the first argument says: a pool that joins another stack's cluster.

withoutCreationTraces();
const app = new App({ outdir: process.env['CDKTF_OUTDIR'] ?? 'cdktf.out' });
const stack = new TerraformStack(app, 'pool-deas');
new AwsProvider(stack, 'aws', { region: 'us-west-2' });
new aws.DeaPool(stack, 'dea', {
  count: Number(process.argv[2]),
  size: 'large',
  join: {
    name: 'mvp',
    hostname: 'paas.example.com',
    version: '3.6',
    region: 'us-west-2',
    zones: ['us-west-2a', 'us-west-2b'],
    coreAddress: '10.0.0.10',
    vpcId: 'vpc-0123456789abcdef0',
    publicSubnetIds: ['subnet-0123456789abcdef0', 'subnet-0123456789abcdef1'],
    privateSubnetIds: ['subnet-0123456789abcdef2', 'subnet-0123456789abcdef3'],
    clusterGroupId: 'sg-0123456789abcdef0',
    pools: {},
    firewall: 'inside',
    image: { id: 'ami-7d5fb21d', imdsv2: false, rootGib: 40 },
    keyName: 'ops',
    secretPrefix: 'stackato/mvp/',
    secrets: [],
    instanceTypes: {},
    databaseClasses: {},
    volumeType: 'gp3',
    protect: true,
    tags: {},
  },
});
app.synth();
