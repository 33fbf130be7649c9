import assert from 'node:assert/strict';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, it } from 'node:test';
import { environmentDir, labPython } from '../../lib/lab/python';
import { until } from '../until';

describe("the practice cloud's Python", () => {
  let root: string;
  let env: NodeJS.ProcessEnv;
  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), 'stackato-venv-'));
    mkdirSync(join(root, 'bin'));
    // `python3 -m venv DIR` makes a Python whose pip waits until it may install, and leaves its number.
    const pip = `: >${root}/pip-$$; while [ ! -e ${root}/go ]; do sleep 0.05; done; echo $$ >"\${0%/bin/python}/moto"`;
    const venv = `mkdir -p "$3/bin"; cat >"$3/bin/python" <<'P'\n#!/bin/sh\n${pip}\nP\nchmod 755 "$3/bin/python"`;
    writeFileSync(join(root, 'bin', 'python3'), `#!/bin/sh\n[ "$1" != -m ] || { ${venv}\n}\n`);
    chmodSync(join(root, 'bin', 'python3'), 0o755);
    env = { PATH: `${root}/bin:${process.env['PATH']}`, XDG_CACHE_HOME: join(root, 'cache') };
  });
  afterEach(() => rmSync(root, { recursive: true, force: true }));

  const make = () => labPython(env, () => {});
  const moto = () => readFileSync(join(environmentDir(env), 'moto'), 'utf8');

  it('is made once, and what a broken one left gives way', async () => {
    writeFileSync(join(root, 'go'), '');
    mkdirSync(join(environmentDir(env), 'lib'), { recursive: true });
    const python = await make();
    assert.ok(existsSync(python));
    const first = moto();
    assert.equal(await make(), python);
    assert.equal(moto(), first);
    assert.deepEqual(readdirSync(join(env['XDG_CACHE_HOME']!, 'cdktf-stackato')).length, 1);
  });

  it('that a command uses already is not replaced by another command that made one at the same time', async () => {
    const both = [make(), make()];
    await until('both install', () => readdirSync(root).filter((name) => name.startsWith('pip-')).length === 2);
    writeFileSync(join(root, 'go'), '');
    await Promise.race(both);
    const first = moto();
    await Promise.all(both);
    assert.equal(moto(), first);
    assert.equal(readdirSync(join(env['XDG_CACHE_HOME']!, 'cdktf-stackato')).length, 1);
  });
});
