/**
 * Switches off the stack trace that cdktf takes for every value it creates, most of the time of building a tree.
 * For programs, never at import: traces help whoever debugs constructs of their own (`STACKATO_DEBUG=1` keeps them).
 */
export function withoutCreationTraces(): void {
  if (process.env['STACKATO_DEBUG']) return;
  process.env['CDKTN_DISABLE_CREATION_STACK'] ??= '1';
  try {
    const traces = require('cdktf/lib/tokens/private/stack-trace') as { captureStackTrace: () => string[] };
    traces.captureStackTrace = () => [];
  } catch {
    // A private path of one release: where it is missing, synthesis is slower and nothing else.
  }
}
