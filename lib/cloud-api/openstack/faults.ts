import { type OpenstackApi, object, objects, text } from './api';

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

/** A volume that a failed action of Cinder has left in an error. */
export interface VolumeFault {
  readonly volume: string;
  /** Cinder's status: `error_extending`. */
  readonly status: string;
  /** Cinder's messages about it, newest first; empty if it has none or is too old for them. */
  readonly messages: readonly string[];
  /** What to do. */
  readonly next: string;
}

/**
 * All faults of a cluster's volumes, found by their metadata.
 * @throws ToolError when Cinder refuses
 */
export async function volumeFaults(api: Pick<OpenstackApi, 'find' | 'list'>, cluster: string): Promise<VolumeFault[]> {
  const volumes = await api.list('volume', '/volumes/detail', 'volumes');
  const stuck = volumes.filter(
    (v) => object(v['metadata'])['stackato:cluster'] === cluster && text(v['status']).startsWith('error'),
  );
  const found = await Promise.all(
    stuck.map(async (v): Promise<VolumeFault> => {
      const [id, status] = [text(v['id']), text(v['status'])];
      const path = `/messages?resource_uuid=${encodeURIComponent(id)}`;
      const answer = await api.find('volume-messages', path).catch(() => undefined);
      const messages = objects(answer?.['messages'])
        .filter((m) => text(m['resource_uuid']) === id)
        .sort((a, b) => (text(a['created_at']) < text(b['created_at']) ? 1 : -1))
        .map((m) => text(m['user_message']));
      const free = listed(v['attachments']).length === 0;
      return {
        volume: text(v['name']) || id,
        status,
        messages,
        next: nextOf(id, status, free ? 'available' : 'in-use'),
      };
    }),
  );
  return found.sort((a, b) => (a.volume < b.volume ? -1 : 1));
}

/** Cinder keeps size and content when it cannot extend a volume; only an administrator may change its status. */
function nextOf(id: string, status: string, was: string): string {
  if (status === 'error')
    return `if this deployment made it, it is empty: openstack volume delete ${id}, then deploy again; else ask an administrator`;
  const kept = status === 'error_extending' ? 'it keeps its size and content; ' : '';
  return `${kept}an administrator of the cloud sets it back: openstack volume set --state ${was} ${id}; then deploy again`;
}

function listed(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}
