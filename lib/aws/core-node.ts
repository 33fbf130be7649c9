import { Eip } from '@cdktf/provider-aws/lib/eip';
import { EipAssociation } from '@cdktf/provider-aws/lib/eip-association';
import { Instance } from '@cdktf/provider-aws/lib/instance';
import { NetworkInterface } from '@cdktf/provider-aws/lib/network-interface';
import { Construct } from 'constructs';
import { resourceAddress } from '../stack/address';
import { bootOf } from '../stack/boot';
import { nodeManifest } from '../stack/manifest';
import { fixedMarks, keepsMark } from '../stack/marks';
import { userData } from '../stack/user-data';
import type { ManifestNode } from '../topology/manifest';
import type { Pool } from '../topology/model';
import type { ClusterHandle } from './handle';
import { KEPT, machineConfig } from './machine';
import { FIRST_ZONE } from './network';
import { instanceType, memoryMib, USER_DATA } from './props';
import { carrier, identity, mayReadDatabases } from './secrets';
import { tagsOf } from './tags';
import { DataVolume } from './volume';

/** Properties of the core of a cluster. */
export interface CoreNodeProps {
  /** Its cluster; the core gets the address `coreAddress`. */
  readonly cluster: ClusterHandle;
  /** The plan of the core: `planTopology(…).core`. */
  readonly plan: Pool;
  /** Security groups of its interface. */
  readonly groupIds: readonly string[];
  /** ARNs of the password secrets of the databases that its roles use, by database. @default none */
  readonly databaseSecretArns?: Readonly<Record<string, string>>;
  /**
   * A separate AMI id. A change replaces the core.
   * @default the cluster's image when the core is created; a later change does not replace the core
   */
  readonly image?: string;
}

/** The core: one machine behind a separate network interface, so that a new machine keeps the address that all nodes attach to. */
export class CoreNode extends Construct {
  /** The private address, where the message bus listens (MBUS IP). */
  readonly address: string;
  /** The public address; undefined if the world cannot reach the core. */
  readonly publicAddress: string | undefined;
  /** EC2 instance id of the core. */
  readonly instanceId: string;
  /** The core in the cluster's manifest. */
  readonly manifest: ManifestNode;

  constructor(scope: Construct, id: string, props: CoreNodeProps) {
    super(scope, id);
    const { cluster, plan } = props;
    const type = instanceType(cluster, plan.size, 'core.size');
    const data = userData(bootOf(cluster, plan, carrier(cluster)), cluster.coreAddress, USER_DATA);
    const zone = cluster.zones[0]!;
    const own = identity(this, cluster, plan);
    const nic = new NetworkInterface(this, 'interface', {
      subnetId: cluster.publicSubnetIds[0]!,
      privateIps: [cluster.coreAddress],
      securityGroups: [...props.groupIds],
      description: `core of ${cluster.name}`,
      tags: tagsOf(cluster, { Name: `${cluster.name}-core` }),
      lifecycle: FIRST_ZONE,
    });
    const image = props.image ?? cluster.image.id;
    const protect = cluster.protect && !plan.released;
    const instance = new Instance(this, 'instance', {
      ...machineConfig(cluster, {
        pool: 'core',
        node: 'core',
        roles: plan.roles,
        type,
        data,
        profileName: own?.profileName,
        image,
        marks: keepsMark(plan),
      }),
      networkInterface: [{ deviceIndex: 0, networkInterfaceId: nic.id }],
      disableApiTermination: protect,
      lifecycle: { preventDestroy: protect, ignoreChanges: ignored(plan, props.image) },
    });
    if (own) mayReadDatabases(this, own.roleName, plan, props.databaseSecretArns ?? {});
    // The core is in a public subnet: without a public address it can reach nothing, exposed or not.
    const address = new Eip(this, 'address', {
      domain: 'vpc',
      tags: tagsOf(cluster, { Name: `${cluster.name}-core` }),
    });
    new EipAssociation(this, 'address-to-interface', { allocationId: address.id, networkInterfaceId: nic.id });
    const disk = plan.disk
      ? new DataVolume(this, 'disk', {
          cluster,
          name: 'core',
          gib: plan.disk.gib,
          availabilityZone: zone,
          instanceId: instance.id,
          type: cluster.volumeType,
          protect: cluster.protect && !plan.disk.released,
          ...(cluster.kmsKeyId ? { kmsKeyId: cluster.kmsKeyId } : {}),
        })
      : undefined;
    this.address = cluster.coreAddress;
    this.publicAddress = address.publicIp;
    this.instanceId = instance.id;
    this.manifest = nodeManifest(plan, {
      zones: cluster.zones,
      machine: type,
      ramMiB: memoryMib(type),
      image,
      boot: data.digest,
      resource: () => resourceAddress(instance),
      volume: () => disk?.address(),
      address: cluster.coreAddress,
    })['core']!;
  }
}

const ignored = (plan: Pool, image: string | undefined): string[] => [
  ...KEPT,
  ...fixedMarks('tags', plan),
  ...(image ? [] : ['ami']),
];
