import type { TerraformResource } from 'cdktf';
import type { Construct } from 'constructs';
import { sorted } from '../base/order';
import { formerNames, keptNames } from '../topology/kept';
import type { Manifest, ManifestDatabase, ManifestNode } from '../topology/manifest';
import type { Pool, Topology } from '../topology/model';
import { resourceAddress } from './address';
import type { JoinableCluster } from './handle';
import { recordKept } from './kept';
import { clusterManifest } from './manifest';
import { movedResources } from './moved';
import { addressesOutput, handleOutput, manifestOutput, type PlacedCore, type PlacedPool } from './output';

type Group = TerraformResource & { readonly id: string };

/** The firewall groups of a cluster: the group of all nodes, and those of pools that have one. */
export interface NodeGroups<G extends Group = Group> {
  readonly all: G;
  readonly pools: Readonly<Record<string, G>>;
}

/** Ids of the groups of a pool's nodes. */
export function groupIds({ all, pools }: NodeGroups, pool: Pool): readonly string[] {
  return [all.id, ...(pools[pool.name] ? [pools[pool.name]!.id] : [])];
}

/** The id of the group that a rule of the topology names. */
export function groupId({ all, pools }: NodeGroups, name: string): string {
  return name === 'cluster' ? all.id : pools[name]!.id;
}

/** The core and all pools, in the order of creation. */
export function allPools(topology: Topology): readonly Pool[] {
  return [topology.core, ...Object.values(topology.pools)];
}

/** Settings that all clouds share. */
interface SharedSettings {
  readonly region: string;
  readonly zones: readonly string[];
  readonly secretPrefix?: string | undefined;
  readonly tags: Readonly<Record<string, string>>;
}

/** The part of a cluster's handle that is the same on every cloud. */
export function sharedHandle(
  topology: Topology,
  settings: SharedSettings,
  groups: NodeGroups,
): Omit<JoinableCluster, 'coreAddress' | 'secrets' | 'keyName'> {
  const pools = allPools(topology).map(({ name, roles }) => {
    const group = groups.pools[name];
    return [name, { roles, ...(group ? { groupId: group.id } : {}) }] as const;
  });
  return {
    name: topology.cluster,
    hostname: topology.hostname,
    version: topology.version,
    region: settings.region,
    zones: settings.zones,
    clusterGroupId: groups.all.id,
    pools: Object.fromEntries(pools),
    firewall: topology.firewall,
    secretPrefix: settings.secretPrefix ?? `stackato/${topology.cluster}/`,
    protect: topology.protect,
    tags: sorted(settings.tags),
  };
}

/** Records what the cluster keeps, so that nothing of it goes unnoticed. */
export function keptRecords(scope: Construct, topology: Topology): void {
  const { releases, protect } = topology;
  const was = formerNames(topology);
  recordKept(scope, { names: keptNames(topology), was, released: Object.keys(releases), protect });
}

/** The parts of a cluster that a cloud created. */
export interface MadeCluster {
  readonly cloud: Manifest['cloud'];
  readonly handle: JoinableCluster;
  readonly groups: NodeGroups;
  readonly core: PlacedCore & { readonly manifest: ManifestNode };
  readonly pools: readonly (PlacedPool & { readonly manifest: Readonly<Record<string, ManifestNode>> })[];
  /** By name; `groupAddress` if this stack owns the firewall of the database. */
  readonly databases: Readonly<Record<string, { readonly manifest: ManifestDatabase; readonly groupAddress?: string }>>;
}

/** Adds the outputs of a cluster: for reviews, for stacks that join it, and for operators who log in; and moves for new names. */
export function clusterOutputs(scope: Construct, topology: Topology, made: MadeCluster): Manifest {
  const { handle, groups, core, pools } = made;
  const databases = Object.entries(made.databases);
  const grouped = Object.entries(groups.pools).map(([name, group]) => [name, resourceAddress(group)] as const);
  const owned = databases.flatMap(([name, { groupAddress }]) =>
    groupAddress === undefined ? [] : [[`database:${name}`, groupAddress] as const],
  );
  const manifest = clusterManifest(topology, {
    cloud: made.cloud,
    region: handle.region,
    nodes: [{ core: core.manifest }, ...pools.map((p) => p.manifest)],
    databases: Object.fromEntries(databases.map(([name, database]) => [name, database.manifest])),
    groups: { cluster: resourceAddress(groups.all), ...Object.fromEntries([...grouped, ...owned]) },
  });
  manifestOutput(scope, manifest);
  handleOutput(scope, handle);
  addressesOutput(scope, core, pools);
  movedResources(scope, topology);
  return manifest;
}
