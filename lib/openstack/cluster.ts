import { Construct } from 'constructs';
import { ComputeKeypairV2 } from '#provider-openstack/compute-keypair-v2';
import type { NetworkingSecgroupV2 } from '#provider-openstack/networking-secgroup-v2';
import { sorted } from '../base/order';
import type { OpenstackCloud } from '../declaration/clouds';
import type { ClusterSpec } from '../declaration/spec';
import { balancedPorts, entrances } from '../stack/balance';
import {
  allPools,
  clusterOutputs,
  groupId,
  groupIds,
  keptRecords,
  type NodeGroups,
  sharedHandle,
} from '../stack/cluster';
import { sameCore } from '../stack/guard';
import { groupedPools } from '../stack/manifest';
import type { Manifest } from '../topology/manifest';
import { CREDENTIAL } from '../topology/manifest';
import type { Database as DatabasePlan, Topology, TrafficRule } from '../topology/model';
import { planTopology } from '../topology/plan';
import { CoreNode } from './core-node';
import { Database } from './database';
import type { ClusterHandle, CorelessHandle } from './handle';
import { portOf } from './handle';
import { Network } from './network';
import { NodePool } from './node-pool';
import { imageOf, type OpenstackSettings, openstackSettings } from './props';
import { loginRules, securityGroup, securityRules } from './security';

/** Loaded only for clusters that have them: their bindings are slow to load, and most clusters have neither. */
const parts = {
  get Dns() {
    return (require('./dns') as typeof import('./dns')).Dns;
  },
  get LoadBalancer() {
    return (require('./load-balancer') as typeof import('./load-balancer')).LoadBalancer;
  },
};

/** Properties of a cluster on OpenStack. */
export interface ClusterProps {
  /** The cluster: `defineCluster({ … })` or `readCluster('cluster.yaml')`. */
  readonly cluster: ClusterSpec;
  /** Network, image and other settings of OpenStack. @default the declaration's `clouds.openstack` */
  readonly openstack?: OpenstackSettings;
}

/** A cluster on OpenStack: network, core, pools, firewall, and a manifest for reviews. The stack supplies provider and backend. */
export class Cluster extends Construct {
  /** The data that other stacks need to join the cluster. */
  readonly handle: ClusterHandle;
  /** The plan of the cluster. */
  readonly topology: Topology;
  /** The cluster in the stack's output `stackato_manifest`. */
  readonly manifest: Manifest;
  /** The core node. */
  readonly core: CoreNode;

  constructor(scope: Construct, id: string, props: ClusterProps) {
    super(scope, id);
    sameCore(this);
    const settings = openstackSettings(props.cluster, props.openstack);
    const topology = planTopology(props.cluster);
    const place = clusterPlace(this, topology, settings);
    const keyName = clusterKey(this, topology, settings);
    // The owner of a database has its firewall.
    const rules = topology.rules.filter((r) => !r.to.startsWith('database:'));
    const groups = nodeGroups(this, topology, settings, rules);
    const coreless = clusterHandle(topology, settings, { ...place, ...(keyName ? { keyName } : {}) }, groups);
    const { images } = settings;
    this.core = new CoreNode(this, 'core', {
      cluster: coreless,
      plan: topology.core,
      groupIds: groupIds(groups, topology.core),
      image: images['core'],
    });
    // In an existing network, any port may get the core's address before the core does.
    const subnetId = 'networkId' in settings.network ? this.core.subnetId : coreless.subnetId;
    const handle: ClusterHandle = { ...coreless, subnetId, coreAddress: this.core.address };
    const databases = clusterDatabases(this, topology, handle);
    const pools = Object.values(topology.pools).map(
      (plan) =>
        new NodePool(this, plan.name, {
          join: handle,
          plan,
          groupIds: groupIds(groups, plan),
          image: images[plan.name],
          balanced: settings.loadBalancer,
        }),
    );
    securityRules(this, handle, rules, (name) => groupId(groups, name));
    // The core too: through it an operator reaches all other nodes, to deliver secrets.
    for (const pool of allPools(topology).filter((p) => p.world || p.name === 'core'))
      loginRules(this, handle, pool.name, settings.sshFrom, groupId(groups, pool.name));
    clusterEntrance(this, topology, settings, { handle, core: this.core, pools });
    this.handle = handle;
    this.topology = topology;
    const made = { cloud: 'openstack', handle, groups, core: this.core, pools, databases };
    // databases are of others here
    keptRecords(this, { ...topology, databases: {} });
    this.manifest = clusterOutputs(this, topology, made);
  }
}

