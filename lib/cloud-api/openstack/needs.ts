import { isDeepStrictEqual } from 'node:util';
import { first, type ResourceChange, type Values, valuesOf } from './change';
import { namesOf } from './names';
import type { OpenstackNeeds, Place, Quota, Reach } from './wanted';

type Names = Exclude<keyof OpenstackNeeds, 'quota' | 'servers' | 'groups' | 'names' | 'roots' | 'places' | 'reaches'>;
type Root = NonNullable<OpenstackNeeds['roots']>[string];

const COUNTED: Readonly<Record<string, keyof Quota>> = {
  openstack_compute_keypair_v2: 'keyPairs',
  openstack_compute_servergroup_v2: 'serverGroups',
  openstack_blockstorage_volume_v3: 'volumes',
  openstack_networking_network_v2: 'networks',
  openstack_networking_subnet_v2: 'subnets',
  openstack_networking_router_v2: 'routers',
  openstack_networking_port_v2: 'ports',
  openstack_networking_floatingip_v2: 'floatingIps',
  openstack_networking_secgroup_v2: 'securityGroups',
  openstack_networking_secgroup_rule_v2: 'securityGroupRules',
  // a router's interface and a balancer's address are ports
  openstack_networking_router_interface_v2: 'ports',
  openstack_lb_loadbalancer_v2: 'ports',
};

/** Names in a resource that must exist; of several keys, the first that is set. */
const NAMED: Readonly<Record<string, Readonly<Partial<Record<Names, readonly string[]>>>>> = {
  openstack_compute_instance_v2: {
    flavors: ['flavor_name'],
    flavorIds: ['flavor_id'],
    images: ['image_name', 'image_id'],
    zones: ['availability_zone'],
    keyPairs: ['key_pair'],
  },
  openstack_blockstorage_volume_v3: {
    images: ['image_id'],
    volumeZones: ['availability_zone'],
    volumeTypes: ['volume_type'],
  },
  openstack_networking_floatingip_v2: { externalNetworks: ['pool'] },
  openstack_networking_router_v2: { externalNetworks: ['external_network_id'] },
  openstack_networking_port_v2: { networks: ['network_id'] },
};

/** Optional services, by the beginning of a resource's type. */
const SERVED: readonly (readonly [start: string, service: string])[] = [
  ['openstack_lb_', 'load-balancer'],
  ['openstack_dns_', 'dns'],
  ['openstack_keymanager_', 'key-manager'],
];

/** The same for data sources, which fail by themselves, but with poorer messages. */
const LOOKED_UP: typeof NAMED = {
  openstack_images_image_v2: { images: ['name'] },
  openstack_images_image_ids_v2: { images: ['name'] },
  openstack_compute_flavor_v2: { flavors: ['name'] },
  openstack_compute_keypair_v2: { keyPairs: ['name'] },
};

/**
 * Reads from a synthesized stack (`cdk.tf.json`) what the cloud must have, by resource address: literal names only.
 * References and values known only later are left out.
 */
export function needsOfStack(config: { readonly resource?: unknown; readonly data?: unknown }): OpenstackNeeds {
  const wanted = collector();
  const made = namesIn(instances(config.resource).map(([, , body]) => body));
  for (const [type, name, body] of instances(config.resource)) {
    wanted.take(NAMED[type], `${type}.${name}`, body, made);
    wanted.serve(type, `${type}.${name}`);
  }
  for (const [type, name, body] of instances(config.data)) {
    wanted.take(LOOKED_UP[type], `data.${type}.${name}`, body, made);
    if (type !== 'openstack_networking_network_v2') continue;
    const kind = body['external'] === true ? 'externalNetworks' : 'networks';
    wanted.take({ [kind]: ['name', 'network_id'] }, `data.${type}.${name}`, body, made);
  }
  return wanted.lists();
}

