import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { Cluster } from '../../lib/aws';
import { defineCluster } from '../../lib/declaration/define';
import { type Fixture, mutated } from '../declaration/fixture';
import { clusterDocument, type Document, ofType, resources, stackDocument } from './synth';

const synth = (change: (f: Fixture) => unknown = () => undefined): Document =>
  clusterDocument(defineCluster(mutated((f) => void change(f))));
const all = (document: Document) => Object.fromEntries(resources(document));
const reversed = <T>(record: Record<string, T>) => Object.fromEntries(Object.entries(record).reverse());
const more = (f: Fixture) => {
  f.pools['sql'] = { roles: [{ postgresql: { database: 'reports' } }, 'redis'], diskGib: 50 };
  f.pools['data']!['roles'] = [{ mysql: { database: 'apps' } }, 'memcached'];
  f.databases['reports'] = { engine: 'postgresql' };
};

for (const firewall of ['inside', 'strict']) {
  describe(`resources, firewall ${firewall}`, () => {
    const strict = (f: Fixture) => (f.firewall = firewall);
    it('are the same in whatever order things are declared', () => {
      const other = synth((f) => {
        strict(f);
        more(f);
        f.pools = reversed(f.pools);
        f.databases = reversed(f.databases);
        for (const pool of Object.values(f.pools)) (pool['roles'] as unknown[]).reverse();
      });
      const one = synth((f) => {
        strict(f);
        more(f);
      });
      assert.deepEqual(all(other), all(one));
      assert.deepEqual(other.output, one.output);
    });
    it('stay as they are when a pool is added or taken away', () => {
      const before = all(synth(strict));
      const after = all(
        synth((f) => {
          strict(f);
          f.pools['batch'] = { roles: ['dea'], count: 2 };
        }),
      );
      for (const [address, resource] of Object.entries(before)) assert.deepEqual(after[address], resource, address);
      const added = Object.keys(after).filter((a) => !(a in before));
      assert.ok(added.length > 0 && added.every((a) => a.includes('batch')), added.join('\n'));
    });
    it('stay as they are when a database is added, but for who uses it', () => {
      const before = all(
        synth((f) => {
          strict(f);
          f.pools['data']!['roles'] = [{ mysql: { database: 'apps' } }];
          f.pools['sql'] = { roles: ['postgresql'], diskGib: 50 };
        }),
      );
      const after = all(
        synth((f) => {
          strict(f);
          f.pools['data']!['roles'] = [{ mysql: { database: 'apps' } }];
          f.pools['sql'] = { roles: [{ postgresql: { database: 'reports' } }], diskGib: 50 };
          f.databases['reports'] = { engine: 'postgresql' };
        }),
      );
      const changed = Object.keys(before).filter((a) => JSON.stringify(after[a]) !== JSON.stringify(before[a]));
      // the record of what is kept has one name more
      assert.ok(
        changed.every((a) => a.includes('_sql_') || a.includes('_Kept_')),
        changed.join('\n'),
      );
    });
    it('change by their keys alone when a pool grows', () => {
      const [two, three] = [
        all(synth(strict)),
        all(
          synth((f) => {
            strict(f);
            f.pools['dea']!['count'] = 3;
          }),
        ),
      ];
      assert.deepEqual(Object.keys(three), Object.keys(two));
      const changed = Object.keys(two).filter((a) => JSON.stringify(two[a]) !== JSON.stringify(three[a]));
      assert.equal(changed.length, 1);
      const [a, b] = [two[changed[0]!]!, three[changed[0]!]!];
      assert.deepEqual({ ...b, for_each: null }, { ...a, for_each: null });
      assert.deepEqual(b['for_each'], { ...(a['for_each'] as object), 'dea-3': 0 });
    });
  });
}

