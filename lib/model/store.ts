import type { NodeEntry } from './entries';
import { beyond, type Limits } from './limits';
import { modelHome, type Place, readJson, writeWhole } from './place';
import { shippedComponents } from './shipped';
import { ConfigError, deleteAt, getAt, popAt, pushAt, setAt, type Tree } from './tree';
import type { Product } from './version';
import type { Request } from './wire';
import type { Value } from './yaml';

/** An instance of a data service, as the client made it. */
export interface ServiceInstance {
  readonly vendor: string;
  readonly version: string;
  readonly tags: readonly string[];
  readonly host: string;
  readonly port?: number;
  readonly id: string;
  readonly node: string;
  readonly created: string;
}

/** The configuration store of a node: its own while it is alone, the cluster's on the core (0.1-5, M). */
export interface StoreData {
  readonly version: string;
  readonly components: { readonly [name: string]: Tree };
  readonly nodes: { readonly [address: string]: NodeEntry };
  /** What the controller keeps of services: instances by name, and tokens of custom ones. */
  readonly services?: {
    readonly instances: { readonly [name: string]: ServiceInstance };
    readonly tokens: { readonly [service: string]: string };
  };
  readonly admin?: { readonly email: string; readonly organization?: string };
}

/** A store as the image ships it. */
const shipped = (product: Product): StoreData => ({
  version: product.version.text,
  components: shippedComponents(product),
  nodes: {},
});

/** Keeps a store in a file and answers requests on it; every request is done whole before the next. `alone` are the roles of a micro cloud. */
export function openStore(place: Place, product: () => Product, alone: () => readonly string[] | undefined) {
  const file = place.path(`${modelHome}/store.json`);
  let data = readJson<StoreData>(file) ?? shipped(product());
  const save = (next: StoreData) => {
    // First the disk: what it did not take is not so.
    writeWhole(file, JSON.stringify(next, null, 1), 0o600);
    data = next;
  };
  // Grows with every change of the nodes: who asks again with the number learns only whether there is news.
  let revision = Date.now();
  // Nodes live under `node/<id>/roles/<role>`; a micro cloud is 127.0.0.1 (2.9, M).
  const nodeTree = (): Tree => {
    const own = alone();
    const nodes: Readonly<Record<string, { readonly roles: readonly string[] }>> = own
      ? { '127.0.0.1': { roles: own } }
      : data.nodes;
    return Object.fromEntries(
      Object.entries(nodes).map(([id, { roles }]) => [id, { roles: Object.fromEntries(roles.map((r) => [r, true])) }]),
    );
  };
  const services = () => data.services ?? { instances: {}, tokens: {} };
  const component = (name: string): Tree => (name === 'node' ? nodeTree() : (data.components[name] ?? {}));
  const change = (name: string, next: Tree) => {
    if (name === 'node') throw new ConfigError('node is written by attach and role alone');
    save({ ...data, components: { ...data.components, [name]: next } });
  };
  const changeNode = (address: string, patch: Partial<NodeEntry>) => {
    const before = data.nodes[address] ?? { roles: [], availabilityZone: 'default', placementZones: [] };
    revision++;
    save({ ...data, nodes: { ...data.nodes, [address]: { ...before, ...patch } } });
  };
  const text = (request: Request, key: string): string => {
    const value = request[key];
    if (typeof value !== 'string') throw new ConfigError(`the store's request lacks ${key}`);
    return value;
  };

  const answer = (request: Request): unknown => {
    const name = () => text(request, 'component');
    const path = () => text(request, 'path');
    switch (request.op) {
      case 'about':
        return { version: data.version, admin: data.admin ?? null };
      case 'all':
        return data.components;
      case 'get': {
        const value = getAt(component(name()), path());
        if (value === undefined) throw new ConfigError(`no such key: ${name()} ${path()}`);
        return value;
      }
      case 'set':
        return change(name(), setAt(component(name()), path(), request['value'] as Value, request['force'] === true));
      case 'del':
        return change(name(), deleteAt(component(name()), path()));
      case 'push':
        return change(name(), pushAt(component(name()), path(), request['value'] as Value));
      case 'pop':
        return change(name(), popAt(component(name()), path(), request['value'] as Value));
      case 'admin':
        if (data.admin) throw new ConfigError('the first user is already set up');
        return save({ ...data, admin: request['admin'] as NonNullable<StoreData['admin']> });
      case 'heartbeat':
        return { revision, nodes: request['known'] === revision ? null : data.nodes };
      case 'export':
        return data;
      case 'import': {
        const { components, admin } = request['data'] as StoreData;
        // What the cluster is stays; what was configured comes back.
        const { cluster = {}, ...rest } = components;
        const kept = { ...cluster, ...data.components['cluster'] };
        // A key that was not exported stays the cluster's own (13.1 H that it must be asked for; the rest L).
        const { cloud_controller_ng: controller } = rest;
        const key = data.components['cloud_controller_ng']?.['db_encryption_key'];
        const own: Record<string, Tree> = {};
        if (controller && key !== undefined) own['cloud_controller_ng'] = { db_encryption_key: key, ...controller };
        return save({
          ...data,
          components: { ...data.components, ...rest, ...own, cluster: kept },
          ...(admin ? { admin } : {}),
        });
      }
      case 'services':
        return services();
      case 'service-put': {
        const { instances, tokens } = services();
        const given = text(request, 'name');
        if (Object.hasOwn(instances, given)) throw new ConfigError(`the service ${given} already exists`);
        const instance = request['instance'] as ServiceInstance;
        return save({ ...data, services: { tokens, instances: { ...instances, [given]: instance } } });
      }
      case 'token-put': {
        const { instances, tokens } = services();
        const token = { [text(request, 'name')]: text(request, 'token') };
        return save({ ...data, services: { instances, tokens: { ...tokens, ...token } } });
      }
      case 'nodes':
        return data.nodes;
      case 'node-put': {
        const [address, entry] = [text(request, 'address'), request['entry'] as Partial<NodeEntry>];
        const license = getAt(component('cluster'), 'license');
        const why = beyond((request['limits'] ?? {}) as Limits, data.nodes, address, entry, license);
        if (why !== undefined) throw new ConfigError(why);
        return changeNode(address, entry);
      }
      case 'node-delete': {
        const nodes = { ...data.nodes };
        delete nodes[text(request, 'address')];
        revision++;
        return save({ ...data, nodes });
      }
      default:
        throw new ConfigError(`the store does not know "${request.op}"`);
    }
  };
  /** Forgets everything: attach replaces the node's own store by the cluster's (0.1-5, M). */
  const reset = () => save(shipped(product()));
  const get = (name: string, path: string) => getAt(component(name), path);
  const upgraded = () => save({ ...data, version: product().version.text });
  return { answer, reset, get, upgraded, nodes: () => data.nodes };
}

export type Store = ReturnType<typeof openStore>;
