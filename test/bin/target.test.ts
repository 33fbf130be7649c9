import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, describe, it } from 'node:test';
import { synthesizeTarget } from '../../bin/target';
import { collectedIo } from '../lab/collected-io';
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
});
