import type { OpenstackNeeds, Wanted } from './openstack-preflight';
import type { Quota } from './openstack-quota';

/** A resource's change in the form of `terraform show -json`, as far as it is read here. */
interface Change {
  readonly address: string;
  readonly mode?: string;
  readonly type: string;
  readonly change: { readonly actions: readonly string[]; readonly after?: unknown };
}

type Values = Readonly<Record<string, unknown>>;

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
};

/**
 * Reads from a plan (`terraform show -json`) what the cloud must have for it: the names in what is created or changed,
 * by resource address, and how many of each kind are created; what is replaced needs no more than before. Values that are not known yet, and
 * those that lie in resources of the same plan, are left out.
 */
export function needsOfPlan(plan: { readonly resource_changes?: readonly Change[] }): OpenstackNeeds {
  const changes = (plan.resource_changes ?? []).filter(({ mode }) => mode !== 'data');
  const wanted: Record<Exclude<keyof OpenstackNeeds, 'quota' | 'servers'>, Record<string, string>> = {
    flavors: {},
    images: {},
    networks: {},
    externalNetworks: {},
    zones: {},
    volumeZones: {},
    keyPairs: {},
  };
  const quota: Record<string, number> = {};
  const servers: Record<string, number> = {};
  const made = new Set(changes.flatMap(({ change }) => [valuesOf(change.after)['name']]).filter((name) => name));
  for (const { address, type, change } of changes) {
    const after = valuesOf(change.after);
    const creates = change.actions.includes('create');
    // a replacement frees what it takes, in the order that it has: at the end there are no more than before
    const more = creates && !change.actions.includes('delete');
    const add = (kind: keyof Quota, count: number) => {
      if (more) quota[kind] = (quota[kind] ?? 0) + count;
    };
    const kind = COUNTED[type];
    if (kind) add(kind, 1);
    if (!creates && !change.actions.includes('update')) continue;
    const want = (list: keyof typeof wanted, value: unknown) => {
      if (typeof value === 'string' && value !== '' && !made.has(value)) wanted[list][address] = value;
    };
    if (type === 'openstack_compute_instance_v2') {
      want('flavors', after['flavor_name'] ?? after['flavor_id']);
      want('images', after['image_name'] ?? after['image_id']);
      want('zones', zoneOnly(after['availability_zone']));
      want('keyPairs', after['key_pair']);
      const flavor = after['flavor_name'] ?? after['flavor_id'];
      if (more && typeof flavor === 'string') servers[flavor] = (servers[flavor] ?? 0) + 1;
    }
    if (type === 'openstack_blockstorage_volume_v3') {
      want('images', after['image_id']);
      want('volumeZones', after['availability_zone']);
      if (typeof after['size'] === 'number') add('gigabytes', after['size']);
    }
    // the address that a balancer answers on is a port, and a group begins with two rules
    if (type === 'openstack_lb_loadbalancer_v2') add('ports', 1);
    if (type === 'openstack_networking_secgroup_v2' && after['delete_default_rules'] !== true)
      add('securityGroupRules', 2);
    if (type === 'openstack_networking_floatingip_v2') want('externalNetworks', after['pool']);
    if (type === 'openstack_networking_router_v2') want('externalNetworks', after['external_network_id']);
    if (type === 'openstack_networking_port_v2') want('networks', after['network_id']);
  }
  const lists = Object.entries(wanted).filter(([, list]) => Object.keys(list).length > 0);
  return { ...(Object.fromEntries(lists) as Readonly<Record<string, Wanted>>), servers, quota };
}

/** `zone:host:node`, as an administrator may write it. */
function zoneOnly(zone: unknown): unknown {
  return typeof zone === 'string' ? zone.split(':')[0] : zone;
}

function valuesOf(value: unknown): Values {
  return value !== null && typeof value === 'object' ? (value as Values) : {};
}
