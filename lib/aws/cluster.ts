import type { SecurityGroup } from '@cdktf/provider-aws/lib/security-group';
import { Construct } from 'constructs';
import { sorted } from '../base/order';
import type { AwsCloud } from '../declaration/clouds';
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
import type { Database as DatabasePlan, Topology } from '../topology/model';
import { planTopology } from '../topology/plan';
import { CoreNode } from './core-node';
import { Database } from './database';
import type { ClusterHandle } from './handle';
import { Network } from './network';
import { NodePool } from './node-pool';
import { type AwsSettings, awsSettings, imageOf } from './props';
import { sharedSecrets } from './secrets';
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

/** Properties of a cluster on AWS. */
export interface ClusterProps {
  /** The cluster: `defineCluster({ … })` or `readCluster('cluster.yaml')`. */
  readonly cluster: ClusterSpec;
  /** Region, zones, image and other settings of AWS. @default the declaration's `clouds.aws` */
  readonly aws?: AwsSettings;
}

/** A cluster on AWS: network, core, pools, databases, firewall, and a manifest for reviews. The stack supplies provider and backend. */
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
    const settings = awsSettings(props.cluster, props.aws);
    const topology = planTopology(props.cluster);
    const place = clusterPlace(this, topology, settings);
    const groups = nodeGroups(this, topology, settings, place.vpcId);
    const handle = clusterHandle(topology, settings, place, groups);
    sharedSecrets(this, handle, topology.core);
    const databases = clusterDatabases(this, topology, handle);
    const { images } = settings;
    const databaseSecretArns = Object.fromEntries(Object.entries(databases).map(([name, db]) => [name, db.secretArn]));
    this.core = new CoreNode(this, 'core', {
      cluster: handle,
      plan: topology.core,
      groupIds: groupIds(groups, topology.core),
      databaseSecretArns,
      image: images['core'],
    });
    const pools = Object.values(topology.pools).map(
      (plan) =>
        new NodePool(this, plan.name, {
          join: handle,
          plan,
          groupIds: groupIds(groups, plan),
          databaseSecretArns,
          image: images[plan.name],
          balanced: settings.loadBalancer,
        }),
    );
    const database = (name: string) => /^database:(.*)/.exec(name)?.[1];
    securityRules(this, handle, topology.rules, (name) => {
      const owned = database(name);
      return owned === undefined ? groupId(groups, name) : databases[owned]!.groupId;
    });
    // The core too: it always has a public address, and through it an operator reaches all other nodes.
    const entered = settings.sshFrom.length > 0 ? allPools(topology).filter((p) => p.world || p.name === 'core') : [];
    for (const pool of entered) loginRules(this, handle, pool.name, settings.sshFrom, groupId(groups, pool.name));
    clusterEntrance(this, topology, settings, { handle, core: this.core, pools });
    this.handle = handle;
    this.topology = topology;
    keptRecords(this, topology);
    this.manifest = clusterOutputs(this, topology, { cloud: 'aws', handle, groups, core: this.core, pools, databases });
  }
}

type Place = Pick<ClusterHandle, 'coreAddress' | 'vpcId' | 'publicSubnetIds' | 'privateSubnetIds'>;

/** The existing network in the settings, or a new one. */
function clusterPlace(scope: Construct, topology: Topology, { network, zones, tags }: AwsCloud): Place {
  if ('vpcId' in network) return network;
  const { cidr, egress } = network;
  return new Network(scope, 'network', { name: topology.cluster, cidr, zones, egress, tags: sorted(tags) });
}

function nodeGroups(
  scope: Construct,
  topology: Topology,
  settings: AwsCloud,
  vpcId: string,
): NodeGroups<SecurityGroup> {
  const cluster = { name: topology.cluster, tags: sorted(settings.tags) };
  const all = securityGroup(scope, 'nodes', { cluster, name: 'cluster', vpcId });
  const group = (name: string) => securityGroup(scope, `nodes-${name}`, { cluster, name, vpcId, egress: false });
  const logins = settings.sshFrom.length > 0 ? ['core'] : [];
  const names = [...new Set([...logins, ...groupedPools(topology)])];
  return { all, pools: Object.fromEntries(names.map((name) => [name, group(name)])) };
}

function clusterHandle(topology: Topology, settings: AwsCloud, place: Place, groups: NodeGroups): ClusterHandle {
  return {
    ...sharedHandle(topology, settings, groups),
    coreAddress: place.coreAddress,
    vpcId: place.vpcId,
    publicSubnetIds: place.publicSubnetIds,
    privateSubnetIds: place.privateSubnetIds,
    image: imageOf(settings),
    secrets: topology.secrets,
    instanceTypes: sorted(settings.instanceTypes),
    databaseClasses: sorted(settings.databaseClasses),
    volumeType: settings.volumeType,
    ...(settings.keyName ? { keyName: settings.keyName } : {}),
    ...(settings.kmsKeyId ? { kmsKeyId: settings.kmsKeyId } : {}),
  };
}

function clusterDatabases(
  scope: Construct,
  topology: Topology,
  join: ClusterHandle,
): Readonly<Record<string, Database>> {
  const database = (plan: DatabasePlan) => new Database(scope, `database-${plan.name}`, { ...plan, join });
  return Object.fromEntries(Object.values(topology.databases).map((plan) => [plan.name, database(plan)]));
}

/** The load balancer and the DNS names, if declared. */
function clusterEntrance(
  scope: Construct,
  topology: Topology,
  { loadBalancer, dns }: AwsCloud,
  { handle, core, pools }: { handle: ClusterHandle; core: CoreNode; pools: readonly NodePool[] },
): void {
  const instances = Object.assign({ core: core.instanceId }, ...pools.map((p) => p.instanceIds));
  const balancer = loadBalancer
    ? new parts.LoadBalancer(scope, 'balancer', { cluster: handle, ports: balancedPorts(topology, instances) })
    : undefined;
  if (!dns) return;
  const open = { core: core.publicAddress ?? core.address };
  const addresses = entrances(topology, Object.assign(open, ...pools.map((p) => p.publicAddresses)));
  const { hostname } = topology;
  new parts.Dns(scope, 'dns', { hostname, ...dns, ...(balancer ? { alias: balancer } : { addresses }) });
}
