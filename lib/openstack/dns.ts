import { Construct } from 'constructs';
import { DnsRecordsetV2 } from '#provider-openstack/dns-recordset-v2';
import { DnsZoneV2 } from '#provider-openstack/dns-zone-v2';
import { InputError, type Problem } from '../base/input';
import { tagsOf } from './tags';

/** Properties of the DNS records of a cluster. */
export interface DnsProps {
  /** The cluster's public name; all names below it resolve to the same addresses. */
  readonly hostname: string;
  /** Addresses that the names resolve to. */
  readonly addresses: readonly string[];
  /** Id of the zone that holds the hostname. @default a new zone, see `zone` */
  readonly zoneId?: string;
  /** Zone to create: its name, its administrator's e-mail address, and the cluster that it belongs to. @default none, see `zoneId` */
  readonly zone?: { readonly name: string; readonly email: string; readonly cluster?: string };
  /** Time to live of the records, seconds. @default 300 */
  readonly ttl?: number;
}

/** Designate records of the hostname and of all names below it. */
export class Dns extends Construct {
  constructor(scope: Construct, id: string, props: DnsProps) {
    super(scope, id);
    const problems = dnsProblems(props);
    if (problems.length) throw new InputError(`names of ${props.hostname}`, problems);
    const ttl = props.ttl ?? 300;
    const zoneId =
      props.zoneId ??
      new DnsZoneV2(this, 'zone', {
        name: `${props.zone!.name}.`,
        email: props.zone!.email,
        ttl,
        // a zone has no tags
        ...(props.zone!.cluster ? { description: tagsOf({ name: props.zone!.cluster, tags: {} })[0] } : {}),
      }).id;
    for (const [record, name] of [
      ['name', props.hostname],
      ['wildcard', `*.${props.hostname}`],
    ] as const) {
      new DnsRecordsetV2(this, record, { zoneId, name: `${name}.`, type: 'A', records: [...props.addresses], ttl });
    }
  }
}

/** Checks that the zone is either existing or new, and that there is an address. */
function dnsProblems({ zoneId, zone, addresses }: DnsProps): Problem[] {
  const problems: Problem[] = [];
  if (zoneId === undefined && !zone) {
    const message = 'required: write the id of an existing zone, or zone: { name, email } for a new one';
    problems.push({ path: 'zoneId', message, rule: 'shape' });
  }
  if (zoneId !== undefined && zone)
    problems.push({ path: 'zone', message: 'zoneId already names a zone; remove one of them', rule: 'shape' });
  if (addresses.length === 0)
    problems.push({ path: 'addresses', message: 'is empty; write at least one address', rule: 'shape' });
  return problems;
}
