import { type OpenstackApi, type OpenstackObject, object, text } from './openstack-api';

/** What the cloud holds of a cluster and the state does not know. */
export interface OpenstackOrphan {
  /** `server`, `volume`, `port`, … */
  readonly kind: string;
  readonly id: string;
  readonly name?: string;
}

type Service = Parameters<OpenstackApi['has']>[0];

interface Kind {
  readonly kind: string;
  readonly service: Service;
  readonly path: string;
  readonly key: string;
  /** How a thing says that it is the cluster's: by metadata, by tags, or, where a service has neither, by its name. */
  readonly mark: 'metadata' | 'tags' | 'name';
}

const KINDS: readonly Kind[] = [
  { kind: 'server', service: 'compute', path: '/servers/detail', key: 'servers', mark: 'metadata' },
  { kind: 'server-group', service: 'compute', path: '/os-server-groups', key: 'server_groups', mark: 'name' },
  { kind: 'volume', service: 'volume', path: '/volumes/detail', key: 'volumes', mark: 'metadata' },
  { kind: 'load-balancer', service: 'load-balancer', path: '/lbaas/loadbalancers', key: 'loadbalancers', mark: 'tags' },
  { kind: 'floating-ip', service: 'network', path: '/floatingips', key: 'floatingips', mark: 'tags' },
  { kind: 'port', service: 'network', path: '/ports', key: 'ports', mark: 'tags' },
  { kind: 'router', service: 'network', path: '/routers', key: 'routers', mark: 'tags' },
  { kind: 'subnet', service: 'network', path: '/subnets', key: 'subnets', mark: 'tags' },
  { kind: 'network', service: 'network', path: '/networks', key: 'networks', mark: 'tags' },
  { kind: 'security-group', service: 'network', path: '/security-groups', key: 'security_groups', mark: 'tags' },
  { kind: 'secret', service: 'key-manager', path: '/secrets', key: 'secrets', mark: 'name' },
];

/** Of metadata: the key; of a tag: `stackato:cluster=mvp`. */
const MARK = 'stackato:cluster';

/**
 * Finds what an interrupted apply made without the state knowing: by metadata or tag `stackato:cluster`, and by name
 * (`mvp` or `mvp-…`) where nothing else marks it, so that an untagged balancer is seen as well. `stateIds` are all
 * identifiers that the state mentions. Only reads; services that the cloud lacks are passed over. @throws ToolError
 */
export async function findOpenstackOrphans(
  api: Pick<OpenstackApi, 'has' | 'list' | 'projectId'>,
  cluster: string,
  stateIds: ReadonlySet<string>,
): Promise<OpenstackOrphan[]> {
  const found = await Promise.all(
    KINDS.filter(({ service }) => api.has(service)).map(async ({ kind, service, path, key, mark }) => {
      const all = await api.list(service, path, key);
      return all
        .filter((one) => inProject(one, api.projectId) && belongs(one, mark, cluster))
        .map((one): OpenstackOrphan => {
          const id = text(one['id']) || (text(one['secret_ref']).split('/').at(-1) ?? '');
          const name = text(one['name']) || text(one['floating_ip_address']);
          return { kind, id, ...(name === '' ? {} : { name }) };
        });
    }),
  );
  const orphans = found
    .flat()
    .filter(({ id, name }) => !stateIds.has(id) && !(name && stateIds.has(name) && id === ''));
  return orphans.sort((a, b) => a.kind.localeCompare(b.kind) || a.id.localeCompare(b.id));
}

/** An administrator is shown what is everybody's. */
function inProject(one: OpenstackObject, projectId: string): boolean {
  const owner = text(one['project_id']) || text(one['tenant_id']);
  return owner === '' || owner === projectId;
}

function belongs(one: OpenstackObject, mark: Kind['mark'], cluster: string): boolean {
  if (mark === 'metadata') return object(one['metadata'])[MARK] === cluster;
  const tags = one['tags'];
  if (mark === 'tags' && Array.isArray(tags) && tags.some((tag) => String(tag).startsWith(`${MARK}=`))) {
    return tags.includes(`${MARK}=${cluster}`);
  }
  const name = text(one['name']);
  return name === cluster || name.startsWith(`${cluster}-`);
}
