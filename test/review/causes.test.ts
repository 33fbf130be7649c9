import assert from 'node:assert/strict';
import { test } from 'node:test';
import { reviewPlan } from '../../lib/review';
import { acts, creates, deletes, plan, replaces, updates } from './fixtures';

const causesOf = (planJson: unknown) =>
  reviewPlan(planJson).causes.map(({ statement, subjects, consequences }) => ({
    statement,
    subjects,
    follow: consequences.map((c) => c.address),
  }));
const follows = (address: string, attribute: string, more = {}) =>
  replaces(address, { [attribute]: 'old' }, {}, { unknown: { [attribute]: true }, replace: [attribute], ...more });

test('one image for core and DEAs: one cause, and dependent resources follow', () => {
  const references = {
    'aws_instance.dea': { user_data: ['aws_instance.core.private_ip', 'aws_instance.core'] },
    'aws_eip_association.core': { instance_id: ['aws_instance.core.id', 'aws_instance.core'] },
  };
  const changes = [
    replaces('aws_instance.core', { ami: 'a' }, { ami: 'b' }),
    follows('aws_instance.dea["dea-1"]', 'user_data'),
    follows('aws_instance.dea["dea-2"]', 'user_data'),
    follows('aws_eip_association.core', 'instance_id'),
    updates('aws_route53_record.api', { records: ['1'] }, {}, { unknown: { records: true } }),
  ];
  assert.deepEqual(
    causesOf(
      plan({
        changes,
        references: { ...references, 'aws_route53_record.api': { records: ['aws_instance.core.public_ip'] } },
      }),
    ),
    [
      {
        statement: '`ami`: `a` → `b`',
        subjects: ['aws_instance.core'],
        follow: [
          'aws_eip_association.core',
          'aws_instance.dea["dea-1"]',
          'aws_instance.dea["dea-2"]',
          'aws_route53_record.api',
        ],
      },
    ],
  );
});

test('the same change on many resources is one cause', () => {
  const changes = ['core', 'dea["x"]', 'dea["y"]'].map((name) =>
    replaces(`aws_instance.${name}`, { ami: 'a' }, { ami: 'b' }),
  );
  assert.deepEqual(
    causesOf(plan({ changes })).map((c) => c.subjects.length),
    [3],
  );
});

test('with for_each the instance of the same key is the parent', () => {
  const changes = [
    replaces('aws_ebs_volume.v["a"]', { zone: '1' }, { zone: '2' }),
    replaces('aws_ebs_volume.v["b"]', { size: 1 }, { size: 2 }),
    follows('aws_volume_attachment.v["a"]', 'volume_id'),
    follows('aws_volume_attachment.v["b"]', 'volume_id'),
  ];
  const causes = causesOf(
    plan({ changes, references: { 'aws_volume_attachment.v': { volume_id: ['aws_ebs_volume.v', 'each.key'] } } }),
  );
  assert.deepEqual(
    causes.map((c) => c.follow),
    [['aws_volume_attachment.v["a"]'], ['aws_volume_attachment.v["b"]']],
  );
});

test("a resource's own known change wins over an inherited one", () => {
  const changes = [
    replaces('a_b.root', { x: 1 }, { x: 2 }),
    replaces('a_b.leaf', { id: 'old', zone: '1' }, { zone: '2' }, { unknown: { id: true }, replace: ['id', 'zone'] }),
  ];
  const causes = causesOf(plan({ changes, references: { 'a_b.leaf': { id: ['a_b.root.id'] } } }));
  assert.deepEqual(
    causes.map((c) => c.statement),
    ['`x`: `1` → `2`', '`zone`: `1` → `2`'],
  );
});

test('a cycle ends, and everything in it is listed once', () => {
  const changes = [follows('a_b.one', 'x'), follows('a_b.two', 'x'), follows('a_b.self', 'x')];
  const causes = causesOf(
    plan({
      changes,
      references: {
        'a_b.one': { x: ['a_b.two.id'] },
        'a_b.two': { x: ['a_b.one.id'] },
        'a_b.self': { x: ['a_b.self.id'] },
      },
    }),
  );
  const all = causes.flatMap((c) => [...c.subjects, ...c.follow]).sort();
  assert.deepEqual(all, ['a_b.one', 'a_b.self', 'a_b.two']);
});

