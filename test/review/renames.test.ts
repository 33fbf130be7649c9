import assert from 'node:assert/strict';
import { test } from 'node:test';
import { reviewPlan } from '../../lib/review';
import { creates, deletes, manifest, plan, replaces } from './fixtures';
import { renamedPlan } from './renames';
import { instance } from './resources';

test('a renamed pool and database are the same ones: nothing is lost, and their machines are not new', () => {
  const review = reviewPlan(renamedPlan());
  assert.deepEqual(
    review.findings.map((f) => f.rule),
    ['pool-renamed', 'database-renamed', 'tags-only', 'resource-moved'],
  );
  assert.equal(review.exit, 0);
  const row = (label: string) => review.numbers.find((figure) => figure.label === label);
  assert.equal(row('databases'), undefined);
  assert.ok(review.names.some(({ name }) => name === "storage-1's volume"));
});

test('what a plan with a new name really loses is said of the new name', () => {
  const old = renamedPlan() as { resource_changes: Record<string, unknown>[] };
  const [core, machine, volume, database] = old.resource_changes;
  const address = volume!['address'] as string;
  const replaced = replaces(address, { id: 'vol-1', size: 200, final_snapshot: false }, { encrypted: true });
  const changes = [core!, machine!, { ...replaced, previous_address: volume!['previous_address'] }, database!];
  const review = reviewPlan({ ...old, resource_changes: changes });
  const lost = review.findings.find((f) => f.rule === 'volume-lost');
  assert.match(lost?.statement ?? '', /^`storage-1`'s volume \(200 GiB: /);
  assert.equal(review.exit, 3);
});

test('evidence stands where the plan has it: below the former name before', () => {
  const changed = renamedPlan() as { output_changes: Record<string, { after: { nodes: Record<string, object> } }> };
  Object.assign(changed.output_changes['stackato_manifest']!.after.nodes['storage-1']!, { boot: 'ffffffffffffffff' });
  const ignored = reviewPlan(changed).findings.find((f) => f.rule === 'boot-ignored');
  assert.deepEqual(
    ignored?.evidence.map((e) => e.path),
    [
      'output_changes.stackato_manifest.before.nodes.data-1.boot',
      'output_changes.stackato_manifest.after.nodes.storage-1.boot',
    ],
  );
});

test('a pool that is removed beside a new one with its roles is asked for its former name', () => {
  const after = manifest({
    without: ['data-1'],
    nodes: {
      'storage-1': {
        ...manifest().nodes['data-1']!,
        pool: 'storage',
        resource: 'aws_instance.paas_storage["storage-1"]',
      },
    },
  });
  const review = reviewPlan(
    plan({
      before: manifest(),
      after,
      changes: [
        deletes('aws_instance.paas_data["data-1"]', instance()),
        creates('aws_instance.paas_storage["storage-1"]', instance()),
      ],
    }),
  );
  const removed = review.findings.find((f) => f.rule === 'data-node-removed');
  assert.match(removed?.safer ?? '', /`storage` is the pool `data` under a new name, write `was: data`/);
});
