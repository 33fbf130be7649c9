import { type Advice, advise } from '../kato/advice';
import type { KatoVersion } from '../kato/version';
import { code, type RemedyStep } from './finding';

/** What a person does with kato: when, to what end, and how. */
export interface KatoStep {
  readonly when: RemedyStep['when'];
  /** Without the place: `check that every node is listed`. */
  readonly what: string;
  readonly advice: Advice;
  /** The node that it is about: where it is typed there, the text says so. */
  readonly node?: string;
  /** Where it is typed, when not on that node: `each node with that role`. */
  readonly where?: string;
}

/** A step of a remedy in the grammar of the cluster's version; what to do instead where that has no command. */
export function katoStep(version: KatoVersion, { when, what, advice, node, where }: KatoStep): RemedyStep {
  const { command, on, note } = advise(version, advice);
  const place = on === 'core' ? 'the core' : (where ?? (node === undefined ? 'the node' : code(node)));
  const text = `on ${place}: ${what}${note === undefined ? '' : ` (${note})`}`;
  return {
    when,
    text,
    ...(node !== undefined && on === 'core' ? { about: node } : {}),
    ...(command === undefined ? {} : { command }),
  };
}
