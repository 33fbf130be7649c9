import { Construct } from 'constructs';
import { DnsRecordsetV2 } from '#provider-openstack/dns-recordset-v2';
import { DnsZoneV2 } from '#provider-openstack/dns-zone-v2';
import { InputError, type Problem } from '../base/input';
import { tagsOf } from './tags';

/** The names of a cluster. */
export interface DnsProps {
  /** The cluster's name in the world; all names below it lead to the same address. */
  readonly hostname: string;
  /** Addresses that the names lead to. */
  readonly addresses: readonly string[];
  /** Id of the zone that holds the hostname. @default a zone is made, see `zone` */
  readonly zoneId?: string;
  /** Zone to make, its administrator, and the name of the cluster that it is of, which marks it. */
  readonly zone?: { readonly name: string; readonly email: string; readonly cluster?: string };
  /** Seconds that an answer may be kept. @default 300 */
  readonly ttl?: number;
}

/** Designate records of the hostname and of everything below it. */
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

/** A zone is either there or made, and a name leads somewhere. */
function dnsProblems({ zoneId, zone, addresses }: DnsProps): Problem[] {
  const problems: Problem[] = [];
  if (zoneId === undefined && !zone) {
    const message = 'required: the id of a zone that is there, or zone: { name, email } for one to make';
    problems.push({ path: 'zoneId', message, rule: 'shape' });
  }
  if (zoneId !== undefined && zone)
    problems.push({ path: 'zone', message: 'zoneId names a zone already; remove one of them', rule: 'shape' });
  if (addresses.length === 0)
    problems.push({ path: 'addresses', message: 'must have at least one address', rule: 'shape' });
  return problems;
}
