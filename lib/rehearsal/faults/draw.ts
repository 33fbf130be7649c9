import type { FaultNode } from './contract';
import { faults } from './index';
import { type Placed, placesOf } from './place';

/** Numbers from 0 to 1 that depend on the seed alone (mulberry32). */
function random(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let value = state;
    value = Math.imul(value ^ (value >>> 15), value | 1);
    value ^= value + Math.imul(value ^ (value >>> 7), value | 61);
    return ((value ^ (value >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/** Random faults, the same for the same seed and cluster: one to three that heal, each on another node or at another moment. */
export function drawFaults(seed: number, nodes: readonly FaultNode[]): Placed[] {
  const next = random(seed);
  const pick = <T>(list: readonly T[]): T => list[Math.floor(next() * list.length)]!;
  // Draw the fault first, so that one with many places is not more likely than one with a single place.
  const possible = faults
    .filter((fault) => fault.expected === 'converges')
    .map((fault) => placesOf(fault, nodes))
    .filter((places) => places.length > 0);
  const drawn: Placed[] = [];
  for (let left = 1 + Math.floor(next() * 3); left > 0 && possible.length > 0; left--) {
    const place = pick(pick(possible));
    if (fits(place, drawn)) drawn.push(place);
  }
  return drawn;
}

/** Whether a fault can be tried in one run with others: not twice, not two that arrange the same thing, one per moment of a node. */
export function fits(place: Placed, others: readonly Placed[]): boolean {
  return others.every(
    (other) =>
      (other.fault.id !== place.fault.id || other.node !== place.node) &&
      (other.node !== place.node || other.moment !== place.moment) &&
      !(place.fault.prepares && place.fault.prepares === other.fault.prepares && place.node === other.node),
  );
}
