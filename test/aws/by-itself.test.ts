import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { Database, DataServicePool } from '../../lib/aws';
import { findEngine } from '../../lib/engine/engine';
import { cliConfig, findMirrors } from '../../lib/engine/mirror';
import { harbor } from '../../lib/kato/roles';
import { absent } from '../programs';
import { handle } from './guest-handle';
import { type Document, type Resource, stackDocument } from './synth';

/**
 * Attributes that change without the declaration, in a state that the real provider then plans, offline: nothing that keeps
 * data is replaced. Without our `ignore_changes` each of these is, so each is in the list for a reason.
 */
const KEY = 'arn:aws:kms:us-west-2:111122223333:key/0123';
const ALIAS = 'arn:aws:kms:us-west-2:111122223333:alias/paas';

interface Case {
  /** What changes it. */
  readonly by: string;
  readonly type: 'aws_instance' | 'aws_ebs_volume' | 'aws_db_instance';
  /** Attribute as in `replace_paths`. */
  readonly attribute: string;
  /** What the cloud then has. */
  readonly cloud: Resource;
}

const root = (more: Resource): Resource => ({
  root_block_device: [{ encrypted: true, kms_key_id: ALIAS, volume_size: 40, volume_type: 'gp3', ...more }],
});
const CASES: readonly Case[] = [
  {
    by: 'stopping the machine',
    type: 'aws_instance',
    attribute: 'associate_public_ip_address',
    cloud: { associate_public_ip_address: false, instance_state: 'stopped', public_ip: '' },
  },
  { by: 'an image of another declaration', type: 'aws_instance', attribute: 'ami', cloud: { ami: 'ami-0bbb' } },
  { by: 'another subnet of its zone', type: 'aws_instance', attribute: 'subnet_id', cloud: { subnet_id: 'subnet-9' } },
  { by: 'another key pair', type: 'aws_instance', attribute: 'key_name', cloud: { key_name: 'former' } },
  {
    by: 'a root disk from an unencrypted snapshot',
    type: 'aws_instance',
    attribute: 'root_block_device.0.encrypted',
    cloud: root({ encrypted: false }),
  },
  {
    by: 'a key that the cloud shows instead of its alias',
    type: 'aws_instance',
    attribute: 'root_block_device.0.kms_key_id',
    cloud: root({ kms_key_id: KEY }),
  },
  {
    by: 'a volume of another zone, imported',
    type: 'aws_ebs_volume',
    attribute: 'availability_zone',
    cloud: { availability_zone: 'us-west-2c' },
  },
  {
    by: 'a volume from an unencrypted snapshot, imported',
    type: 'aws_ebs_volume',
    attribute: 'encrypted',
    cloud: { encrypted: false },
  },
  {
    by: 'a key that the cloud shows instead of its alias',
    type: 'aws_ebs_volume',
    attribute: 'kms_key_id',
    cloud: { kms_key_id: KEY },
  },
  {
    by: 'a person who lets several machines attach it',
    type: 'aws_ebs_volume',
    attribute: 'multi_attach_enabled',
    cloud: { multi_attach_enabled: true },
  },
  {
    by: 'a database from an unencrypted snapshot, imported',
    type: 'aws_db_instance',
    attribute: 'storage_encrypted',
    cloud: { storage_encrypted: false },
  },
  {
    by: 'a key that the cloud shows instead of its alias',
    type: 'aws_db_instance',
    attribute: 'kms_key_id',
    cloud: { kms_key_id: KEY },
  },
];

/** What changes too, and what the provider takes as it is or changes in place: no reason to ignore it. */
const HARMLESS: Readonly<Record<Case['type'], Resource>> = {
  aws_instance: {
    public_ip: '203.0.113.9',
    ebs_optimized: true,
    cpu_core_count: 1,
    cpu_threads_per_core: 2,
    cpu_options: [{ core_count: 1, threads_per_core: 2 }],
    iam_instance_profile: 'other',
    private_ip: '10.0.0.99',
    placement_group: 'other',
    source_dest_check: false,
    private_dns_name_options: [{ hostname_type: 'resource-name' }],
    tags: { policy: 'added' },
    tags_all: { policy: 'added' },
  },
  aws_ebs_volume: { iops: 6000, throughput: 500, snapshot_id: 'snap-1', tags: { policy: 'added' } },
  aws_db_instance: {
    identifier: 'former',
    engine_version: '5.7.44',
    ca_cert_identifier: 'rds-ca-new',
    availability_zone: 'us-west-2c',
    db_name: 'x',
    parameter_group_name: 'other',
    tags: { policy: 'added' },
  },
};

const of = (type: Case['type']) => CASES.filter((c) => c.type === type);
const count = Math.max(of('aws_instance').length, of('aws_ebs_volume').length) + 1;
const [zone] = handle.zones;
const [subnet] = handle.publicSubnetIds;
const one = { zones: [zone!], publicSubnetIds: [subnet!], privateSubnetIds: [subnet!] };
const cluster = { ...handle, ...one, keyName: 'ops', kmsKeyId: ALIAS };

/** A pool that is open to the world and keeps data, and databases: one thing per case, and one for what is harmless. */
const document = stackDocument((s) => {
  new DataServicePool(s, 'kept', { join: cluster, roles: [harbor()], diskGib: 20, count });
  for (const i of [...of('aws_db_instance'), undefined].keys())
    new Database(s, `db-${i}`, { join: cluster, engine: 'mysql', version: '5.7', storageGib: 20 });
});

interface Planned {
  readonly address: string;
  readonly type: string;
  readonly change: { readonly actions: readonly string[]; readonly replace_paths?: readonly (readonly unknown[])[] };
}

