/** A way to run scripts on nodes: over ssh, or on the hosts of a rehearsal. */
export interface NodeShell {
  /**
   * Runs a POSIX shell script as root on a node, with `input` as its whole standard input (none: at its end at once).
   * `node` is its name in the manifest. What goes wrong is an answer, not an exception. When
   * `signal` aborts, it stops what it started and comes back soon, with any answer.
   */
  run(node: string, script: string, input?: Buffer, signal?: AbortSignal): Promise<ShellAnswer>;
}

export type ShellAnswer =
  /** The script ended by itself. */
  | { readonly state: 'ran'; readonly code: number; readonly out: Buffer; readonly err: string }
  /** The node does not answer yet; the same again may work later. */
  | { readonly state: 'unreachable'; readonly why: string }
  /** The node answers and does not let us in. */
  | { readonly state: 'refused'; readonly why: string; readonly next?: string };
