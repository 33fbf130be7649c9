import type { Construct } from 'constructs';
import type { ComputeInstanceV2Config } from '#provider-openstack/compute-instance-v2';
import { ComputeServergroupV2 } from '#provider-openstack/compute-servergroup-v2';
import { DataOpenstackImagesImageV2 } from '#provider-openstack/data-openstack-images-image-v2';
import type { UserData } from '../stack/user-data';
import type { ClusterHandle } from './handle';
import { isId } from './props';
import { metadataOf } from './tags';

/** What the provider replaces a server for, and a changed word must not where it keeps data (measured, provider 3.4.0). */
const REPLACES = ['user_data', 'key_pair', 'availability_zone', 'config_drive', 'scheduler_hints'];

/** What makes the provider rebuild a server in place, which wipes its root disk, or replace its root volume. */
const REBUILDS = ['image_id', 'image_name', 'block_device'];

/** Attributes whose change must not touch a machine that keeps data; a pool's own image is changed on purpose. */
export function kept(ownImage: boolean): string[] {
  return ownImage ? [...REPLACES] : [...REPLACES, ...REBUILDS];
}

/** What all machines of a cluster have in common, core and pools. */
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
    // A node that goes says goodbye to its services first.
    stopBeforeDestroy: true,
    metadata: metadataOf(handle, {
      'stackato:pool': props.pool,
      'stackato:node': props.node,
      'stackato:roles': props.roles.join(' ').slice(0, 255),
    }),
    ...rootDisk(scope, handle, props.image),
    ...apart(scope, handle, props.pool),
    ...(handle.keyName ? { keyPair: handle.keyName } : {}),
  };
}

/** From the flavor's disk by the image's name or id, or from a volume made of the image, which must be known by its id. */
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

/** Keeps the nodes of a pool on different hosts; the core is alone. */
function apart(scope: Construct, handle: ClusterHandle, pool: string): Partial<ComputeInstanceV2Config> {
  if (handle.antiAffinity === 'none' || pool === 'core') return {};
  const policy = handle.antiAffinity === 'hard' ? 'anti-affinity' : 'soft-anti-affinity';
  const group = new ComputeServergroupV2(scope, 'apart', { name: `${handle.name}-${pool}`, policies: [policy] });
  return { schedulerHints: [{ group: group.id }] };
}
