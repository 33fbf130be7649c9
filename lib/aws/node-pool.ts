import { Instance } from '@cdktf/provider-aws/lib/instance';
import { propertyAccess, Token } from 'cdktf';
import { Construct } from 'constructs';
import { resourceAddress } from '../stack/address';
import { needsAddress } from '../stack/balance';
import { bootOf } from '../stack/boot';
import { nodeManifest } from '../stack/manifest';
import { instanceOf, PoolNodes } from '../stack/nodes';
import { userData } from '../stack/user-data';
import type { ManifestNode } from '../topology/manifest';
import type { Pool } from '../topology/model';
import type { ClusterHandle } from './handle';
import { AS_SHOWN, KEPT, machineConfig } from './machine';
import { instanceType, isAlias, memoryMib, USER_DATA } from './props';
import { carrier, identity, mayReadDatabases } from './secrets';
import { DataVolume } from './volume';

/** Properties of a pool of nodes that join a cluster. */
export interface NodePoolProps {
  /** The cluster to join: a `Cluster`'s `handle`, another stack's outputs, or constants. */
  readonly join: ClusterHandle;
  /** The plan of its nodes, from `planTopology` or `planPool`. */
  readonly plan: Pool;
  /** Security groups of its nodes. */
  readonly groupIds: readonly string[];
  /** ARNs of the password secrets of the databases that its nodes use, by database. @default none */
  readonly databaseSecretArns?: Readonly<Record<string, string>>;
  /**
   * A separate AMI id. A change also replaces nodes that keep data.
   * @default the cluster's image
   */
  readonly image?: string;
  /** Whether a load balancer serves its nodes, which then need no public addresses. @default false */
  readonly balanced?: boolean;
}

/**
 * Nodes that differ only in name and zone: one instance of a Terraform resource per node, so that adding or removing a node
 * does not affect the others. Nodes that keep data have a volume each, and a new image or boot does not replace them.
 */
export class NodePool extends Construct {
  /** The nodes in the cluster's manifest, by name. */
  readonly manifest: Readonly<Record<string, ManifestNode>>;

  /** Instance ids of its nodes, by name. */
  readonly instanceIds: Readonly<Record<string, string>>;
  /** Private addresses of its nodes, by name; the apply decides them. */
  readonly addresses: Readonly<Record<string, string>>;
  /** Public addresses of its nodes, by name; private ones for nodes that the world cannot reach. */
  readonly publicAddresses: Readonly<Record<string, string>>;

  constructor(scope: Construct, id: string, props: NodePoolProps) {
    super(scope, id);
    const { join, plan } = props;
    const nodes = new PoolNodes(plan, join.zones);
    const type = instanceType(join, plan.size, `pools.${plan.name}.size`);
    const data = userData(bootOf(join, plan, carrier(join)), join.coreAddress, USER_DATA);
    const image = props.image ?? join.image.id;
    const open = needsAddress(plan, props.balanced ?? false);
    const own = identity(this, join, plan);
    const instance = new Instance(this, 'instance', {
      ...machineConfig(join, {
        pool: plan.name,
        node: nodes.name,
        roles: plan.roles,
        type,
        data,
        profileName: own?.profileName,
        image,
      }),
      forEach: nodes.iterator,
      subnetId: nodes.perZone(open ? join.publicSubnetIds : join.privateSubnetIds),
      vpcSecurityGroupIds: [...props.groupIds],
      ...(open ? { associatePublicIpAddress: true } : {}),
      ...(plan.keeps
        ? { lifecycle: { ignoreChanges: [...KEPT, 'subnet_id', ...(props.image ? [] : ['ami'])] } }
        : { userDataReplaceOnChange: true, ...(isAlias(join.kmsKeyId) ? { lifecycle: AS_SHOWN } : {}) }),
    });
    if (own) mayReadDatabases(this, own.roleName, plan, props.databaseSecretArns ?? {});
    const disk = plan.disk
      ? new DataVolume(this, 'disk', {
          cluster: join,
          name: nodes.name,
          gib: plan.disk.gib,
          availabilityZone: nodes.perZone(join.zones),
          instanceId: instanceOf(instance, nodes.iterator),
          type: join.volumeType,
          protect: join.protect && !plan.disk.released,
          forEach: nodes.iterator,
          ...(join.kmsKeyId ? { kmsKeyId: join.kmsKeyId } : {}),
        })
      : undefined;
    const each = (attribute: string) =>
      Object.fromEntries(
        Object.keys(plan.nodes).map((node) => [node, Token.asString(propertyAccess(instance.fqn, [node, attribute]))]),
      );
    this.instanceIds = each('id');
    this.addresses = each('private_ip');
    this.publicAddresses = open ? each('public_ip') : this.addresses;
    this.manifest = nodeManifest(plan, {
      zones: join.zones,
      machine: type,
      ramMiB: memoryMib(type),
      image,
      boot: data.digest,
      resource: (node) => resourceAddress(instance, node),
      volume: (node) => disk?.address(node),
    });
  }
}
