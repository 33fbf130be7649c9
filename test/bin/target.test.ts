import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, describe, it } from 'node:test';
import { synthesizeTarget } from '../../bin/synthesize';
import { InputError } from '../../lib/base/input';
import { rehearsed } from '../../lib/rehearsal/rehearse-target';
import { collectedIo } from '../collected-io';
import { root } from './command';

describe('a synthesized stack', () => {
  const folder = mkdtempSync(join(tmpdir(), 'stackato-target-'));
  after(() => rmSync(folder, { recursive: true, force: true }));
  const shipped = readFileSync(join(root, 'stacks', 'mvp.yaml'), 'utf8');
  const secretsOf = async (cloud: string, change = (yaml: string) => yaml) => {
    const file = join(folder, 'mvp.yaml');
    writeFileSync(file, change(shipped));
    const target = await synthesizeTarget(file, { cloud, outdir: join(folder, cloud) }, collectedIo());
    return [...target.secrets].sort();
  };

  it("wants in the cloud's store what its nodes read there, not what a person brings them", async () => {
    assert.deepEqual(await secretsOf('aws'), ['stackato/mvp/admin-password', 'stackato/mvp/license']);
    assert.deepEqual(await secretsOf('openstack'), []);
    const barbican = (yaml: string) =>
      yaml.replace(
        '    region: RegionOne\n',
        '    region: RegionOne\n    authUrl: https://a:5000/v3\n    secrets: barbican\n',
      );
    assert.deepEqual(await secretsOf('openstack', barbican), [
      'stackato/mvp/admin-password',
      'stackato/mvp/apps-password',
      'stackato/mvp/license',
    ]);
  });

  it('is rehearsed whole, or those nodes that are named and the core', async () => {
    const target = await synthesizeTarget(
      join(root, 'stacks', 'mvp.yaml'),
      { cloud: 'aws', outdir: folder },
      collectedIo(),
    );
    const manifest = target.manifest!;
    assert.deepEqual([...rehearsed(manifest)].sort(), ['core', 'data-1', 'dea-1', 'dea-2']);
    assert.deepEqual([...rehearsed(manifest, ['dea-2'])].sort(), ['core', 'dea-2']);
    assert.throws(
      () => rehearsed(manifest, ['dea-9']),
      (error) => error instanceof InputError && /did you mean "dea-/.test(error.problems[0]!.message),
    );
  });
});
