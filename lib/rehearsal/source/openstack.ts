import { ToolError } from '../../base/input';
import { type OpenstackApi, type OpenstackObject, object, objects, text } from '../../cloud-api/openstack/api';
import { openstackFirewall } from '../firewall/openstack';
import type { ClusterSource, DatabaseSource, NodeDisk, NodeSource } from './source';

/** The part of the API that reads a deployment. */
export type OpenstackReadApi = Pick<OpenstackApi, 'list'>;

/** Metadata keys of every server: its cluster and its node. */
export const CLUSTER_KEY = 'stackato:cluster';
export const NODE_KEY = 'stackato:node';

/** States of servers that are not ready or are gone; a stopped one (SHUTOFF) or one in VERIFY_RESIZE is a node. */
const ABSENT = new Set(['DELETED', 'SOFT_DELETED', 'ERROR']);

/**
 * Reads a deployed cluster from Nova, Neutron and Cinder: its servers by their metadata, each with user data, volumes and
 * address, and the rules of its security groups. `databases` are outside of OpenStack and therefore given. By default,
 * Nova's policy shows user data only to administrators.
 * @throws ToolError when the cloud has no server of the cluster, or does not show user data
 */
export async function openstackSource(
  api: OpenstackReadApi,
  cluster: string,
  databases: readonly DatabaseSource[] = [],
): Promise<ClusterSource> {
  const [servers, ports, subnets, volumes, rules] = await Promise.all([
    api.list('compute', '/servers/detail', 'servers'),
    api.list('network', '/ports', 'ports'),
    api.list('network', '/subnets', 'subnets'),
    api.list('volume', '/volumes/detail', 'volumes'),
    api.list('network', '/security-group-rules', 'security_group_rules'),
  ]);
  const ours = servers.filter(
    (server) => object(server['metadata'])[CLUSTER_KEY] === cluster && !ABSENT.has(text(server['status'])),
  );
  if (ours.length === 0) {
    throw new ToolError(`the cloud has no server of cluster ${cluster}`, 'deploy it first: cdktf-stackato deploy …');
  }
  const cidr = new Map(subnets.map((subnet) => [text(subnet['id']), text(subnet['cidr'])]));
  const nodes = ours.map((server): NodeSource => {
    const instanceId = text(server['id']);
    const name = nameOf(server);
    const [port] = ports.filter((one) => text(one['device_id']) === instanceId).sort(byId);
    const [fixed] = objects(port?.['fixed_ips']);
    if (fixed === undefined) throw new ToolError(`server ${name} of cluster ${cluster} has no address`);
    return {
      name,
      address: text(fixed['ip_address']),
      subnet: cidr.get(text(fixed['subnet_id'])),
      zone: text(server['OS-EXT-AZ:availability_zone']),
      instanceId,
      userData: userDataOf(server, name),
      disks: disksOf(volumes, instanceId, text(server['OS-EXT-SRV-ATTR:root_device_name'])),
    };
  });
  nodes.sort((a, b) => (a.name < b.name ? -1 : 1));
  const behind = ours.map(
    (server) => [nameOf(server), ports.filter((one) => text(one['device_id']) === text(server['id']))] as const,
  );
  return { nodes, databases, firewall: openstackFirewall(rules, behind) };
}

const nameOf = (server: OpenstackObject) => text(object(server['metadata'])[NODE_KEY]) || text(server['name']);

function userDataOf(server: OpenstackObject, name: string): Buffer {
  const KEY = 'OS-EXT-SRV-ATTR:user_data';
  if (!(KEY in server)) {
    throw new ToolError(
      `Nova does not show the user data of server ${name}`,
      'log in as an administrator; for the practice cloud: eval "$(cdktf-stackato lab env admin --cloud openstack)"',
    );
  }
  return Buffer.from(text(server[KEY]), 'base64');
}

/** Volumes other than the boot volume. */
function disksOf(volumes: readonly OpenstackObject[], instanceId: string, root: string): NodeDisk[] {
  const disks = volumes.flatMap((volume) =>
    objects(volume['attachments'])
      .filter((attached) => text(attached['server_id']) === instanceId && text(attached['device']) !== root)
      .map((attached) => ({ gib: Number(volume['size']), device: text(attached['device']) })),
  );
  return disks.sort((a, b) => (a.device < b.device ? -1 : 1));
}

const byId = (a: OpenstackObject, b: OpenstackObject) => (text(a['id']) < text(b['id']) ? -1 : 1);
