import type { ToolError } from '../../base/input';
import type { Removal, Thing } from '../removal';
import { type OpenstackApi, type OpenstackObject, object, text } from './api';

type Api = Pick<OpenstackApi, 'call' | 'find' | 'list'>;
type Service = Parameters<OpenstackApi['has']>[0];

/** Busy, throttled, or a temporary error: services answer 409 while something still uses the resource. */
export function openstackPassing(error: ToolError): boolean {
  return /\((409|429|500|502|503|504)\)/.test(error.message) || /got no answer/.test(error.message);
}

/** How to delete everything that Terraform makes, in order: dependents first. */
export function openstackRemovals(api: Api): Removal[] {
  const simple = (kind: string, service: Service, path: string, more: Simple = {}): Removal => ({
    kind,
    remove: async ({ id }) => void (await api.call(service, 'DELETE', `${path}/${id}${more.query ?? ''}`)),
    gone: async ({ id }) => {
      const found = await api.find(service, `${path}/${id}`);
      return found === undefined || (more.ended?.(found) ?? false);
    },
    ...(more.limitSeconds ? { limitSeconds: more.limitSeconds } : {}),
  });
  return [
    simple('server', 'compute', '/servers', { limitSeconds: 600 }),
    // 400 while it is attached; only empty copies get here
    simple('volume', 'volume', '/volumes'),
    // 409 until it leaves PENDING_…: Octavia finishes what a killed apply had begun
    simple('load-balancer', 'load-balancer', '/lbaas/loadbalancers', {
      query: '?cascade=true',
      limitSeconds: 900,
      ended: (found) => object(found['loadbalancer'])['provisioning_status'] === 'DELETED',
    }),
    simple('floating-ip', 'network', '/floatingips'),
    routerInterface(api),
    router(api),
    simple('port', 'network', '/ports'),
    simple('subnet', 'network', '/subnets'),
    simple('network', 'network', '/networks'),
    simple('security-group-rule', 'network', '/security-group-rules'),
    simple('security-group', 'network', '/security-groups'),
    simple('server-group', 'compute', '/os-server-groups'),
    simple('dns-zone', 'dns', '/zones', { ended: (found) => found['status'] === 'DELETED' }),
  ];
}

interface Simple {
  readonly query?: string;
  readonly limitSeconds?: number;
  /** Whether an answer shows a deleted resource. */
  readonly ended?: (found: OpenstackObject) => boolean;
}

/** A router's port: Neutron deletes it only through the router. */
function routerInterface(api: Api): Removal {
  return {
    kind: 'router-interface',
    remove: async ({ id }) => {
      const port = object((await api.find('network', `/ports/${id}`))?.['port']);
      if (text(port['device_id'])) await release(api, text(port['device_id']), id);
    },
    gone: async ({ id }) => (await api.find('network', `/ports/${id}`)) === undefined,
  };
}

function router(api: Api): Removal {
  return {
    kind: 'router',
    remove: async ({ id }: Thing) => {
      const ports = await api.list('network', `/ports?device_id=${id}`, 'ports');
      for (const port of ports.filter(isInterface)) await release(api, id, text(port['id']));
      await api.call('network', 'DELETE', `/routers/${id}`);
    },
    gone: async ({ id }) => (await api.find('network', `/routers/${id}`)) === undefined,
  };
}

function release(api: Api, router: string, port: string): Promise<unknown> {
  return api.call('network', 'PUT', `/routers/${router}/remove_router_interface`, { port_id: port });
}

/** `network:router_interface`, `…_distributed`, `network:ha_router_replicated_interface`; not the gateway's. */
export function isInterface(port: OpenstackObject): boolean {
  return /^network:.*router.*_interface/.test(text(port['device_owner']));
}

/** Whether a volume can be imported: its creation has ended, in any state. */
export async function openstackSettled(api: Api, { kind, id }: Thing): Promise<boolean> {
  if (kind !== 'volume') return true;
  const volume = object((await api.find('volume', `/volumes/${id}`))?.['volume']);
  return !/^(creating|downloading|attaching|detaching|uploading)$/.test(text(volume['status']));
}
