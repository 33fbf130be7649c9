import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';

/** Who provides a program that is not named like its package. */
const INSTALL: Readonly<Record<string, string>> = {
  vermin: 'pip install vermin',
  ssh: 'apt-get install openssh-client',
  'ssh-keygen': 'apt-get install openssh-client',
  terraform: 'from https://developer.hashicorp.com/terraform/install',
  script: 'apt-get install bsdutils',
  pgrep: 'apt-get install procps',
};

const found = (program: string) =>
  spawnSync('sh', ['-c', 'command -v "$1"', 'sh', program], { encoding: 'utf8' }).stdout.trim();
const toInstall = (program: string) => INSTALL[program] ?? `apt-get install ${program}`;

/** Where a program of this machine is; a test that needs it fails without it. */
export function need(program: string): string {
  const file = found(program);
  assert.ok(file, `${program} is needed for this test: ${toInstall(program)}`);
  return file;
}

/** Why a test that needs programs is not run, if so; in CI it runs, and fails without them. */
export function absent(...programs: readonly string[]): string | false {
  const missing = process.env['CI'] ? undefined : programs.find((program) => !found(program));
  return missing !== undefined && `${missing} is not here: ${toInstall(missing)}`;
}
