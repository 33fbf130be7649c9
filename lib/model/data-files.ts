import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { modelHome, type Place } from './place';
import type { Product } from './version';

/** What `kato relocate` moves, and from where (7.3; services H, droplets M, containers L); 2.x kept them elsewhere. */
export function dataFolder(product: Product, what: 'services' | 'droplets' | 'containers'): string {
  const old = product.storePort === 8046;
  if (what === 'services') return old ? '/var/vcap/services' : '/var/stackato/services';
  if (what === 'droplets') return old ? '/var/vcap/shared' : '/home/stackato/stackato/data';
  return '/var/stackato/containers';
}

/** Below the services: the folder of the Cloud Controller's database, which no export of service data holds and no reset empties. */
const ownDatabase = 'cloudcontroller';

/**
 * The files of a core: the configuration store, and the Cloud Controller's and AOK's database. 3.x keeps its data below
 * `/var/stackato/services` and `/var/stackato/data` (17, H), which of the two is in which is L; of 2.x nothing is known.
 */
export function storeFiles(product: Product): { readonly config: string; readonly database: string } {
  if (product.storePort === 8046) return { config: `${modelHome}/store.json`, database: `${modelHome}/database.json` };
  const services = dataFolder(product, 'services');
  return { config: '/var/stackato/data/config_redis/store.json', database: `${services}/${ownDatabase}/database.json` };
}

const exported = ['services', 'droplets'] as const;

/** The files of a node's services and droplets, by `services/mysql/data`, as text in base64. */
export function collect(place: Place, product: Product): Record<string, string> {
  const files: Record<string, string> = {};
  for (const what of exported) {
    const root = place.path(dataFolder(product, what));
    if (!existsSync(root)) continue;
    for (const name of readdirSync(root, { recursive: true, encoding: 'utf8' })) {
      const file = join(root, name);
      if (what === 'services' && name.split('/')[0] === ownDatabase) continue;
      if (statSync(file).isFile()) files[`${what}/${name}`] = readFileSync(file, 'base64');
    }
  }
  return files;
}

/** Puts collected files back where this version keeps them. */
export function deliver(place: Place, product: Product, files: Readonly<Record<string, string>>): void {
  for (const [name, text] of Object.entries(files)) {
    const what = exported.find((folder) => name.startsWith(`${folder}/`));
    if (!what || name.split('/').includes('..')) throw new Error(`not a file of an export: ${name}`);
    const file = join(place.path(dataFolder(product, what)), name.slice(what.length + 1));
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, Buffer.from(text, 'base64'));
  }
}

/** Empties the services' folder. */
export function wipeServices(place: Place, product: Product): void {
  const root = place.path(dataFolder(product, 'services'));
  if (!existsSync(root)) return;
  for (const name of readdirSync(root).filter((one) => one !== ownDatabase))
    rmSync(join(root, name), { recursive: true, force: true });
}
