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
  openstack_compute_instance_v2: 'instances',
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

/** What a plan asks of the cloud, and by flavor how many servers, since only the cloud knows what a flavor is. */
export interface PlanNeeds {
  readonly needs: OpenstackNeeds;
  readonly servers: Readonly<Record<string, number>>;
}

/**
 * Reads from a plan (`terraform show -json`) what the cloud must have for it: the names in what is created or changed,
 * by resource address, and how many of each kind are created over those that go. Values that are not known yet, and
 * those that lie in resources of the same plan, are left out.
 */
export function needsOfPlan(plan: { readonly resource_changes?: readonly Change[] }): PlanNeeds {
  const changes = (plan.resource_changes ?? []).filter(({ mode }) => mode !== 'data');
  const wanted: Record<Exclude<keyof OpenstackNeeds, 'quota'>, Record<string, string>> = {
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
    const more = creates && !change.actions.includes('delete') ? 1 : change.actions.join() === 'delete' ? -1 : 0;
    const kind = COUNTED[type];
    if (kind && more > 0) quota[kind] = (quota[kind] ?? 0) + more;
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
      if (more > 0 && typeof flavor === 'string') servers[flavor] = (servers[flavor] ?? 0) + 1;
    }
    if (type === 'openstack_blockstorage_volume_v3') {
      want('images', after['image_id']);
      want('volumeZones', after['availability_zone']);
      if (more > 0 && typeof after['size'] === 'number') quota['gigabytes'] = (quota['gigabytes'] ?? 0) + after['size'];
    }
    if (type === 'openstack_networking_floatingip_v2') want('externalNetworks', after['pool']);
    if (type === 'openstack_networking_router_v2') want('externalNetworks', after['external_network_id']);
    if (type === 'openstack_networking_port_v2') want('networks', after['network_id']);
  }
  const lists = Object.entries(wanted).filter(([, list]) => Object.keys(list).length > 0);
  return { needs: { ...(Object.fromEntries(lists) as Readonly<Record<string, Wanted>>), quota }, servers };
}

/** `zone:host:node`, as an administrator may write it. */
function zoneOnly(zone: unknown): unknown {
  return typeof zone === 'string' ? zone.split(':')[0] : zone;
}

function valuesOf(value: unknown): Values {
  return value !== null && typeof value === 'object' ? (value as Values) : {};
}
