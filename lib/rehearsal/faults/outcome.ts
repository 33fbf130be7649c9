import type { RehearsalResult } from '../rehearse';
import type { Placed } from './place';

/** What came of a rehearsal with faults: as each fault must, or not. `missed`: no fault hit anything. */
export type Outcome = 'converged' | 'bounded' | 'missed' | 'wrong';

/**
 * Judges a rehearsal with faults. Where all of them heal, the cluster must be as declared. Where one does not, every boot that
 * did not end well must have ended by itself, within its limit, with a word of what was wrong.
 */
export function outcomeOf(
  placed: readonly Placed[],
  result: RehearsalResult,
): { readonly outcome: Outcome; readonly why: string } {
  const struck = result.faults ?? [];
  const odd = struck.filter(({ problem }) => problem !== undefined).map(({ text, problem }) => `${text}: ${problem}`);
  if (odd.length > 0) return { outcome: 'wrong', why: odd.join('; ') };
  const problems = result.nodes.flatMap(({ name, problems: all }) => all.map((problem) => `${name}: ${problem}`));
  if (!struck.some(({ hit }) => hit)) {
    if (problems.length > 0) return { outcome: 'wrong', why: problems.join('; ') };
    return { outcome: 'missed', why: 'its moment never came' };
  }
  const causes = placed.flatMap(({ fault }) => (fault.expected === 'converges' ? [] : [fault.expected.bounded]));
  if (causes.length === 0) {
    return problems.length === 0
      ? { outcome: 'converged', why: 'the cluster is as declared' }
      : { outcome: 'wrong', why: problems.join('; ') };
  }
  const errors = result.nodes.flatMap(({ name, error }) => (error === undefined ? [] : [{ name, error }]));
  if (errors.length === 0) {
    return problems.length === 0
      ? { outcome: 'converged', why: 'the cluster is as declared, though the fault never healed' }
      : { outcome: 'wrong', why: `no boot failed, but ${problems.join('; ')}` };
  }
  const endless = errors.filter(({ error }) => /^not booted after|did not report the end/.test(error));
  if (endless.length > 0)
    return { outcome: 'wrong', why: endless.map(({ name, error }) => `${name}: ${error}`).join('; ') };
  const said = errors.map(({ name, error }) => `${name}: ${error}`);
  return said.some((text) => causes.some((cause) => cause.test(text)))
    ? { outcome: 'bounded', why: said.join('; ') }
    : { outcome: 'wrong', why: `the cause is not named: ${said.join('; ')}` };
}
