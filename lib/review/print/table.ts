import { markdownText, plainText, wrap } from './writing';

/** A table that both renderers write; cells may hold `inline code`. */
export interface Table {
  readonly head: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

/** The table as Markdown. */
export function markdownTable({ head, rows }: Table): string {
  const line = (cells: readonly string[]) => `| ${cells.map((cell) => markdownText(cell, true)).join(' | ')} |`;
  const rule = `|${head.map(() => '---').join('|')}|`;
  return [line(head), rule, ...rows.map(line)].join('\n');
}

/** The table for a terminal: columns by width, the last one wrapped so that no line is longer than `width`. */
export function textTable({ head, rows }: Table, width: number, bold: (text: string) => string): string[] {
  const all = [head, ...rows].map((row) => row.map(plainText));
  const last = head.length - 1;
  const widths = head.map((_, i) => Math.max(...all.map((row) => (row[i] ?? '').length)));
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
      const parts = cells.map((lines, i) => {
        const text = lines[y] ?? '';
        return i === last ? text : text.padEnd(widths[i]!);
      });
      const line = parts.join('  ').trimEnd();
      return n === 0 ? bold(line) : line;
    });
  });
}
