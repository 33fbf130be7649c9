import { plainText, wrap } from './writing';

export type Paint = (text: string) => string;

/** Lines for a terminal, wrapped and indented. Colours come after measuring. */
export interface Page {
  readonly lines: readonly string[];
  readonly width: number;
  /** Adds lines as they are. */
  add(...lines: string[]): void;
  /** Adds a text, wrapped over as many lines as it needs, after a mark. */
  say(indent: number, text: string, style?: Style): void;
  /** Adds one line, cut to fit. */
  brief(indent: number, text: string, style?: Style): void;
}

interface Style {
  readonly paint?: Paint;
  /** Text before the first line: `- `. */
  readonly mark?: string;
  readonly paintMark?: Paint;
}

const same: Paint = (text) => text;

export function createPage(width: number): Page {
  const lines: string[] = [];
  return {
    lines,
    width,
    add(...more) {
      lines.push(...more);
    },
    say(indent, text, { paint = same, mark = '', paintMark = same } = {}) {
      wrap(plainText(text), width - indent - mark.length).forEach((line, i) => {
        lines.push(`${' '.repeat(indent)}${i === 0 ? paintMark(mark) : ' '.repeat(mark.length)}${paint(line)}`);
      });
    },
    brief(indent, text, { paint = same, mark = '', paintMark = same } = {}) {
      const line = plainText(text);
      const space = width - indent - mark.length;
      const cut = line.length > space ? `${line.slice(0, space - 1)}…` : line;
      lines.push(`${' '.repeat(indent)}${paintMark(mark)}${paint(cut)}`);
    },
  };
}
