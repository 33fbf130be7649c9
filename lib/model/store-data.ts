import type { NodeEntry } from './entries';
import { shippedComponents } from './shipped';
import type { Tree } from './tree';
import type { Product } from './version';

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

/** The nodes of a cluster by address. */
export type NodeEntries = { readonly [address: string]: NodeEntry };

/** What the controller keeps of services: instances by name, and tokens of custom ones. */
export interface Services {
  readonly instances: { readonly [name: string]: ServiceInstance };
  readonly tokens: { readonly [service: string]: string };
}

/** The configuration store of a node: its own while it is alone, the cluster's on the core (0.1-5, M). */
export interface StoreData {
  readonly version: string;
  readonly components: { readonly [name: string]: Tree };
  readonly nodes: NodeEntries;
  readonly services?: Services;
  /** Applications that the client pushed. */
  readonly apps?: readonly string[];
  readonly admin?: { readonly email: string; readonly organization?: string };
}

/** A store as the image ships it. */
export const shipped = (product: Product): StoreData => ({
  version: product.version.text,
  components: shippedComponents(product),
  nodes: {},
});

/** What of a store is rows of the Cloud Controller's database; the rest is in the configuration store (1.1, 2.9; M). */
export const rowsOf = ({ services, apps, admin }: StoreData): Partial<StoreData> => ({
  ...(services ? { services } : {}),
  ...(apps ? { apps } : {}),
  ...(admin ? { admin } : {}),
});

/** The rest. */
export const configOf = ({ version, components, nodes }: StoreData): StoreData => ({ version, components, nodes });

/** Nodes live under `node/<id>/roles/<role>`; a micro cloud, here with its roles, is 127.0.0.1 (2.9, M). */
export function nodeTree(entries: NodeEntries, alone: readonly string[] | undefined): Tree {
  const nodes: Readonly<Record<string, { readonly roles: readonly string[] }>> = alone
    ? { '127.0.0.1': { roles: alone } }
    : entries;
  return Object.fromEntries(
    Object.entries(nodes).map(([id, { roles }]) => [id, { roles: Object.fromEntries(roles.map((r) => [r, true])) }]),
  );
}
