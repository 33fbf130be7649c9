import type { Place } from './openstack-place';
import type { OpenstackNeeds } from './openstack-preflight';
import type { Quota } from './openstack-quota';

/** A resource's change in the form of `terraform show -json`, as far as it is read here. */
interface Change {
  readonly address: string;
  readonly mode?: string;
  readonly type: string;
  readonly change: { readonly actions: readonly string[]; readonly after?: unknown };
}

type Values = Readonly<Record<string, unknown>>;
type Names = Exclude<keyof OpenstackNeeds, 'quota' | 'servers' | 'roots' | 'places'>;
type Root = NonNullable<OpenstackNeeds['roots']>[string];

const COUNTED: Readonly<Record<string, keyof Quota>> = {
  openstack_compute_keypair_v2: 'keyPairs',
  openstack_compute_servergroup_v2: 'serverGroups',
  openstack_blockstorage_volume_v3: 'volumes',
  openstack_networking_network_v2: 'networks',
  openstack_networking_router_v2: 'routers',
  openstack_networking_port_v2: 'ports',
  openstack_networking_floatingip_v2: 'floatingIps',
  openstack_networking_secgroup_v2: 'securityGroups',
  openstack_networking_secgroup_rule_v2: 'securityGroupRules',
  // the address that a balancer answers on is a port
  openstack_lb_loadbalancer_v2: 'ports',
};

/** What a resource names that must be there; the first that is set of those that are given. */
const NAMED: Readonly<Record<string, Readonly<Partial<Record<Names, readonly string[]>>>>> = {
  openstack_compute_instance_v2: {
    flavors: ['flavor_name', 'flavor_id'],
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

/** Services that not every cloud has, by the beginning of a resource's type. */
const SERVED: readonly (readonly [start: string, service: string])[] = [
  ['openstack_lb_', 'load-balancer'],
  ['openstack_dns_', 'dns'],
  ['openstack_keymanager_', 'key-manager'],
];

/** The same of data sources, which fail by themselves, but each with less to say. */
const LOOKED_UP: typeof NAMED = {
  openstack_images_image_v2: { images: ['name'] },
  openstack_images_image_ids_v2: { images: ['name'] },
  openstack_compute_flavor_v2: { flavors: ['name'] },
  openstack_compute_keypair_v2: { keyPairs: ['name'] },
};

/**
 * Reads from a synthesized stack (`cdk.tf.json`) what the cloud must have for it, by resource address: names that stand
 * there as they are. What lies in a resource of the same stack, or is only known later, is left out.
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
 * Reads from a plan (`terraform show -json`) what the cloud must have for it: the names in what is created or changed,
 * by resource address, and how many of each kind are created; what is replaced needs no more than before.
 */
export function needsOfPlan(plan: { readonly resource_changes?: readonly Change[] }): OpenstackNeeds {
  const changes = (plan.resource_changes ?? []).filter(({ mode }) => mode !== 'data');
  const wanted = collector();
  const quota: Record<string, number> = {};
  const servers: Record<string, number> = {};
  const roots: Record<string, Root> = {};
  const places: Record<string, Place> = {};
  const made = namesIn(changes.map(({ change }) => valuesOf(change.after)));
  for (const { address, type, change } of changes) {
    const after = valuesOf(change.after);
    const creates = change.actions.includes('create');
    if (creates || change.actions.includes('update')) {
      wanted.take(NAMED[type], address, after, made);
      wanted.serve(type, address);
    }
    const root = creates && type === 'openstack_compute_instance_v2' ? rootOf(after) : undefined;
    if (root) roots[address] = root;
    if (!creates || change.actions.includes('delete')) continue;
    const add = (kind: keyof Quota, count: number) => (quota[kind] = (quota[kind] ?? 0) + count);
    const place = type === 'openstack_networking_port_v2' ? placeOf(after) : undefined;
    if (place) places[address] = place;
    const kind = COUNTED[type];
    if (kind) add(kind, 1);
    if (type === 'openstack_compute_instance_v2') {
      const flavor = first(after, NAMED[type]?.flavors ?? []);
      if (flavor) servers[flavor] = (servers[flavor] ?? 0) + 1;
      for (const disk of disksOf(after).filter((one) => one['destination_type'] === 'volume')) {
        wanted.take({ volumeTypes: ['volume_type'] }, address, disk, made);
        add('volumes', 1);
        add('gigabytes', Number(disk['volume_size'] ?? 0));
      }
    }
    if (type === 'openstack_blockstorage_volume_v3') add('gigabytes', Number(after['size'] ?? 0));
    // a group begins with two rules
    if (type === 'openstack_networking_secgroup_v2' && after['delete_default_rules'] !== true) {
      add('securityGroupRules', 2);
    }
  }
  const some = <T extends object>(key: string, all: T) => (Object.keys(all).length > 0 ? { [key]: all } : {});
  return { ...wanted.lists(), ...some('roots', roots), ...some('places', places), servers, quota };
}

/** What a server boots from, where the plan says both the image and what it goes to. */
function rootOf(server: Values): Root | undefined {
  const flavor = first(server, ['flavor_name', 'flavor_id']);
  const [disk] = disksOf(server).filter((one) => one['source_type'] === 'image');
  const image = first(disk ?? server, disk ? ['uuid'] : ['image_name', 'image_id']);
  if (!flavor || !image) return undefined;
  const gib = Number(disk?.['volume_size'] ?? 0);
  return { flavor, image, ...(gib > 0 ? { gib } : {}) };
}

/** Where a port is to be, where the plan says it: in a network of the stack's own it does not. */
function placeOf(port: Values): Place | undefined {
  const [fixed] = Array.isArray(port['fixed_ip']) ? port['fixed_ip'].map(valuesOf) : [];
  const [subnet, network] = [first(fixed ?? {}, ['subnet_id']), first(port, ['network_id'])];
  if (!subnet || !network) return undefined;
  const address = first(fixed ?? {}, ['ip_address']);
  return { subnet, network, ...(address ? { address } : {}) };
}

function disksOf(server: Values): Values[] {
  const disks = server['block_device'];
  return Array.isArray(disks) ? disks.map(valuesOf) : [];
}

/** Gathers every name once, under the address that named it first. */
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

/** A value that stands there as it is: an expression is known to the engine only. */
function first(body: Values, keys: readonly string[]): string | undefined {
  const value = keys.map((key) => body[key]).find((one) => typeof one === 'string' && one !== '');
  return typeof value === 'string' && !value.includes('${') ? value : undefined;
}

function namesIn(bodies: readonly Values[]): ReadonlySet<string> {
  return new Set(bodies.map((body) => body['name']).filter((name): name is string => typeof name === 'string'));
}

function instances(section: unknown): [type: string, name: string, body: Values][] {
  return Object.entries(valuesOf(section)).flatMap(([type, all]) =>
    Object.entries(valuesOf(all)).map(([name, body]): [string, string, Values] => [type, name, valuesOf(body)]),
  );
}

function valuesOf(value: unknown): Values {
  return value !== null && typeof value === 'object' ? (value as Values) : {};
}
