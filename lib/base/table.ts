/** A table before it is text. */
export interface Table {
  /** @default no head line */
  readonly head?: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

export interface TableStyle {
  /** What every line begins with. @default nothing */
  readonly indent?: string;
  /** Maximum width of each column, characters; a longer cell overflows. @default the width of the longest cell */
  readonly widest?: number;
  /** Paints the line of the head. */
  head?(line: string): string;
  /** Paints a cell, including its padding. */
  cell?(text: string, column: number): string;
}

/** A table as lines of text: two spaces between columns, no trailing spaces. */
export function tableLines({ head, rows }: Table, style: TableStyle = {}): string[] {
  const widths = columnWidths(head ? [head, ...rows] : rows, style.widest);
  const line = (cells: readonly string[]) => tableLine(cells, widths, style);
  const paint = style.head ?? ((text: string) => text);
  return [...(head ? [paint(line(head))] : []), ...rows.map(line)];
}

/** How wide each column is: as its longest cell, but at most `widest`. */
export function columnWidths(rows: readonly (readonly string[])[], widest = Number.POSITIVE_INFINITY): number[] {
  const columns = Math.max(0, ...rows.map((row) => row.length));
  return Array.from({ length: columns }, (_, i) =>
    Math.min(widest, Math.max(0, ...rows.map((row) => signs(row[i] ?? '')))),
  );
}

/** One row of a table whose widths are known. */
export function tableLine(cells: readonly string[], widths: readonly number[], style: TableStyle = {}): string {
  const paint = style.cell ?? ((text: string) => text);
  const padded = cells.map((cell, i) => (i === cells.length - 1 ? cell : cell + blanks(widths[i]! - signs(cell))));
  return `${style.indent ?? ''}${padded.map(paint).join('  ')}`.trimEnd();
}

/** Width of a text on a terminal: a character beyond the first plane is two units of a string. */
const signs = (text: string): number => [...text].length;

const blanks = (count: number): string => ' '.repeat(Math.max(0, count));

/** A table as Markdown; cells must be Markdown already. Columns of `right` are flush right. */
export function markdownLines(
  head: readonly string[],
  rows: readonly (readonly string[])[],
  right: readonly number[] = [],
): string[] {
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  const rule = `|${head.map((_, i) => (right.includes(i) ? '---:' : '---')).join('|')}|`;
  return [line(head), rule, ...rows.map(line)];
}
