import type { LiveLine } from '../../lib/operate/boot-text';

/** Lines that a terminal redraws in place; elsewhere only changed lines are printed. */
export interface LiveLines {
  show(lines: readonly LiveLine[]): void;
  /** Erases them on a terminal; elsewhere they stay. */
  clear(): void;
}

export interface LiveStream {
  readonly isTTY?: boolean;
  readonly columns?: number;
  readonly rows?: number;
  write(text: string): unknown;
}

/** Live lines on a terminal; plain lines elsewhere, in CI and with TERM=dumb. */
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
      // A line that wraps or has scrolled out of the window cannot be erased.
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
