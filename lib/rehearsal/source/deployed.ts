import type { Instance, Volume } from '@aws-sdk/client-ec2';
import type { DBInstance } from '@aws-sdk/client-rds';
import { ToolError } from '../../base/input';
import type { AwsApi } from '../../cloud-api/aws/api';
import { awsFirewall, databaseGroups, instanceGroups, tag } from '../firewall/aws';
import type { ClusterSource, DatabaseSource, NodeDisk, NodeSource } from './source';

/**
 * Reads a deployed cluster from the cloud's API: its machines by their tags, each with user data, disks and address; its
 * databases' endpoints; the rules of its security groups.
 * @throws ToolError when the cloud has no machine of the cluster
 */
export async function deployedSource(api: Pick<AwsApi, 'ec2' | 'rds'>, cluster: string): Promise<ClusterSource> {
  const [instances, subnets, volumes, databases, rules] = await Promise.all([
    instancesOf(api, cluster),
    api.ec2('DescribeSubnets', {}),
    api.ec2('DescribeVolumes', {}),
    api.rds('DescribeDBInstances', {}),
    api.ec2('DescribeSecurityGroupRules', {}),
  ]);
  const cidr = new Map(subnets.Subnets?.map(({ SubnetId, CidrBlock }) => [SubnetId, CidrBlock]));
  const nodes = await Promise.all(
    instances.map(
      async (instance): Promise<NodeSource> => ({
        ...nodeOf(instance, cidr.get(instance.SubnetId)),
        userData: await userDataOf(api, instance),
        disks: disksOf(volumes.Volumes ?? [], instance),
      }),
    ),
  );
  nodes.sort((a, b) => (a.name < b.name ? -1 : 1));
  const grouped = instances.map((instance) => [nameOf(instance), instanceGroups(instance)] as const);
  const found = (databases.DBInstances ?? []).flatMap((one) =>
    databaseOf(one, cluster).map((database) => ({ database, groups: databaseGroups(one) })),
  );
  const behind = found.map(({ database, groups }) => [database.host, groups] as const);
  return {
    nodes,
    databases: found.map(({ database }) => database),
    firewall: awsFirewall(rules.SecurityGroupRules ?? [], grouped, behind),
  };
}

/** The cluster's running or pending machines. */
async function instancesOf({ ec2 }: Pick<AwsApi, 'ec2'>, cluster: string): Promise<Instance[]> {
  const { Reservations = [] } = await ec2('DescribeInstances', {});
  const instances = Reservations.flatMap(({ Instances = [] }) => Instances)
    .filter(({ Tags }) => tag(Tags, 'stackato:cluster') === cluster)
    .filter(({ State }) => State?.Name === 'pending' || State?.Name === 'running');
  if (instances.length > 0) return instances;
  const next = 'deploy it first: cdktf-stackato deploy …';
  throw new ToolError(`the cloud has no running machine of cluster ${cluster}`, next);
}

/** Facts from a machine's description. */
function nodeOf(instance: Instance, subnet: string | undefined): Omit<NodeSource, 'userData' | 'disks'> {
  const profile = instance.IamInstanceProfile?.Arn?.split('/').at(-1);
  return {
    name: nameOf(instance),
    address: instance.PrivateIpAddress ?? '',
    subnet,
    zone: instance.Placement?.AvailabilityZone ?? '',
    instanceId: instance.InstanceId ?? '',
    ...(profile ? { role: profile } : {}),
    tokensRequired: instance.MetadataOptions?.HttpTokens === 'required',
  };
}

const nameOf = ({ Tags, InstanceId = '' }: Instance) => tag(Tags, 'stackato:node') ?? InstanceId;

async function userDataOf({ ec2 }: Pick<AwsApi, 'ec2'>, { InstanceId }: Instance): Promise<Buffer> {
  const { UserData } = await ec2('DescribeInstanceAttribute', { InstanceId, Attribute: 'userData' });
  return Buffer.from(UserData?.Value ?? '', 'base64');
}

/** Volumes other than the boot volume. */
function disksOf(volumes: readonly Volume[], { InstanceId, RootDeviceName }: Instance): NodeDisk[] {
  const disks = volumes.flatMap(({ Attachments = [], Size = 0 }) =>
    Attachments.filter((attached) => attached.InstanceId === InstanceId && attached.Device !== RootDeviceName).map(
      ({ Device = '' }) => ({ gib: Size, device: kernelName(Device) }),
    ),
  );
  return disks.sort((a, b) => (a.device < b.device ? -1 : 1));
}

/** The API's `/dev/sdf` is `/dev/xvdf` in Xen's kernel (facts 7.3 names the former; the image is of 2012). */
export function kernelName(device: string): string {
  return device.replace(/^(\/dev\/)?(sd|xvd)/, '/dev/xvd');
}

function databaseOf({ TagList, Endpoint }: DBInstance, cluster: string): DatabaseSource[] {
  const { Address, Port = 0 } = Endpoint ?? {};
  return Address && tag(TagList, 'stackato:cluster') === cluster ? [{ host: Address, port: Port }] : [];
}
