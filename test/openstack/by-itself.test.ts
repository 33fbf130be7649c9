import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { declared, ofType, type Resource } from '../aws/synth';
import { openstackDocument, SCHEMA } from './synth';

/**
 * Attributes that change without the declaration and whose change replaces or empties the thing (`ForceNew` in the provider's
 * source, or measured): ignored where data is kept. The provider is not asked here, since this test needs no mirror.
 */
const SERVER = 'openstack_compute_instance_v2';
const VOLUME = 'openstack_blockstorage_volume_v3';
const CASES: readonly (readonly [type: string, attribute: string, by: string])[] = [
  [SERVER, 'user_data', 'another version of this library'],
  [SERVER, 'key_pair', 'another key pair'],
  [SERVER, 'availability_zone', 'a migration, or a reordered list of zones'],
  [SERVER, 'config_drive', 'a cloud that forces one'],
  [SERVER, 'scheduler_hints', 'a deleted server group'],
  [SERVER, 'image_id', 'another image'],
  [SERVER, 'image_name', 'an image that the cloud renamed or deleted'],
  [SERVER, 'block_device', 'a root volume that was restored'],
  [VOLUME, 'availability_zone', 'a migration'],
  [VOLUME, 'volume_type', 'a retype by the cloud'],
  [VOLUME, 'snapshot_id', 'a volume restored from a snapshot, imported'],
  [VOLUME, 'source_vol_id', 'a copy of a volume, imported'],
  [VOLUME, 'image_id', 'a volume made from an image, imported'],
  [VOLUME, 'backup_id', 'a volume restored from a backup, imported'],
];

/** What changes in place, and what an operator wants to change: ignored nowhere. */
const IN_PLACE: Readonly<Record<string, readonly string[]>> = {
  [SERVER]: ['power_state', 'flavor_name', 'metadata', 'network', 'name'],
  [VOLUME]: ['size', 'metadata', 'name'],
  openstack_networking_port_v2: ['fixed_ip', 'security_group_ids', 'tags'],
};

describe('what changes by itself on OpenStack', () => {
  const document = openstackDocument(declared('five-node'));
  const ignored = (r: Resource) => ((r['lifecycle'] ?? {}) as { ignore_changes?: string[] }).ignore_changes ?? [];
  const metadata = (r: Resource) => (r['metadata'] ?? {}) as Record<string, string>;
  const kept = (type: string) =>
    ofType(document, type)
      .map(([, r]) => r)
      .filter((r) => type === VOLUME || metadata(r)['stackato:pool'] !== 'dea');
  const schema = (type: string) => Object.values(SCHEMA.provider_schemas!)[0]!.resource_schemas![type]!.block;

  for (const [type, attribute, by] of CASES) {
    it(`replaces no ${type} that keeps data for its ${attribute}, changed by ${by}`, () => {
      assert.ok(attribute in { ...schema(type).attributes, ...schema(type).block_types }, 'the provider has it');
      assert.ok(kept(type).length >= 2);
      for (const resource of kept(type)) assert.ok(ignored(resource).includes(attribute), String(resource['name']));
    });
  }
  for (const [type, attributes] of Object.entries(IN_PLACE)) {
    it(`changes a ${type} in place`, () => {
      for (const [, resource] of ofType(document, type))
        for (const attribute of attributes) assert.ok(!ignored(resource).includes(attribute), attribute);
    });
  }
});
