import type { FaultNode } from './contract';
import { fits } from './draw';
import { faults } from './index';
import { type Placed, placesOf } from './place';

/** Maximum of faults on one node in one run: more would hardly test the boot. */
const PER_NODE = 5;

/** Every fault at every moment that it can hit, on the first node of each kind: nodes with the same stages are of one kind. */
export function everyPlace(nodes: readonly FaultNode[]): Placed[] {
  const kinds = new Map(
    [...nodes]
      .reverse()
      .map((node) => [[node.core, node.source.disks.length > 0, ...node.stages.keys()].join(' '), node]),
  );
  const first = nodes.filter((node) => [...kinds.values()].includes(node));
  return faults.flatMap((fault) => placesOf(fault, first));
}

/**
 * Packs places into runs. Faults that heal share runs: one per moment of a node. One that does not heal ends a boot: it has its
 * node to itself, and the whole run when that node is the core.
 */
export function packed(places: readonly Placed[], core: string): Placed[][] {
  const runs: Placed[][] = [];
  for (const place of places) {
    const run = runs.find((others) => together(place, others, core));
    if (run) run.push(place);
    else runs.push([place]);
  }
  return runs;
}

const heals = ({ fault }: Placed) => fault.expected === 'converges';

function together(place: Placed, others: readonly Placed[], core: string): boolean {
  if (others.some((other) => heals(other) !== heals(place))) return false;
  if (!heals(place))
    return ![place, ...others].some(({ node }) => node === core) && others.every(({ node }) => node !== place.node);
  return fits(place, others) && others.filter(({ node }) => node === place.node).length < PER_NODE;
}
