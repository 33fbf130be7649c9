import type { LiveLine } from '../../lib/operate/boot-text';

/** Lines that are shown again in their place on a terminal, and only where they changed elsewhere. */
export interface LiveLines {
  show(lines: readonly LiveLine[]): void;
  /** Takes them away from a terminal; what was printed elsewhere stays. */
  clear(): void;
}

export interface LiveStream {
  readonly isTTY?: boolean;
  readonly columns?: number;
  readonly rows?: number;
  write(text: string): unknown;
}

/** A terminal's, unless CI or TERM=dumb say that it is none; plain lines for all others. */
export function liveLines(stream: LiveStream, env: NodeJS.ProcessEnv): LiveLines {
  const live = stream.isTTY === true && !env['CI'] && env['TERM'] !== 'dumb';
  let rows = 0;
  let keys: readonly string[] = [];
  const clear = () => {
    if (rows > 0) stream.write(`\x1b[${rows}A\x1b[J`);
    rows = 0;
  };
  return {
    clear,
    show(lines) {
      if (!live) {
        for (const { text, key } of lines) if (!keys.includes(key)) stream.write(`${text}\n`);
        keys = lines.map(({ key }) => key);
        return;
      }
      clear();
      // A line that wraps, or one above the window, could not be taken back.
      const width = Math.max(20, (stream.columns || 100) - 1);
      const room = Math.max(3, (stream.rows || 40) - 2);
      const cut = lines.length > room;
      const texts = lines.slice(0, cut ? room - 1 : room).map(({ text }) => text.slice(0, width));
      const all = cut ? [...texts, `… ${lines.length - room + 1} more`] : texts;
      rows = all.length;
      stream.write(all.map((line) => `${line}\n`).join(''));
    },
  };
}
