import type { InstanceConfig } from '@cdktf/provider-aws/lib/instance';
import type { UserData } from '../stack/user-data';
import type { ClusterHandle } from './handle';
import { tagsOf } from './tags';

/**
 * Attributes whose change must not replace a machine that keeps data: its boot, which would not run again anyway, and the
 * key of its root disk.
 */
export const KEPT: readonly string[] = ['user_data', 'user_data_base64', 'root_block_device[0].kms_key_id'];

/** The configuration that all machines of a cluster share, core and pools. */
export function machineConfig(
  handle: ClusterHandle,
  props: {
    readonly pool: string;
    readonly node: string;
    readonly roles: readonly string[];
    readonly type: string;
    readonly data: UserData;
    readonly profileName: string | undefined;
    readonly image: string;
    /** More tags or metadata. @default none */
    readonly marks?: Readonly<Record<string, string>>;
  },
): InstanceConfig {
  return {
    ami: props.image,
    instanceType: props.type,
    userDataBase64: props.data.text,
    // Containers on a DEA are one hop further away and must not read the machine's credentials.
    metadataOptions: {
      httpEndpoint: 'enabled',
      httpTokens: handle.image.imdsv2 ? 'required' : 'optional',
      httpPutResponseHopLimit: 1,
    },
    rootBlockDevice: {
      volumeSize: handle.image.rootGib,
      volumeType: handle.volumeType === 'gp2' ? 'gp2' : 'gp3',
      encrypted: true,
      ...(handle.kmsKeyId ? { kmsKeyId: handle.kmsKeyId } : {}),
      tags: tagsOf(handle, { Name: `${handle.name}-${props.node}` }),
    },
    tags: tagsOf(handle, {
      Name: `${handle.name}-${props.node}`,
      'stackato:pool': props.pool,
      'stackato:node': props.node,
      'stackato:roles': props.roles.join(' '),
      ...props.marks,
    }),
    ...(handle.keyName ? { keyName: handle.keyName } : {}),
    ...(props.profileName ? { iamInstanceProfile: props.profileName } : {}),
  };
}