/**
 * Reads from a plan (`terraform show -json`) what the cloud must have: the names in created and changed resources, by
 * address, and how many more of each kind there will be. Destroyed resources are not subtracted, since they may go last.
 */
export function needsOfPlan(plan: { readonly resource_changes?: readonly ResourceChange[] }): OpenstackNeeds {
  const changes = (plan.resource_changes ?? []).filter(({ mode }) => mode !== 'data');
  const wanted = collector();
  const total = { quota: {} as Record<string, number>, servers: {} as Record<string, number> };
  const roots: Record<string, Root> = {};
  const places: Record<string, Place> = {};
  const made = namesIn(changes.map(({ change }) => valuesOf(change.after)));
  for (const { address, type, change } of changes) {
    const after = valuesOf(change.after);
    const creates = change.actions.includes('create');
    if (!creates && !change.actions.includes('update')) continue;
    const replaces = creates && change.actions.includes('delete');
    wanted.take(NAMED[type], address, after, made);
    wanted.serve(type, address);
    if (creates && !replaces && type === 'openstack_compute_keypair_v2')
      wanted.take({ newKeyPairs: ['name'] }, address, after, new Set());
    add(total, type, after, 1);
    if (!creates || replaces) add(total, type, valuesOf(change.before), -1);
    const server = type === 'openstack_compute_instance_v2';
    const root = server ? rootOf(after) : undefined;
    // a rebuild or a resize must fit as well
    if (root && (creates || !isDeepStrictEqual(root, rootOf(valuesOf(change.before))))) roots[address] = root;
    const place = creates && !replaces && type === 'openstack_networking_port_v2' ? placeOf(after) : undefined;
    if (place) places[address] = place;
    if (creates && server)
      for (const disk of volumesOf(after)) wanted.take({ volumeTypes: ['volume_type'] }, address, disk, made);
  }
  const some = <T extends object>(key: string, all: T) => (Object.keys(all).length > 0 ? { [key]: all } : {});
  const groups = groupsOf(changes);
  const names = namesOf(changes);
  const reaches = reachesOf(changes, Object.values(places));
  return {
    ...wanted.lists(),
    ...some('roots', roots),
    ...some('places', places),
    ...some('reaches', reaches),
    ...some('groups', groups),
    ...some('names', names),
    servers: withoutNothing(total.servers),
    quota: withoutNothing(total.quota),
  };
}

/** Target of floating addresses, if all ports are in one subnet: only an apply knows which address is for which port. */
function reachesOf(changes: readonly ResourceChange[], places: readonly Place[]): Record<string, Reach> {
  const [subnet, ...others] = new Set(places.map((place) => place.subnet));
  const floating = changes.find(
    ({ type, change }) => type === 'openstack_networking_floatingip_v2' && change.actions[0] === 'create',
  );
  const outside = first(valuesOf(floating?.change.after), ['pool']);
  return subnet && outside && others.length === 0 ? { [floating!.address]: { subnet, outside } } : {};
}

/** Adds or subtracts a resource's share of the quota. */
function add(
  { quota, servers }: { readonly quota: Record<string, number>; readonly servers: Record<string, number> },
  type: string,
  values: Values,
  times: 1 | -1,
): void {
  const count = (kind: keyof Quota, more: number) => (quota[kind] = (quota[kind] ?? 0) + times * more);
  const kind = COUNTED[type];
  if (kind) count(kind, 1);
  if (type === 'openstack_blockstorage_volume_v3') count('gigabytes', Number(values['size'] ?? 0));
  // a group begins with two rules
  if (type === 'openstack_networking_secgroup_v2' && values['delete_default_rules'] !== true)
    count('securityGroupRules', 2);
  if (type !== 'openstack_compute_instance_v2') return;
  const flavor = first(values, ['flavor_name', 'flavor_id']);
  if (flavor) servers[flavor] = (servers[flavor] ?? 0) + times;
  for (const disk of volumesOf(values)) {
    count('volumes', 1);
    count('gigabytes', Number(disk['volume_size'] ?? 0));
  }
}

