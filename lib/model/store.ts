import { modelHome, type Place, readJson, writeWhole } from './place';
import { nodeTree, type StoreData, shipped } from './store-data';
import { answerRequest, type Ledger } from './store-requests';
import { getAt, type Tree } from './tree';
import type { Product } from './version';
import type { Request } from './wire';

/** Keeps a store in a file and answers requests on it; every request is done whole before the next. `alone` are the roles of a micro cloud. */
export function openStore(place: Place, product: () => Product, alone: () => readonly string[] | undefined) {
  const file = place.path(`${modelHome}/store.json`);
  let data = readJson<StoreData>(file) ?? shipped(product());
  let revision = Date.now();
  const save = (next: StoreData) => {
    // First the disk: what it did not take is not so.
    writeWhole(file, JSON.stringify(next, null, 1), 0o600);
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
    upgraded: () => save({ ...data, version: product().version.text }),
    nodes: () => data.nodes,
  };
}

export type Store = ReturnType<typeof openStore>;
