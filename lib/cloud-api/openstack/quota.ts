import { type Problem, ToolError } from '../../base/input';
import { type OpenstackObject, object } from './api';
import type { Quota, ReadApi } from './wanted';

interface Limit {
  readonly noun: string;
  /** Name of its limit and its usage in the service's answer. */
  readonly limit: string;
  readonly used?: string;
}

const compute: Readonly<Partial<Record<keyof Quota, Limit>>> = {
  instances: { noun: 'servers', limit: 'maxTotalInstances', used: 'totalInstancesUsed' },
  cores: { noun: 'cores', limit: 'maxTotalCores', used: 'totalCoresUsed' },
  ramMiB: { noun: 'MiB of memory', limit: 'maxTotalRAMSize', used: 'totalRAMUsed' },
  serverGroups: { noun: 'server groups', limit: 'maxServerGroups', used: 'totalServerGroupsUsed' },
  keyPairs: { noun: 'key pairs', limit: 'maxTotalKeypairs' },
};
const volume: typeof compute = {
  volumes: { noun: 'volumes', limit: 'maxTotalVolumes', used: 'totalVolumesUsed' },
  gigabytes: { noun: 'GiB of volumes', limit: 'maxTotalVolumeGigabytes', used: 'totalGigabytesUsed' },
};
const network: typeof compute = {
  networks: { noun: 'networks', limit: 'network' },
  subnets: { noun: 'subnets', limit: 'subnet' },
  routers: { noun: 'routers', limit: 'router' },
  ports: { noun: 'ports', limit: 'port' },
  floatingIps: { noun: 'floating addresses', limit: 'floatingip' },
  securityGroups: { noun: 'security groups', limit: 'security_group' },
  securityGroupRules: { noun: 'security group rules', limit: 'security_group_rule' },
};

/**
 * Limits of the project that a deployment would exceed; `groups` has the number of servers in a server group, by the
 * resource that makes them.
 * @throws ToolError when a service does not answer or refuses
 */
export async function quotaProblems(
  api: ReadApi,
  quota: Quota,
  groups: Readonly<Record<string, number>> = {},
): Promise<Problem[]> {
  const asks = (limits: typeof compute) => (Object.keys(limits) as (keyof Quota)[]).some((kind) => quota[kind]);
  const grouped = Object.keys(groups).length > 0;
  const absolute = async (service: 'compute' | 'volume') =>
    object(object((await api.call(service, 'GET', '/limits'))['limits'])['absolute']);
  const [servers, disks, nets] = await Promise.all([
    asks(compute) || grouped ? absolute('compute') : {},
    asks(volume) ? absolute('volume') : {},
    asks(network) ? networkQuota(api) : {},
  ]);
  const simple = (from: OpenstackObject) => (limit: Limit) => ({
    most: Number(from[limit.limit] ?? -1),
    used: limit.used === undefined ? 0 : Number(from[limit.used] ?? 0),
  });
  const detailed = (limit: Limit) => {
    const one = object((nets as OpenstackObject)[limit.limit]);
    return { most: Number(one['limit'] ?? -1), used: Number(one['used'] ?? 0) + Number(one['reserved'] ?? 0) };
  };
  return [
    ...overrun(quota, compute, simple(servers)),
    ...overrun(quota, volume, simple(disks)),
    ...overrun(quota, network, detailed),
    ...crowded(groups, Number((servers as OpenstackObject)['maxServerGroupMembers'] ?? -1)),
  ];
}

/** Nova refuses a server that exceeds its group's limit (ten by default), also with soft anti-affinity. */
function crowded(groups: Readonly<Record<string, number>>, most: number): Problem[] {
  return Object.entries(groups).flatMap(([path, count]): Problem[] => {
    if (most < 0 || count <= most) return [];
    const message = `${count} servers of one pool would be in one server group, which may have ${most}; write antiAffinity: none, split the pool, or ask for a quota (server_group_members) of ${count}`;
    return [{ path, message, rule: 'openstack-quota' }];
  });
}

function overrun(
  quota: Quota,
  limits: typeof compute,
  read: (limit: Limit) => { readonly most: number; readonly used: number },
): Problem[] {
  return (Object.entries(limits) as [keyof Quota, Limit][]).flatMap(([kind, limit]): Problem[] => {
    const need = quota[kind] ?? 0;
    const { most, used } = read(limit);
    if (need <= 0 || most < 0 || used + need <= most) return [];
    const left = Math.max(0, most - used);
    const message = `${need} more ${limit.noun} are needed, ${left} of ${most} are left; delete some, or ask for a quota of ${used + need}`;
    return [{ path: `quota.${kind}`, message, rule: 'openstack-quota' }];
  });
}

/** An old or strict Neutron does not show usage: its quota cannot be checked in advance. */
async function networkQuota(api: ReadApi): Promise<OpenstackObject> {
  try {
    return object((await api.find('network', `/quotas/${api.projectId}/details.json`))?.['quota']);
  } catch (error) {
    if (error instanceof ToolError && /\(403\)/.test(error.message)) return {};
    throw error;
  }
}