type Place = Pick<CorelessHandle, 'networkId' | 'subnetId' | 'coreAddress' | 'externalNetwork'>;

/** The existing network in the settings, or a new one. */
function clusterPlace(scope: Construct, topology: Topology, { network, tags }: OpenstackCloud): Place {
  const name = topology.cluster;
  const { networkId, subnetId, coreAddress } =
    'networkId' in network ? network : new Network(scope, 'network', { ...network, name, tags: sorted(tags) });
  return {
    networkId,
    subnetId,
    ...(coreAddress ? { coreAddress } : {}),
    ...(network.externalNetwork ? { externalNetwork: network.externalNetwork } : {}),
  };
}

/** The key pair for logins: a new one from the public key, or the named one. */
function clusterKey(scope: Construct, topology: Topology, { publicKey, keyName }: OpenstackCloud): string | undefined {
  return publicKey ? new ComputeKeypairV2(scope, 'key', { name: topology.cluster, publicKey }).name : keyName;
}

function nodeGroups(
  scope: Construct,
  topology: Topology,
  settings: OpenstackCloud,
  rules: readonly TrafficRule[],
): NodeGroups<NetworkingSecgroupV2> {
  const cluster = { name: topology.cluster, tags: sorted(settings.tags) };
  const all = securityGroup(scope, 'nodes', { cluster, name: 'cluster' });
  const group = (name: string) => securityGroup(scope, `nodes-${name}`, { cluster, name, egress: false });
  const names = ['core', ...groupedPools(topology, rules).filter((name) => name !== 'core')];
  return { all, pools: Object.fromEntries(names.map((name) => [name, group(name)])) };
}

function clusterHandle(
  topology: Topology,
  settings: OpenstackCloud,
  place: Place & Pick<CorelessHandle, 'keyName'>,
  groups: NodeGroups,
): CorelessHandle {
  const databases = Object.entries(sorted(settings.databases));
  const passwords = databases.map(([, { password }]) => password.secret);
  const delivered = settings.secrets === 'barbican' ? [CREDENTIAL] : [];
  return {
    ...sharedHandle(topology, settings, groups),
    ...place,
    image: imageOf(settings),
    secrets: [...new Set([...delivered, ...topology.secrets, ...passwords])],
    secretCarrier: settings.secrets,
    flavors: sorted(settings.flavors),
    antiAffinity: settings.antiAffinity,
    configDrive: settings.configDrive,
    databases: Object.fromEntries(
      databases.map(([name, external]) => {
        const { engine } = topology.databases[name]!;
        return [name, { ...external, port: portOf(engine, external.port) }];
      }),
    ),
    ...(settings.volumeType ? { volumeType: settings.volumeType } : {}),
    ...(settings.volumeZone ? { volumeZone: settings.volumeZone } : {}),
    ...(settings.authUrl ? { authUrl: settings.authUrl } : {}),
  };
}

function clusterDatabases(
  scope: Construct,
  topology: Topology,
  join: ClusterHandle,
): Readonly<Record<string, Database>> {
  const database = (plan: DatabasePlan) =>
    new Database(scope, `database-${plan.name}`, { ...plan, join, external: join.databases[plan.name]! });
  return Object.fromEntries(Object.values(topology.databases).map((plan) => [plan.name, database(plan)]));
}

/** The load balancer and the DNS names, if declared. */
function clusterEntrance(
  scope: Construct,
  topology: Topology,
  { loadBalancer, dns }: OpenstackCloud,
  { handle, core, pools }: { handle: ClusterHandle; core: CoreNode; pools: readonly NodePool[] },
): void {
  const inside = Object.assign({ core: core.address }, ...pools.map((p) => p.addresses));
  const balancer = loadBalancer
    ? new parts.LoadBalancer(scope, 'balancer', { cluster: handle, ports: balancedPorts(topology, inside) })
    : undefined;
  if (!dns) return;
  const open = { core: core.publicAddress ?? core.address };
  const outside = entrances(topology, Object.assign(open, ...pools.map((p) => p.publicAddresses)));
  const zone = 'zoneId' in dns ? dns : { zone: { name: dns.zone, email: dns.email, cluster: handle.name } };
  const addresses = balancer ? [balancer.address] : outside;
  new parts.Dns(scope, 'dns', { hostname: topology.hostname, addresses, ...zone });
}
