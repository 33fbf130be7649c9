import { type Timeline, tick } from './timeline';

const escapes: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };
const escaped = (text: string) =>
  // Characters that XML does not allow, which a console may show, are left out.
  text
    .replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, '')
    .replace(/[&<>"]/g, (sign) => escapes[sign]!);

const [LEFT, WIDE, ROW, TOP] = [110, 860, 26, 34];

/** The timeline of a rehearsal as a self-contained SVG, readable on light and dark backgrounds. */
export function timelineSvg(title: string, timeline: Timeline): string {
  const seconds = Math.max(1, timeline.seconds);
  const x = (time: number) => (LEFT + (Math.min(time, seconds) / seconds) * WIDE).toFixed(1);
  const y = (node: string) => TOP + timeline.nodes.indexOf(node) * ROW;
  const stages = [...new Set([...timeline.spans].sort((a, b) => a.from - b.from).map(({ stage }) => stage))];
  // Red is reserved for failures.
  const hue = (stage: string) => 40 + Math.round((stages.indexOf(stage) * 280) / Math.max(1, stages.length));
  const bottom = TOP + timeline.nodes.length * ROW;
  const perRow = 7;
  const height = bottom + 30 + Math.ceil(stages.length / perRow) * 20 + timeline.marks.length * 18;
  const step = tick(seconds);
  const ticks = Array.from({ length: Math.floor(seconds / step) + 1 }, (_, i) => i * step);
  const text = (left: number | string, top: number, words: string, more = '') =>
    `<text x="${left}" y="${top}"${more}>${escaped(words)}</text>`;
  const bars = timeline.spans.map(({ node, stage, from, to, end }) => {
    const width = Math.max(1.5, Number(x(to)) - Number(x(from))).toFixed(1);
    const look = end === 'done' ? '' : ` class="${end}"`;
    const words = `${node} ${stage}: ${from.toFixed(1)} to ${to.toFixed(1)} s, ${end}`;
    return `<rect x="${x(from)}" y="${y(node)}" width="${width}" height="${ROW - 8}" fill="hsl(${hue(stage)} 55% 52%)"${look}><title>${escaped(words)}</title></rect>`;
  });
  const legend = stages.flatMap((stage, i) => {
    const [left, top] = [LEFT + (i % perRow) * 120, bottom + 24 + Math.floor(i / perRow) * 20];
    return [
      `<rect x="${left}" y="${top - 10}" width="12" height="12" fill="hsl(${hue(stage)} 55% 52%)"/>`,
      text(left + 17, top, stage),
    ];
  });
  const last = bottom + 30 + Math.ceil(stages.length / perRow) * 20;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${LEFT + WIDE + 40} ${height}" role="img" font-family="sans-serif" font-size="12">`,
    `<title>${escaped(title)}</title>`,
    '<style>text{fill:#222}line{stroke:#8886}.failed{stroke:#c00;stroke-width:2.5}.cut{opacity:.45}.mark{fill:#c00}@media(prefers-color-scheme:dark){text{fill:#ddd}.failed{stroke:#f66}.mark{fill:#f66}}</style>',
    ...ticks.flatMap((time) => [
      `<line x1="${x(time)}" x2="${x(time)}" y1="${TOP - 10}" y2="${bottom}"/>`,
      text(x(time), TOP - 16, `${time} s`, ' text-anchor="middle"'),
    ]),
    ...timeline.nodes.map((node) => text(LEFT - 10, y(node) + 14, node, ' text-anchor="end"')),
    ...bars,
    ...timeline.marks.map(({ node, at }) => `<path class="mark" d="M${x(at)} ${y(node) - 5}l4 -6h-8z"/>`),
    ...legend,
    ...timeline.marks.map(({ node, at, text: words }, i) =>
      text(LEFT, last + i * 18, `${at.toFixed(1)} s  ${node}: ${words}`, ' class="mark"'),
    ),
    '</svg>\n',
  ].join('\n');
}
