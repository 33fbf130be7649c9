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
  /** Whether its name tells, where nothing else does: a service without tags, or an old one. */
  readonly named?: true;
}

const KINDS: readonly Kind[] = [
  { kind: 'server', service: 'compute', path: '/servers/detail', key: 'servers' },
  { kind: 'server-group', service: 'compute', path: '/os-server-groups', key: 'server_groups', named: true },
  { kind: 'volume', service: 'volume', path: '/volumes/detail', key: 'volumes' },
  { kind: 'load-balancer', service: 'load-balancer', path: '/lbaas/loadbalancers', key: 'loadbalancers', named: true },
  { kind: 'floating-ip', service: 'network', path: '/floatingips', key: 'floatingips' },
  { kind: 'port', service: 'network', path: '/ports', key: 'ports' },
  { kind: 'router', service: 'network', path: '/routers', key: 'routers' },
  { kind: 'subnet', service: 'network', path: '/subnets', key: 'subnets' },
  { kind: 'network', service: 'network', path: '/networks', key: 'networks' },
  { kind: 'security-group', service: 'network', path: '/security-groups', key: 'security_groups' },
  { kind: 'secret', service: 'key-manager', path: '/secrets', key: 'secrets', named: true },
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
  const listed = await Promise.all(
    KINDS.filter(({ service }) => api.has(service)).map(async (kind) => {
      const all = await api.list(kind.service, kind.path, kind.key);
      return all.filter((one) => inProject(one, api.projectId)).map((one) => ({ kind, one }));
    }),
  );
  const all = listed.flat();
  const marked = new Set(all.flatMap(({ one }) => markOf(one) ?? []));
  const orphans = all
    .filter(({ kind, one }) => (markOf(one) ?? (kind.named ? byName(one, cluster, marked) : undefined)) === cluster)
    .map(({ kind: { kind }, one }): OpenstackOrphan => {
      const name = text(one['name']) || text(one['floating_ip_address']);
      return { kind, id: text(one['id']) || text(one['secret_ref']), ...(name === '' ? {} : { name }) };
    });
  return orphans
    .filter(({ id }) => !stateIds.has(id))
    .sort((a, b) => a.kind.localeCompare(b.kind) || a.id.localeCompare(b.id));
}

/** An administrator is shown what is everybody's. */
function inProject(one: OpenstackObject, projectId: string): boolean {
  const owner = text(one['project_id']) || text(one['tenant_id']);
  return owner === '' || owner === projectId;
}

/** The cluster that a thing says it is of. */
function markOf(one: OpenstackObject): string | undefined {
  const tags = Array.isArray(one['tags']) ? one['tags'].map(String) : [];
  const tag = tags.find((each) => each.startsWith(`${MARK}=`))?.slice(MARK.length + 1);
  return tag ?? (text(object(one['metadata'])[MARK]) || undefined);
}

/** `mvp` for `mvp-group`, unless there is a cluster `mvp-group`, whose name says more. */
function byName(one: OpenstackObject, cluster: string, marked: ReadonlySet<string>): string | undefined {
  const name = text(one['name']);
  const fits = [...marked, cluster].filter((each) => name === each || name.startsWith(`${each}-`));
  return fits.sort((a, b) => b.length - a.length)[0];
}
