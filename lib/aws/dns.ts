import { Route53Record } from '@cdktf/provider-aws/lib/route53-record';
import { Construct } from 'constructs';
import { InputError } from '../base/input';

/** The names of a cluster. */
export interface DnsProps {
  /** The cluster's name in the world; all names below it lead to the same place. */
  readonly hostname: string;
  /** Addresses that the names lead to. @default those of `alias` */
  readonly addresses?: readonly string[];
  /** A balancer that the names lead to. @default `addresses` */
  readonly alias?: { readonly address: string; readonly zoneId: string };
  /** Id of the hosted zone that holds the hostname. */
  readonly zoneId: string;
  /** Seconds that an answer may be kept; a balancer decides itself. @default 300 */
  readonly ttl?: number;
}

/** Route 53 records of the hostname and of everything below it. */
export class Dns extends Construct {
  constructor(scope: Construct, id: string, props: DnsProps) {
    super(scope, id);
    const { alias } = props;
    if (!alias && !props.addresses?.length) {
      const message = 'required: at least one address, or alias: a balancer';
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
