import type { Pool, Topology } from '../topology/model';

/**
 * The members of a balancer: for each TCP port, the nodes that serve it to the world, each with its id in the cloud.
 * Balancers do not serve port ranges; pools with ranges keep their own addresses.
 */
export function balancedPorts<T>(
  topology: Topology,
  nodes: Readonly<Record<string, T>>,
): Readonly<Record<number, Readonly<Record<string, T>>>> {
  const rules = topology.rules.filter((r) => r.from === 'world' && r.protocol === 'tcp' && r.ports[0] === r.ports[1]);
  const ports = [...new Set(rules.map((r) => r.ports[0]))].sort((a, b) => a - b);
  const pools = [topology.core, ...Object.values(topology.pools)];
  const serving = (port: number) =>
    rules
      .filter((r) => r.ports[0] === port)
      .flatMap((r) => Object.keys(pools.find((p) => p.name === r.to)!.nodes))
      .map((node) => [node, nodes[node]!] as const);
  return Object.fromEntries(ports.map((port) => [port, Object.fromEntries(serving(port))]));
}

/** Whether nodes of a pool need public addresses: the pool is open to the world, and no balancer serves all of its ports. */
export function needsAddress(plan: Pool, balancer: boolean): boolean {
  const open = plan.ports.filter((p) => p.from === 'world');
  return plan.world && !(balancer && open.every((p) => p.protocol === 'tcp' && p.ports[0] === p.ports[1]));
}

/** Addresses for the cluster's name: those of the nodes that serve HTTPS to the world. */
export function entrances(topology: Topology, addresses: Readonly<Record<string, string>>): readonly string[] {
  return Object.values(balancedPorts(topology, addresses)[443] ?? {});
}
