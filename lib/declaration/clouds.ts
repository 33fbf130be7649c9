import { z } from 'zod';
import { awsSchema, DATABASE_CLASSES, INSTANCE_TYPES } from './clouds-aws';
import { FLAVORS, openstackSchema } from './clouds-openstack';

export { type AwsCloud, awsSchema } from './clouds-aws';
export { type OpenstackCloud, openstackSchema } from './clouds-openstack';

/** What each cloud must be told: the declaration's `clouds`. */
export const cloudsSchema = z.strictObject({ aws: awsSchema.optional(), openstack: openstackSchema.optional() });

/** The longest prefix of a network of its own: on AWS two subnets for each of six zones, on OpenStack one for all. */
export const OWN_NETWORK: Readonly<Record<CloudName, number>> = { aws: 20, openstack: 26 };

type CloudName = keyof z.output<typeof cloudsSchema>;

/**
 * How many nodes beside the core a network of its own can hold at most: on AWS a public and a private subnet per zone, less
 * the five addresses that each of them loses; on OpenStack what the subnet's allocation pool has.
 */
export const ROOM: Readonly<Record<CloudName, (length: number, zones: number) => number>> = {
  aws: (length, zones) => {
    const inner = Math.max(length + 4, 20);
    return zones * (2 ** (32 - inner) - 5 + 2 ** (32 - Math.max(24, inner + 3)) - 5);
  },
  openstack: (length) => 2 ** (32 - length) - 17,
};

/** A cloud's words for size words: its own, and the key of its settings with more; `databases` where it makes them. */
export const SIZES: readonly {
  readonly cloud: CloudName;
  readonly of: 'machines' | 'databases';
  readonly known: Readonly<Record<string, string>>;
  readonly more: string;
}[] = [
  { cloud: 'aws', of: 'machines', known: INSTANCE_TYPES, more: 'instanceTypes' },
  { cloud: 'aws', of: 'databases', known: DATABASE_CLASSES, more: 'databaseClasses' },
  { cloud: 'openstack', of: 'machines', known: FLAVORS, more: 'flavors' },
];
