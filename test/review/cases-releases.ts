import type { Manifest } from '../../lib/topology/manifest';
import type { RuleCase } from './case';
import { acts, deletes, manifest, plan, replaces, updates } from './fixtures';
import { volume } from './resources';

const data1 = 'aws_ebs_volume.paas_data["data-1"]';
const core = 'aws_instance.paas_core';
const archived = volume({ final_snapshot: true });
const release = (name: string, until = '2026-06-30'): Partial<Manifest> => ({
  releases: { [name]: { reason: 'moved to the new pool', until } },
});
const released = (name: string, until?: string) => ({
  before: manifest(),
  after: manifest({ more: release(name, until) }),
});

export const releaseCases: readonly RuleCase[] = [
  {
    // Its content stays in a snapshot; the cluster loses it all the same.
    rule: 'release-missing',
    fires: plan({ before: manifest(), after: manifest(), changes: [deletes(data1, archived)] }),
    misses: plan({ ...released('data-1 volume'), changes: [deletes(data1, archived)] }),
    says: [
      /no release allows `data-1 volume`, which keeps data, to go: `cdktf-stackato deploy` refuses/,
      /release.*data-1 volume: /,
    ],
  },
  {
    rule: 'release-missing',
    fires: plan({ ...released('data-1 volume', '2025-12-31'), changes: [replaces(data1, archived, { size: 1 })] }),
    misses: plan({ ...released('data-1 volume', '2026-01-01'), changes: [replaces(data1, archived, { size: 1 })] }),
    says: [/the release of `data-1 volume` ended on 2025-12-31/],
  },
  {
    rule: 'release-missing',
    fires: plan({ ...released('core volume'), changes: [replaces(core, { ami: 'a' }, { ami: 'b' })] }),
    misses: plan({
      before: manifest(),
      after: manifest(),
      changes: [updates(core, { tags: {} }, { tags: { a: 'b' } })],
    }),
    says: [/no release allows `core`, which/],
  },
  {
    // OpenTofu lets the old volume go and makes an empty one.
    rule: 'release-missing',
    fires: plan({
      before: manifest(),
      after: manifest(),
      changes: [acts(data1, ['forget', 'create'], { before: archived, after: archived })],
    }),
    misses: plan({ before: manifest(), after: manifest(), changes: [acts(data1, ['forget'], { before: archived })] }),
    says: [/no release allows `data-1 volume`, which/],
  },
  {
    rule: 'release-open',
    fires: plan(released('data-1 volume')),
    misses: plan({ before: manifest(), after: manifest() }),
    says: [/`data-1 volume` may go until `2026-06-30`: `moved to the new pool`/],
  },
  {
    rule: 'release-open',
    fires: plan(released('data-1 volume', '2025-12-31')),
    misses: plan({ before: manifest({ more: release('core') }), after: manifest() }),
    says: [/ended on `2025-12-31` and has no effect/],
  },
];
