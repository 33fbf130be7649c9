import { DnsRecordsetV2 } from '@cdktf/provider-openstack/lib/dns-recordset-v2';
import { DnsZoneV2 } from '@cdktf/provider-openstack/lib/dns-zone-v2';
import { Construct } from 'constructs';
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
