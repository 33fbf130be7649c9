import { z } from 'zod';
import { awsSchema, DATABASE_CLASSES, INSTANCE_TYPES } from './clouds-aws';
import { FLAVORS, openstackSchema } from './clouds-openstack';

export { type AwsCloud, awsSchema } from './clouds-aws';
export { type OpenstackCloud, openstackSchema } from './clouds-openstack';

/** The settings of each cloud: the declaration's `clouds`. */
export const cloudsSchema = z.strictObject({ aws: awsSchema.optional(), openstack: openstackSchema.optional() });

/** The longest prefix of a new network: AWS needs two subnets for each of six zones, OpenStack one for all. */
export const OWN_NETWORK: Readonly<Record<CloudName, number>> = { aws: 20, openstack: 26 };

type CloudName = keyof z.output<typeof cloudsSchema>;

/**
 * The number of nodes besides the core that fit into a new network. AWS: a public and a private subnet per zone, each
 * without five reserved addresses. OpenStack: the subnet's allocation pool.
 */
export const ROOM: Readonly<Record<CloudName, (length: number, zones: number) => number>> = {
  aws: (length, zones) => {
    const inner = Math.max(length + 4, 20);
    return zones * (2 ** (32 - inner) - 5 + 2 ** (32 - Math.max(24, inner + 3)) - 5);
  },
  openstack: (length) => 2 ** (32 - length) - 17,
};

/** The machines of a cloud by size word: the default table, and the settings key that adds to it. */
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
