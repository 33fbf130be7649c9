import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { ToolError } from '../../lib/base/input';
import { refuseDestruction, refuseLosses } from '../../lib/deploy/losses';
import type { Diagnostic } from '../../lib/engine/progress';
import type { Manifest } from '../../lib/topology/manifest';
import { acts, creates, deletes, manifest, type PlanSpec, plan, replaces, updates } from '../review/fixtures';
import { volume } from '../review/resources';

const data1 = 'aws_ebs_volume.paas_data["data-1"]';
const core = 'aws_instance.paas_core';
const database = 'aws_db_instance.paas_apps';
const archived = volume({ final_snapshot: true });
const stack = { next: 'cdktf-stackato deploy paas.yaml' };

const refused = (
  spec: PlanSpec,
  diagnostics: readonly Diagnostic[] = [],
  check = refuseLosses,
): ToolError | undefined => {
  try {
    check({ stack, plan: { json: plan(spec), diagnostics } });
    return undefined;
  } catch (error) {
    assert.ok(error instanceof ToolError, String(error));
    return error;
  }
};
const both = (more: Partial<Manifest> = {}, before: Partial<Manifest> = {}) => ({
  before: manifest({ more: { protect: true, ...before } }),
  after: manifest({ more: { protect: true, ...more } }),
});
const releases = (...names: string[]): Partial<Manifest> => ({
  releases: Object.fromEntries(names.map((name) => [name, { reason: 'moved', until: '2026-12-31' }])),
});

