import { columnWidths, markdownLines, tableLine } from '../../base/table';
import { markdownText, plainText, wrap } from './writing';

/** A table for both renderers; cells may hold `inline code`. */
export interface Table {
  readonly head: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

/** The table as Markdown. */
export function markdownTable({ head, rows }: Table): string {
  const cells = (row: readonly string[]) => row.map((cell) => markdownText(cell, true));
  return markdownLines(cells(head), rows.map(cells)).join('\n');
}

/** The table for a terminal: columns fit their content, and the last one wraps so that no line is longer than `width`. */
export function textTable({ head, rows }: Table, width: number, bold: (text: string) => string): string[] {
  const all = [head, ...rows].map((row) => row.map(plainText));
  const last = head.length - 1;
  const widths = columnWidths(all);
  let used = 0;
  for (let i = 0; i < last; i++) {
    widths[i] = Math.min(widths[i]!, i === 0 ? 44 : Math.floor((width - used) / 2));
    used += widths[i]! + 2;
  }
  const space = Math.max(12, width - used);
  return all.flatMap((row, n) => {
    const cells = row.map((cell, i) => wrap(cell, i === last ? space : widths[i]!));
    const height = Math.max(...cells.map((lines) => lines.length));
    return Array.from({ length: height }, (_, y) => {
      const line = tableLine(
        cells.map((lines) => lines[y] ?? ''),
        widths,
      );
      return n === 0 ? bold(line) : line;
    });
  });
}
