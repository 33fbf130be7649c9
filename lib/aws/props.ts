import type { z } from 'zod';
import { InputError, zodProblems } from '../base/input';
import { type AwsCloud, awsSchema, DATABASE_CLASSES, INSTANCE_TYPES } from '../declaration/clouds-aws';
import { settingsProblems } from '../declaration/rules';
import type { ClusterSpec } from '../declaration/spec';
import { translate } from '../stack/sizes';
import type { UserDataForm } from '../stack/user-data';

/** Settings of a cluster on AWS: region, zones, image, and any value that differs from its default. */
export type AwsSettings = z.input<typeof awsSchema>;

/** Memory of the instance types in the default table and of similar types, MiB. */
const MEMORY_MIB: Readonly<Record<string, number>> = {
  't2.small': 2048,
  't2.medium': 4096,
  't2.large': 8192,
  'm3.medium': 3840,
  'm3.large': 7680,
  'm3.xlarge': 15360,
  'm3.2xlarge': 30720,
  'm4.large': 8192,
  'm4.xlarge': 16384,
  'r3.large': 15616,
  'c3.large': 3840,
};

/** EC2 accepts this many bytes of user data before base64. */
export const USER_DATA: UserDataForm = { gzip: true, limit: 16_384 };

/**
 * The settings for AWS, from the construct's props, else from the declaration.
 * @throws InputError when they are missing or wrong.
 */
export function awsSettings(cluster: ClusterSpec, given: AwsSettings | undefined): AwsCloud {
  const subject = `cluster ${cluster.name} on AWS`;
  const settings = given === undefined ? cluster.clouds.aws : parsed(subject, given);
  if (!settings) {
    const message = 'required to deploy on AWS; write region, zones and image';
    throw new InputError(subject, [{ path: 'clouds.aws', message, rule: 'cloud-missing' }]);
  }
  const problems = settingsProblems({ ...cluster, clouds: { aws: settings } }, 'aws');
  if (problems.length) throw new InputError(subject, problems);
  return settings;
}

function parsed(subject: string, given: AwsSettings): AwsCloud {
  const result = awsSchema.safeParse(given);
  if (result.success) return result.data;
  throw new InputError(
    subject,
    zodProblems(result.error, () => Object.keys(awsSchema.shape), given),
  );
}

/** A machine image on AWS. */
export interface AwsImage {
  /** AMI id. */
  readonly id: string;
  /** Whether its cloud-init can read the metadata service by token (IMDSv2); `false` also permits IMDSv1. */
  readonly imdsv2: boolean;
  /** Size of the root disk, GiB. */
  readonly rootGib: number;
}

/** The image with its abilities. */
export function imageOf(settings: AwsCloud): AwsImage {
  return typeof settings.image === 'string' ? { id: settings.image, imdsv2: false, rootGib: 40 } : settings.image;
}

/**
 * The instance type for a size word.
 * @throws InputError when the table has no such word; the message lists the known words.
 */
export function instanceType(settings: Pick<AwsCloud, 'instanceTypes'>, size: string, path: string): string {
  return translate({ ...INSTANCE_TYPES, ...settings.instanceTypes }, size, path, {
    cloud: 'AWS',
    table: 'clouds.aws.instanceTypes',
  });
}

/**
 * The RDS class for a size word.
 * @throws InputError when the table has no such word; the message lists the known words.
 */
export function databaseClass(settings: Pick<AwsCloud, 'databaseClasses'>, size: string, path: string): string {
  return translate({ ...DATABASE_CLASSES, ...settings.databaseClasses }, size, path, {
    cloud: 'AWS',
    table: 'clouds.aws.databaseClasses',
  });
}

/** Memory of an instance type, MiB; undefined if unknown. */
export function memoryMib(type: string): number | undefined {
  return MEMORY_MIB[type];
}

/** The partition that a region belongs to, the second word of its ARNs. */
export function partitionOf(region: string): string {
  if (region.startsWith('cn-')) return 'aws-cn';
  return region.startsWith('us-gov-') ? 'aws-us-gov' : 'aws';
}

/** Whether a KMS key is given by an alias, which never equals what the cloud reports: the key's own ARN. */
export const isAlias = (kmsKeyId: string | undefined) => /:alias\//.test(kmsKeyId ?? '');
