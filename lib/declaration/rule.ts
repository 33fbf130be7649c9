import type { ClusterSpec } from './spec';

/** A rule over a declaration with a valid shape. */
export interface DeclarationRule {
  readonly id: string;
  /** An error refuses the declaration; `check` shows a warning. */
  readonly severity: 'error' | 'warning';
  /** What it means and why, for `explain`. */
  readonly explain: string;
  /** What to do, for `explain`; more than the message, which names the place. */
  readonly remedy: string;
  /** Whether it says that a pool lacks roles: it then says nothing of a pool with a wrong role, which may be the lacking one. */
  readonly lacks?: true;
  readonly check: (spec: ClusterSpec) => readonly { readonly path: string; readonly message: string }[];
}
