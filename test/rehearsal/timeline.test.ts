import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { XMLParser, XMLValidator } from 'fast-xml-parser';
import { readConsole } from '../../lib/rehearsal/timeline/stages';
import { timelineSvg } from '../../lib/rehearsal/timeline/svg';
import { makeTimeline, signsOf, type Timeline, timelineText } from '../../lib/rehearsal/timeline/timeline';

const line = (stage: string, state: string) =>
  readConsole(`stackato-node: {"stage":"${stage}","state":"${state}","seconds":0}`);

function written(): Timeline {
  let clock = 100;
  const timeline = makeTimeline(['core', 'dea-1'], () => clock);
  timeline.begin();
  const steps: [number, string, ReturnType<typeof line>][] = [
    [1, 'core', line('ready', 'started')],
    [2, 'dea-1', line('ready', 'started')],
    [4, 'core', line('ready', 'done')],
    [4, 'core', line('rename', 'started')],
    [5, 'dea-1', line('ready', 'retry')],
    [6, 'dea-1', readConsole('stackato-host: {"event":"reboot"}')],
    [8, 'core', line('rename', 'failed')],
    [8, 'core', line('boot', 'failed')],
    [9, 'dea-1', line('ready', 'started')],
  ];
  for (const [at, node, read] of steps) {
    clock = 100 + at;
    timeline.tell(node, read);
  }
  clock = 110;
  const read = timeline.read();
  return { ...read, marks: [...read.marks, { node: 'core', at: 3, text: 'link-down <&"> \u0007' }] };
}

describe('the timeline of a rehearsal', () => {
  it('has stages with their times and ends', () => {
    const { spans, marks, seconds } = written();
    assert.equal(seconds, 10);
    assert.deepEqual(
      spans.map(({ node, stage, from, to, end }) => [node, stage, from, to, end].join(' ')),
      ['core ready 1 4 done', 'dea-1 ready 2 6 cut', 'core rename 4 8 failed', 'dea-1 ready 9 10 cut'],
    );
    assert.deepEqual(
      marks.map(({ text }) => text.slice(0, 9)),
      ['reboot', 'link-down'],
    );
  });
  it('is drawn as text, a bar per node', () => {
    const text = timelineText({ ...written(), marks: [{ node: 'core', at: 3, text: 'link-down' }] }, 37);
    assert.equal(
      text,
      [
        '    s  0         5',
        'core   ··rrrr!reeeeeeeee 8 s failed',
        'dea-1  ····rrrrrrrrr·····rr 10 s',
        '  r ready  e rename',
        '  ! 3 s core: link-down',
      ].join('\n'),
    );
  });
  it('never gives two stages the same sign', () => {
    const stages = ['ready', 'rename', 'relocate', 'roles', 'role-dea', 'aa', 'a', 'aaa'];
    const spans = stages.map((stage, i) => ({ node: 'n', stage, from: i, to: i + 1, end: 'done' as const }));
    const signs = signsOf({ nodes: ['n'], spans, marks: [], seconds: 9 });
    assert.equal(new Set(signs.values()).size, stages.length);
  });
  it('is drawn as well-formed SVG that needs nothing from elsewhere', () => {
    const svg = timelineSvg('mvp <1>', written());
    assert.equal(XMLValidator.validate(svg), true);
    const { svg: root } = new XMLParser({ ignoreAttributes: false }).parse(svg) as { svg: { rect: unknown[] } };
    assert.equal(root.rect.length, 4 + 2);
    assert.doesNotMatch(svg, /href|url\(|@import|<script/);
    assert.match(svg, /prefers-color-scheme:dark/);
    assert.doesNotMatch(svg, /NaN|Infinity|undefined/);
  });
  it('is drawn when nothing happened', () => {
    const empty = { nodes: [], spans: [], marks: [], seconds: 0 };
    assert.equal(XMLValidator.validate(timelineSvg('', empty)), true);
    assert.match(timelineText(empty), /0/);
  });
});