const withoutNothing = (counts: Readonly<Record<string, number>>): Record<string, number> =>
  Object.fromEntries(Object.entries(counts).filter(([, count]) => count !== 0));

/** Number of servers in a server group, by the resource that makes them: a pool is one resource with one group. */
function groupsOf(changes: readonly ResourceChange[]): Record<string, number> {
  const members = changes.filter(({ type, change }) => {
    const hints = type === 'openstack_compute_instance_v2' ? valuesOf(change.after)['scheduler_hints'] : undefined;
    return Array.isArray(hints) && hints.length > 0 && !isGone(change);
  });
  const pool = ({ address }: ResourceChange) => address.replace(/\[[^\]]*\]$/, '');
  const growing = new Set(members.filter(({ change }) => change.actions[0] === 'create').map(pool));
  return Object.fromEntries([...growing].map((name) => [name, members.filter((one) => pool(one) === name).length]));
}

const isGone = ({ actions }: ResourceChange['change']) => actions.includes('delete') && !actions.includes('create');

/** What a server boots from, if the plan has both the image and its disk. */
function rootOf(server: Values): Root | undefined {
  const flavor = first(server, ['flavor_name', 'flavor_id']);
  const [disk] = disksOf(server).filter((one) => one['source_type'] === 'image');
  const image = first(disk ?? server, disk ? ['uuid'] : ['image_name', 'image_id']);
  if (!flavor || !image) return undefined;
  const gib = Number(disk?.['volume_size'] ?? 0);
  return { flavor, image, ...(gib > 0 ? { gib } : {}) };
}

/** Network and subnet of a port, if the plan has them: not in a network that the stack makes. */
function placeOf(port: Values): Place | undefined {
  const [fixed] = Array.isArray(port['fixed_ip']) ? port['fixed_ip'].map(valuesOf) : [];
  const [subnet, network] = [first(fixed ?? {}, ['subnet_id']), first(port, ['network_id'])];
  if (!subnet || !network) return undefined;
  const address = first(fixed ?? {}, ['ip_address']);
  return { subnet, network, ...(address ? { address } : {}) };
}

function volumesOf(server: Values): Values[] {
  return disksOf(server).filter((one) => one['destination_type'] === 'volume');
}

function disksOf(server: Values): Values[] {
  const disks = server['block_device'];
  return Array.isArray(disks) ? disks.map(valuesOf) : [];
}

/** Collects every name once, under the first address that uses it. */
function collector() {
  const lists: Partial<Record<Names, Record<string, string>>> = {};
  return {
    take(kinds: (typeof NAMED)[string] | undefined, address: string, body: Values, made: ReadonlySet<string>): void {
      for (const [kind, keys] of Object.entries(kinds ?? {}) as [Names, readonly string[]][]) {
        const value = first(body, keys);
        if (!value || made.has(value)) continue;
        const list = lists[kind] ?? {};
        lists[kind] = list;
        // an administrator may write zone:host:node
        const name = kind === 'zones' ? value.split(':')[0]! : value;
        if (!Object.values(list).includes(name)) list[address] = name;
      }
    },
    serve(type: string, address: string): void {
      const [, service] = SERVED.find(([start]) => type.startsWith(start)) ?? [];
      if (!service || Object.values(lists.services ?? {}).includes(service)) return;
      lists.services = { ...lists.services, [address]: service };
    },
    lists: (): OpenstackNeeds => lists,
  };
}

function namesIn(bodies: readonly Values[]): ReadonlySet<string> {
  return new Set(bodies.map((body) => body['name']).filter((name): name is string => typeof name === 'string'));
}

function instances(section: unknown): [type: string, name: string, body: Values][] {
  return Object.entries(valuesOf(section)).flatMap(([type, all]) =>
    Object.entries(valuesOf(all)).map(([name, body]): [string, string, Values] => [type, name, valuesOf(body)]),
  );
}
