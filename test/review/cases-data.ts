import type { RuleCase } from './case';
import { acts, creates, deletes, manifest, plan, replaces, updates } from './fixtures';
import { volume } from './resources';

const data1 = 'aws_ebs_volume.paas_data["data-1"]';
const two = { before: manifest(), after: manifest() };
const cinder = 'openstack_blockstorage_volume_v3.data';

export const dataCases: readonly RuleCase[] = [
  {
    rule: 'volume-lost',
    fires: plan({
      ...two,
      changes: [replaces(data1, volume(), { encrypted: true, final_snapshot: true }, { replace: ['encrypted'] })],
    }),
    misses: plan({ ...two, changes: [replaces(data1, volume({ final_snapshot: true }), { encrypted: true })] }),
    says: [
      /`data-1`'s volume \(200 GiB: Redis data/,
      /does not help: a destroy reads the old value/,
      /create-snapshot --volume-id vol-0c3/,
    ],
  },
  {
    // Other people's stack: no manifest, still a loss.
    rule: 'volume-lost',
    fires: plan({ changes: [deletes(cinder, { id: 'v', size: 10 })] }),
    misses: plan({ changes: [acts(cinder, ['forget'], { before: { id: 'v', size: 10 } })] }),
    says: [/openstack_blockstorage_volume_v3\.data/],
  },
  {
    // What a failed replacement left behind may be the only copy.
    rule: 'volume-lost',
    fires: plan({ changes: [deletes(cinder, { id: 'v', size: 10 }, { extra: { deposed: 'abcd1234' } })] }),
    misses: plan({ changes: [creates(cinder, { size: 10 })] }),
    says: [/only copy/],
  },
  {
    rule: 'volume-replaced',
    fires: plan({
      ...two,
      changes: [replaces(data1, volume(), { encrypted: true, snapshot_id: 'snap-1' }, { replace: ['encrypted'] })],
    }),
    // The old volume came from that snapshot: it holds nothing of today.
    misses: plan({ ...two, changes: [replaces(data1, volume({ snapshot_id: 'snap-1' }), { encrypted: true })] }),
    says: [/created from `snap-1`: everything written after that is lost/],
  },
  {
    rule: 'volume-archived',
    fires: plan({ ...two, changes: [deletes(data1, volume({ final_snapshot: true }))] }),
    misses: plan({ ...two, changes: [deletes(data1, volume())] }),
  },
  {
    rule: 'volume-shrink',
    fires: plan({ ...two, changes: [updates(data1, volume(), { size: 100 })] }),
    misses: plan({ ...two, changes: [updates(data1, volume(), { size: 300 })] }),
    says: [/cannot shrink from 200 to 100 GiB/],
  },
  {
    rule: 'volume-grows',
    fires: plan({ ...two, changes: [updates(data1, volume(), { size: 300 })] }),
    misses: plan({ ...two, changes: [updates(data1, volume(), { size: 100 })] }),
    says: [
      /the volume of `data-1` grows from 200 to 300 GiB in place: its machine keeps running/,
      /sudo resize2fs "\$\(sudo blkid -L stackato-data\)"/,
      /no further change of it for six hours/,
    ],
  },
  {
    rule: 'volume-grows',
    fires: plan({ changes: [updates('openstack_blockstorage_volume_v3.x', volume(), { size: 300 })] }),
    misses: plan({ changes: [updates('openstack_blockstorage_volume_v3.x', volume(), { name: 'y' })] }),
  },
  {
    rule: 'store-lost',
    fires: plan({ changes: [deletes('aws_s3_bucket.droplets', { force_destroy: true })] }),
    misses: plan({ changes: [deletes('aws_s3_bucket.droplets', { force_destroy: false })] }),
  },
];
