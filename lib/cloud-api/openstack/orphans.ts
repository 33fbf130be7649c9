import { type OpenstackApi, type OpenstackObject, object, objects, text } from './api';
import { isInterface } from './remove';

/** A resource of a cluster that is in the cloud and not in the state. */
export interface OpenstackOrphan {
  /** `server`, `volume`, `port`, … */
  readonly kind: string;
  readonly id: string;
  readonly name?: string;
  /** Whether only its name marks it: tags are set in a second call, which a killed apply may not have made. */
  readonly byName?: true;
  /** Its name in the declaration, if different. */
  readonly as?: string;
  /** When it was made, if the service says so: `2026-11-30T18:00:00.000Z`. */
  readonly made?: string;
  /** Whether it runs, is attached, or has content from elsewhere. */
  readonly used?: true;
}

type Service = Parameters<OpenstackApi['has']>[0];

interface Kind {
  readonly kind: string;
  readonly service: Service;
  readonly path: string;
  readonly key: string;
  /** Its Terraform type, when only its name marks it: a service without tags, an old one, or a tag that is set later. */
  readonly named?: string;
}

const KINDS: readonly Kind[] = [
  { kind: 'server', service: 'compute', path: '/servers/detail', key: 'servers' },
  {
    kind: 'server-group',
    service: 'compute',
    path: '/os-server-groups',
    key: 'server_groups',
    named: 'compute_servergroup_v2',
  },
  { kind: 'volume', service: 'volume', path: '/volumes/detail', key: 'volumes' },
  {
    kind: 'load-balancer',
    service: 'load-balancer',
    path: '/lbaas/loadbalancers',
    key: 'loadbalancers',
    named: 'lb_loadbalancer_v2',
  },
  {
    kind: 'floating-ip',
    service: 'network',
    path: '/floatingips',
    key: 'floatingips',
    named: 'networking_floatingip_v2',
  },
  { kind: 'port', service: 'network', path: '/ports', key: 'ports', named: 'networking_port_v2' },
  { kind: 'router', service: 'network', path: '/routers', key: 'routers', named: 'networking_router_v2' },
  { kind: 'subnet', service: 'network', path: '/subnets', key: 'subnets', named: 'networking_subnet_v2' },
  { kind: 'network', service: 'network', path: '/networks', key: 'networks', named: 'networking_network_v2' },
  {
    kind: 'security-group',
    service: 'network',
    path: '/security-groups',
    key: 'security_groups',
    named: 'networking_secgroup_v2',
  },
  { kind: 'security-group-rule', service: 'network', path: '/security-group-rules', key: 'security_group_rules' },
  { kind: 'dns-zone', service: 'dns', path: '/zones', key: 'zones' },
  { kind: 'secret', service: 'key-manager', path: '/secrets', key: 'secrets', named: 'keymanager_secret_v1' },
];

/** For metadata, the key; for a tag or a description, `stackato:cluster=mvp`. */
const MARK = 'stackato:cluster';

/** Facts from a synthesized stack. */
export interface StackWords {
  /** Ids and names of resources that it uses and does not make. @default none */
  readonly given?: ReadonlySet<string>;
  /** Terraform types that it makes: only these are recognized by name alone. @default all */
  readonly types?: ReadonlySet<string>;
}

/**
 * Finds orphans of an interrupted apply: by metadata, tag or description `stackato:cluster`; by name (`mvp` or `mvp-…`)
 * when nothing else marks them, so that an untagged network is found; and parts of resources in the state: rules of their
 * groups, interfaces of their routers. `stateIds` are all identifiers in the state. Only reads; services that the cloud
 * lacks are skipped.
 * @throws ToolError when a service does not answer or refuses
 */
export async function findOpenstackOrphans(
  api: Pick<OpenstackApi, 'has' | 'list' | 'projectId'>,
  cluster: string,
  stateIds: ReadonlySet<string>,
  { given = new Set(), types }: StackWords = {},
): Promise<OpenstackOrphan[]> {
  const listed = await Promise.all(
    KINDS.filter(({ service }) => api.has(service)).map(async (kind) => {
      const all = await api.list(kind.service, kind.path, kind.key);
      return all.filter((one) => inProject(one, api.projectId)).map((one) => ({ kind, one, id: idOf(one) }));
    }),
  );
  const all = listed.flat();
  const marked = new Set(all.flatMap(({ one }) => markOf(one) ?? []));
  const orphans = all.flatMap(({ kind, one, id }): OpenstackOrphan[] => {
    if (stateIds.has(id)) return [];
    const part = partOf(kind.kind, one, cluster, stateIds);
    if (part) return [{ ...orphan(kind.kind, one), kind: part }];
    const mark = markOf(one);
    if (mark !== undefined) return mark === cluster ? [orphan(kind.kind, one)] : [];
    if (!kind.named || types?.has(`openstack_${kind.named}`) === false) return [];
    if (byName(called(kind.kind, one), cluster, marked) !== cluster) return [];
    return given.has(id) || given.has(text(one['name'])) ? [] : [{ ...orphan(kind.kind, one), byName: true }];
  });
  return orphans.sort((a, b) => a.kind.localeCompare(b.kind) || a.id.localeCompare(b.id));
}

