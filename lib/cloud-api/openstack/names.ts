import type { Problem } from '../../base/input';
import { text } from './api';
import { first, type ResourceChange, valuesOf } from './change';
import type { Names, ReadApi } from './wanted';

/** Zones and records that Designate would refuse, after everything else was made. A missing service is reported elsewhere. */
export async function nameProblems(api: ReadApi, { zones = {}, records = {} }: Names): Promise<Problem[]> {
  if (Object.keys({ ...zones, ...records }).length === 0 || !api.has('dns')) return [];
  const there = await api.list('dns', '/zones', 'zones');
  const told = new Set<string>();
  const problem = (path: string, message: string): Problem[] => {
    if (told.has(message)) return [];
    told.add(message);
    return [{ path, message, rule: 'openstack-dns-zone' }];
  };
  const made = Object.entries(zones).flatMap(([path, name]) => {
    const same = there.find((zone) => text(zone['name']) === name);
    return same ? problem(path, `zone ${name} exists already; write dns: { zoneId: ${text(same['id'])} }`) : [];
  });
  const put = Object.entries(records).flatMap(([path, { zone: id, name }]) => {
    const zone = there.find((one) => text(one['id']) === id);
    if (!zone) {
      const known = there.map((one) => `${text(one['id'])} (${text(one['name'])})`).sort();
      return problem(path, `zone ${id} does not exist (the cloud shows ${known.join(', ') || 'none'})`);
    }
    const of = text(zone['name']);
    return `.${name}`.endsWith(`.${of}`) ? [] : problem(path, `zone ${id} is ${of}, which does not hold ${name}`);
  });
  return [...made, ...put];
}

/** Zones to make, and records in existing zones. */
export function namesOf(changes: readonly ResourceChange[]): Names {
  const wanted = (type: string) =>
    changes
      .filter((one) => one.type === type && one.change.actions.includes('create'))
      .filter((one) => type !== 'openstack_dns_zone_v2' || !one.change.actions.includes('delete'))
      .map(({ address, change }) => [address, valuesOf(change.after)] as const);
  const zones = wanted('openstack_dns_zone_v2').flatMap(([address, zone]) => {
    const name = first(zone, ['name']);
    return name ? [[address, name]] : [];
  });
  const records = wanted('openstack_dns_recordset_v2').flatMap(([address, record]) => {
    const [zone, name] = [first(record, ['zone_id']), first(record, ['name'])];
    return zone && name ? [[address, { zone, name }]] : [];
  });
  return {
    ...(zones.length ? { zones: Object.fromEntries(zones) as Names['zones'] } : {}),
    ...(records.length ? { records: Object.fromEntries(records) as Names['records'] } : {}),
  };
}
