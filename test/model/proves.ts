import { it } from 'node:test';
import { type BehaviourId, behaviours } from '../../lib/model/behaviours';

/** A test of a behaviour that `docs/model.md` lists. */
export function proves(id: BehaviourId, run: () => Promise<void> | void): void {
  it(`${id}: ${behaviours[id].says}`, run);
}
