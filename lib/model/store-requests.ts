import type { NodeEntry } from './entries';
import { beyond, type Limits } from './limits';
import type { NodeEntries, ServiceInstance, Services, StoreData } from './store-data';
import { ConfigError, deleteAt, getAt, popAt, pushAt, setAt, type Tree } from './tree';
import type { Request } from './wire';
import type { Value } from './yaml';

/** A store as requests read and change it. */
export interface Ledger {
  readonly data: () => StoreData;
  /** One component, its nodes too. */
  readonly component: (name: string) => Tree;
  /** Grows with every change of the nodes: who asks again with the number learns only whether there is news. */
  readonly revision: () => number;
  readonly save: (next: StoreData) => void;
  readonly saveNodes: (nodes: NodeEntries) => void;
}

type Answers = Readonly<Record<string, (ledger: Ledger, request: Request) => unknown>>;

/** Does what a request says, whole, before the next. */
export function answerRequest(ledger: Ledger, request: Request): unknown {
  const does = Object.hasOwn(answers, request.op) ? answers[request.op] : undefined;
  if (!does) throw new ConfigError(`the store does not know "${request.op}"`);
  return does(ledger, request);
}

function text(request: Request, key: string): string {
  const value = request[key];
  if (typeof value !== 'string') throw new ConfigError(`the store's request lacks ${key}`);
  return value;
}

const ofConfig: Answers = {
  all: ({ data }) => data().components,
  get({ component }, request) {
    const name = text(request, 'component');
    const path = text(request, 'path');
    const value = getAt(component(name), path);
    if (value === undefined) throw new ConfigError(`no such key: ${name} ${path}`);
    return value;
  },
  set: (ledger, request) =>
    change(ledger, request, (tree, path) => setAt(tree, path, givenValue(request), request['force'] === true)),
  del: (ledger, request) => change(ledger, request, deleteAt),
  push: (ledger, request) => change(ledger, request, (tree, path) => pushAt(tree, path, givenValue(request))),
  pop: (ledger, request) => change(ledger, request, (tree, path) => popAt(tree, path, givenValue(request))),
};

const givenValue = (request: Request) => request['value'] as Value;

/** Changes the component that a request names, at its path. */
function change(ledger: Ledger, request: Request, changed: (tree: Tree, path: string) => Tree): void {
  const name = text(request, 'component');
  const next = changed(ledger.component(name), text(request, 'path'));
  if (name === 'node') throw new ConfigError('node is written by attach and role alone');
  const data = ledger.data();
  ledger.save({ ...data, components: { ...data.components, [name]: next } });
}

const ofWhole: Answers = {
  about: ({ data }) => ({ version: data().version, admin: data().admin ?? null }),
  admin({ data, save }, request) {
    if (data().admin) throw new ConfigError('the first user is already set up');
    save({ ...data(), admin: request['admin'] as NonNullable<StoreData['admin']> });
  },
  export: ({ data }) => data(),
  import: ({ data, save }, request) => save(imported(data(), request['data'] as StoreData)),
};

/** A store into which an exported one came back. */
function imported(data: StoreData, { components, admin, apps }: StoreData): StoreData {
  // What the cluster is stays; what was configured comes back.
  const { cluster = {}, ...rest } = components;
  const kept = { ...cluster, ...data.components['cluster'] };
  // A key that was not exported stays the cluster's own (13.1 H that it must be asked for; the rest L).
  const { cloud_controller_ng: controller } = rest;
  const key = data.components['cloud_controller_ng']?.['db_encryption_key'];
  const own: Record<string, Tree> = {};
  if (controller && key !== undefined) own['cloud_controller_ng'] = { db_encryption_key: key, ...controller };
  return {
    ...data,
    components: { ...data.components, ...rest, ...own, cluster: kept },
    ...(admin ? { admin } : {}),
    ...(apps ? { apps } : {}),
  };
}

const servicesOf = (data: StoreData): Services => data.services ?? { instances: {}, tokens: {} };

const ofServices: Answers = {
  services: ({ data }) => servicesOf(data()),
  'service-put'({ data, save }, request) {
    const { instances, tokens } = servicesOf(data());
    const given = text(request, 'name');
    if (Object.hasOwn(instances, given)) throw new ConfigError(`the service ${given} already exists`);
    const instance = request['instance'] as ServiceInstance;
    save({ ...data(), services: { tokens, instances: { ...instances, [given]: instance } } });
  },
  'app-put'({ data, save }, request) {
    save({ ...data(), apps: [...new Set([...(data().apps ?? []), text(request, 'name')])].sort() });
  },
  apps: ({ data }) => data().apps ?? [],
  'token-put'({ data, save }, request) {
    const { instances, tokens } = servicesOf(data());
    const token = { [text(request, 'name')]: text(request, 'token') };
    save({ ...data(), services: { instances, tokens: { ...tokens, ...token } } });
  },
};

const ofNodes: Answers = {
  heartbeat: ({ data, revision }, request) => ({
    revision: revision(),
    nodes: request['known'] === revision() ? null : data().nodes,
  }),
  nodes: ({ data }) => data().nodes,
  'node-put'({ data, component, saveNodes }, request) {
    const [address, entry] = [text(request, 'address'), request['entry'] as Partial<NodeEntry>];
    const { nodes } = data();
    const license = getAt(component('cluster'), 'license');
    const why = beyond((request['limits'] ?? {}) as Limits, nodes, address, entry, license);
    if (why !== undefined) throw new ConfigError(why);
    const before = nodes[address] ?? { roles: [], availabilityZone: 'default', placementZones: [] };
    saveNodes({ ...nodes, [address]: { ...before, ...entry } });
  },
  'node-delete'({ data, saveNodes }, request) {
    const nodes = { ...data().nodes };
    delete nodes[text(request, 'address')];
    saveNodes(nodes);
  },
};

const answers: Answers = { ...ofConfig, ...ofWhole, ...ofServices, ...ofNodes };