test('replace_triggered_by has no path: references find the cause; taint and -replace are separate causes', () => {
  const bare = (address: string, reason: string) =>
    acts(address, ['delete', 'create'], { before: {}, after: {}, reason });
  const changes = [
    replaces('a_b.root', { x: 1 }, { x: 2 }),
    bare('a_b.triggered', 'replace_by_triggers'),
    bare('a_b.tainted', 'replace_because_tainted'),
    bare('a_b.asked', 'replace_by_request'),
  ];
  const causes = causesOf(
    plan({
      changes,
      references: { 'a_b.triggered': { input: ['a_b.root.id'] }, 'a_b.tainted': { input: ['a_b.root.id'] } },
    }),
  );
  assert.deepEqual(causes[0], { statement: '`x`: `1` → `2`', subjects: ['a_b.root'], follow: ['a_b.triggered'] });
  assert.match(causes[1]!.statement, /`a_b\.tainted` is tainted/);
  assert.match(causes[2]!.statement, /`a_b\.asked` is replaced on request/);
});

test('references through modules: an output of one, a variable of another, instance keys', () => {
  const configuration = {
    root_module: {
      module_calls: {
        net: {
          module: {
            resources: [{ address: 'a_b.root', expressions: {} }],
            outputs: { id: { expression: { references: ['a_b.root.id', 'a_b.root'] } } },
          },
        },
        app: {
          expressions: { net: { references: ['module.net.id', 'module.net'] } },
          module: {
            resources: [{ address: 'a_b.leaf', expressions: { block: [{ x: { references: ['var.net'] } }] } }],
            variables: { net: {} },
          },
        },
      },
    },
  };
  const changes = [
    replaces('module.net.a_b.root', { x: 1 }, { x: 2 }),
    follows('module.app["k"].a_b.leaf[0]', 'block'),
  ];
  assert.deepEqual(causesOf({ ...plan({ changes }), configuration }), [
    { statement: '`x`: `1` → `2`', subjects: ['module.net.a_b.root'], follow: ['module.app["k"].a_b.leaf[0]'] },
  ]);
});

test('a node that is no longer declared is one cause, with its machine, volume and attachment', () => {
  const gone = (type: string) => deletes(`${type}.paas_dea["dea-3"]`, {}, { reason: 'delete_because_each_key' });
  const changes = [gone('aws_instance'), gone('aws_network_interface'), creates('a_b.c')];
  assert.deepEqual(causesOf(plan({ changes })), [
    {
      statement: '`dea-3` is no longer declared',
      subjects: ['aws_instance.paas_dea["dea-3"]', 'aws_network_interface.paas_dea["dea-3"]'],
      follow: [],
    },
  ]);
});

test('user data and secrets show no value in a cause', () => {
  const changes = [
    replaces('a_b.one', { user_data: 'AAAA-old' }, { user_data: 'BBBB-new' }),
    replaces(
      'a_b.two',
      { password: 'CCCC-old' },
      { password: 'DDDD-new' },
      { beforeSensitive: { password: true }, afterSensitive: { password: true } },
    ),
  ];
  const text = JSON.stringify(causesOf(plan({ changes })));
  assert.match(text, /`user_data`: changes \(its value is not shown\)/);
  assert.doesNotMatch(text, /AAAA|BBBB|CCCC|DDDD/);
});

test('findings know their cause', () => {
  const changes = [replaces('aws_ebs_volume.v', { zone: '1' }, { zone: '2' })];
  const review = reviewPlan(plan({ changes }));
  assert.equal(review.findings.find((f) => f.rule === 'volume-lost')?.cause, review.causes[0]?.id);
});

test('a cause names the path and the values at its end, ARNs without their common prefix', () => {
  const arn = (key: string) => `arn:aws:kms:us-west-2:123456789012:key/${key}`;
  const disk = (key: string) => [{ device_name: '/dev/sda1', kms_key_id: arn(key), volume_size: 40 }];
  const change = {
    replace_paths: [['root_block_device', 0, 'kms_key_id']],
    after_unknown: { root_block_device: [{ device_name: true, iops: true }] },
  };
  const replaced = (name: string) =>
    replaces(`aws_instance.${name}`, { root_block_device: disk('a') }, { root_block_device: disk('b') }, { change });
  const [cause, ...others] = causesOf(plan({ changes: [replaced('x'), replaced('y')] }));
  assert.deepEqual(others, []);
  assert.equal(cause?.statement, '`root_block_device[0].kms_key_id`: `key/a` → `key/b`');
  assert.deepEqual(cause?.subjects, ['aws_instance.x', 'aws_instance.y']);
});

test('a mark on the way to a value hides it', () => {
  const change = { replace_paths: [['block', 0, 'word']], before_sensitive: { block: true }, after_sensitive: {} };
  const changes = [replaces('a_b.c', { block: [{ word: 'old-word' }] }, { block: [{ word: 'new-word' }] }, { change })];
  assert.equal(causesOf(plan({ changes }))[0]?.statement, '`block[0].word`: changes (its value is not shown)');
});
