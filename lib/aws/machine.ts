import type { InstanceConfig } from '@cdktf/provider-aws/lib/instance';
import type { UserData } from '../stack/user-data';
import type { ClusterHandle } from './handle';
import { tagsOf } from './tags';

/**
 * Attributes whose change must not replace a machine that keeps data (`test/aws/by-itself.test.ts` asks the provider):
 * - its boot, which would not run again anyway
 * - its image: see the constructs
 * - its public address, which it gives back while it is stopped: the provider then reads `false`
 * - its key pair, which only a boot reads
 * - the encryption of its root disk, which differs after a person has restored it from a snapshot, and the key, which the
 *   cloud reports by its own ARN where an alias was declared
 */
export const KEPT: readonly string[] = [
  'user_data',
  'user_data_base64',
  'associate_public_ip_address',
  'key_name',
  'root_block_device[0].encrypted',
  'root_block_device[0].kms_key_id',
];

/** For machines that keep nothing: else every plan would replace them, since the cloud shows the key and not its alias. */
export const AS_SHOWN = { ignoreChanges: ['root_block_device[0].kms_key_id'] };

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
