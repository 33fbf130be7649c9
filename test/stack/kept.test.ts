import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { App, TerraformStack, Testing } from 'cdktf';
import { DESTROY_CONTEXT, type Kept, recordKept } from '../../lib/stack/kept';
import { absent } from '../programs';

/** Records alone in a stack, and Terraform's own provider: no cloud. */
describe('records of what a stack keeps', { skip: absent('terraform') }, () => {
  let dir: string;
  before(() => {
    dir = mkdtempSync(join(tmpdir(), 'kept-'));
  });
  after(() => rmSync(dir, { recursive: true, force: true }));

  const env = { ...process.env, TF_CLI_CONFIG_FILE: '/dev/null', CHECKPOINT_DISABLE: '1', TF_IN_AUTOMATION: '1' };
  const terraform = (...words: string[]) => {
    const { status, stdout, stderr } = spawnSync('terraform', words, { cwd: dir, env, encoding: 'utf8' });
    return { status, said: `${stdout}${stderr}`.replaceAll(/\s+│?\s*/g, ' ') };
  };
  const declare = (kept: Partial<Kept>, context: Record<string, unknown> = {}) => {
    const app = Testing.stubVersion(new App({ stackTraces: false, context }));
    const stack = new TerraformStack(app, 's');
    recordKept(stack, { names: ['core', 'data-1 volume'], released: [], protect: true, ...kept });
    writeFileSync(join(dir, 'main.tf.json'), JSON.stringify(stack.toTerraform()));
  };
  const applied = () => {
    const { status, said } = terraform('apply', '-auto-approve', '-input=false', '-no-color');
    assert.equal(status, 0, said);
    return said;
  };
  const refused = (name: string) => {
    const { status, said } = terraform('plan', '-input=false', '-no-color');
    assert.equal(status, 1, said);
    assert.match(said, /Instance cannot be destroyed/);
    assert.ok(said.includes(`terraform_data.Kept["${name}"]`), said);
  };

  it('end a plan without a thing that was kept, and let a released one go', () => {
    declare({});
    assert.equal(terraform('init', '-input=false').status, 0);
    applied();
    declare({ names: ['core'] });
    refused('data-1 volume');
    declare({ names: ['core'], released: ['core volume'] });
    refused('data-1 volume');
    declare({ released: ['data-1 volume'] });
    assert.match(applied(), /0 added, 0 changed, 0 destroyed/);
    // It may go while it is released, and its release goes later.
    declare({ names: ['core'], released: ['data-1 volume'] });
    assert.match(applied(), /0 added, 0 changed, 0 destroyed/);
    declare({ names: ['core'] });
    assert.match(applied(), /0 added, 0 changed, 1 destroyed/);
  });

  it('hold a thing again whose release is withdrawn', () => {
    declare({ released: ['core'] });
    applied();
    declare({});
    applied();
    declare({ names: ['data-1 volume'] });
    refused('core');
  });

  it('hold what goes together with its protection; what was unprotected before may go', () => {
    declare({});
    applied();
    declare({ names: ['core'], protect: false });
    refused('data-1 volume');
    declare({ protect: false });
    assert.match(applied(), /0 added, 0 changed, 0 destroyed/);
    declare({ names: ['core'], protect: false });
    assert.match(applied(), /0 added, 0 changed, 1 destroyed/);
  });

  it('let everything go in a destruction that was requested', () => {
    declare({});
    applied();
    assert.equal(terraform('plan', '-destroy', '-input=false').status, 1);
    declare({ names: ['core'], protect: false }, { [DESTROY_CONTEXT]: true });
    // as the verb does first, for the cloud's own protection
    const targeted = terraform('plan', '-target=terraform_data.Other', '-input=false', '-no-color');
    assert.doesNotMatch(targeted.said, /Moved resource instances/);
    const { status, said } = terraform('destroy', '-auto-approve', '-input=false', '-no-color');
    assert.equal(status, 0, said);
  });
});
