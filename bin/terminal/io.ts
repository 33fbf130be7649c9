import pc from 'picocolors';
import { duration, type Io, type StepView } from '../../lib/base/voice';

const frames = ['⠋', '⠙', '⠹', '⠸', '⠼', '⠴', '⠦', '⠧', '⠇', '⠏'];

/** An Io with a spinner on a terminal, and plain lines in CI, in a pipe or with `--json`. */
export function terminalIo(options: { json: boolean; signal: AbortSignal }): Io {
  const stream = options.json ? process.stderr : process.stdout;
  const live = stream.isTTY === true && !process.env['CI'] && process.env['TERM'] !== 'dumb';
  const color = pc.createColors(stream.isTTY === true && !process.env['NO_COLOR'] && !process.env['CI']);
  return {
    out: (text) => void process.stdout.write(`${text}\n`),
    err: (text) => void process.stderr.write(`${text}\n`),
    json: options.json,
    color,
    signal: options.signal,
    step: (label) => stepView(label, stream, live, color),
  };
}

function stepView(label: string, stream: NodeJS.WriteStream, live: boolean, color: Io['color']): StepView {
  const began = Date.now();
  const seconds = () => duration((Date.now() - began) / 1000);
  let text = '';
  let frame = 0;
  let lastPlain = began;
  let below: readonly string[] = [];
  let painted = 0;
  const erased = () => (painted > 0 ? `\r\x1b[${painted}A\x1b[J` : '\r\x1b[2K');
  const paint = () => {
    const width = Math.max(20, (stream.columns || 100) - 1);
    const told = below.length > 0 ? '' : `  ${text}`;
    const line = ` ${frames[frame++ % frames.length]} ${label}${told}  ${seconds()}`;
    // a line that wraps or has scrolled out of the window cannot be erased
    const rows = below.slice(0, Math.max(3, (stream.rows || 40) - 2)).map((row) => `\n     ${row}`.slice(0, width));
    stream.write(`${erased()}${line.slice(0, width)}${rows.join('')}`);
    painted = rows.length;
  };
  const timer = live ? setInterval(paint, 120).unref() : undefined;
  const end = (mark: string, detail?: string) => {
    if (timer) clearInterval(timer);
    stream.write(`${live ? erased() : ''} ${mark} ${label.padEnd(11)} ${detail ?? ''}${color.dim(`  ${seconds()}`)}\n`);
  };
  return {
    note(next) {
      if (next === text) return;
      text = next;
      if (live || Date.now() - lastPlain < 10_000) return;
      lastPlain = Date.now();
      stream.write(`   ${label}: ${text} (${seconds()})\n`);
    },
    table(lines) {
      below = lines;
    },
    done: (detail) => end(color.green('✓'), detail),
    fail: (detail) => end(color.red('✗'), detail),
  };
}