describe('a deployment', () => {
  for (const [what, change, name] of [
    ['deletes a volume', deletes(data1, archived), 'data-1 volume: deleted'],
    [
      'deletes what a failed replacement left',
      deletes(data1, archived, { extra: { deposed: 'ab' } }),
      'data-1 volume: deleted',
    ],
    ['replaces a volume', replaces(data1, archived, { encrypted: true }), 'data-1 volume: replaced'],
    [
      'puts an empty volume in its place and lets it go',
      acts(data1, ['forget', 'create'], { before: archived, after: {} }),
      'data-1 volume: replaced',
    ],
    ['replaces the core', replaces(core, { ami: 'a' }, { ami: 'b' }), 'core: replaced'],
    [
      'deletes a database',
      deletes(database, { skip_final_snapshot: false, final_snapshot_identifier: 'x' }),
      'database apps: deleted',
    ],
    [
      'deletes a secret',
      deletes('aws_secretsmanager_secret.k', { name: 'stackato/paas/cluster-key' }),
      'secret cluster-key: deleted',
    ],
    [
      'deletes a volume that no manifest names',
      deletes('openstack_blockstorage_volume_v3.x', { id: 'v' }),
      'openstack_blockstorage_volume_v3.x: deleted',
    ],
  ] as const) {
    it(`that ${what} is refused`, () => {
      const error = refused({ ...both(), changes: [change] });
      assert.match(error?.message ?? '', /^1 thing that keeps data would go; nothing was changed$/);
      assert.ok(error?.detail?.startsWith(name), error?.detail);
      assert.match(error?.next ?? '', /^release:\n {2}\S.*: \{ reason: .*, until: .* \}$/m);
    });
  }

  it('goes on when an earlier deployment switched the protection off', () => {
    const changes = [deletes(data1, archived)];
    assert.equal(refused({ ...both({ protect: false }, { protect: false }), changes }), undefined);
  });
  it('without a cluster is refused too', () => assert.ok(refused({ changes: [deletes(data1, archived)] })));
  it('that would create again what the cloud does not have is refused: it may be in another region', () => {
    const drift = (address: string) => deletes(address, archived);
    const extra = { resource_drift: [drift(data1), drift(core), drift('aws_subnet.a')] };
    const changes = [creates(data1, archived), creates(core), creates('aws_subnet.a')];
    const error = refused({ ...both(), changes, extra });
    assert.match(error?.detail ?? '', /^data-1 volume: not found \(.*\)\ncore: not found \(.*\)$/);
    assert.equal(refused({ ...both(releases('data-1 volume', 'core')), changes, extra }), undefined);
  });
  it('goes on with what is released, and names only the rest', () => {
    assert.equal(refused({ ...both(releases('data-1 volume')), changes: [deletes(data1, archived)] }), undefined);
    const error = refused({
      ...both(releases('data-1 volume')),
      changes: [deletes(data1, archived), deletes(database, { skip_final_snapshot: true })],
    });
    assert.match(error?.detail ?? '', /^database apps: deleted \(aws_db_instance.paas_apps\)$/);
  });
  it('takes a release by Terraform address', () => {
    assert.equal(refused({ ...both(releases(data1)), changes: [deletes(data1, archived)] }), undefined);
  });
  it('takes no release that has ended', () => {
    const ended = { releases: { 'data-1 volume': { reason: 'moved', until: '2025-12-31' } } };
    const error = refused({ ...both(ended), changes: [deletes(data1, archived)] });
    assert.match(error?.message ?? '', /releases that have ended: data-1 volume on 2025-12-31/);
  });
  it('never turns protection off and takes data away at once, released or not', () => {
    const spec = { ...both({ protect: false, ...releases('data-1 volume') }), changes: [deletes(data1, archived)] };
    assert.match(refused(spec)?.message ?? '', /^protection would be turned off, and/);
    assert.equal(refused({ ...both({ protect: false }), changes: [] }), undefined);
  });
  it('is refused while the cloud itself still protects what is released', () => {
    const spec = both(releases('database apps'));
    const change = deletes(database, { deletion_protection: true, final_snapshot_identifier: 'x' });
    assert.match(refused({ ...spec, changes: [change] })?.message ?? '', /^the cloud still protects what would go/);
  });
  it('is refused when a size shrinks, which no release allows', () => {
    const error = refused({ ...both(releases('data-1 volume')), changes: [updates(data1, volume(), { size: 100 })] });
    assert.match(error?.detail ?? '', /^data-1 volume: from 200 to 100 GiB$/);
  });
  it('names what the records of the stack hold, when the engine refused first', () => {
    const diagnostic = (detail: string): Diagnostic => ({
      severity: 'error',
      summary: 'Instance cannot be destroyed',
      detail,
    });
    const held = diagnostic(
      'Resource terraform_data.paas_Kept_12AB["data-2 volume"] has lifecycle.prevent_destroy set',
    );
    const error = refused({ ...both() }, [held, held, diagnostic('Resource aws_vpc.x has …')]);
    assert.equal(error?.detail, 'data-2 volume: no longer declared');
  });
  it('goes on when nothing goes that keeps data', () => {
    const dea = 'aws_instance.paas_dea["dea-1"]';
    const changes = [
      replaces(dea, { ami: 'a' }, { ami: 'b' }),
      updates(data1, volume(), { size: 300 }),
      acts(data1, ['forget'], { before: archived }),
    ];
    assert.equal(refused({ ...both(), changes }), undefined);
  });
});

describe('a destruction', () => {
  const destroy = (protect: boolean | undefined) =>
    refused(
      {
        before: manifest({ more: protect === undefined ? {} : { protect } }),
        after: null,
        changes: [deletes(data1, archived)],
      },
      [],
      refuseDestruction,
    );
  it('of a cluster that is deployed protected needs a word of its own, whatever the declaration says now', () => {
    assert.match(
      destroy(true)?.message ?? '',
      /^1 thing that keeps data would be destroyed, and the deployed cluster is protected/,
    );
    assert.match(destroy(true)?.next ?? '', /--including-data/);
  });
  it('of a cluster that was unprotected goes on', () => assert.equal(destroy(false), undefined));
  it('of data without a cluster needs that word', () =>
    assert.ok(refused({ changes: [deletes(data1, archived)] }, [], refuseDestruction)));
});
