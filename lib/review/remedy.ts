import { type Advice, advise } from '../kato/advice';
import type { KatoVersion } from '../kato/version';
import type { ClusterChange } from './cluster/cluster';
import { code, codes, type RemedyStep } from './finding';

/** A step with kato: when, why and how. */
export interface KatoStep {
  readonly when: RemedyStep['when'];
  /** The step without the place: `check that every node is listed`. */
  readonly what: string;
  readonly advice: Advice;
  /** The node that it is about. If the command runs on that node, the text names it. */
  readonly node?: string;
  /** Where to type it, if not on that node: `each node with that role`. */
  readonly where?: string;
}

/** A remedy step in the grammar of the cluster's version, or what to do instead if that version has no command. */
export function katoStep(version: KatoVersion, { when, what, advice, node, where }: KatoStep): RemedyStep {
  const { command, on, note } = advise(version, advice);
  const place = on === 'core' ? 'the core' : (where ?? (node === undefined ? 'the node' : code(node)));
  const text = `on ${place}: ${what}${note === undefined ? '' : ` (${note})`}`;
  return {
    when,
    text,
    ...(node !== undefined && on === 'core' ? { about: node } : {}),
    ...(command === undefined ? {} : { place, command }),
  };
}

/** The roles among these whose data kato's export leaves out, as text; nothing if it covers all of them. */
export function notExported({ known }: ClusterChange, roles: readonly string[]): string[] {
  const own = roles.filter((role) => !known.exports(role));
  return own.length > 0 ? [codes(own)] : [];
}

/** The step that saves the data of roles that kato's export leaves out (facts §13.1; H). */
export function copyOff(cluster: ClusterChange, node: string, roles: readonly string[]): RemedyStep[] {
  return notExported(cluster, roles).map((own) => ({
    when: 'before',
    text: `copy the data of ${own} off ${code(node)} by the role's own means: an export does not cover roles that the product does not ship`,
  }));
}

/** The step that makes a role, or one of its processes, read new settings, wherever it runs. */
export function restartStep(
  version: KatoVersion,
  what: { readonly role: string } | { readonly process: string },
): RemedyStep {
  return katoStep(version, {
    when: 'after',
    what: 'restart it, one node at a time, so that it reads the new values',
    advice: { do: 'restart', ...what },
    where: 'each node with that role',
  });
}
