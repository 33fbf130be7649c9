import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';

import { findEngine } from '../../lib/engine/engine';
import { refusal } from '../refusal';
import { until } from '../until';

let dir: string;
/** A program that says a version, and otherwise does what `body` says. */
function program(name: string, version: string, body = ''): string {
  const file = join(dir, name);
  writeFileSync(file, `#!/bin/sh\nif [ "$1" = version ]; then echo '${version}'; exit 0; fi\n${body}\n`);
  chmodSync(file, 0o755);
  return file;
}
const env = () => ({ PATH: `${dir}:/usr/bin:/bin` });
const only = () => ({ PATH: dir });
/** Whether a process lives; one that only waits to be collected does not. */
const alive = (pid: number) => {
  const { stdout } = spawnSync('ps', ['-o', 'stat=', '-p', String(pid)], { encoding: 'utf8' });
  return stdout.trim() !== '' && !stdout.trim().startsWith('Z');
};

before(() => {
  dir = mkdtempSync(join(tmpdir(), 'stackato-engine-'));
});
after(() => rmSync(dir, { recursive: true, force: true }));

describe('the engine', () => {
  it('is said to be missing, with what to install', async () => {
    const error = await refusal(findEngine(only()));
    assert.match(error.message, /neither terraform nor tofu/);
    assert.match(error.next ?? '', /Terraform >= 1.11 or OpenTofu >= 1.9/);
    assert.match((await refusal(findEngine(only(), '/no/such/engine'))).message, /no program \/no\/such\/engine/);
  });
  it('is the one that was named, else terraform, else tofu', async () => {
    const { kind, version } = await findEngine(env(), program('named', 'OpenTofu v1.12.6'));
    assert.deepEqual([kind, version], ['tofu', '1.12.6']);
    program('tofu', 'OpenTofu v1.9.0');
    assert.equal((await findEngine(env())).program, 'tofu');
    program('terraform', 'Terraform v1.11.4\non linux_amd64');
    assert.equal((await findEngine(env())).program, 'terraform');
    assert.equal((await findEngine({ ...env(), TERRAFORM_BINARY_NAME: 'tofu' })).kind, 'tofu');
    assert.equal((await findEngine({ ...env(), TERRAFORM_BINARY_NAME: 'tofu' }, 'terraform')).kind, 'terraform');
  });
  it('must be new enough', async () => {
    for (const version of ['Terraform v1.10.5', 'Terraform v0.15.0', 'OpenTofu v1.8.9']) {
      assert.match((await refusal(findEngine(env(), program('old', version)))).message, /or newer is needed/, version);
    }
    for (const version of ['Terraform v2.0.0', 'OpenTofu v1.10.0', 'Terraform v1.12.0-rc1']) {
      await findEngine(env(), program('new', version));
    }
    assert.match((await refusal(findEngine(env(), program('cat', 'meow')))).message, /neither Terraform nor OpenTofu/);
  });
});

describe('a run of the engine', () => {
  const T = 'Terraform v1.11.4';
  it('gives every line, parsed where it is JSON, and the end of its standard error', async () => {
    const engine = await findEngine(
      env(),
      program('talk', T, `echo '{"a":1}'; echo plain; echo '{broken'; echo no >&2; exit 3`),
    );
    const lines: string[] = [];
    const values: unknown[] = [];
    const options = { env: env(), onLine: (l: string) => lines.push(l), onJson: (v: unknown) => values.push(v) };
    const ended = await engine.run(dir, ['plan'], options);
    assert.deepEqual(ended, { code: 3, stopped: undefined, killed: false, stderr: 'no\n' });
    assert.deepEqual([lines, values], [['{"a":1}', 'plain', '{broken'], [{ a: 1 }]]);
  });
  it('is interrupted exactly once, and may end by itself', async () => {
    const body = `n=0; trap 'n=$((n+1))' INT; echo ready; while [ $n = 0 ]; do sleep 0.1; done
echo stopping; until [ -e go ]; do sleep 0.1; done; echo "$n"; exit 7`;
    const engine = await findEngine(env(), program('polite', T, body));
    const stop = new AbortController();
    const lines: string[] = [];
    const onLine = (line: string) => {
      lines.push(line);
      if (line === 'ready') stop.abort();
      if (line === 'stopping') writeFileSync(join(dir, 'go'), '');
    };
    const ended = await engine.run(dir, ['apply'], { env: env(), signal: stop.signal, onLine });
    assert.deepEqual([ended.code, ended.stopped, ended.killed, lines], [7, 'abort', false, ['ready', 'stopping', '1']]);
  });
  it('is killed with all its children when it does not stop', async () => {
    const body = `trap '' INT; sleep 60 & echo $! > ${join(dir, 'child')}; echo $$; wait; sleep 60`;
    const engine = await findEngine(env(), program('stubborn', T, body));
    const stop = new AbortController();
    let pid = 0;
    const onLine = (line: string) => {
      pid = Number(line);
      stop.abort();
    };
    const ended = await engine.run(dir, ['apply'], { env: env(), signal: stop.signal, onLine, graceSeconds: 0.2 });
    assert.deepEqual([ended.code, ended.stopped, ended.killed], [null, 'abort', true]);
    const both = [pid, Number(readFileSync(join(dir, 'child'), 'utf8'))];
    await until('both have ended', () => !both.some(alive));
  });
  it('has a limit', async () => {
    const engine = await findEngine(env(), program('slow', T, 'exec sleep 60'));
    const ended = await engine.run(dir, ['plan'], { env: env(), limitSeconds: 0.2, graceSeconds: 1 });
    assert.equal(ended.stopped, 'limit');
  });
  it('does not begin after an abort, nor in a folder that is not there', async () => {
    const engine = await findEngine(env(), program('never', T, 'echo ran'));
    const lines: string[] = [];
    const ended = await engine.run(dir, ['x'], {
      env: env(),
      signal: AbortSignal.abort(),
      onLine: (l) => lines.push(l),
    });
    assert.deepEqual([ended.stopped, lines], ['abort', []]);
    assert.match((await refusal(engine.run(join(dir, 'gone'), ['x'], { env: env() }))).message, /no folder/);
  });
});
