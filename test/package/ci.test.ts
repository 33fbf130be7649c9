import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, it } from 'node:test';

const root = join(__dirname, '..', '..', '..');
const script = join(root, '.ci', 'run');

const SHELL = [
  'bash',
  'cat',
  'chmod',
  'dirname',
  'env',
  'grep',
  'ln',
  'mkdir',
  'mktemp',
  'rm',
  'sleep',
  'tail',
  'tee',
  'timeout',
];
const PROVIDED = [
  'busybox',
  'curl',
  'ip',
  'mkfs.ext4',
  'newuidmap',
  'nft',
  'python3',
  'shellcheck',
  'ssh',
  'sshd',
  'terraform',
  'unshare',
  'vermin',
];

const GREEN = {
  ci: 'true',
  test: 'echo "10 passed, 0 failed"',
  programs: 'echo "2 passed, 0 failed"',
  labs: 'echo "3 passed, 0 failed"',
  changes: 'echo "4 passed, 0 failed"',
  bench: 'echo "11 passed, 0 failed"',
};

describe('.ci/run', () => {
  let bin: string;
  beforeEach(() => {
    bin = mkdtempSync(join(tmpdir(), 'stackato-ci-'));
    mkdirSync(join(bin, 'tmp'));
    for (const name of SHELL) {
      const found = spawnSync('sh', ['-c', `command -v ${name}`], { encoding: 'utf8' }).stdout.trim();
      symlinkSync(found, join(bin, name));
    }
    for (const name of PROVIDED) stub(name, 'exit 0');
    stub('id', 'echo 0');
    stub('apt-get', 'exit 0');
  });
  afterEach(() => rmSync(bin, { recursive: true, force: true }));

  function stub(name: string, body: string): void {
    writeFileSync(join(bin, name), `#!/bin/sh\n${body}\n`);
    chmodSync(join(bin, name), 0o755);
  }

  /** Runs it on a machine that has only what is in `bin`; the bodies stand for what npm does at each step. */
  function run(bodies: Partial<typeof GREEN>) {
    const { ci, test, programs, labs, changes, bench } = { ...GREEN, ...bodies };
    stub(
      'npm',
      `case "$*" in\nci*) ${ci};;\ntest) ${test};;\n'test -- programs') ${programs};;\n'run test:labs') ${labs};;\n'run bench -- --check') ${bench};;\n'run changes -- --quick') ${changes};;\n*) exit 9;;\nesac`,
    );
    const { status, stdout, stderr } = spawnSync(join(bin, 'bash'), [script], {
      encoding: 'utf8',
      env: { PATH: bin, TMPDIR: join(bin, 'tmp'), POLICY_RC_D: join(bin, 'policy') },
      timeout: 30_000,
    });
    const lines = stdout.trimEnd().split('\n');
    return { status, stdout, stderr, last: lines.at(-1) };
  }

  it('sums what every step counted', () => {
    const { status, last, stderr } = run({});
    assert.equal(stderr, '');
    assert.deepEqual([status, last], [0, '30 passed, 0 failed']);
  });

  it('runs the tests once more as on a machine without the optional programs, and not as CI', () => {
    const programs =
      'echo "CI=$CI"; for p in busybox shellcheck vermin curl python3 git rm; do command -v $p; done; echo \'1 passed, 0 failed\'';
    const { stdout, status } = run({ programs });
    assert.equal(status, 0);
    const said = stdout.slice(stdout.indexOf('ci: tests without'), stdout.indexOf('ci: labs'));
    assert.match(said, /^CI=$/m);
    assert.doesNotMatch(said, /busybox|shellcheck|vermin|curl|python3|git/);
    assert.match(said, /rm$/m);
  });

  it('goes on after a failure, and ends with it', () => {
    const { status, last } = run({ test: 'echo "9 passed, 1 failed"; exit 1' });
    assert.deepEqual([status, last], [1, '29 passed, 1 failed']);
  });

  it('counts a step that breaks off as one failure', () => {
    const { status, last, stdout } = run({ test: 'echo "src/a.ts: error"; exit 2' });
    assert.match(stdout, /ci: tests ended with 2\n/);
    assert.deepEqual([status, last], [1, '20 passed, 1 failed']);
  });

  it('counts a step that breaks off after a fair count', () => {
    const { status, last } = run({ labs: 'echo "3 passed, 0 failed"; exit 3' });
    assert.deepEqual([status, last], [1, '30 passed, 1 failed']);
  });

  it('does not believe a step that counts nothing', () => {
    const { status, last, stdout } = run({ bench: 'true' });
    assert.match(stdout, /ci: bench counted nothing\n/);
    assert.deepEqual([status, last], [1, '19 passed, 1 failed']);
  });

  it('proves nothing on what could not be installed', () => {
    const { status, last } = run({ ci: 'exit 1' });
    assert.deepEqual([status, last], [1, '0 passed, 1 failed']);
  });

  it('is in CI for what it calls, and leaves nothing in the folder for temporary files', () => {
    assert.equal(
      run({ test: 'echo "$CI $(echo "$TMPDIR"/*)" >&2; echo "1 passed, 0 failed"' }).stdout.match(/^true .*tmp\.\w+$/m)
        ?.length,
      1,
    );
    assert.equal(spawnSync('ls', [join(bin, 'tmp')], { encoding: 'utf8' }).stdout, '');
  });

  it('installs what is absent as root, and says so', () => {
    rmSync(join(bin, 'busybox'));
    rmSync(join(bin, 'ip'));
    stub('apt-get', `echo "$@" >>'${bin}/asked'`);
    const { status, stdout } = run({});
    assert.equal(status, 0);
    assert.match(stdout, /^ci: installing busybox iproute2$/m);
    assert.match(
      spawnSync('cat', [join(bin, 'asked')], { encoding: 'utf8' }).stdout,
      /^update .*\ninstall .* busybox iproute2\n$/,
    );
  });

  it('keeps a server from starting while it is installed, and no longer', () => {
    rmSync(join(bin, 'sshd'));
    stub('apt-get', `'${join(bin, 'policy')}'; echo "$1 $?" >>'${bin}/asked'`);
    assert.match(run({}).stdout, /^ci: installing openssh-server$/m);
    assert.equal(spawnSync('cat', [join(bin, 'asked')], { encoding: 'utf8' }).stdout, 'update 101\ninstall 101\n');
    assert.equal(existsSync(join(bin, 'policy')), false);
    stub('policy', 'exit 7');
    run({});
    assert.equal(existsSync(join(bin, 'policy')), true, "somebody else's stays");
  });

  it('only says so where it is not root', () => {
    rmSync(join(bin, 'busybox'));
    stub('id', 'echo 1000');
    stub('apt-get', `: >'${bin}/asked'`);
    assert.match(run({}).stdout, /^ci: busybox not here, and only root/m);
    assert.equal(spawnSync('ls', [join(bin, 'asked')]).status, 2);
  });
});
