import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { tableLines } from '../lib/base/table';
import { measures, type Row } from './rows';

// Ratios, not seconds: both sides of each are measured in turn on this machine. `--check` ends with 1 when a limit is broken,
// `--json` prints the rows; `--rounds N` sets how often each pair runs (an odd number; @default 9).

const check = process.argv.includes('--check');
const json = process.argv.includes('--json');
const at = process.argv.indexOf('--rounds');
const rounds = at < 0 ? 9 : Number(process.argv[at + 1]);
if (!Number.isInteger(rounds) || rounds < 1) throw new Error('--rounds needs a whole number from 1');

const scratch = mkdtempSync(join(tmpdir(), 'stackato-bench-'));
try {
  const rows = measures(scratch).map((measure) => {
    const row = measure.row(rounds);
    // A single excess may be noise of the machine: only a second one counts, measured for longer.
    return over(row) && measure.timed ? measure.row(rounds * 5) : row;
  });
  if (json) console.log(JSON.stringify(rows, null, 2));
  else console.log(table(rows));
  const broken = rows.filter(over);
  console.log(`${rows.length - broken.length} passed, ${broken.length} failed`);
  if (check && broken.length > 0) process.exitCode = 1;
} finally {
  rmSync(scratch, { recursive: true, force: true });
}

function over({ measured, limit, wanted }: Row): boolean {
  return wanted === 'at most' ? measured > limit : measured < limit;
}

function table(rows: readonly Row[]): string {
  const number = (row: Row, value: number) => (row.unit === 'x' ? `${value.toFixed(2)} x` : `${value} ${row.unit}`);
  const cells = rows.map((row) => [
    over(row) ? 'over' : 'ok',
    row.name,
    number(row, row.measured),
    `${row.wanted === 'at most' ? '<=' : '>='} ${number(row, row.limit)}`,
    margin(row),
    row.note,
  ]);
  return tableLines({ head: ['', 'what', 'measured', 'limit', 'margin', 'behind it'], rows: cells }).join('\n');
}

/** Distance to the limit, in percent of the limit; negative when it is broken. */
function margin({ measured, limit, wanted }: Row): string {
  if (limit === 0) return '';
  const room = wanted === 'at most' ? 1 - measured / limit : measured / limit - 1;
  return `${Math.round(room * 100)} %`;
}
