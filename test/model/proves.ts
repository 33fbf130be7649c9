import { it } from 'node:test';
import { behaviours } from '../../lib/model/behaviours';

/** A test of a behaviour that `docs/model.md` lists. */
export function proves(id: keyof typeof behaviours, run: () => Promise<void> | void): void {
  it(`${id}: ${behaviours[id].says}`, run);
}
