import { propertyAccess, Token } from 'cdktf';
import { Construct } from 'constructs';
import { ComputeInstanceV2 } from '#provider-openstack/compute-instance-v2';
import { NetworkingFloatingipV2 } from '#provider-openstack/networking-floatingip-v2';
import { NetworkingPortV2 } from '#provider-openstack/networking-port-v2';
import { resourceAddress } from '../stack/address';
import { bootOf } from '../stack/boot';
import { nodeManifest } from '../stack/manifest';
import { fixedMarks, keepsMark } from '../stack/marks';
import { userData } from '../stack/user-data';
import type { ManifestNode } from '../topology/manifest';
import type { Disk, Pool } from '../topology/model';
import type { ClusterHandle, CorelessHandle } from './handle';
import { kept, machineConfig } from './machine';
import { poolOf } from './network';
import { flavor, memoryMib, USER_DATA } from './props';
import { carrier, delivered } from './secrets';
import { tagsOf } from './tags';
import { DataVolume } from './volume';

/** Properties of the core of a cluster. */
export interface CoreNodeProps {
  /** Its cluster; the core gets the address `coreAddress`, or one that Neutron chooses. */
  readonly cluster: CorelessHandle;
  /** The plan of the core: `planTopology(…).core`. */
  readonly plan: Pool;
  /** Security groups of its port. */
  readonly groupIds: readonly string[];
  /**
   * Name or id of a separate image. A change rebuilds the core, which wipes its root disk.
   * @default the cluster's image when the core is created; a later change does not affect the core
   */
  readonly image?: string;
}

/** The core: one machine behind a separate port, so that a new machine keeps the address that all nodes attach to. */
export class CoreNode extends Construct {
  /** The private address, where the message bus listens (MBUS IP). */
  readonly address: string;
  /** Its subnet, known only after the core has its port: a resource that waits for it cannot take the core's address. */
  readonly subnetId: string;
  /** The floating address; undefined if the core has none. */
  readonly publicAddress: string | undefined;
  /** Nova's id of the core. */
  readonly instanceId: string;
  /** The core in the cluster's manifest. */
  readonly manifest: ManifestNode;

  constructor(scope: Construct, id: string, props: CoreNodeProps) {
    super(scope, id);
    const { plan } = props;
    const fixed = props.cluster.coreAddress;
    const port = new NetworkingPortV2(this, 'port', {
      name: `${props.cluster.name}-core`,
      networkId: props.cluster.networkId,
      fixedIp: [{ subnetId: props.cluster.subnetId, ...(fixed ? { ipAddress: fixed } : {}) }],
      securityGroupIds: [...props.groupIds],
      tags: tagsOf(props.cluster),
    });
    this.address = fixed ?? Token.asString(propertyAccess(port.fqn, ['all_fixed_ips', 0]));
    this.subnetId = Token.asString(propertyAccess(port.fqn, ['fixed_ip', 0, 'subnet_id']));
    const cluster: ClusterHandle = { ...props.cluster, coreAddress: this.address };
    const type = flavor(cluster, plan.size, 'core.size');
    const data = userData(bootOf(cluster, plan, carrier(cluster, plan)), this.address, USER_DATA);
    const image = props.image ?? cluster.image.name;
    const instance = new ComputeInstanceV2(this, 'instance', {
      ...machineConfig(this, cluster, {
        pool: 'core',
        node: 'core',
        roles: plan.roles,
        flavor: type,
        data,
        image,
        portId: port.id,
        zone: cluster.zones[0]!,
        marks: keepsMark(plan),
      }),
      lifecycle: {
        preventDestroy: cluster.protect && !plan.released,
        ignoreChanges: [...kept(props.image !== undefined), ...fixedMarks('metadata', plan)],
      },
    });
    // Also behind a balancer: logins need it, and it outlives the machine.
    const floating = cluster.externalNetwork
      ? new NetworkingFloatingipV2(this, 'address', {
          pool: poolOf(this, cluster.externalNetwork),
          portId: port.id,
          description: `${cluster.name}-core`,
          tags: tagsOf(cluster),
        })
      : undefined;
    const disk = plan.disk ? dataVolume(this, cluster, plan.disk, instance) : undefined;
    this.publicAddress = floating?.address;
    this.instanceId = instance.id;
    this.manifest = nodeManifest(plan, {
      zones: cluster.zones,
      machine: type,
      ramMiB: memoryMib(type),
      image,
      boot: data.digest,
      resource: () => resourceAddress(instance),
      volume: () => disk?.address(),
      ...(fixed ? { address: fixed } : {}),
      delivered: delivered(cluster, plan),
    })['core']!;
  }
}

function dataVolume(scope: Construct, cluster: ClusterHandle, disk: Disk, instance: ComputeInstanceV2): DataVolume {
  return new DataVolume(scope, 'disk', {
    cluster,
    name: 'core',
    gib: disk.gib,
    availabilityZone: cluster.volumeZone,
    instanceId: instance.id,
    type: cluster.volumeType,
    protect: cluster.protect && !disk.released,
  });
}
