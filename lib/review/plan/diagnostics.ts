import { object, text } from '../../base/json';

/** What the engine said while it planned: an error or a warning. */
export interface Diagnostic {
  readonly severity: 'error' | 'warning';
  readonly summary: string;
  readonly detail: string;
  /** Address of the resource it is about, where it says so. */
  readonly address?: string;
  /** Whether `prevent_destroy` is what stopped the plan. */
  readonly preventDestroy: boolean;
}

/**
 * Errors and warnings from the log of `terraform plan -json` (one JSON object per line). Lines that are something else
 * are skipped. The snippet of source that each carries is left out: it may hold a secret.
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
