import { propertyAccess, Token } from 'cdktf';
import { Construct } from 'constructs';
import { ComputeInstanceV2 } from '#provider-openstack/compute-instance-v2';
import { NetworkingFloatingipV2 } from '#provider-openstack/networking-floatingip-v2';
import { NetworkingPortV2 } from '#provider-openstack/networking-port-v2';
import { resourceAddress } from '../stack/address';
import { needsAddress } from '../stack/balance';
import { bootOf } from '../stack/boot';
import { nodeManifest } from '../stack/manifest';
import { instanceOf, PoolNodes } from '../stack/nodes';
import { userData } from '../stack/user-data';
import type { ManifestNode } from '../topology/manifest';
import type { Disk, Pool } from '../topology/model';
import type { ClusterHandle } from './handle';
import { kept, machineConfig } from './machine';
import { poolOf } from './network';
import { flavor, memoryMib, USER_DATA } from './props';
import { carrier, delivered } from './secrets';
import { tagsOf } from './tags';
import { DataVolume } from './volume';

/** Properties of a pool of nodes that join a cluster. */
export interface NodePoolProps {
  /** The cluster to join: a `Cluster`'s `handle`, another stack's outputs, or constants. */
  readonly join: ClusterHandle;
  /** The plan of its nodes, from `planTopology` or `planPool`. */
  readonly plan: Pool;
  /** Security groups of its nodes. */
  readonly groupIds: readonly string[];
  /**
   * Name or id of a separate image. A change also rebuilds nodes that keep data, which wipes their root disks.
   * @default the cluster's image
   */
  readonly image?: string;
  /** Whether a load balancer serves its nodes, which then need no public addresses. @default false */
  readonly balanced?: boolean;
}

/**
 * Nodes that differ only in name and zone: one instance of a Terraform resource per node, so that adding or removing a node
 * does not affect the others. Nodes that keep data have a volume each, and a new image, boot or key does not affect them.
 */
export class NodePool extends Construct {
  /** The nodes in the cluster's manifest, by name. */
  readonly manifest: Readonly<Record<string, ManifestNode>>;
  /** Private addresses of its nodes, by name; the apply decides them. */
  readonly addresses: Readonly<Record<string, string>>;
  /** Public addresses of its nodes, by name: floating ones if they have any, else their own. */
  readonly publicAddresses: Readonly<Record<string, string>>;
  /** Nova's ids of its nodes, by name. */
  readonly instanceIds: Readonly<Record<string, string>>;

  constructor(scope: Construct, id: string, props: NodePoolProps) {
    super(scope, id);
    const { join, plan } = props;
    const nodes = new PoolNodes(plan, join.zones);
    const type = flavor(join, plan.size, `pools.${plan.name}.size`);
    const data = userData(bootOf(join, plan, carrier(join, plan)), join.coreAddress, USER_DATA);
    const image = props.image ?? join.image.name;
    const port = nodePorts(this, join, nodes, props.groupIds);
    const instance = new ComputeInstanceV2(this, 'instance', {
      ...machineConfig(this, join, {
        pool: plan.name,
        node: nodes.name,
        roles: plan.roles,
        flavor: type,
        data,
        image,
        portId: instanceOf(port, nodes.iterator),
        zone: nodes.perZone(join.zones),
      }),
      forEach: nodes.iterator,
      ...(plan.keeps ? { lifecycle: { ignoreChanges: kept(props.image !== undefined) } } : {}),
    });
    const outside = needsAddress(plan, props.balanced ?? false) ? join.externalNetwork : undefined;
    const floating = outside ? floatingAddresses(this, join, nodes, { outside, port }) : undefined;
    const disk = plan.disk ? dataVolumes(this, join, nodes, plan.disk, instance) : undefined;
    const each = (attribute: (node: string) => string) =>
      Object.fromEntries(Object.keys(plan.nodes).map((node) => [node, attribute(node)]));
    this.addresses = each((node) => Token.asString(propertyAccess(port.fqn, [node, 'all_fixed_ips', 0])));
    this.publicAddresses = floating
      ? each((node) => Token.asString(propertyAccess(floating.fqn, [node, 'address'])))
      : this.addresses;
    this.instanceIds = each((node) => Token.asString(propertyAccess(instance.fqn, [node, 'id'])));
    this.manifest = nodeManifest(plan, {
      zones: join.zones,
      machine: type,
      ramMiB: memoryMib(type),
      image,
      boot: data.digest,
      resource: (node) => resourceAddress(instance, node),
      volume: (node) => disk?.address(node),
      delivered: delivered(join, plan),
    });
  }
}

function nodePorts(scope: Construct, join: ClusterHandle, nodes: PoolNodes, groupIds: readonly string[]) {
  return new NetworkingPortV2(scope, 'port', {
    forEach: nodes.iterator,
    name: `${join.name}-${nodes.name}`,
    networkId: join.networkId,
    fixedIp: [{ subnetId: join.subnetId }],
    securityGroupIds: [...groupIds],
    tags: tagsOf(join),
  });
}

function floatingAddresses(
  scope: Construct,
  join: ClusterHandle,
  nodes: PoolNodes,
  { outside, port }: { outside: string; port: NetworkingPortV2 },
) {
  return new NetworkingFloatingipV2(scope, 'address', {
    forEach: nodes.iterator,
    pool: poolOf(scope, outside),
    portId: instanceOf(port, nodes.iterator),
    description: `${join.name}-${nodes.name}`,
    tags: tagsOf(join),
  });
}

function dataVolumes(
  scope: Construct,
  join: ClusterHandle,
  nodes: PoolNodes,
  disk: Disk,
  instance: ComputeInstanceV2,
): DataVolume {
  return new DataVolume(scope, 'disk', {
    cluster: join,
    name: nodes.name,
    gib: disk.gib,
    availabilityZone: join.volumeZone,
    instanceId: instanceOf(instance, nodes.iterator),
    type: join.volumeType,
    protect: join.protect && !disk.released,
    forEach: nodes.iterator,
  });
}
