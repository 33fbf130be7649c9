import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { defineCluster } from '../../lib/declaration/define';
import { majorVersion, misfit, serverSettings } from '../../lib/kato/roles/database';
import { type Fixture, mutated } from '../declaration/fixture';
import { clusterDocument, type Document, ofType, type Resource } from './synth';

const KEY = (end: string) => `arn:aws:kms:us-west-2:123456789012:key/1f948264-c77d-49d3-b9cf-84f6da3cbf${end}`;
const synth = (change: (f: Fixture) => unknown = () => undefined): Document =>
  clusterDocument(defineCluster(mutated((f) => void change(f))));
const only = (document: Document, type: string): Resource => {
  const found = ofType(document, type);
  assert.equal(found.length, 1, type);
  return found[0]![1];
};
const withVersion = (engine: 'mysql' | 'postgresql', version?: string) => (f: Fixture) => {
  f.databases = { apps: { engine, ...(version ? { version } : {}) } };
  f.pools['data']!['roles'] = [{ [engine]: { database: 'apps' } }, 'redis'];
};

describe('the last snapshot of a database', () => {
  const lifeOf = (document: Document) => ofType(document, 'terraform_data').find(([name]) => /_life_/.test(name))!;
  const life = (document: Document) => lifeOf(document)[1];
  it('has a name with the id of what is replaced whenever the instance is', () => {
    const document = synth();
    const [name] = lifeOf(document);
    const db = only(document, 'aws_db_instance');
    assert.equal(db['final_snapshot_identifier'], `${db['identifier'] as string}-final-\${terraform_data.${name}.id}`);
    assert.deepEqual(life(document)['triggers_replace'], {
      engine: db['engine'],
      storageEncrypted: true,
      username: db['username'],
    });
    const lives = [undefined, KEY('1f'), KEY('2f')].map((kmsKeyId) =>
      life(synth((f) => Object.assign(f.clouds['aws']!, kmsKeyId ? { kmsKeyId } : {}))),
    );
    assert.equal(new Set(lives.map((r) => JSON.stringify(r['triggers_replace']))).size, 3, 'a key replaces it');
  });
  it('keeps its name when the instance changes in place', () => {
    const before = life(synth());
    for (const change of [
      { size: 'large' },
      { storageGib: 100 },
      { multiZone: true },
      { backupDays: 9 },
      { version: '8.0' },
      { majorUpgrade: true },
    ])
      assert.deepEqual(life(synth((f) => Object.assign(f.databases['apps']!, change))), before, JSON.stringify(change));
    assert.deepEqual(life(synth((f) => (f.protect = false))), before);
  });
});

describe('a major version', () => {
  it('changes only where the declaration says so, and then at once', () => {
    const db = (majorUpgrade?: boolean) =>
      only(
        synth((f) => Object.assign(f.databases['apps']!, majorUpgrade === undefined ? {} : { majorUpgrade })),
        'aws_db_instance',
      );
    for (const without of [db(), db(false)]) {
      assert.equal(without['allow_major_version_upgrade'], undefined);
      assert.equal(without['apply_immediately'], undefined);
    }
    assert.equal(db(true)['allow_major_version_upgrade'], true);
    assert.equal(db(true)['apply_immediately'], true);
  });
  it('is counted as its engine does', () => {
    for (const [engine, version, major] of [
      ['mysql', '8.0', '8.0'],
      ['mysql', '8.0.35', '8.0'],
      ['mysql', '5.7.44', '5.7'],
      ['postgresql', '16', '16'],
      ['postgresql', '16.3', '16'],
      ['postgresql', '9.6.24', '9.6'],
    ] as const)
      assert.equal(majorVersion(engine, version), major, `${engine} ${version}`);
  });
});

describe('clients of the image', () => {
  it('are let in by the settings of the server, where its own refuse them', () => {
    const md5 = { password_encryption: 'md5' };
    assert.deepEqual(serverSettings('postgresql', '13.9'), {});
    assert.deepEqual(serverSettings('postgresql', '14.1'), md5);
    assert.deepEqual(serverSettings('postgresql', '16'), { ...md5, 'rds.force_ssl': '0' });
    assert.deepEqual(serverSettings('mysql', '8.0'), {});
    assert.deepEqual(
      ['5.7', '5.7.44', '8.0', '8.0.35', '8.4', '9.1'].map((version) => misfit('mysql', version)),
      [undefined, undefined, 'grants', 'grants', 'refused', 'refused'],
    );
    assert.equal(misfit('postgresql', '16'), undefined);
  });
  it('get them by a parameter group of the version’s family, made before the old one goes', () => {
    const document = synth(withVersion('postgresql'));
    const [[name, group]] = ofType(document, 'aws_db_parameter_group') as [[string, Resource]];
    const { Name: _, ...tags } = group['tags'] as Record<string, string>;
    assert.equal(only(document, 'aws_db_instance')['parameter_group_name'], `\${aws_db_parameter_group.${name}.name}`);
    assert.equal(group['family'], 'postgres16');
    assert.equal(group['name'], 'mvp-apps-postgres16');
    assert.deepEqual(group['parameter'], [
      { name: 'password_encryption', value: 'md5' },
      { name: 'rds.force_ssl', value: '0' },
    ]);
    assert.deepEqual(group['lifecycle'], { create_before_destroy: true, ignore_changes: ['name', 'description'] });
    assert.equal(tags['stackato:cluster'], 'mvp');
  });
  it('need none of others', () => {
    for (const [engine, version] of [['mysql'], ['mysql', '5.7'], ['postgresql', '13']] as const) {
      const document = synth(withVersion(engine, version));
      assert.deepEqual(ofType(document, 'aws_db_parameter_group'), [], `${engine} ${version}`);
      assert.equal(only(document, 'aws_db_instance')['parameter_group_name'], undefined);
    }
  });
});

describe('a core with the service of a database', () => {
  it('may read the password of that, as other nodes may', () => {
    const document = synth((f) => {
      f.core!['roles'] = [{ mysql: { database: 'apps' } }];
      f.core!['diskGib'] = 20;
      f.pools = {};
    });
    const read = ofType(document, 'aws_iam_role_policy').filter(([, r]) =>
      String(r['policy']).includes('aws_db_instance.'),
    );
    assert.equal(read.length, 1);
    assert.match(String(read[0]![1]['role']), /core/);
  });
});
