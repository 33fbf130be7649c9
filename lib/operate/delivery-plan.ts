import { didYouMean, InputError, ToolError } from '../base/input';
import type { Manifest } from '../topology/manifest';

/** Which secret files nodes wait for, and the source of each; never a value. Made by `planDelivery`. */
export interface DeliveryPlan {
  readonly cluster: string;
  /** The node that shares what it makes at its first boot. */
  readonly core: string;
  /** Nodes that wait for files: the core first, the others by name. */
  readonly nodes: readonly NodeDelivery[];
  /** Names of the secrets that an operator must supply, sorted. */
  readonly asked: readonly string[];
}

export interface NodeDelivery {
  readonly node: string;
  /** From the operator, in boot order; they are delivered first, since they need no wait. */
  readonly operator: readonly string[];
  /** From the core, in boot order; they exist when the core's boot has made them (from 3.6; facts §0.1-8, M). */
  readonly core: readonly string[];
}

const CORE = 'core';

/**
 * What must be delivered to a cluster, from its manifest; `only` limits it to these nodes. Empty when nodes read the
 * cloud's store.
 * @throws InputError when the cluster has no node of a name
 * @throws ToolError when the manifest is of an older version
 */
export function planDelivery(manifest: Manifest, only: readonly string[] = []): DeliveryPlan {
  const { cluster, nodes } = manifest;
  const names = chosenNodes(manifest, only);
  if (manifest.cloud === 'openstack' && !Object.values(nodes).some((node) => node.delivered)) {
    throw new ToolError(
      `the state of cluster ${cluster} was written by an older version and lacks the secrets of its nodes`,
      'deploy it again; only an output changes',
    );
  }
  const planned = names
    .map((node): NodeDelivery => {
      const files = nodes[node]?.delivered ?? [];
      const from = (who: 'operator' | 'core') => files.flatMap((f) => (f.from === who ? [f.name] : []));
      return { node, operator: from('operator'), core: from('core') };
    })
    .filter((node) => node.operator.length + node.core.length > 0);
  return { cluster, core: CORE, nodes: planned, asked: [...new Set(planned.flatMap((n) => n.operator))].sort() };
}

/**
 * The nodes of a cluster that `only` names, or all: the core first, the others by name.
 * @throws InputError when the cluster has no node of a name
 */
export function chosenNodes({ cluster, nodes }: Manifest, only: readonly string[] = []): readonly string[] {
  const names = Object.keys(nodes).sort();
  const strange = only.filter((name) => !nodes[name]);
  if (strange.length > 0) {
    const problem = (name: string) => ({
      path: name,
      message: `no such node${didYouMean(name, names)} (nodes: ${names.join(', ')})`,
      rule: 'node-unknown',
    });
    throw new InputError(`cluster ${cluster}`, strange.map(problem));
  }
  const chosen = names.filter((name) => only.length === 0 || only.includes(name));
  return [...chosen.filter((name) => name === CORE), ...chosen.filter((name) => name !== CORE)];
}
