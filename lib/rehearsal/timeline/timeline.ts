import type { ConsoleLine } from './stages';
import { lastStage } from './stages';

/** A stage of one node, in the rehearsal's time. */
export interface Span {
  readonly node: string;
  readonly stage: string;
  /** Seconds from the first power on. */
  readonly from: number;
  readonly to: number;
  /** `cut`: it was running when its host went down, or when the rehearsal ended. */
  readonly end: 'done' | 'failed' | 'cut';
}

/** A marked moment: a fault, a reboot. */
export interface Mark {
  readonly node: string;
  readonly at: number;
  readonly text: string;
}

export interface Timeline {
  readonly nodes: readonly string[];
  readonly spans: readonly Span[];
  readonly marks: readonly Mark[];
  /** Seconds from the first power on to the end. */
  readonly seconds: number;
}

/** Records console lines with their time; `now` gives seconds. */
export function makeTimeline(nodes: readonly string[], now: () => number) {
  let began = now();
  const spans: Span[] = [];
  const marks: Mark[] = [];
  const open = new Map<string, { stage: string; from: number }>();
  const at = () => now() - began;
  const close = (node: string, end: Span['end']) => {
    const span = open.get(node);
    if (span) spans.push({ node, ...span, to: at(), end });
    open.delete(node);
  };
  return {
    /** Marks the first power on. */
    begin(): void {
      began = now();
    },
    tell(node: string, line: ConsoleLine): void {
      if ('host' in line && line.host.event === 'reboot') {
        close(node, 'cut');
        marks.push({ node, at: at(), text: 'reboot' });
      }
      if (!('stage' in line) || line.stage.stage === lastStage) return;
      const { stage, state } = line.stage;
      if (state === 'started') {
        close(node, 'cut');
        open.set(node, { stage, from: at() });
      } else if (state !== 'retry') close(node, state);
    },
    read(): Timeline {
      const running = [...open].map(([node, span]): Span => ({ node, ...span, to: at(), end: 'cut' }));
      return { nodes, spans: [...spans, ...running], marks: [...marks], seconds: at() };
    },
  };
}

/** A letter for each stage, in order of appearance: from its name, in upper case when lower case is taken. */
export function signsOf(timeline: Timeline): Map<string, string> {
  const signs = new Map<string, string>();
  const taken = new Set<string>();
  for (const { stage } of [...timeline.spans].sort((a, b) => a.from - b.from)) {
    if (signs.has(stage)) continue;
    const letters = [...stage.replace(/\W|_/g, '')];
    const wanted = [...letters, ...letters.map((letter) => letter.toUpperCase()), ...'0123456789'];
    const sign = wanted.find((one) => !taken.has(one)) ?? '#';
    taken.add(sign);
    signs.set(stage, sign);
  }
  return signs;
}

/** Steps of the scale that make about ten of them. */
export function tick(seconds: number, about = 8): number {
  return [1, 2, 5, 10, 20, 30, 60, 120, 300, 600, 1200, 1800, 3600].find((step) => seconds / step <= about) ?? 7200;
}

/** The timeline of a rehearsal as text: one bar per node, a letter per stage, `!` for a fault or a reboot. */
export function timelineText(timeline: Timeline, width = 100): string {
  const names = Math.max(4, ...timeline.nodes.map((node) => node.length));
  const columns = Math.max(20, width - names - 12);
  const seconds = Math.max(1, timeline.seconds);
  const at = (time: number) => Math.min(columns - 1, Math.max(0, Math.floor((time / seconds) * columns)));
  const signs = signsOf(timeline);
  const scale = [...' '.repeat(columns)];
  const step = tick(seconds, columns / 8);
  for (let time = 0; time < seconds; time += step) {
    const label = `${time}`;
    if (at(time) + label.length <= columns) scale.splice(at(time), label.length, ...label);
  }
  const rows = timeline.nodes.map((node) => {
    const bar = [...'·'.repeat(columns)];
    const own = timeline.spans.filter((span) => span.node === node);
    for (const span of own) bar.fill(signs.get(span.stage)!, at(span.from), at(span.to) + 1);
    const last = Math.max(0, ...own.map((span) => span.to));
    bar.fill(' ', at(last) + 1);
    for (const mark of timeline.marks) if (mark.node === node) bar[at(mark.at)] = '!';
    const failed = own.some(({ end }) => end === 'failed') ? ' failed' : '';
    return `${node.padEnd(names)}  ${bar.join('').trimEnd()} ${last.toFixed(0)} s${failed}`;
  });
  const legend = [...signs].map(([stage, sign]) => `${sign} ${stage}`).join('  ');
  const marks = timeline.marks.map(({ node, at: time, text }) => `  ! ${time.toFixed(0)} s ${node}: ${text}`);
  return [`${'s'.padStart(names)}  ${scale.join('').trimEnd()}`, ...rows, `  ${legend}`, ...marks].join('\n');
}
