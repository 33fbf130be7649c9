/**
 * Switches off the stack trace that cdktf takes for every value, which costs most of the time of synthesis. Call it in
 * programs, not in libraries: the traces help to debug custom constructs (`STACKATO_DEBUG=1` keeps them).
 */
export function withoutCreationTraces(): void {
  if (process.env['STACKATO_DEBUG']) return;
  process.env['CDKTN_DISABLE_CREATION_STACK'] ??= '1';
  try {
    const traces = require('cdktf/lib/tokens/private/stack-trace') as { captureStackTrace: () => string[] };
    traces.captureStackTrace = () => [];
  } catch {
    // A private path of one release: without it, synthesis is only slower.
  }
}
