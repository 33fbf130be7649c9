import { didYouMean, type Problem } from '../../base/input';
import { type OpenstackObject, object, text } from './api';
import { rootProblems, serviceProblems } from './fit';
import { nameProblems } from './names';
import { placeProblems, reachProblems } from './place';
import { quotaProblems } from './quota';
import type { OpenstackNeeds, Quota, ReadApi, Wanted } from './wanted';

/**
 * Checks with the cloud whether a deployment can succeed, before anything is created; returns all problems, in the order
 * services, flavors, images, networks, zones, key pairs, volume types, subnets, root disks, DNS, quota.
 * @throws ToolError when a service does not answer or refuses
 */
export async function openstackProblems(api: ReadApi, needs: OpenstackNeeds): Promise<Problem[]> {
  const found = await Promise.all([
    serviceProblems(api, needs.services ?? {}),
    ...(Object.keys(kinds) as Kind[]).map((kind) => named(api, kind, needs[kind] ?? {})),
    placeProblems(api, needs.places ?? {}),
    reachProblems(api, needs.reaches ?? {}),
    keyProblems(api, needs.newKeyPairs ?? {}),
    rootProblems(api, needs.roots ?? {}),
    nameProblems(api, needs.names ?? {}),
    sized(api, needs).then((quota) => quotaProblems(api, quota, needs.groups)),
  ]);
  return found.flat();
}

/** The quota including that of servers; a missing flavor is reported elsewhere. */
async function sized(api: ReadApi, { servers = {}, quota = {} }: OpenstackNeeds): Promise<Quota> {
  if (Object.keys(servers).length === 0) return quota;
  const flavors = await kinds.flavors.all(api);
  const total = { instances: quota.instances ?? 0, cores: quota.cores ?? 0, ramMiB: quota.ramMiB ?? 0 };
  for (const [name, count] of Object.entries(servers)) {
    const flavor = flavors.find((one) => nameAndId(one).includes(name));
    total.instances += count;
    total.cores += count * Number(flavor?.['vcpus'] ?? 0);
    total.ramMiB += count * Number(flavor?.['ram'] ?? 0);
  }
  return { ...quota, ...total };
}

interface Lookup {
  /** The operator's word. */
  readonly noun: string;
  readonly rule: string;
  /** All existing ones. */
  all(api: ReadApi): Promise<readonly OpenstackObject[]>;
  /** The names by which one can be given. */
  names(one: OpenstackObject): readonly string[];
  /** What is wrong with an existing one; undefined when it is usable. */
  unfit?(one: OpenstackObject): string | undefined;
  /** Whether two of a name are ambiguous. */
  readonly unique?: boolean;
}

type Kind = Exclude<
  keyof OpenstackNeeds,
  'quota' | 'servers' | 'groups' | 'names' | 'services' | 'roots' | 'places' | 'reaches' | 'newKeyPairs'
>;

const nameAndId = (one: OpenstackObject) => [text(one['name']), text(one['id'])];
const zoneOf = (service: 'compute' | 'volume', noun: string): Lookup => ({
  noun,
  rule: 'openstack-zone',
  all: (api) => api.list(service, '/os-availability-zone', 'availabilityZoneInfo'),
  names: (one) => [text(one['zoneName'])],
  unfit: (one) => (object(one['zoneState'])['available'] === false ? 'is not available now' : undefined),
});

const allFlavors = (api: ReadApi) => api.list('compute', '/flavors/detail', 'flavors');

const kinds: Readonly<Record<Kind, Lookup>> = {
  flavors: {
    noun: 'flavor',
    rule: 'openstack-flavor',
    all: allFlavors,
    names: (one) => [text(one['name'])],
  },
  flavorIds: {
    noun: 'flavor with the id',
    rule: 'openstack-flavor',
    all: allFlavors,
    names: (one) => [text(one['id'])],
  },
  images: {
    noun: 'image',
    rule: 'openstack-image',
    all: (api) => api.list('image', '/images', 'images'),
    names: nameAndId,
    unfit: (one) => (one['status'] === 'active' ? undefined : `is ${text(one['status'])}, not active`),
    unique: true,
  },
  networks: {
    noun: 'network',
    rule: 'openstack-network',
    all: (api) => api.list('network', '/networks', 'networks'),
    names: nameAndId,
    unique: true,
  },
  externalNetworks: {
    noun: 'external network',
    rule: 'openstack-external-network',
    all: (api) => api.list('network', '/networks?router:external=true', 'networks'),
    names: nameAndId,
    unique: true,
  },
  zones: zoneOf('compute', 'availability zone'),
  volumeZones: zoneOf('volume', 'availability zone for volumes'),
  keyPairs: {
    noun: 'key pair',
    rule: 'openstack-key-pair',
    all: async (api) => (await api.list('compute', '/os-keypairs', 'keypairs')).map((one) => object(one['keypair'])),
    names: (one) => [text(one['name'])],
  },
  volumeTypes: {
    noun: 'volume type',
    rule: 'openstack-volume-type',
    all: (api) => api.list('volume', '/types', 'volume_types'),
    names: nameAndId,
  },
};

/** Key pairs that exist already: Nova would refuse to make them. */
async function keyProblems(api: ReadApi, wanted: Wanted): Promise<Problem[]> {
  if (Object.keys(wanted).length === 0) return [];
  const there = (await kinds.keyPairs.all(api)).map((one) => text(one['name']));
  return Object.entries(wanted)
    .filter(([, name]) => there.includes(name))
    .map(([path, name]) => ({
      path,
      message: `key pair ${JSON.stringify(name)} exists already; write keyName: ${name} instead of publicKey, or delete it`,
      rule: 'openstack-key-pair',
    }));
}

const SHOWN = 8;

async function named(api: ReadApi, kind: Kind, wanted: Wanted): Promise<Problem[]> {
  const entries = Object.entries(wanted);
  if (entries.length === 0) return [];
  const { noun, rule, all, names, unfit, unique } = kinds[kind];
  const there = await all(api);
  const known = [...new Set(there.map((one) => names(one)[0] ?? '').filter((name) => name !== ''))].sort();
  return entries.flatMap(([path, name]): Problem[] => {
    const fits = there.filter((one) => names(one).includes(name));
    const [first] = fits;
    if (first === undefined) {
      const called = there.find((one) => text(one['id']) === name)?.['name'];
      const message = called
        ? `${JSON.stringify(name)} is an id; write its name: ${text(called)}`
        : unknown(name, known);
      return [{ path, message: `${noun} ${message}`, rule }];
    }
    if (unique && fits.length > 1) {
      const ids = fits.map((one) => text(one['id'])).sort();
      const message = `${fits.length} have the name ${JSON.stringify(name)}; write one of the ids ${ids.join(', ')}`;
      return [{ path, message: `${noun}: ${message}`, rule }];
    }
    const why = unfit?.(first);
    return why ? [{ path, message: `${noun} ${JSON.stringify(name)} ${why}`, rule }] : [];
  });
}

function unknown(name: string, known: readonly string[]): string {
  const near = didYouMean(name, known);
  const more = known.length > SHOWN ? `, and ${known.length - SHOWN} more` : '';
  const list =
    known.length > 0 ? `(the cloud shows ${known.slice(0, SHOWN).join(', ')}${more})` : '(the cloud shows none)';
  return `${JSON.stringify(name)} does not exist${near} ${list}`;
}
