import type { z } from 'zod';
import { InputError, zodProblems } from '../base/input';
import { FLAVORS, type OpenstackCloud, openstackSchema } from '../declaration/clouds-openstack';
import { settingsProblems } from '../declaration/rules';
import type { ClusterSpec } from '../declaration/spec';
import { translate } from '../stack/sizes';
import type { UserDataForm } from '../stack/user-data';

/** Settings of a cluster on OpenStack: network, image, and any value that differs from its default. */
export type OpenstackSettings = z.input<typeof openstackSchema>;

/** Memory of the flavors in the default table, MiB. */
const MEMORY_MIB: Readonly<Record<string, number>> = {
  'm1.small': 2048,
  'm1.medium': 4096,
  'm1.large': 8192,
  'm1.xlarge': 16384,
};

/** Nova accepts 65,535 bytes of base64, that is this many bytes of text (measured on Zed). Plain text, so that a person can read it. */
export const USER_DATA: UserDataForm = { gzip: false, limit: 49_149 };

/**
 * The settings for OpenStack, from the construct's props, else from the declaration.
 * @throws InputError when they are missing or wrong.
 */
export function openstackSettings(cluster: ClusterSpec, given: OpenstackSettings | undefined): OpenstackCloud {
  const subject = `cluster ${cluster.name} on OpenStack`;
  const settings = given === undefined ? cluster.clouds.openstack : parsed(subject, given);
  if (!settings) {
    const message = 'required to deploy on OpenStack; write image and network';
    throw new InputError(subject, [{ path: 'clouds.openstack', message, rule: 'cloud-missing' }]);
  }
  const problems = settingsProblems({ ...cluster, clouds: { openstack: settings } }, 'openstack');
  if (problems.length) throw new InputError(subject, problems);
  return settings;
}

function parsed(subject: string, given: OpenstackSettings): OpenstackCloud {
  const result = openstackSchema.safeParse(given);
  if (result.success) return result.data;
  throw new InputError(
    subject,
    zodProblems(result.error, () => Object.keys(openstackSchema.shape), given),
  );
}

/** A machine image on OpenStack. */
export interface OpenstackImage {
  /** Name or id of the image. */
  readonly name: string;
  /** Size of a boot volume, GiB. @default none: the node boots from the flavor's disk */
  readonly rootGib?: number;
}

/** The image with its boot volume. */
export function imageOf(settings: OpenstackCloud): OpenstackImage {
  return typeof settings.image === 'string' ? { name: settings.image } : settings.image;
}

/** Whether a text is an id of OpenStack. */
export function isId(text: string): boolean {
  return /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(text);
}

/**
 * The flavor for a size word.
 * @throws InputError when the table has no such word; the message lists the known words.
 */
export function flavor(settings: Pick<OpenstackCloud, 'flavors'>, size: string, path: string): string {
  return translate({ ...FLAVORS, ...settings.flavors }, size, path, {
    cloud: 'OpenStack',
    table: 'clouds.openstack.flavors',
  });
}

/** Memory of a flavor, MiB; undefined if unknown. */
export function memoryMib(name: string): number | undefined {
  return MEMORY_MIB[name];
}
