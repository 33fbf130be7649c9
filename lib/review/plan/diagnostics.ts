import { object, text } from '../../base/json';

/** An error or a warning of the engine while planning. */
export interface Diagnostic {
  /** Error or warning. */
  readonly severity: 'error' | 'warning';
  /** The message in one line. */
  readonly summary: string;
  /** The full message. */
  readonly detail: string;
  /** Address of the resource that it is about, if it names one. */
  readonly address?: string;
  /** Whether `prevent_destroy` stopped the plan. */
  readonly preventDestroy: boolean;
}

/**
 * Errors and warnings from the log of `terraform plan -json` (one JSON object per line). Skips other lines, and the
 * source snippet of each diagnostic: it may hold a secret.
 */
export function readDiagnostics(log: string): Diagnostic[] {
  const found: Diagnostic[] = [];
  for (const line of log.split('\n')) {
    if (!line.trimStart().startsWith('{')) continue;
    let entry: unknown;
    try {
      entry = JSON.parse(line);
    } catch {
      continue;
    }
    const diagnostic = object(object(entry)['diagnostic']);
    const summary = text(diagnostic['summary']);
    if (summary === undefined) continue;
    const detail = text(diagnostic['detail']) ?? '';
    found.push({
      severity: diagnostic['severity'] === 'warning' ? 'warning' : 'error',
      summary,
      detail,
      address: text(diagnostic['address']) ?? /\bResource (\S+) has lifecycle\.prevent_destroy/.exec(detail)?.[1],
      preventDestroy: /prevent_destroy/.test(detail) || summary === 'Instance cannot be destroyed',
    });
  }
  return found;
}
