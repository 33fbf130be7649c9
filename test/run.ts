import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative, sep } from 'node:path';
import { run } from 'node:test';
import { spec } from 'node:test/reporters';
import { asksForPrograms, groupsOf, testFiles } from './groups';

// `node dist/test/run.js [labs|programs]`: the tests of every folder but labs/, those of labs/ alone, or those of the other
// folders that ask for a program which a machine may lack.
const labs = process.argv[2] === 'labs';
const programs = process.argv[2] === 'programs';
const files = testFiles(__dirname).filter(
  (file) => (file.split(sep)[0] === 'labs') === labs && (!programs || asksForPrograms(__dirname, file)),
);
if (!files.length) {
  console.error(`no tests in ${relative(process.cwd(), __dirname)}`);
  process.exit(1);
}

/** A file that is a suite of a process's tests, by its name in the repository; hooks outside of suites are its own. */
const suite = (file: string) =>
  `describe(${JSON.stringify(`test/${file.replace(/js$/, 'ts')}`)}, () => void require(${JSON.stringify(join(__dirname, file))}));\n`;
const entries = mkdtempSync(join(tmpdir(), 'stackato-tests-'));
process.on('exit', () => rmSync(entries, { recursive: true, force: true }));
const started = groupsOf(__dirname, files).map(({ name, files: members }) => {
  const entry = join(entries, `${name.replaceAll(sep, '-')}.cjs`);
  writeFileSync(entry, `const { describe } = require('node:test');\n${members.map(suite).join('')}`);
  return entry;
});

// Terraform and its plugins live for seconds: to give memory back early would take a third of their time.
process.env['GOGC'] ??= '400';

let passed = 0;
let failed = 0;
// What could not be tried here, by the reason that a test gives; it is neither passed nor failed. The tests of a suite
// that is not run count as one.
const notRun = new Map<string, number>();
const tests = run({ files: started, concurrency: 2 });
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
