import type { Construct } from 'constructs';
import type { ComputeInstanceV2Config } from '#provider-openstack/compute-instance-v2';
import { ComputeServergroupV2 } from '#provider-openstack/compute-servergroup-v2';
import { DataOpenstackImagesImageV2 } from '#provider-openstack/data-openstack-images-image-v2';
import type { UserData } from '../stack/user-data';
import type { ClusterHandle } from './handle';
import { isId } from './props';
import { metadataOf } from './tags';

/**
 * Attributes whose change replaces a server in the provider; ignored for nodes that keep data (measured, provider 3.4.0).
 * A migration by the cloud changes the zone, a deleted server group the hints, a new boot script the user data. A stopped server
 * (`power_state`) is started in place; `security_groups`, `access_ip_v4`, `all_tags`, `all_metadata` and `created` are only reported,
 * since we declare none of them. Not ignored, so that sizes can change: a flavor that the cloud has deleted reads as empty and
 * replaces the server. Reviews say so (`machine-stopped`, `flavor-gone`).
 */
const REPLACES = ['user_data', 'key_pair', 'availability_zone', 'config_drive', 'scheduler_hints'];

/** Attributes whose change rebuilds a server in place, which wipes its root disk, or replaces its root volume. */
const REBUILDS = ['image_id', 'image_name', 'block_device'];

/** Attributes whose change must not affect a machine that keeps data. A separate image of a pool counts as a deliberate change. */
export function kept(ownImage: boolean): string[] {
  return ownImage ? [...REPLACES] : [...REPLACES, ...REBUILDS];
}

/** The configuration that all machines of a cluster share, core and pools. */
export function machineConfig(
  scope: Construct,
  handle: ClusterHandle,
  props: {
    readonly pool: string;
    readonly node: string;
    readonly roles: readonly string[];
    readonly flavor: string;
    readonly data: UserData;
    readonly image: string;
    /** More tags or metadata. @default none */
    readonly marks?: Readonly<Record<string, string>>;
    readonly portId: string;
    readonly zone: string;
  },
): ComputeInstanceV2Config {
  return {
    name: `${handle.name}-${props.node}`,
    flavorName: props.flavor,
    availabilityZone: props.zone,
    userData: props.data.text,
    configDrive: handle.configDrive,
    network: [{ port: props.portId }],
    // A node that is destroyed stops its services first.
    stopBeforeDestroy: true,
    metadata: metadataOf(handle, {
      'stackato:pool': props.pool,
      'stackato:node': props.node,
      'stackato:roles': props.roles.join(' ').slice(0, 255),
      ...props.marks,
    }),
    ...rootDisk(scope, handle, props.image),
    ...apart(scope, handle, props.pool),
    ...(handle.keyName ? { keyPair: handle.keyName } : {}),
  };
}

/** Boots from the flavor's disk by the image's name or id, or from a volume of the image, which needs the image's id. */
function rootDisk(scope: Construct, handle: ClusterHandle, image: string): Partial<ComputeInstanceV2Config> {
  const { rootGib } = handle.image;
  if (!rootGib) return isId(image) || image.includes('${') ? { imageId: image } : { imageName: image };
  const uuid = isId(image) ? image : new DataOpenstackImagesImageV2(scope, 'image', { name: image }).id;
  return {
    blockDevice: [
      {
        uuid,
        sourceType: 'image',
        destinationType: 'volume',
        volumeSize: rootGib,
        bootIndex: 0,
        deleteOnTermination: true,
        ...(handle.volumeType ? { volumeType: handle.volumeType } : {}),
      },
    ],
  };
}

/** Keeps the nodes of a pool on different hosts; the core needs no group. */
function apart(scope: Construct, handle: ClusterHandle, pool: string): Partial<ComputeInstanceV2Config> {
  if (handle.antiAffinity === 'none' || pool === 'core') return {};
  const policy = handle.antiAffinity === 'hard' ? 'anti-affinity' : 'soft-anti-affinity';
  const group = new ComputeServergroupV2(scope, 'apart', {
    name: `${handle.name}-${pool}`,
    policies: [policy],
    // Nova cannot change it: the group of a renamed pool keeps the name that it was created with
    lifecycle: { ignoreChanges: ['name'] },
  });
  return { schedulerHints: [{ group: group.id }] };
}