describe('what changes by itself', { skip: absent('terraform') }, () => {
  let dir: string;
  let ours: readonly Planned[];
  let without: readonly Planned[];
  before(async () => {
    dir = mkdtempSync(join(tmpdir(), 'stackato-by-itself-'));
    ours = await planned(dir, unprotected(document, true));
    without = await planned(dir, unprotected(document, false));
  });
  after(() => rmSync(dir, { recursive: true, force: true }));

  const changeOf = (plan: readonly Planned[], type: Case['type'], i: number) =>
    plan.filter((c) => c.type === type).sort((a, b) => a.address.localeCompare(b.address, 'en', { numeric: true }))[i]!;
  const paths = (change: Planned) => (change.change.replace_paths ?? []).map((p) => p.join('.'));

  for (const type of ['aws_instance', 'aws_ebs_volume', 'aws_db_instance'] as const) {
    for (const [i, { by, attribute }] of of(type).entries()) {
      it(`replaces no ${type} for its ${attribute}, changed by ${by}`, () => {
        assert.ok(paths(changeOf(without, type, i)).includes(attribute), 'the case must be one');
        const change = changeOf(ours, type, i);
        assert.deepEqual(paths(change), []);
        assert.ok(!change.change.actions.includes('delete'), change.change.actions.join());
      });
    }
    it(`replaces no ${type} for anything else, whatever we ignore`, () => {
      assert.deepEqual(paths(changeOf(without, type, of(type).length)), []);
    });
  }
});

/** The same without protection, which would end a plan at the first replacement; with what we ignore, or without. */
function unprotected(from: Document, ignoring: boolean): Document {
  const changed = ({ lifecycle, ...rest }: Resource) => {
    const { ignore_changes = [] } = (lifecycle ?? {}) as { ignore_changes?: readonly string[] };
    return { ...rest, lifecycle: { ignore_changes: ignoring ? ignore_changes : [] } };
  };
  const resource = Object.fromEntries(
    Object.entries(from.resource).map(([type, all]) => [
      type,
      Object.fromEntries(Object.entries(all).map(([name, one]) => [name, changed(one)])),
    ]),
  );
  return { ...from, resource };
}

/** Plans it offline on a state in which each thing is as declared, but for its case. */
async function planned(dir: string, made: Document): Promise<readonly Planned[]> {
  const offline = { skip_credentials_validation: true, skip_requesting_account_id: true, skip_region_validation: true };
  const provider = { aws: [{ region: 'us-west-2', access_key: 'x', secret_key: 'x', ...offline }] };
  const { required_providers } = (made as unknown as { terraform: { required_providers: unknown } }).terraform;
  writeFileSync(join(dir, 'main.tf.json'), JSON.stringify({ ...made, provider, terraform: { required_providers } }));
  writeFileSync(join(dir, 'terraform.tfstate'), JSON.stringify(state(made)));
  const config = join(dir, 'terraformrc');
  writeFileSync(config, cliConfig(findMirrors(process.env)));
  const engine = await findEngine(process.env);
  const env = { ...process.env, TF_CLI_CONFIG_FILE: config, CHECKPOINT_DISABLE: '1' };
  const run = async (...args: string[]) => {
    const lines: string[] = [];
    const { code, stderr } = await engine.run(dir, args, { env, onLine: (l) => lines.push(l), limitSeconds: 300 });
    assert.equal(code, 0, stderr);
    return lines.join('\n');
  };
  await run('init', '-input=false', '-no-color');
  await run('plan', '-refresh=false', '-input=false', '-no-color', '-out=plan');
  const { resource_changes } = JSON.parse(await run('show', '-json', 'plan')) as { resource_changes: Planned[] };
  return resource_changes;
}

/** The schemas' versions in provider 5.100. */
const VERSIONS = { aws_instance: 1, aws_ebs_volume: 0, aws_db_instance: 2 };

function state(made: Document) {
  const provider = 'provider["registry.terraform.io/hashicorp/aws"]';
  const resources = (['aws_instance', 'aws_ebs_volume', 'aws_db_instance'] as const).flatMap((type) => {
    const cases = [...of(type).map(({ cloud }) => cloud), HARMLESS[type]];
    return Object.entries(made.resource[type] ?? {}).map(([name, declared], n) => {
      const keys = declared['for_each'] ? Object.keys(declared['for_each'] as object) : [undefined];
      const instances = keys.map((key, i) => ({
        ...(key === undefined ? {} : { index_key: key }),
        schema_version: VERSIONS[type],
        attributes: { ...attributes(declared), ...known(type), id: `id-${type}-${n}-${i}`, ...cases[n + i] },
      }));
      return { mode: 'managed', type, name, provider, instances };
    });
  });
  return { version: 4, terraform_version: '1.11.0', serial: 1, lineage: 'x', outputs: {}, resources };
}

/** What the declaration has by a reference, and what other resources read of it. */
const known = (type: Case['type']): Resource => {
  if (type === 'aws_db_instance') return { address: 'db.example.com', master_user_secret: [{ secret_arn: 'arn' }] };
  const availability_zone = zone;
  if (type === 'aws_ebs_volume') return { availability_zone };
  return { availability_zone, subnet_id: subnet, security_groups: [], ipv6_addresses: [], ...root({}) };
};

/** What a resource declares, as a state has it: without Terraform's own words and without references. */
function attributes(declared: Resource): Resource {
  const blocks = ['root_block_device', 'metadata_options'];
  return Object.fromEntries(
    Object.entries(declared)
      .filter(([key]) => !['for_each', 'lifecycle', 'provider', 'depends_on', '//'].includes(key))
      .filter(([, value]) => !JSON.stringify(value).includes('${'))
      .map(([key, value]) => [key, blocks.includes(key) ? [value].flat() : value]),
  );
}
