import { type App, DataTerraformRemoteStateLocal, TerraformStack } from 'cdktf';
import {
  aws,
  type ClusterInput,
  configSet,
  coreAddress,
  dataServices,
  dea,
  defineCluster,
  defineRole,
  mysql,
  type RoleUse,
  restart,
  run,
  secret,
  text,
  write,
  z,
} from '../../lib/index';

// What the guide shows, as its readers would write it: it compiles, or the build fails.

export const mvp = defineCluster({
  name: 'mvp',
  hostname: 'paas.example.com',
  version: '3.6',
  admin: { email: 'ops@example.com', organization: 'Example', password: secret('admin-password') },
  license: secret('license'),
  licenseGib: 40,
  core: { size: 'large', diskGib: 100 },
  pools: {
    dea: { roles: [dea()], count: 2, size: 'large' },
    data: { roles: dataServices({ mysql: { database: 'apps' } }), diskGib: 200, size: 'large' },
  },
  databases: { apps: { engine: 'mysql', version: '5.7', storageGib: 50 } },
  kato: { dea_ng: { 'resources/memory_max_percent': 85 } },
  clouds: {
    aws: { region: 'us-west-2', zones: ['us-west-2a'], image: 'ami-0123456789abcdef0', keyName: 'ops' },
  },
});

export class SomebodyElses extends TerraformStack {
  constructor(app: App, id: string) {
    super(app, id);
    const remoteState = new DataTerraformRemoteStateLocal(this, 'cluster', { path: '../terraform.mvp-aws.tfstate' });
    const paas = aws.handleFromOutputs(remoteState, {
      name: 'mvp',
      hostname: 'paas.example.com',
      version: '3.6',
      region: 'us-west-2',
      zones: ['us-west-2a'],
    });
    new aws.DeaPool(this, 'batch', { join: paas, count: 4, size: 'large', placementZones: ['batch'] });
    const props: aws.DatabaseProps = { join: paas, engine: 'postgresql', storageGib: 100 };
    const db = new aws.Database(this, 'reports', props);
    const port: number = db.port;
    void port;
  }
}

export const elasticsearch = defineRole({
  name: 'elasticsearch',
  options: z.strictObject({ source: z.url(), heapMib: z.int().min(256).default(1024) }),
  body: ({ source, heapMib }) => ({
    title: 'Elasticsearch as a data service',
    processes: ['elasticsearch'],
    ports: [{ ports: [9200, 9200], from: ['dea', 'controller'], why: 'Elasticsearch', sure: 'H' }],
    keeps: { directory: '/var/stackato/services/elasticsearch', relocate: 'services', what: 'search indexes' },
    serves: 'data services',
    standIn: false,
    restart: 'process',
    before: () => [
      run('curl', '-fsSLo', '/opt/elasticsearch.tgz', source),
      write('/etc/default/es', `HEAP=${heapMib}m`),
    ],
    after: () => [
      configSet('elasticsearch', 'heap', heapMib),
      configSet('elasticsearch', 'bus', text`nats://${coreAddress}:4222`),
      configSet('elasticsearch', 'token', text`${secret('es-token')}`),
      restart('elasticsearch'),
    ],
  }),
});

/** What must not compile. Never called; the compiler reads it. */
export function refused(admin: ClusterInput['admin'], app: App, join: aws.ClusterHandle): void {
  const base = { name: 'a', hostname: 'a.example.com', admin };
  // @ts-expect-error a property that does not exist
  defineCluster({ ...base, pool: {} });
  // @ts-expect-error a pool's property that does not exist
  defineCluster({ ...base, pools: { dea: { roles: [dea()], number: 3 } } });
  // @ts-expect-error text where a secret belongs
  defineCluster({ ...base, license: '0123-4567' });
  // @ts-expect-error a password in clear
  defineCluster({ ...base, admin: { email: 'a@example.com', organization: 'A', password: 'hunter2' } });
  // @ts-expect-error an engine that no role uses
  defineCluster({ ...base, databases: { apps: { engine: 'oracle' } } });
  // @ts-expect-error an option that the role does not know
  mysql({ databse: 'apps' });
  // @ts-expect-error an option of the wrong type
  dataServices({ mysql: { database: 1 } });
  // @ts-expect-error an option of one's own role that is required
  elasticsearch({});
  // @ts-expect-error an option that one's own role does not know
  elasticsearch({ source: 'https://example.com/es.tgz', heap: 1 });
  const stack = new TerraformStack(app, 'refused');
  // @ts-expect-error text where a number belongs
  new aws.DeaPool(stack, 'a', { join, count: '4' });
  // @ts-expect-error a DEA keeps nothing
  new aws.DeaPool(stack, 'b', { join, diskGib: 10 });
  // @ts-expect-error a data-service pool needs its roles and its disk
  new aws.DataServicePool(stack, 'c', { join });
  // @ts-expect-error what keeps data says how much
  new aws.Database(stack, 'd', { join, engine: 'mysql' });
  const use: RoleUse = dea();
  // @ts-expect-error a role's use does not change
  use.database = 'apps';
}
