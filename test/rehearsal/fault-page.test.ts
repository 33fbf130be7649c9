import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import { type Entry, PAGE, pageOf, rowsIn, rowsOf } from '../../bench/fault-table';
import { faults } from '../../lib/rehearsal/faults/index';

const page = readFileSync(PAGE, 'utf8');

describe('the page of faults', () => {
  it('has every fault, tried, and none that went wrong', () => {
    for (const { id, about } of faults) {
      const rows = rowsIn(page).filter(({ fault }) => fault === id);
      assert.ok(rows.length > 0, `${id} has no line`);
      for (const { cluster, tried, converged, bounded, wrong } of rows) {
        assert.ok(tried > 0, `${id} was never tried on ${cluster}`);
        assert.deepEqual([converged + bounded, wrong], [tried, 0], `${id} on ${cluster}`);
      }
      assert.ok(page.includes(`| \`${id}\` | ${about} |`), id);
    }
    assert.doesNotMatch(page, /^- not tried/m);
  });

  it('keeps what was not tried again, and counts all', () => {
    const entry = (fault: string, outcome: Entry['outcome']): Entry => {
      return { cluster: 'mvp', fault, text: `${fault}:core@key`, outcome, why: 'it is so' };
    };
    const before = pageOf([entry('reboot', 'converged'), entry('link-down', 'wrong')], 'npm run faults -- --write');
    const now = pageOf([entry('link-down', 'converged'), entry('clock-late', 'missed')], 'another', before);
    assert.deepEqual(
      rowsOf([entry('reboot', 'converged')]),
      rowsIn(now).filter(({ fault }) => fault === 'reboot'),
    );
    assert.match(now, /^\| link-down \| mvp \| 1 \| 1 \| 0 \| 0 \|$/m);
    assert.match(now, /^\| \*\*all\*\* \| mvp \| 2 \| 2 \| 0 \| 0 \|$/m);
    assert.match(now, /^- not tried, its moment never came: mvp `clock-late:core@key`$/m);
    assert.match(now, /^Made by `npm run faults -- --write`;/m);
  });
});
