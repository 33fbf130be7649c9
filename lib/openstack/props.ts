import type { z } from 'zod';
import { InputError, zodProblems } from '../input';
import { type OpenstackCloud, openstackSchema } from '../spec/clouds';
import type { ClusterSpec } from '../spec/spec';
import { translate } from '../terraform/sizes';
import type { UserDataForm } from '../terraform/user-data';

/** What OpenStack must be told, as its owner writes it: network, image and what differs from the defaults. */
export type OpenstackSettings = z.input<typeof openstackSchema>;

/** Flavors by size word: the names and sizes that Nova shipped with until 2016 and most clouds still have. */
const FLAVORS: Readonly<Record<string, string>> = {
  small: 'm1.small',
  medium: 'm1.medium',
  large: 'm1.large',
  xlarge: 'm1.xlarge',
};

/** Memory of the flavors of the default table, MiB. */
const MEMORY_MIB: Readonly<Record<string, number>> = {
  'm1.small': 2048,
  'm1.medium': 4096,
  'm1.large': 8192,
  'm1.xlarge': 16384,
};

/** Nova takes 65,535 bytes of base64, that is this many bytes of text (measured on Zed). Plain, so that a person can read it. */
export const USER_DATA: UserDataForm = { gzip: false, limit: 49_149 };

/** The settings for OpenStack, from the construct's props or else from the declaration. Throws `InputError`. */
export function openstackSettings(cluster: ClusterSpec, given: OpenstackSettings | undefined): OpenstackCloud {
  const settings = given === undefined ? cluster.clouds.openstack : parsed(cluster, given);
  const problems = settings ? problemsOf(cluster, settings) : [];
  if (!settings) {
    const message = 'required to deploy on OpenStack; write image and network';
    problems.push({ path: 'clouds.openstack', message, rule: 'cloud-missing' });
  }
  if (!settings || problems.length) throw new InputError(`cluster ${cluster.name} on OpenStack`, problems);
  return settings;
}

function parsed(cluster: ClusterSpec, given: OpenstackSettings): OpenstackCloud {
  const result = openstackSchema.safeParse(given);
  if (result.success) return result.data;
  throw new InputError(
    `cluster ${cluster.name} on OpenStack`,
    zodProblems(result.error, () => Object.keys(openstackSchema.shape), given),
  );
}

/** What the shape cannot say: a database has a place, a carrier what it needs, a key one source. */
function problemsOf(cluster: ClusterSpec, settings: OpenstackCloud) {
  const problems = Object.keys(cluster.databases)
    .filter((name) => !settings.databases[name])
    .map((name) => ({
      path: `clouds.openstack.databases.${name}`,
      message: `required: OpenStack has no managed databases; write where yours is: { host, user, password: { secret: ${name}-password } }`,
      rule: 'database-missing',
    }));
  for (const name of Object.keys(settings.databases).filter((n) => !cluster.databases[n])) {
    const message = `no database "${name}" is declared; declare it in databases, or remove it`;
    problems.push({ path: `clouds.openstack.databases.${name}`, message, rule: 'database-unused' });
  }
  if (settings.secrets === 'barbican' && !settings.authUrl) {
    const message = 'required: nodes must know where Keystone is to read Barbican; write its address';
    problems.push({ path: 'clouds.openstack.authUrl', message, rule: 'carrier-address' });
  }
  if (settings.keyName && settings.publicKey) {
    const message = 'keyName names a key pair already; remove one of them';
    problems.push({ path: 'clouds.openstack.publicKey', message, rule: 'key-twice' });
  }
  return problems;
}

export interface OpenstackImage {
  /** Name or id. */
  readonly name: string;
  /** Boots from a volume of this size, GiB. @default from the flavor's own disk */
  readonly rootGib?: number;
}

/** The image with what is said of it. */
export function imageOf(settings: OpenstackCloud): OpenstackImage {
  return typeof settings.image === 'string' ? { name: settings.image } : settings.image;
}

/** Whether a text is an id of OpenStack's. */
export function isId(text: string): boolean {
  return /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(text);
}

/** The flavor for a size word. Throws `InputError` with the known words. */
export function flavor(settings: Pick<OpenstackCloud, 'flavors'>, size: string, path: string): string {
  return translate({ ...FLAVORS, ...settings.flavors }, size, path, {
    cloud: 'OpenStack',
    table: 'clouds.openstack.flavors',
  });
}

/** Memory of a flavor, MiB, where it is known to us. */
export function memoryMib(name: string): number | undefined {
  return MEMORY_MIB[name];
}
