import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, it } from 'node:test';
import { promisify } from 'node:util';
import { freePort } from './free-port';

/** The owner's own tool on the same stack and state: `npx cdktf deploy mvp-aws --auto-approve`, by the README's words. */

const run = promisify(execFile);
const root = process.cwd();
const folder = mkdtempSync(join(tmpdir(), 'stackato-cdktf-'));
const command = join(root, 'dist', 'bin', 'cdktf-stackato.js');
const mvp = join(root, 'stacks', 'mvp.yaml');
let port = '';

const shell = (line: string) =>
  run('bash', ['-c', line], {
    cwd: folder,
    env: { ...process.env, CI: '1', STACKATO_LAB_PORT: port },
    maxBuffer: 1 << 26,
  });
const ours = (args: string) => shell(`node ${command} ${args}`);

before(async () => {
  port = String(await freePort());
  writeFileSync(
    join(folder, 'cdktf.json'),
    JSON.stringify({
      language: 'typescript',
      app: `node ${join(root, 'dist', 'stacks', 'main.js')}`,
      projectId: 'test',
      sendCrashReports: 'false',
    }),
  );
  await ours('lab up');
});

after(async () => {
  await ours('lab down');
  rmSync(folder, { recursive: true, force: true });
});

it('deploys with the real cdktf, and our own plan of the same stack is then empty', async () => {
  await ours(`lab seed ${mvp} --cloud aws`);
  const cdktf = join(root, 'node_modules', '.bin', 'cdktf');
  const { stdout } = await shell(`eval "$(node ${command} lab env)" && ${cdktf} deploy mvp-aws --auto-approve`);
  assert.match(stdout, /Apply complete!|stackato_manifest/);
  const { stdout: plan } = await ours(`plan ${mvp} --cloud aws --practice --detailed-exitcode --json`);
  const { changes, outputs } = JSON.parse(plan) as { changes: unknown[]; outputs: unknown[] };
  assert.deepEqual([changes, outputs], [[], []]);
});
