import { readdirSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { run } from 'node:test';
import { spec } from 'node:test/reporters';

// `node dist/test/run.js [labs]`: the tests of every folder but labs/, or those of labs/ alone.
const labs = process.argv[2] === 'labs';
const files = readdirSync(__dirname, { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.test.js') && (file.split(sep)[0] === 'labs') === labs)
  .map((file) => join(__dirname, file))
  .sort();
if (!files.length) {
  console.error(`no tests in ${relative(process.cwd(), __dirname)}`);
  process.exit(1);
}

let passed = 0;
let failed = 0;
// What could not be tried here, by the reason that a test gives; it is neither passed nor failed. The tests of a suite
// that is not run count as one.
const notRun = new Map<string, number>();
const tests = run({ files, concurrency: 2 });
tests.on('test:pass', ({ details, skip }) => {
  if (skip) notRun.set(String(skip), (notRun.get(String(skip)) ?? 0) + 1);
  else if (details.type !== 'suite') passed++;
});
tests.on('test:fail', ({ details }) => {
  if ((details.error as { failureType?: string }).failureType !== 'subtestsFailed') failed++;
});
const report = tests.compose(new spec());
report.pipe(process.stdout);
report.on('end', () => {
  // A suite whose tests failed fails too; a file that could not be read fails on its own.
  process.exitCode = failed > 0 || passed === 0 ? 1 : 0;
  for (const [reason, count] of notRun) console.log(`not run: ${reason} (${count} tests or suites)`);
  console.log(`${passed} passed, ${failed} failed`);
});
