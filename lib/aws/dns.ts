import { Route53Record } from '@cdktf/provider-aws/lib/route53-record';
import { Construct } from 'constructs';
import { InputError } from '../base/input';

/** Properties of the DNS records of a cluster. */
export interface DnsProps {
  /** The cluster's public name; all names below it resolve to the same addresses. */
  readonly hostname: string;
  /** Addresses that the names resolve to. Either this or `alias` is required. @default those of `alias` */
  readonly addresses?: readonly string[];
  /** A load balancer that the names resolve to. @default `addresses` */
  readonly alias?: { readonly address: string; readonly zoneId: string };
  /** Id of the hosted zone that holds the hostname. */
  readonly zoneId: string;
  /** Time to live of the records, seconds; ignored with `alias`. @default 300 */
  readonly ttl?: number;
}

/** Route 53 records of the hostname and of all names below it. */
export class Dns extends Construct {
  constructor(scope: Construct, id: string, props: DnsProps) {
    super(scope, id);
    const { alias } = props;
    if (!alias && !props.addresses?.length) {
      const message = 'required: write at least one address, or alias: a load balancer';
      throw new InputError(`names of ${props.hostname}`, [{ path: 'addresses', message, rule: 'shape' }]);
    }
    for (const [record, name] of [
      ['name', props.hostname],
      ['wildcard', `*.${props.hostname}`],
    ] as const) {
      new Route53Record(this, record, {
        zoneId: props.zoneId,
        name,
        type: 'A',
        ...(alias
          ? { alias: { name: alias.address, zoneId: alias.zoneId, evaluateTargetHealth: false } }
          : { records: [...(props.addresses ?? [])], ttl: props.ttl ?? 300 }),
      });
    }
  }
}
