import { ComputeKeypairV2 } from '@cdktf/provider-openstack/lib/compute-keypair-v2';
import type { NetworkingSecgroupV2 } from '@cdktf/provider-openstack/lib/networking-secgroup-v2';
import { Construct } from 'constructs';
import type { OpenstackCloud } from '../declaration/clouds';
import type { ClusterSpec } from '../declaration/spec';
import { resourceAddress } from '../stack/address';
import { balancedPorts, entrances } from '../stack/balance';
import { sameCore } from '../stack/guard';
import { sorted } from '../stack/handle';
import { clusterManifest, groupedPools } from '../stack/manifest';
import { addressesOutput, handleOutput, manifestOutput } from '../stack/output';
import type { Manifest } from '../topology/manifest';
import { CREDENTIAL } from '../topology/manifest';
import type { Pool, Topology } from '../topology/model';
import { planTopology } from '../topology/plan';
import { CoreNode } from './core-node';
import { Database } from './database';
import type { ClusterHandle, CorelessHandle } from './handle';
import { portOf } from './handle';
import { Network } from './network';
import { NodePool } from './node-pool';
import { imageOf, type OpenstackSettings, openstackSettings } from './props';
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

/** A whole cluster on OpenStack. */
export interface ClusterProps {
  /** The cluster: `defineCluster({ … })` or `readCluster('cluster.yaml')`. */
  readonly cluster: ClusterSpec;
  /** Network, image and the like. @default the declaration's `clouds.openstack` */
  readonly openstack?: OpenstackSettings;
}

/** A cluster on OpenStack: network, core, pools, firewall, and a manifest for reviews. Provider and backend are the stack's. */
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
    const settings = openstackSettings(props.cluster, props.openstack);
    const topology = planTopology(props.cluster);
    const pools = [topology.core, ...Object.values(topology.pools)];
    const base = clusterHandle(this, topology, settings);
    const nodes = securityGroup(this, 'nodes', { cluster: base, name: 'cluster' });
    // A database's firewall is its owner's.
    const ours = topology.rules.filter((r) => !r.to.startsWith('database:'));
    const groups = poolGroups(this, base, ['core', ...groupedPools(topology, ours).filter((name) => name !== 'core')]);
    const coreless: CorelessHandle = {
      ...base,
      clusterGroupId: nodes.id,
      pools: Object.fromEntries(
        pools.map((p) => [p.name, { roles: p.roles, ...(groups[p.name] ? { groupId: groups[p.name]!.id } : {}) }]),
      ),
    };
    const groupIds = (pool: Pool) => [nodes.id, ...(groups[pool.name] ? [groups[pool.name]!.id] : [])];
    const { images } = settings;
    this.core = new CoreNode(this, 'core', {
      cluster: coreless,
      plan: topology.core,
      groupIds: groupIds(topology.core),
      image: images['core'],
    });
    // Where the network is somebody's, any port may get the core's address before the core does.
    const subnetId = 'networkId' in settings.network ? this.core.subnetId : base.subnetId;
    const handle: ClusterHandle = { ...coreless, subnetId, coreAddress: this.core.address };
    const databases = Object.values(topology.databases).map((plan) => {
      const external = handle.databases[plan.name]!;
      return [plan.name, new Database(this, `database-${plan.name}`, { ...plan, join: handle, external })] as const;
    });
    const made = Object.values(topology.pools).map(
      (plan) =>
        new NodePool(this, plan.name, {
          join: handle,
          plan,
          groupIds: groupIds(plan),
          image: images[plan.name],
          balanced: settings.loadBalancer,
        }),
    );
    securityRules(this, handle, ours, (name) => (name === 'cluster' ? nodes.id : groups[name]!.id));
    // The core too: through it an operator reaches all others, to deliver secrets.
    for (const pool of pools.filter((p) => p.world || p.name === 'core'))
      loginRules(this, handle, pool.name, settings.sshFrom, groups[pool.name]!.id);
    const inside = Object.assign({ core: this.core.address }, ...made.map((p) => p.addresses));
    const balancer = settings.loadBalancer
      ? new parts.LoadBalancer(this, 'balancer', { cluster: handle, ports: balancedPorts(topology, inside) })
      : undefined;
    if (settings.dns) {
      const open = { core: this.core.publicAddress ?? this.core.address };
      const outside = entrances(topology, Object.assign(open, ...made.map((p) => p.publicAddresses)));
      const { dns } = settings;
      const zone = 'zoneId' in dns ? dns : { zone: { name: dns.zone, email: dns.email, cluster: handle.name } };
      const addresses = balancer ? [balancer.address] : outside;
      new parts.Dns(this, 'dns', { hostname: topology.hostname, addresses, ...zone });
    }
    this.handle = handle;
    this.topology = topology;
    this.manifest = clusterManifest(topology, {
      cloud: 'openstack',
      region: settings.region,
      nodes: [{ core: this.core.manifest }, ...made.map((p) => p.manifest)],
      databases: Object.fromEntries(databases.map(([name, db]) => [name, db.manifest])),
      groups: {
        cluster: resourceAddress(nodes),
        ...Object.fromEntries(Object.entries(groups).map(([name, group]) => [name, resourceAddress(group)])),
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
  handle: CorelessHandle,
  names: readonly string[],
): Readonly<Record<string, NetworkingSecgroupV2>> {
  const group = (name: string) => securityGroup(scope, `nodes-${name}`, { cluster: handle, name, egress: false });
  return Object.fromEntries(names.map((name) => [name, group(name)]));
}

function clusterHandle(scope: Construct, topology: Topology, settings: OpenstackCloud): CorelessHandle {
  const { network, region, zones } = settings;
  const tags = sorted(settings.tags);
  const databases = Object.entries(sorted(settings.databases));
  const name = topology.cluster;
  const place = 'networkId' in network ? network : new Network(scope, 'network', { ...network, name, tags });
  const keyName = settings.publicKey
    ? new ComputeKeypairV2(scope, 'key', { name, publicKey: settings.publicKey }).name
    : settings.keyName;
  const passwords = databases.map(([, place]) => place.password.secret);
  const delivered = settings.secrets === 'barbican' ? [CREDENTIAL] : [];
  return {
    name,
    hostname: topology.hostname,
    version: topology.version,
    region,
    zones,
    networkId: place.networkId,
    subnetId: place.subnetId,
    clusterGroupId: '',
    pools: {},
    firewall: topology.firewall,
    image: imageOf(settings),
    secrets: [...new Set([...delivered, ...topology.secrets, ...passwords])],
    secretPrefix: settings.secretPrefix ?? `stackato/${name}/`,
    secretCarrier: settings.secrets,
    flavors: sorted(settings.flavors),
    antiAffinity: settings.antiAffinity,
    configDrive: settings.configDrive,
    databases: Object.fromEntries(
      databases.map(([name, place]) => {
        const { engine } = topology.databases[name]!;
        return [name, { ...place, port: portOf(engine, place.port) }];
      }),
    ),
    protect: topology.protect,
    tags,
    ...(place.coreAddress ? { coreAddress: place.coreAddress } : {}),
    ...(keyName ? { keyName } : {}),
    ...(network.externalNetwork ? { externalNetwork: network.externalNetwork } : {}),
    ...(settings.volumeType ? { volumeType: settings.volumeType } : {}),
    ...(settings.volumeZone ? { volumeZone: settings.volumeZone } : {}),
    ...(settings.authUrl ? { authUrl: settings.authUrl } : {}),
  };
}
