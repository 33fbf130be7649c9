import { AwsProvider } from '@cdktf/provider-aws/lib/provider';
import { App, TerraformStack } from 'cdktf';
import {
  aws,
  configSet,
  coreAddress,
  dataServices,
  dea,
  defineCluster,
  defineRole,
  openstack,
  restart,
  run,
  secret,
  text,
  z,
} from 'cdktf-stackato';
import { OpenstackProvider } from 'cdktf-stackato/provider-openstack/lib/provider';
import { AwsClusterStack } from 'cdktf-stackato/stacks/aws';
import { OpenStackClusterStack } from 'cdktf-stackato/stacks/openstack';

// One: a whole cluster.
const cluster = defineCluster({
  name: 'shop',
  hostname: 'paas.shop.example',
  version: '3.6',
  admin: { email: 'ops@shop.example', organization: 'Shop', password: secret('admin-password') },
  pools: {
    dea: { roles: [dea()], count: 2 },
    data: { roles: dataServices({ mysql: { database: 'apps' } }), diskGib: 50 },
  },
  databases: { apps: { engine: 'mysql', storageGib: 20 } },
  clouds: {
    aws: { region: 'us-west-2', zones: ['us-west-2a', 'us-west-2b'], image: 'ami-0123456789abcdef0' },
    openstack: {
      image: 'stackato-3.6',
      network: { externalNetwork: 'public' },
      databases: { apps: { host: 'db.shop.example', password: secret('apps-password') } },
    },
  },
});

// Two: a role of one's own.
const elasticsearch = defineRole({
  name: 'elasticsearch',
  options: z.strictObject({ source: z.url() }),
  body: ({ source }) => ({
    title: 'Elasticsearch as a data service',
    processes: ['elasticsearch'],
    ports: [{ ports: [9200, 9200], from: ['dea'], why: 'Elasticsearch', sure: 'H' }],
    keeps: { directory: '/var/stackato/services/elasticsearch', relocate: 'services' },
    before: () => [run('curl', '-fsSLo', '/opt/es.tgz', source)],
    after: () => [configSet('elasticsearch', 'bus', text`nats://${coreAddress}:4222`), restart('elasticsearch')],
  }),
});

// Three: DEAs that join a cluster which somebody else owns, known by plain strings.
const theirs: aws.ClusterHandle = {
  name: 'theirs',
  hostname: 'paas.theirs.example',
  version: '3.4.2',
  region: 'eu-west-1',
  zones: ['eu-west-1a'],
  coreAddress: '10.1.0.10',
  vpcId: 'vpc-0123456789abcdef0',
  publicSubnetIds: ['subnet-0123456789abcdef0'],
  privateSubnetIds: ['subnet-0123456789abcdef1'],
  clusterGroupId: 'sg-0123456789abcdef0',
  pools: { core: { roles: ['primary', 'controller', 'router'] } },
  firewall: 'inside',
  image: { id: 'ami-0123456789abcdef0', imdsv2: false, rootGib: 40 },
  secretPrefix: 'stackato/theirs/',
  secrets: [],
  instanceTypes: {},
  databaseClasses: {},
  volumeType: 'gp3',
  protect: true,
  tags: { owner: 'batch' },
};

class Guests extends TerraformStack {
  constructor(app: App, id: string) {
    super(app, id);
    new AwsProvider(this, 'aws', { region: theirs.region });
    const batch = new aws.DeaPool(this, 'batch', { join: theirs, count: 3, size: 'large', placementZones: ['batch'] });
    new aws.DataServicePool(this, 'search', {
      join: theirs,
      roles: [elasticsearch({ source: 'https://example.com/es.tgz' })],
      diskGib: 50,
    });
    const names: readonly string[] = Object.keys(batch.nodes);
    if (names.join() !== 'batch-1,batch-2,batch-3') throw new Error(`nodes: ${names.join()}`);
  }
}

// Four: the same on OpenStack, with the provider's bindings under their usual name.
class Others extends TerraformStack {
  constructor(app: App, id: string) {
    super(app, id);
    new OpenstackProvider(this, 'openstack', { cloud: 'theirs' });
    const { name, hostname, version, region, zones, coreAddress, clusterGroupId } = theirs;
    const known = { name, hostname, version, region, zones, image: { name: 'stackato-3.4' } };
    const remote = { getString: () => coreAddress };
    const join: openstack.ClusterHandle = { ...openstack.handleFromOutputs(remote, known), clusterGroupId };
    new openstack.DeaPool(this, 'batch', { join, count: 3, size: 'large' });
  }
}

const app = new App({ outdir: 'cdktf.out' });
new AwsClusterStack(app, 'shop-aws', { cluster });
new OpenStackClusterStack(app, 'shop-openstack', { cluster });
new Guests(app, 'guests');
new Others(app, 'others');
app.synth();
