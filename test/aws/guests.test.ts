import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { DataTerraformRemoteStateLocal, type TerraformStack } from 'cdktf';
import { z } from 'zod';
import {
  Cluster,
  type ClusterHandle,
  Database,
  DataServicePool,
  DeaPool,
  handleFromOutputs,
  RouterPool,
} from '../../lib/aws';
import { InputError } from '../../lib/base/input';
import { defineRole } from '../../lib/kato/own-role';
import { dataServices, dea, mysql } from '../../lib/kato/roles';
import { handle } from './guest-handle';
import { bootScript, declared, ofType, stackDocument, userData } from './synth';

const strict: ClusterHandle = { ...handle, firewall: 'strict' };
const document = (build: (stack: TerraformStack) => void) => stackDocument(build);
const refused = (build: (stack: TerraformStack) => void) => {
  try {
    document(build);
  } catch (error) {
    assert.ok(error instanceof InputError, String(error));
    return error.problems.map((p) => `${p.path} ${p.rule}`);
  }
  return [];
};

describe('nodes that join a cluster of somebody else', () => {
  it('are DEAs, by plain strings', () => {
    const made = document(
      (s) => new DeaPool(s, 'batch', { join: handle, count: 4, size: 'large', placementZones: ['batch'] }),
    );
    const [[, instance]] = ofType(made, 'aws_instance') as [[string, Record<string, unknown>]];
    assert.deepEqual(instance['for_each'], { 'batch-1': 0, 'batch-2': 1, 'batch-3': 0, 'batch-4': 1 });
    assert.deepEqual(instance['vpc_security_group_ids'], ['sg-0123456789abcdef0']);
    assert.equal(instance['instance_type'], 'm3.large');
    const script = bootScript(userData(instance));
    assert.match(script, /^CORE='10\.0\.0\.10'$/m);
    assert.match(script, /k node attach -e dea "\$CORE"/);
    assert.match(script, /k node placementzones add batch/);
    assert.equal((instance['tags'] as Record<string, string>)['stackato:cluster'], 'paas');
    assert.equal(ofType(made, 'aws_vpc_security_group_ingress_rule').length, 0);
  });
  it('are routers, open to the world', () => {
    const made = document((s) => new RouterPool(s, 'edge', { join: handle, count: 2 }));
    const rules = ofType(made, 'aws_vpc_security_group_ingress_rule').map(
      ([, r]) => `${String(r['cidr_ipv4'])} ${String(r['from_port'])}`,
    );
    assert.deepEqual(rules.sort(), ['0.0.0.0/0 443', '0.0.0.0/0 80']);
    assert.match(bootScript(userData(ofType(made, 'aws_instance')[0]![1])), /take cluster-certificate/);
  });
  it('are data services, with a volume each', () => {
    const made = document(
      (s) => new DataServicePool(s, 'more', { join: handle, roles: dataServices(), diskGib: 50, count: 2 }),
    );
    assert.deepEqual(
      ofType(made, 'aws_ebs_volume').map(([, r]) => [r['size'], r['encrypted'], r['for_each']]),
      [[50, true, { 'more-1': 0, 'more-2': 1 }]],
    );
  });
  it('open in strict mode what they need of their hosts, and their hosts of them', () => {
    const made = document((s) => new DeaPool(s, 'batch', { join: strict }));
    const rules = ofType(made, 'aws_vpc_security_group_ingress_rule').map(([, r]) => {
      const ours = (v: unknown) =>
        String(v).startsWith('${')
          ? 'batch'
          : { 'sg-0123456789abcdef0': 'cluster', 'sg-0123456789abcdef1': 'core', 'sg-0123456789abcdef2': 'dea' }[
              String(v)
            ];
      return `${ours(r['referenced_security_group_id'])} ${ours(r['security_group_id'])} ${String(r['from_port'])}`;
    });
    for (const rule of [
      'core batch 9022',
      'core batch 41000',
      'cluster batch 22',
      'batch core 8181',
      'batch core 9022',
      'batch core 6379',
    ])
      assert.ok(rules.includes(rule), `${rule}\n${rules.join('\n')}`);
    assert.ok(rules.every((r) => r.split(' ').slice(0, 2).includes('batch')));
    assert.ok(!rules.some((r) => r.startsWith('cluster core') || r.startsWith('undefined')));
  });
  it('join a cluster of the same stack by its handle', () => {
    const made = document((s) => {
      const { handle: own } = new Cluster(s, 'three', { cluster: declared('three-node') });
      new DeaPool(s, 'batch', { join: own, count: 2 });
    });
    assert.equal(ofType(made, 'aws_instance').length, 4);
  });
  it('join by the outputs of another stack, whose address is not known yet', () => {
    const made = document((s) => {
      const remote = new DataTerraformRemoteStateLocal(s, 'paas', { path: 'terraform.tfstate' });
      const join = handleFromOutputs(remote, {
        name: 'paas',
        hostname: 'paas.example.com',
        version: '3.6',
        region: 'us-west-2',
        zones: ['us-west-2a', 'us-west-2b'],
      });
      new DeaPool(s, 'batch', { join, count: 2 });
    });
    const text = ofType(made, 'aws_instance')[0]![1]['user_data_base64'] as string;
    // What it comes to is seen in the test of the engine, which evaluates it.
    const address = 'data\\.terraform_remote_state\\.paas\\.outputs\\.stackato_handle\\.coreAddress';
    assert.match(
      text,
      new RegExp(
        `^\\$\\{base64gzip\\(join\\("", \\[base64decode\\("[^"]+"\\), ${address}, base64decode\\("[^"]+"\\)\\]\\)\\)\\}$`,
      ),
    );
  });

  const onCore = defineRole({
    name: 'own',
    options: z.strictObject({}),
    body: () => ({
      title: 'a role of your own',
      processes: ['own'],
      ports: [],
      keeps: 'nothing',
      onCore: () => [{ do: 'stop' }],
    }),
  });
  for (const [title, build, problems] of [
    [
      'no whole number of nodes',
      (s: TerraformStack) => new DeaPool(s, 'a', { join: handle, count: 1.5 }),
      ['count shape'],
    ],
    [
      'a name that no resource can have',
      (s: TerraformStack) => new DeaPool(s, 'a', { join: handle, name: 'A_b' }),
      ['name shape'],
    ],
    [
      'the name of a pool that is there',
      (s: TerraformStack) => new DeaPool(s, 'dea', { join: handle }),
      ['name name-reserved'],
    ],
    [
      'no disk for what keeps data',
      (s: TerraformStack) =>
        new DataServicePool(s, 'a', { join: handle, roles: [mysql()], diskGib: undefined as never }),
      ['diskGib disk-required'],
    ],
    [
      'a disk of nothing',
      (s: TerraformStack) => new DataServicePool(s, 'a', { join: handle, roles: [mysql()], diskGib: 0 }),
      ['diskGib shape'],
    ],
    [
      'a disk that nothing is kept on',
      (s: TerraformStack) => new DataServicePool(s, 'a', { join: handle, roles: [dea()], diskGib: 50 }),
      ['diskGib disk-unused'],
    ],
    [
      'a role twice, on a machine too small',
      (s: TerraformStack) =>
        new DataServicePool(s, 'a', { join: handle, roles: [mysql(), mysql()], diskGib: 50, size: 'small' }),
      ['roles role-twice', 'size memory-required'],
    ],
    [
      'placement zones that the version lacks',
      (s: TerraformStack) => new DeaPool(s, 'a', { join: { ...handle, version: '3.0' }, placementZones: ['gold'] }),
      ['placementZones zones-dea'],
    ],
    [
      'placement zones that are no names',
      (s: TerraformStack) => new DeaPool(s, 'a', { join: handle, placementZones: ["gold'; reboot"] }),
      ['placementZones[0] shape'],
    ],
    [
      'a name that firewall rules have',
      (s: TerraformStack) => new RouterPool(s, 'a', { join: handle, name: 'world' }),
      ['name name-reserved'],
    ],
    [
      'a host whose names are not known yet, and no zone',
      (s: TerraformStack) => new DeaPool(s, 'a', { join: { ...handle, hostname: '${var.hostname}', zones: [] } }),
      ['join.hostname shape', 'join.zones shape'],
    ],
    [
      'steps on a core that has booted',
      (s: TerraformStack) => new DataServicePool(s, 'a', { join: handle, roles: [onCore({})], diskGib: 50 }),
      ['diskGib disk-unused', 'roles role-on-core'],
    ],
    [
      'a version that nobody knows',
      (s: TerraformStack) => new DeaPool(s, 'a', { join: { ...handle, version: '3.9' } }),
      ['join.version version-unknown'],
    ],
    [
      'a size that nobody knows',
      (s: TerraformStack) => new DeaPool(s, 'a', { join: handle, size: 'giant' }),
      ['pools.a.size size-unknown'],
    ],
  ] as const) {
    it(`are refused in words for ${title}`, () => assert.deepEqual(refused(build), [...problems]));
  }
});

describe('a database for a cluster of somebody else', () => {
  it('is protected like its own', () => {
    const made = document((s) => new Database(s, 'reports', { join: handle, engine: 'postgresql', storageGib: 100 }));
    const [[, db]] = ofType(made, 'aws_db_instance') as [[string, Record<string, unknown>]];
    assert.deepEqual(
      [db['engine'], db['engine_version'], db['identifier'], db['deletion_protection'], db['publicly_accessible']],
      ['postgres', '16', 'paas-reports', true, undefined],
    );
    assert.equal((db['lifecycle'] as { prevent_destroy: boolean }).prevent_destroy, true);
  });
});
