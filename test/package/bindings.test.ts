import assert from 'node:assert/strict';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, describe, it } from 'node:test';
import { BINDINGS, generateBindings } from '../../bindings/openstack';

const files = (folder: string) =>
  new Map(
    readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name))
      .map((file) => [file.slice(folder.length + 1), readFileSync(file, 'utf8')] as const)
      .sort(([a], [b]) => (a < b ? -1 : 1)),
  );

describe('the bindings of the OpenStack provider', () => {
  const folder = mkdtempSync(join(tmpdir(), 'stackato-bindings-'));
  after(() => rmSync(folder, { recursive: true }));

  it('are those that npm run bindings writes', async () => {
    await generateBindings(folder);
    const [now, committed] = [files(folder), files(BINDINGS)];
    assert.deepEqual([...committed.keys()], [...now.keys()]);
    assert.deepEqual(
      [...now].filter(([file, text]) => committed.get(file) !== text).map(([file]) => file),
      [],
      'refresh them: npm run bindings',
    );
  });

  it('have the names and the layout of a prebuilt package', () => {
    const resolved = require.resolve('../../../provider-openstack/lib/compute-instance-v2');
    const { ComputeInstanceV2 } = require(resolved) as { ComputeInstanceV2: { tfResourceType: string } };
    assert.equal(ComputeInstanceV2.tfResourceType, 'openstack_compute_instance_v2');
    assert.ok(files(BINDINGS).has('compute-instance-v2/index.d.ts'));
    const used = new Set(
      ['lib', 'stacks'].flatMap((dir) =>
        [...files(join(BINDINGS, '..', '..', dir)).values()].flatMap((text) =>
          [...text.matchAll(/'#provider-openstack\/([\w-]+)'/g)].map((m) => m[1]!),
        ),
      ),
    );
    const there = new Set([...files(BINDINGS).keys()].filter((f) => f.includes('/')).map((f) => f.split('/')[0]!));
    assert.deepEqual([...there].sort(), [...used].sort(), 'every binding is used, and nothing else is there');
  });
});
