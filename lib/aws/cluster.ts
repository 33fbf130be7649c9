import type { SecurityGroup } from '@cdktf/provider-aws/lib/security-group';
import { Construct } from 'constructs';
import type { AwsCloud } from '../declaration/clouds';
import type { ClusterSpec } from '../declaration/spec';
import { resourceAddress } from '../stack/address';
import { balancedPorts, entrances } from '../stack/balance';
import { sameCore } from '../stack/guard';
import { sorted } from '../stack/handle';
import { clusterManifest, groupedPools } from '../stack/manifest';
import { addressesOutput, handleOutput, manifestOutput } from '../stack/output';
import type { Manifest } from '../topology/manifest';
import type { Pool, Topology } from '../topology/model';
import { planTopology } from '../topology/plan';
import { CoreNode } from './core-node';
import { Database } from './database';
import type { ClusterHandle } from './handle';
import { Network } from './network';
import { NodePool } from './node-pool';
import { type AwsSettings, awsSettings, imageOf } from './props';
import { sharedSecrets } from './secrets';
import { loginRules, securityGroup, securityRules } from './security';

/** Loaded for the clusters that have them: their bindings take time, and most clusters have neither. */
const parts = {
  get Dns() {
    return (require('./dns') as typeof import('./dns')).Dns;
  },
  get LoadBalancer() {
    return (require('./load-balancer') as typeof import('./load-balancer')).LoadBalancer;
  },
};

/** A whole cluster on AWS. */
export interface ClusterProps {
  /** The cluster: `defineCluster({ … })` or `readCluster('cluster.yaml')`. */
  readonly cluster: ClusterSpec;
  /** Region, zones, image and the like. @default the declaration's `clouds.aws` */
  readonly aws?: AwsSettings;
}

/** A cluster on AWS: network, core, pools, databases, firewall, and a manifest for reviews. Provider and backend are the stack's. */
export class Cluster extends Construct {
  /** What others need to join the cluster. */
  readonly handle: ClusterHandle;
  /** The plan that it was made of. */
  readonly topology: Topology;
  /** What the stack says of itself in its output `stackato_manifest`. */
  readonly manifest: Manifest;
  readonly core: CoreNode;

  constructor(scope: Construct, id: string, props: ClusterProps) {
    super(scope, id);
    sameCore(this);
    const settings = awsSettings(props.cluster, props.aws);
    const topology = planTopology(props.cluster);
    const pools = [topology.core, ...Object.values(topology.pools)];
    const base = clusterHandle(this, topology, settings);
    const nodes = securityGroup(this, 'nodes', { cluster: base, name: 'cluster', vpcId: base.vpcId });
    const groups = poolGroups(this, base, topology);
    const handle: ClusterHandle = {
      ...base,
      clusterGroupId: nodes.id,
      pools: Object.fromEntries(
        pools.map((p) => [p.name, { roles: p.roles, ...(groups[p.name] ? { groupId: groups[p.name]!.id } : {}) }]),
      ),
    };
    const groupIds = (pool: Pool) => [nodes.id, ...(groups[pool.name] ? [groups[pool.name]!.id] : [])];
    sharedSecrets(this, handle, topology.core);
    const databases = Object.values(topology.databases).map(
      (plan) => [plan.name, new Database(this, `database-${plan.name}`, { ...plan, join: handle })] as const,
    );
    const arns = Object.fromEntries(databases.map(([name, db]) => [name, db.secretArn]));
    const images = settings.images;
    this.core = new CoreNode(this, 'core', {
      cluster: handle,
      plan: topology.core,
      groupIds: groupIds(topology.core),
      image: images['core'],
    });
    const made = Object.values(topology.pools).map(
      (plan) =>
        new NodePool(this, plan.name, {
          join: handle,
          plan,
          groupIds: groupIds(plan),
          databaseSecretArns: arns,
          image: images[plan.name],
          balanced: settings.loadBalancer,
        }),
    );
    const groupOf = (name: string) =>
      name === 'cluster'
        ? nodes.id
        : name.startsWith('database:')
          ? databases.find(([n]) => `database:${n}` === name)![1].groupId
          : groups[name]!.id;
    securityRules(this, handle, topology.rules, groupOf);
    for (const pool of pools.filter((p) => p.world))
      loginRules(this, handle, pool.name, settings.sshFrom, groups[pool.name]!.id);
    const instances = Object.assign({ core: this.core.instanceId }, ...made.map((p) => p.instanceIds));
    const balancer = settings.loadBalancer
      ? new parts.LoadBalancer(this, 'balancer', { cluster: handle, ports: balancedPorts(topology, instances) })
      : undefined;
    if (settings.dns) {
      const open = { core: this.core.publicAddress ?? this.core.address };
      const addresses = entrances(topology, Object.assign(open, ...made.map((p) => p.publicAddresses)));
      const { hostname } = topology;
      new parts.Dns(this, 'dns', { hostname, ...settings.dns, ...(balancer ? { alias: balancer } : { addresses }) });
    }
    this.handle = handle;
    this.topology = topology;
    this.manifest = clusterManifest(topology, {
      cloud: 'aws',
      region: settings.region,
      nodes: [{ core: this.core.manifest }, ...made.map((p) => p.manifest)],
      databases: Object.fromEntries(databases.map(([name, db]) => [name, db.manifest])),
      groups: {
        cluster: resourceAddress(nodes),
        ...Object.fromEntries(Object.entries(groups).map(([name, group]) => [name, resourceAddress(group)])),
        ...Object.fromEntries(databases.map(([name, db]) => [`database:${name}`, db.groupAddress])),
      },
    });
    manifestOutput(this, this.manifest);
    handleOutput(this, handle);
    addressesOutput(this, this.core, made);
  }
}

/** The groups of the pools that have one. */
function poolGroups(
  scope: Construct,
  handle: ClusterHandle,
  topology: Topology,
): Readonly<Record<string, SecurityGroup>> {
  const group = (name: string) =>
    securityGroup(scope, `nodes-${name}`, { cluster: handle, name, vpcId: handle.vpcId, egress: false });
  return Object.fromEntries(groupedPools(topology).map((name) => [name, group(name)]));
}

function clusterHandle(scope: Construct, topology: Topology, settings: AwsCloud): ClusterHandle {
  const { network, region, zones } = settings;
  const tags = sorted(settings.tags);
  const place =
    'vpcId' in network
      ? network
      : new Network(scope, 'network', {
          name: topology.cluster,
          cidr: network.cidr,
          zones,
          egress: network.egress,
          tags,
        });
  return {
    name: topology.cluster,
    hostname: topology.hostname,
    version: topology.version,
    region,
    zones,
    coreAddress: place.coreAddress,
    vpcId: place.vpcId,
    publicSubnetIds: place.publicSubnetIds,
    privateSubnetIds: place.privateSubnetIds,
    clusterGroupId: '',
    pools: {},
    firewall: topology.firewall,
    image: imageOf(settings),
    secrets: topology.secrets,
    secretPrefix: settings.secretPrefix ?? `stackato/${topology.cluster}/`,
    instanceTypes: sorted(settings.instanceTypes),
    databaseClasses: sorted(settings.databaseClasses),
    volumeType: settings.volumeType,
    protect: topology.protect,
    tags,
    ...(settings.keyName ? { keyName: settings.keyName } : {}),
    ...(settings.kmsKeyId ? { kmsKeyId: settings.kmsKeyId } : {}),
  };
}
