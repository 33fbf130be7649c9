import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { markdownLines, tableLine, tableLines } from '../../lib/base/table';

describe('a table of text', () => {
  it('has columns as wide as their longest cell, and no blanks at the end of a line', () => {
    const table = {
      head: ['node', 'state', 'why'],
      rows: [
        ['core', 'booted', ''],
        ['data-services-1', '', 'x'],
      ],
    };
    assert.deepEqual(tableLines(table), [
      'node             state   why',
      'core             booted',
      'data-services-1          x',
    ]);
  });
  it('does without a head, and without rows', () => {
    assert.deepEqual(tableLines({ rows: [['a', 'b']] }), ['a  b']);
    assert.deepEqual(tableLines({ rows: [] }), []);
    assert.deepEqual(tableLines({ head: ['node', 'files'], rows: [] }), ['node  files']);
  });
  it('paints the head as a line, and cells with the blanks behind them', () => {
    const style = {
      head: (line: string) => `<${line}>`,
      cell: (text: string, i: number) => (i === 0 ? `*${text}*` : text),
    };
    assert.deepEqual(tableLines({ head: ['a', 'b'], rows: [['long', 'c']] }, style), ['<*a   *  b>', '*long*  c']);
  });
  it('begins every line alike and keeps columns from becoming too wide', () => {
    const rows = [
      ['a very long cell', 'x'],
      ['b', 'y'],
    ];
    assert.deepEqual(tableLines({ rows }, { indent: '  ', widest: 4 }), ['  a very long cell  x', '  b     y']);
  });
  it('counts signs, not units', () => {
    assert.deepEqual(
      tableLines({
        rows: [
          ['𝒳×', 'b'],
          ['abc', 'b'],
        ],
      }),
      ['𝒳×   b', 'abc  b'],
    );
  });
  it('has rows of widths that somebody else chose', () => {
    assert.equal(tableLine(['a', '', 'c'], [3, 2, 9]), 'a        c');
    assert.equal(tableLine(['a', ''], [3, 2]), 'a');
  });
});

describe('a table of Markdown', () => {
  it('has a rule below its head', () => {
    assert.deepEqual(markdownLines(['a', 'b'], [['c', 'd']]), ['| a | b |', '|---|---|', '| c | d |']);
    assert.deepEqual(markdownLines(['a', 'n'], [['c', '1']], [1])[1], '|---|---:|');
  });
});
