import { ToolError } from '../../base/input';
import { awsFirewall, databaseGroups, instanceGroups } from '../firewall/aws';
import { type CloudObject, object, objects, tag, text } from './answers';
import type { ClusterSource, DatabaseSource, NodeDisk, NodeSource } from './source';

/** The calls that reading a deployment needs; `lib/lab/aws-api` has them. */
export interface CloudApi {
  ec2(action: string, parameters?: Readonly<Record<string, string | readonly string[]>>): Promise<CloudObject>;
  query(service: string, version: string, action: string): Promise<CloudObject>;
}

/**
 * Reads a deployed cluster back from the cloud's API: its machines by their tags, each with its user data, disks and
 * address; its databases' endpoints; what security groups let through. @throws ToolError when the cloud holds no machine of the cluster
 */
export async function deployedSource(api: CloudApi, cluster: string): Promise<ClusterSource> {
  const [answer, subnets, volumes, databases, rules] = await Promise.all([
    api.ec2('DescribeInstances'),
    api.ec2('DescribeSubnets'),
    api.ec2('DescribeVolumes'),
    api.query('rds', '2014-10-31', 'DescribeDBInstances'),
    api.ec2('DescribeSecurityGroupRules'),
  ]);
  const instances = objects(answer['reservationSet'])
    .flatMap((reservation) => objects(reservation['instancesSet']))
    .filter((instance) => tag(instance['tagSet'], 'stackato:cluster') === cluster)
    .filter((instance) => ['pending', 'running'].includes(text(object(instance['instanceState'])['name'])));
  if (instances.length === 0) {
    throw new ToolError(
      `the cloud holds no running machine of cluster ${cluster}`,
      'deploy it first: cdktf-stackato deploy …',
    );
  }
  const cidr = new Map(
    objects(subnets['subnetSet']).map((subnet) => [text(subnet['subnetId']), text(subnet['cidrBlock'])]),
  );
  const nodes = await Promise.all(
    instances.map(async (instance): Promise<NodeSource> => {
      const instanceId = text(instance['instanceId']);
      const attribute = await api.ec2('DescribeInstanceAttribute', { InstanceId: instanceId, Attribute: 'userData' });
      const profile = text(object(instance['iamInstanceProfile'])['arn']).split('/').at(-1);
      return {
        name: nameOf(instance),
        address: text(instance['privateIpAddress']),
        subnet: cidr.get(text(instance['subnetId'])),
        zone: text(object(instance['placement'])['availabilityZone']),
        instanceId,
        userData: Buffer.from(text(object(attribute['userData'])['value']), 'base64'),
        disks: disksOf(objects(volumes['volumeSet']), instanceId, text(instance['rootDeviceName'])),
        ...(profile ? { role: profile } : {}),
        tokensRequired: text(object(instance['metadataOptions'])['httpTokens']) === 'required',
      };
    }),
  );
  nodes.sort((a, b) => (a.name < b.name ? -1 : 1));
  const grouped = instances.map((instance) => [nameOf(instance), instanceGroups(instance)] as const);
  const found = objects(databases['DBInstances']).flatMap((one) =>
    databaseOf(one, cluster).map((database) => ({ database, groups: databaseGroups(one) })),
  );
  const behind = found.map(({ database, groups }) => [database.host, groups] as const);
  return {
    nodes,
    databases: found.map(({ database }) => database),
    firewall: awsFirewall(rules, grouped, behind),
  };
}

const nameOf = (instance: CloudObject) => tag(instance['tagSet'], 'stackato:node') || text(instance['instanceId']);

function disksOf(volumes: readonly CloudObject[], instanceId: string, root: string): NodeDisk[] {
  const disks = volumes.flatMap((volume) =>
    objects(volume['attachmentSet'])
      .filter((attachment) => text(attachment['instanceId']) === instanceId && text(attachment['device']) !== root)
      .map((attachment) => ({ gib: Number(text(volume['size'])), device: kernelName(text(attachment['device'])) })),
  );
  return disks.sort((a, b) => (a.device < b.device ? -1 : 1));
}

/** Xen's kernel says `/dev/xvdf` where the API says `/dev/sdf` (facts 7.3 names the latter; the image is of 2012). */
export function kernelName(device: string): string {
  return device.replace(/^(\/dev\/)?(sd|xvd)/, '/dev/xvd');
}

function databaseOf(database: CloudObject, cluster: string): DatabaseSource[] {
  const endpoint = object(database['Endpoint']);
  const host = text(endpoint['Address']);
  if (tag(database['TagList'], 'stackato:cluster') !== cluster || host === '') return [];
  return [{ host, port: Number(text(endpoint['Port'])) }];
}
