import type { ClusterSpec } from './spec';

/** A rule over a declaration whose shape is right. */
export interface DeclarationRule {
  readonly id: string;
  /** An error stops; a warning is shown by `check`. */
  readonly severity: 'error' | 'warning';
  /** What it means and why, for `explain`. */
  readonly explain: string;
  /** What to do, for `explain`: more than the message, which names the place. */
  readonly remedy: string;
  readonly check: (spec: ClusterSpec) => readonly { readonly path: string; readonly message: string }[];
}
