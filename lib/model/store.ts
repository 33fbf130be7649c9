import { existsSync, lstatSync } from 'node:fs';
import { dirname } from 'node:path';
import { storeFiles } from './data-files';
import { type Place, readJson, writeWhole } from './place';
import { configOf, nodeTree, rowsOf, type StoreData, shipped } from './store-data';
import { answerRequest, type Ledger } from './store-requests';
import { getAt, type Tree } from './tree';
import type { Product } from './version';
import type { Request } from './wire';

/** Keeps a store in its files and answers requests on it; every request is done whole before the next. `alone` are the roles of a micro cloud. */
export function openStore(place: Place, product: () => Product, alone: () => readonly string[] | undefined) {
  const files = storeFiles(product());
  const [config, database] = [place.path(files.config), place.path(files.database)];
  const read = (): StoreData => ({ ...(readJson<StoreData>(config) ?? shipped(product())), ...readJson(database) });
  let data = read();
  let revision = Date.now();
  const save = (next: StoreData) => {
    // First the disk: what it did not take is not so.
    const [rows, before] = [JSON.stringify(rowsOf(next), null, 1), JSON.stringify(rowsOf(data), null, 1)];
    if (rows !== before) writeWhole(database, rows, 0o600);
    writeWhole(config, JSON.stringify(configOf(next), null, 1), 0o600);
    data = next;
  };
  const component = (name: string): Tree =>
    name === 'node' ? nodeTree(data.nodes, alone()) : (data.components[name] ?? {});
  const ledger: Ledger = {
    data: () => data,
    component,
    revision: () => revision,
    save,
    saveNodes(nodes) {
      revision++;
      save({ ...data, nodes });
    },
  };
  return {
    answer: (request: Request) => answerRequest(ledger, request),
    /** Forgets everything: attach replaces the node's own store by the cluster's (0.1-5, M). */
    reset: () => save(shipped(product())),
    get: (name: string, path: string) => getAt(component(name), path),
    /** Reads its files anew, as its processes do when they start; not where a folder is a link to what is not there (7.3, L). */
    load(): void {
      for (const file of [config, database]) {
        const folder = dirname(dirname(file));
        if (lstatSync(folder, { throwIfNoEntry: false })?.isSymbolicLink() && !existsSync(folder))
          throw new Error(`${folder} is a link to nothing`);
      }
      data = read();
      revision++;
    },
    upgraded: () => save({ ...data, version: product().version.text }),
    nodes: () => data.nodes,
  };
}

export type Store = ReturnType<typeof openStore>;
