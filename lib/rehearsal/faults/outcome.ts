import type { NodeResult, RehearsalResult } from '../contract';
import type { Placed } from './place';

/** The outcome of a rehearsal with faults, as required or not. `missed`: no fault hit anything. */
export type Outcome = 'converged' | 'bounded' | 'missed' | 'wrong';

export interface Judged {
  readonly outcome: Outcome;
  readonly why: string;
}

/**
 * Judges a rehearsal with faults. A node must be as declared, unless a fault that does not heal hit it or the core: its boot
 * may then end within its limit, naming the cause. `core`: name of the core.
 */
export function outcomeOf(placed: readonly Placed[], result: RehearsalResult, core = 'core'): Judged {
  const struck = result.faults ?? [];
  const odd = struck.filter(({ problem }) => problem !== undefined).map(({ text, problem }) => `${text}: ${problem}`);
  const endless = placed.filter(({ fault }) => fault.expected !== 'converges');
  const coreIsLost = endless.some(({ node }) => node === core);
  const wrong = result.nodes.flatMap((node) => {
    const own = endless.filter((place) => place.node === node.name);
    return wrongs(node, own, coreIsLost).map((what) => `${node.name}: ${what}`);
  });
  if (odd.length + wrong.length > 0) return { outcome: 'wrong', why: [...odd, ...wrong].join('; ') };
  const errors = result.nodes.flatMap(({ name, error }) => (error === undefined ? [] : [`${name}: ${error}`]));
  if (errors.length > 0) return { outcome: 'bounded', why: errors.join('; ') };
  if (!struck.some(({ hit }) => hit)) return { outcome: 'missed', why: 'its moment never came' };
  return { outcome: 'converged', why: 'the cluster is as declared' };
}

function wrongs(node: NodeResult, own: readonly Placed[], coreIsLost: boolean): readonly string[] {
  const { error } = node;
  if (error === undefined) return coreIsLost ? [] : node.problems;
  if (own.length === 0 && !coreIsLost) return node.problems;
  if (/^not booted after|did not report the end/.test(error)) return [error];
  const causes = own.map(({ fault }) => (fault.expected === 'converges' ? /$^/ : fault.expected.bounded));
  // A node that only lacks its core names the stage, and what it waited for.
  const named = own.length > 0 ? causes.some((cause) => cause.test(error)) : /^\w+: \S/.test(error);
  return named ? [] : [`the cause is not named: ${error}`];
}