describe('a cluster', () => {
  it('that is not protected can be destroyed, and still leaves last snapshots', () => {
    const document = synth((f) => (f.protect = false));
    for (const [address, r] of resources(document)) {
      const { prevent_destroy } = (r['lifecycle'] ?? {}) as { prevent_destroy?: boolean };
      // the records of what is kept hold only what is no longer declared
      if (address.includes('_Kept_')) assert.deepEqual(r['for_each'], {});
      else assert.ok(!prevent_destroy, address);
      assert.ok(r['deletion_protection'] !== true && r['disable_api_termination'] !== true, address);
    }
    assert.ok(ofType(document, 'aws_ebs_volume').every(([, r]) => r['final_snapshot'] === true));
    assert.ok(ofType(document, 'aws_db_instance').every(([, r]) => r['skip_final_snapshot'] === false));
  });
  it('in a network that is there makes none', () => {
    const document = synth((f) => {
      f.clouds['aws']!['network'] = {
        vpcId: 'vpc-0123456789abcdef0',
        cidr: '172.31.0.0/16',
        publicSubnetIds: ['subnet-0123456789abcdef0', 'subnet-0123456789abcdef1'],
        privateSubnetIds: ['subnet-0123456789abcdef2', 'subnet-0123456789abcdef3'],
        coreAddress: '172.31.0.10',
      };
    });
    for (const type of ['aws_vpc', 'aws_subnet', 'aws_route_table', 'aws_nat_gateway', 'aws_internet_gateway'])
      assert.equal(ofType(document, type).length, 0, type);
    assert.deepEqual(ofType(document, 'aws_network_interface')[0]![1]['private_ips'], ['172.31.0.10']);
    assert.ok(ofType(document, 'aws_security_group').every(([, r]) => r['vpc_id'] === 'vpc-0123456789abcdef0'));
  });
  for (const [egress, nat, gatewayless] of [
    ['nat', 1, 0],
    ['public', 0, 0],
    ['none', 0, 1],
  ] as const) {
    it(`with egress ${egress} has ${nat} NAT gateways`, () => {
      const document = synth((f) => (f.clouds['aws']!['network'] = { egress }));
      assert.equal(ofType(document, 'aws_nat_gateway').length, nat);
      assert.equal(ofType(document, 'aws_route').length, 2 - gatewayless - (egress === 'public' ? 1 : 0));
    });
  }
  it('uses its key everywhere', () => {
    const kmsKeyId = 'arn:aws:kms:us-west-2:111122223333:key/0123';
    const document = synth((f) => (f.clouds['aws']!['kmsKeyId'] = kmsKeyId));
    for (const [, r] of [
      ...ofType(document, 'aws_ebs_volume'),
      ...ofType(document, 'aws_db_instance'),
      ...ofType(document, 'aws_secretsmanager_secret'),
    ]) {
      assert.equal(r['kms_key_id'], kmsKeyId);
    }
    for (const [, r] of ofType(document, 'aws_instance'))
      assert.equal((r['root_block_device'] as { kms_key_id: string }).kms_key_id, kmsKeyId);
  });
  it('takes what is written for kato as text, whatever it looks like to Terraform', () => {
    const document = synth((f) => (f.kato['router2g'] = { a: '${file("/etc/passwd")} %{ if x }', b: { c: ['${d}'] } }));
    const { config } = document.output!['stackato_manifest']!.value as { config: Record<string, unknown> };
    assert.deepEqual(config['router2g'], { a: '$${file("/etc/passwd")} %%{ if x }', b: { c: ['$${d}'] } });
  });
  it('asks for tokens only of images that have them', () => {
    const document = synth((f) => (f.clouds['aws']!['image'] = { id: 'ami-7d5fb21d', imdsv2: true }));
    for (const [, r] of ofType(document, 'aws_instance'))
      assert.equal((r['metadata_options'] as { http_tokens: string }).http_tokens, 'required');
  });
  it('of unknown sizes is refused in words', () => {
    assert.throws(
      () => synth((f) => (f.core.size = 'giant')),
      /core\.size: unknown size "giant"; write one of small, medium/,
    );
    assert.throws(() => synth((f) => (f.core.size = 'constructor')), /unknown size/);
    assert.throws(() => synth((f) => (f.databases['apps']!['size'] = 'giant')), /databases\.apps\.size: unknown size/);
    const cloudless = defineCluster(mutated((f) => delete f.clouds['aws']));
    assert.throws(
      () => stackDocument((s) => new Cluster(s, 'c', { cluster: cloudless })),
      /clouds\.aws: required to deploy on AWS/,
    );
  });
});
