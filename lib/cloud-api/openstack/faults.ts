import { type OpenstackApi, object, text } from './api';

/** Nova's reason for a server in ERROR. */
export interface ServerFault {
  readonly server: string;
  readonly status: string;
  /** Nova's message. */
  readonly message: string;
  /** Time, in ISO 8601. */
  readonly at?: string;
  /** The anti-affinity group for which no host was left. */
  readonly apart?: string;
}

/**
 * Asks Nova why a server failed; undefined when it does not exist or has no fault.
 * @throws ToolError when Nova refuses
 */
async function serverFault(api: Pick<OpenstackApi, 'find'>, serverId: string): Promise<ServerFault | undefined> {
  const server = object((await api.find('compute', `/servers/${serverId}`))?.['server']);
  const fault = object(server['fault']);
  if (text(fault['message']) === '') return undefined;
  return {
    server: text(server['name']) || serverId,
    status: text(server['status']),
    message: text(fault['message']),
    ...(fault['created'] ? { at: text(fault['created']) } : {}),
  };
}

/**
 * All faults of a cluster's servers in ERROR, found by their metadata.
 * @throws ToolError when Nova refuses
 */
export async function clusterFaults(api: Pick<OpenstackApi, 'find' | 'list'>, cluster: string): Promise<ServerFault[]> {
  const servers = await api.list('compute', '/servers/detail?status=ERROR', 'servers');
  const ours = servers.filter((server) => object(server['metadata'])['stackato:cluster'] === cluster);
  const found = await Promise.all(
    ours.map(async (server) => ({ id: text(server['id']), fault: await serverFault(api, text(server['id'])) })),
  );
  const hostless = found.some(({ fault }) => /No valid host/.test(fault?.message ?? ''));
  const groups = hostless ? await api.list('compute', '/os-server-groups', 'server_groups') : [];
  const apartOf = (id: string) =>
    groups.find(
      (group) => listed(group['policies']).includes('anti-affinity') && listed(group['members']).includes(id),
    );
  return found
    .flatMap(({ id, fault }): ServerFault[] => {
      if (!fault) return [];
      const apart = /No valid host/.test(fault.message) ? apartOf(id) : undefined;
      return [{ ...fault, ...(apart ? { apart: text(apart['name']) } : {}) }];
    })
    .sort((a, b) => (a.server < b.server ? -1 : 1));
}

function listed(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}