/** Unmarked parts of resources in the state that the plan would create a second time. */
function partOf(
  kind: string,
  one: OpenstackObject,
  cluster: string,
  stateIds: ReadonlySet<string>,
): 'security-group-rule' | 'router-interface' | undefined {
  if (kind === 'security-group-rule') {
    // a rule that somebody else added to the group has another description
    const ours = [`${cluster}: `, `${cluster}-`].some((begin) => text(one['description']).startsWith(begin));
    return ours && stateIds.has(text(one['security_group_id'])) ? kind : undefined;
  }
  if (kind !== 'port' || !isInterface(one) || !stateIds.has(text(one['device_id']))) return undefined;
  // an interface to a foreign network is not ours
  const subnets = objects(one['fixed_ips']).map((each) => text(each['subnet_id']));
  return subnets.length > 0 && subnets.every((each) => stateIds.has(each)) ? 'router-interface' : undefined;
}

function orphan(kind: string, one: OpenstackObject): OpenstackOrphan {
  const name = text(one['name']) || text(one['floating_ip_address']);
  const as = called(kind, one);
  return {
    kind,
    id: idOf(one),
    ...(name === '' ? {} : { name }),
    ...(as === '' || as === name ? {} : { as }),
    ...madeAt(text(one['created_at']) || text(one['created'])),
    ...(isUsed(kind, one) ? { used: true as const } : {}),
  };
}

/** Services write UTC, some of them without saying so. */
function madeAt(time: string): { readonly made?: string } {
  const date = new Date(/(Z|[+-]\d\d:?\d\d)$/.test(time) ? time : `${time}Z`);
  return Number.isNaN(date.getTime()) ? {} : { made: date.toISOString() };
}

function isUsed(kind: string, one: OpenstackObject): boolean {
  if (kind === 'server' || kind === 'load-balancer') return true;
  if (kind === 'floating-ip') return text(one['port_id']) !== '';
  if (kind === 'port') return text(one['device_id']) !== '';
  if (kind !== 'volume') return false;
  const from = ['snapshot_id', 'source_volid', 'backup_id'].some((key) => text(one[key]) !== '');
  return from || objects(one['attachments']).length > 0 || one['bootable'] === 'true';
}

/** Its name in the declaration. */
function called(kind: string, one: OpenstackObject): string {
  if (kind === 'floating-ip' || kind === 'security-group-rule') return text(one['description']);
  if (kind === 'port' && isInterface(one)) return text(objects(one['fixed_ips'])[0]?.['subnet_id']);
  return text(one['name']);
}

function idOf(one: OpenstackObject): string {
  return text(one['id']) || text(one['secret_ref']);
}

/** An administrator sees the resources of all projects. */
function inProject(one: OpenstackObject, projectId: string): boolean {
  const owner = text(one['project_id']) || text(one['tenant_id']);
  return owner === '' || owner === projectId;
}

/** The cluster that a resource is marked with. */
function markOf(one: OpenstackObject): string | undefined {
  const tags = Array.isArray(one['tags']) ? one['tags'].map(String) : [];
  const tag = tags.find((each) => each.startsWith(`${MARK}=`))?.slice(MARK.length + 1);
  const said = text(one['description']);
  const described = said.startsWith(`${MARK}=`) ? said.slice(MARK.length + 1) : undefined;
  return tag ?? described ?? (text(object(one['metadata'])[MARK]) || undefined);
}

/** `mvp` for `mvp-group`, unless there is a cluster `mvp-group`, whose name is longer. */
function byName(name: string, cluster: string, marked: ReadonlySet<string>): string | undefined {
  const fits = [...marked, cluster].filter((each) => name === each || name.startsWith(`${each}-`));
  return fits.sort((a, b) => b.length - a.length)[0];
}
