import { z } from 'zod';
import { awsSchema } from './clouds-aws';
import { openstackSchema } from './clouds-openstack';

export { type AwsCloud, awsSchema } from './clouds-aws';
export { type OpenstackCloud, openstackSchema } from './clouds-openstack';

/** What each cloud must be told: the declaration's `clouds`. */
export const cloudsSchema = z.strictObject({ aws: awsSchema.optional(), openstack: openstackSchema.optional() });

/** The longest prefix of a network of its own: on AWS two subnets for each of six zones, on OpenStack one for all. */
export const OWN_NETWORK: Readonly<Record<keyof z.output<typeof cloudsSchema>, number>> = { aws: 20, openstack: 26 };
