/** A way to run scripts on nodes: over ssh, or on the hosts of a rehearsal. */
export interface NodeShell {
  /**
   * Runs a POSIX shell script as root on a node, with `input` as its standard input. `node` is its name in the manifest. A
   * failure is an answer, not an exception. When `signal` aborts, it stops what it started and returns soon, with any answer.
   */
  run(node: string, script: string, input?: Buffer, signal?: AbortSignal): Promise<ShellAnswer>;
}

export type ShellAnswer =
  /** The script ended by itself. */
  | { readonly state: 'ran'; readonly code: number; readonly out: Buffer; readonly err: string }
  /** The node does not answer yet; a retry may work. */
  | { readonly state: 'unreachable'; readonly why: string }
  /** The node answers and refuses the login. */
  | { readonly state: 'refused'; readonly why: string; readonly next?: string };
