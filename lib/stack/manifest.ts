import type { DeliveredFile, Manifest, ManifestDatabase, ManifestNode } from '../topology/manifest';
import type { Pool, Topology } from '../topology/model';
import { spread } from '../topology/spread';

/** A cloud's data on the nodes of a pool. */
export interface NodeFacts {
  readonly zones: readonly string[];
  /** Instance type or flavor of the machine. */
  readonly machine: string;
  readonly ramMiB: number | undefined;
  readonly image: string;
  /** Digest of the boot script. */
  readonly boot: string;
  /** Terraform address of a node's machine. */
  readonly resource: (node: string) => string;
  /** Terraform address of a node's volume. */
  readonly volume: (node: string) => string | undefined;
  /** The fixed private address, if there is one. */
  readonly address?: string;
  /** Files that an operator must deliver to its nodes, if they cannot read the cloud's store. */
  readonly delivered?: readonly DeliveredFile[];
}

/** The nodes of a pool in the cluster's manifest, by name. */
export function nodeManifest(plan: Pool, facts: NodeFacts): Readonly<Record<string, ManifestNode>> {
  const zones = spread(plan, facts.zones);
  const node = (name: string): ManifestNode => {
    const volume = facts.volume(name);
    return {
      pool: plan.name,
      roles: plan.roles,
      zone: facts.zones[zones[name]!]!,
      size: plan.size,
      machine: facts.machine,
      ...(facts.ramMiB ? { ramMiB: facts.ramMiB } : {}),
      image: facts.image,
      ...(facts.address ? { address: facts.address } : {}),
      resource: facts.resource(name),
      ...(volume && plan.disk
        ? { disk: { gib: plan.disk.gib, mount: plan.disk.mount, keeps: plan.disk.keeps, resource: volume } }
        : {}),
      placementZones: plan.placementZones,
      world: plan.world,
      keeps: plan.keeps,
      boot: facts.boot,
      ...(facts.delivered ? { delivered: facts.delivered } : {}),
    };
  };
  return Object.fromEntries(Object.keys(plan.nodes).map((name) => [name, node(name)]));
}

/** The manifest of a whole cluster. */
export function clusterManifest(
  topology: Topology,
  made: {
    readonly cloud: string;
    readonly region: string;
    readonly nodes: readonly Readonly<Record<string, ManifestNode>>[];
    readonly databases: Readonly<Record<string, ManifestDatabase>>;
    readonly groups: Readonly<Record<string, string>>;
  },
): Manifest {
  return {
    schema: 1,
    cluster: topology.cluster,
    hostname: topology.hostname,
    version: topology.version,
    cloud: made.cloud,
    region: made.region,
    firewall: topology.firewall,
    protect: topology.protect,
    ...(Object.keys(topology.releases).length > 0 ? { releases: topology.releases } : {}),
    nodes: Object.assign({}, ...made.nodes),
    databases: made.databases,
    roles: topology.roles,
    rules: topology.rules,
    config: topology.config,
    groups: made.groups,
  };
}

/** Names of the pools in firewall rules: each has a separate group. */
export function groupedPools(topology: Topology, rules = topology.rules): readonly string[] {
  const named = new Set(rules.flatMap((r) => [r.from, r.to]));
  return ['core', ...Object.keys(topology.pools)].filter((name) => named.has(name));
}
