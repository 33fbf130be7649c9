import type { Call, Flag } from '../grammar';
import { roles } from '../roles';
import { KatoError } from '../session';
import type { StoreData } from '../store-data';

/** Kept out unless asked for: the cache of uploads and AOK's configuration (2.7, 13.1; H). */
const unasked = ['resources', 'aok-config'];

/** What an export is made of: a part per service, the droplets, and those two (2.7 H that there are such; which L). */
const parts = [
  ...roles.filter((role) => role.processes.some(({ name }) => name.endsWith('_gateway'))),
  { name: 'droplets' },
  { name: 'resources' },
  { name: 'aok-config', since: '2.8' },
];

/** `--X` and `--exclude-X` of every part (2.7, H), and the key that encrypts the controller's database (13.1 H; its name L). */
export const partFlags: Readonly<Record<string, Flag>> = Object.fromEntries([
  ...parts.flatMap(({ name, since, until }: { name: string; since?: string; until?: string }) => {
    const span = { ...(since ? { since } : {}), ...(until ? { until } : {}) };
    return [
      [name, { long: `--${name}`, ...span }],
      [`exclude-${name}`, { long: `--exclude-${name}`, ...span }],
    ] as [string, Flag][];
  }),
  ['key', { long: '--db-encryption-key', since: '3.0' }],
]);

/** Which parts a call means: all but those to be asked for; with `--manual` those named alone (L). */
export function chosenParts({ flags }: Call): (part: string) => boolean {
  const both = parts.find(({ name }) => flags[name] !== undefined && flags[`exclude-${name}`] !== undefined);
  if (both) throw new KatoError(`--${both.name} and --exclude-${both.name} say opposite things`, 2);
  return (part) => {
    if (flags[`exclude-${part}`] !== undefined) return false;
    return flags[part] !== undefined || (flags['manual'] === undefined && !unasked.includes(part));
  };
}

/** The part that a collected file belongs to; none is its service's name, whatever it is. */
function partOf(file: string): string {
  const [what, name = ''] = file.split('/');
  if (what === 'services') return name;
  // The controller's blob stores are beside each other; of the cache's folder the name is L.
  return name === 'resource_pool' ? 'resources' : 'droplets';
}

/** The files that belong to chosen parts. */
export function filesOf(files: Readonly<Record<string, string>>, chosen: (part: string) => boolean) {
  return Object.fromEntries(Object.entries(files).filter(([file]) => chosen(partOf(file))));
}

/** A store without what was not chosen. */
export function storeOf(store: StoreData, chosen: (part: string) => boolean, key: boolean): StoreData {
  const { aok, cloud_controller_ng: controller, ...rest } = store.components;
  const { db_encryption_key: secret, ...settings } = controller ?? {};
  const components = {
    ...rest,
    ...(aok && chosen('aok-config') ? { aok } : {}),
    ...(controller
      ? { cloud_controller_ng: { ...settings, ...(key && secret ? { db_encryption_key: secret } : {}) } }
      : {}),
  };
  return { ...store, components };
}
