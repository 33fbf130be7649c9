import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { it } from 'node:test';
import { otherKey } from '../../bin/tour/aws';
import { otherImage } from '../../bin/tour/openstack';
import { readCluster } from '../../lib/declaration/read';
import { call, example } from './command';

it('the dangerous changes of the tours change the shipped example, each on its own cloud', () => {
  const folder = mkdtempSync(join(tmpdir(), 'stackato-tour-'));
  const changed = (change: (yaml: string) => string) => {
    const file = join(folder, 'changed.yaml');
    writeFileSync(file, change(readFileSync(example, 'utf8')));
    return readCluster(file).clouds;
  };
  try {
    const shipped = readCluster(example).clouds;
    const { aws } = changed(otherKey);
    assert.deepEqual(
      Object.keys(aws!).filter((key) => !(key in shipped.aws!)),
      ['kmsKeyId'],
    );
    assert.deepEqual(changed(otherImage).openstack?.images, { core: 'stackato-3.6.2' });
    assert.deepEqual(changed(otherImage).aws, shipped.aws);
  } finally {
    rmSync(folder, { recursive: true });
  }
});

it('the tour is on one of the two clouds', async () => {
  const { code, err } = await call(['quickstart', '--cloud', 'azure']);
  assert.equal(code, 1);
  assert.match(err, /Allowed choices are aws, openstack/);
});
