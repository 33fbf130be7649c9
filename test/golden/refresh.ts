import { spawnSync } from 'node:child_process';
import { mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { ROOT } from '../aws/synth';
import { produce } from './produce';

// `npm run goldens`: writes every golden file anew; look at the difference before you commit it.
const golden = join(ROOT, 'test', 'golden');
for (const entry of readdirSync(golden, { withFileTypes: true })) {
  if (entry.isDirectory()) rmSync(join(golden, entry.name), { recursive: true });
}
const files = produce();
for (const [file, text] of files) {
  mkdirSync(dirname(join(ROOT, file)), { recursive: true });
  writeFileSync(join(ROOT, file), text);
}
console.log(`${files.size} files`);

// Reviews, and the table of their rules, are written by the tests that compare them.
const reviews = ['docs', 'golden', 'real'].map((name) => join(__dirname, '..', 'review', `${name}.test.js`));
const env = { ...process.env, REFRESH_GOLDENS: '1' };
const { status, stdout } = spawnSync(process.execPath, ['--test', ...reviews], { env, encoding: 'utf8' });
if (status !== 0) {
  console.error(stdout);
  process.exitCode = 1;
}
