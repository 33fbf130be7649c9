import { z } from 'zod';
import { cidr, gib, secretPrefix, text } from './fields';

const awsId = (prefix: string, what: string) =>
  text(what).regex(new RegExp(`^(${prefix}-[0-9a-f]{8,17}|\\$\\{.*\\})$`), {
    error: `must be ${what}: ${prefix}-… with 8 or 17 hexadecimal digits`,
  });

/** A machine image and its abilities: the product's image is Ubuntu 12.04 with cloud-init 0.6.3. */
const awsImage = z.union(
  [
    awsId('ami', 'an AMI id'),
    z.strictObject({
      id: awsId('ami', 'an AMI id').describe('AMI id'),
      imdsv2: z
        .boolean()
        .default(false)
        .describe('whether its cloud-init can read the metadata service by token (IMDSv2); false also permits IMDSv1'),
      rootGib: gib(10, 16384).default(40).describe('size of the root disk, GiB'),
    }),
  ],
  { error: 'must be an AMI id such as ami-0123456789abcdef0, or { id, imdsv2, rootGib }' },
);

/** The settings of AWS: the declaration's `clouds.aws`. */
export const awsSchema = z.strictObject({
  region: text('a region such as us-west-2')
    // known at synthesis, because boot scripts contain it
    .regex(/^[a-z]{2}(-gov|-iso[a-z]?)?-[a-z]+-\d$/, { error: 'must be a region such as us-west-2' })
    .describe('AWS region'),
  zones: z
    .array(text('an availability zone such as us-west-2a'))
    .min(1, { error: 'must name at least one availability zone' })
    .max(6, { error: 'must name at most 6 zones' })
    .describe('availability zones; nodes are spread over them, the core is in the first; another order moves nothing'),
  image: awsImage.describe('the AMI with the product'),
  images: z
    .record(z.string(), awsId('ami', 'an AMI id'))
    .default({})
    .describe('separate AMI for a pool or the core; only a change here replaces the core and nodes that keep data'),
  keyName: text('the name of an EC2 key pair').optional().describe('EC2 key pair for logins; default: none'),
  instanceTypes: z
    .record(z.string(), text('an instance type such as m3.large'))
    .default({})
    .describe('instance type by size word; adds to and overrides the default table'),
  databaseClasses: z
    .record(z.string(), text('a database class such as db.m5.large'))
    .default({})
    .describe('RDS class by size word'),
  network: z
    .union(
      [
        z.strictObject({
          cidr: cidr.default('10.0.0.0/16').describe('network of the VPC'),
          egress: z
            .enum(['nat', 'public', 'none'], { error: 'must be nat, public or none' })
            .default('nat')
            .describe('how nodes without a public address reach the internet'),
        }),
        z.strictObject({
          vpcId: awsId('vpc', 'a VPC id'),
          cidr: z.string().describe('network of the VPC'),
          publicSubnetIds: z
            .array(awsId('subnet', 'a subnet id'))
            .min(1)
            .describe('one per zone, in the order of zones'),
          privateSubnetIds: z
            .array(awsId('subnet', 'a subnet id'))
            .min(1)
            .describe('one per zone, in the order of zones'),
          coreAddress: z.string().describe("the core's fixed address, in the first public subnet"),
        }),
      ],
      {
        error:
          'must be { cidr, egress } for a new network, or { vpcId, cidr, publicSubnetIds, privateSubnetIds, coreAddress } for an existing one',
      },
    )
    .prefault({})
    .describe('a new VPC, or an existing one'),
  sshFrom: z
    .array(cidr)
    .default([])
    .describe('networks that may log in to the core and the world-facing nodes; default: none'),
  volumeType: z
    .enum(['gp3', 'gp2', 'io1', 'io2', 'st1'], { error: 'must be gp3, gp2, io1, io2 or st1' })
    .default('gp3')
    .describe('EBS type of data volumes'),
  kmsKeyId: text('a KMS key ARN')
    .regex(/^arn:[\w-]+:kms:[\w-]+:\d{12}:(key|alias)\/[\w/-]+$/, {
      error: 'must be the whole ARN of a key or of its alias: arn:aws:kms:<region>:<account>:key/<id>',
    })
    .optional()
    .describe('key for volumes and databases, by its ARN or that of an alias; default: the AWS-managed keys'),
  secretPrefix: secretPrefix.optional().describe('prefix of the names of its secrets; default: stackato/<cluster>/'),
  loadBalancer: z
    .boolean({ error: 'must be true or false' })
    .default(false)
    .describe('whether one network load balancer receives the traffic for all world-facing nodes'),
  dns: z
    .strictObject({ zoneId: text('the id of a hosted zone').describe('hosted zone that holds the hostname') })
    .optional()
    .describe('creates the DNS records of the hostname and of all names below it; default: none, create them by hand'),
  tags: z.record(z.string(), z.string()).default({}).describe('tags of all created resources'),
});

/** The settings of AWS with all defaults. */
export type AwsCloud = z.output<typeof awsSchema>;

/** Instance types by size word, all Xen: the product's Ubuntu 12.04 supports neither NVMe nor ENA (facts §7.1; L). */
export const INSTANCE_TYPES: Readonly<Record<string, string>> = {
  small: 't2.small',
  medium: 'm3.medium',
  large: 'm3.large',
  xlarge: 'm3.xlarge',
  '2xlarge': 'm3.2xlarge',
};

/** RDS classes by size word. */
export const DATABASE_CLASSES: Readonly<Record<string, string>> = {
  small: 'db.t3.small',
  medium: 'db.t3.medium',
  large: 'db.m5.large',
  xlarge: 'db.m5.xlarge',
  '2xlarge': 'db.m5.2xlarge',
};
