import { Fn, Token } from 'cdktf';
import { handleDefaults, type JoinableCluster, type KnownOfAnyCluster, type RemoteOutputs } from '../stack/handle';
import type { AwsImage } from './props';

/**
 * The data that a stack needs to join nodes or databases to a cluster. It is plain strings, so it can come from an
 * `aws.Cluster` of the same app, from the outputs of another stack, or from constants.
 */
export interface ClusterHandle extends JoinableCluster {
  /** Id of the VPC. */
  readonly vpcId: string;
  /** Ids of the public subnets, one per zone. */
  readonly publicSubnetIds: readonly string[];
  /** Ids of the private subnets, one per zone. */
  readonly privateSubnetIds: readonly string[];
  /** The machine image of its nodes. */
  readonly image: AwsImage;
  /** ARN of the key for volumes and databases. @default the AWS-managed keys */
  readonly kmsKeyId?: string;
  /** Instance types by size word; they add to and override the default table. */
  readonly instanceTypes: Readonly<Record<string, string>>;
  /** RDS classes by size word; they add to and override the default table. */
  readonly databaseClasses: Readonly<Record<string, string>>;
  /** EBS type of data volumes. */
  readonly volumeType: string;
}

/** The part of a handle that must be known at synthesis; the rest comes from the outputs. */
export type KnownOfCluster = KnownOfAnyCluster &
  Partial<Pick<ClusterHandle, 'image' | 'instanceTypes' | 'databaseClasses' | 'kmsKeyId' | 'volumeType'>>;

/**
 * The entry for a zone of an output with one entry per zone of the cluster. Found by the zone's name, since the cluster may
 * list its zones in another order, or more of them; constants are read by the position.
 */
function ofZone(remote: RemoteOutputs, attribute: string, zone: string, position: number): string {
  const [all, zones] = [attribute, 'zones'].map((name) => remote.getString(`stackato_handle.${name}`));
  if (!Token.isUnresolved(all)) return remote.getString(`stackato_handle.${attribute}[${position}]`);
  return Token.asString(Fn.element(all, Token.asNumber(Fn.index(zones, zone))));
}

/** Reads a cluster's handle from the output `stackato_handle` of its stack. */
export function handleFromOutputs(remote: RemoteOutputs, known: KnownOfCluster): ClusterHandle {
  const text = (attribute: string) => remote.getString(`stackato_handle.${attribute}`);
  const list = (attribute: string) => known.zones.map((zone, i) => ofZone(remote, attribute, zone, i));
  return {
    coreAddress: text('coreAddress'),
    vpcId: text('vpcId'),
    publicSubnetIds: list('publicSubnetIds'),
    privateSubnetIds: list('privateSubnetIds'),
    clusterGroupId: text('clusterGroupId'),
    ...handleDefaults(known.name),
    image: { id: text('image.id'), imdsv2: false, rootGib: 40 },
    instanceTypes: {},
    databaseClasses: {},
    volumeType: 'gp3',
    ...known,
  };
}
