import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { test } from 'node:test';
import { renderMarkdown, renderText, reviewPlan } from '../../lib/review';
import { creates, deletes, keeps, manifest, plan, replaces } from './fixtures';
import { database, databaseMarks, group, ingress, instance, volume } from './resources';

/** Whole reviews as plain files, in both forms. `REFRESH_GOLDENS=1` writes them anew: read the difference before you keep it. */
const folder = resolve(__dirname, '../../../test/review/golden');

const dea = (n: number) => `aws_instance.paas_dea["dea-${n}"]`;
const data1 = 'aws_ebs_volume.paas_data["data-1"]';
const attachment = 'aws_volume_attachment.paas_data["data-1"]';
const core = 'aws_instance.paas_core';
/** A core of this version: all that it keeps is on its volume. */
const coreInstance = instance({
  private_ip: '10.0.0.10',
  tags: { Name: 'mvp', 'stackato:keeps': 'services data droplets' },
});
const two = { before: manifest(), after: manifest() };
const rest = [
  keeps(core, coreInstance),
  keeps(dea(1), instance()),
  keeps(dea(2), instance({ private_ip: '10.0.0.22' })),
];
const references = {
  'aws_volume_attachment.paas_data': { volume_id: ['aws_ebs_volume.paas_data', 'each.key'] },
  [core]: { network_interface: ['aws_network_interface.paas_core.id', 'aws_network_interface.paas_core'] },
  'aws_eip_association.paas_core': { instance_id: ['aws_instance.paas_core.id', 'aws_instance.paas_core'] },
};
const encrypted = [
  ...rest,
  replaces(data1, volume(), { encrypted: true, final_snapshot: true }, { replace: ['encrypted'] }),
  replaces(
    attachment,
    { volume_id: 'vol-0c3', instance_id: 'i-9' },
    { volume_id: undefined },
    { unknown: { volume_id: true }, replace: ['volume_id'] },
  ),
];
const prevented = JSON.stringify({
  '@level': 'error',
  type: 'diagnostic',
  diagnostic: {
    severity: 'error',
    summary: 'Instance cannot be destroyed',
    detail: `Resource ${data1} has lifecycle.prevent_destroy set, but the plan calls for this resource to be destroyed.`,
  },
});

const reviews: Record<string, { plan: unknown; diagnostics?: string; exit: number }> = {
  'first-deployment': {
    exit: 0,
    plan: plan({
      before: null,
      after: manifest({
        more: {
          config: {
            dea_ng: { 'resources/memory_max_percent': 85 },
            mysql_node: { 'mysql/pass': { secret: 'apps-password' } },
          },
        },
      }),
      changes: [
        group('paas_core'),
        creates('aws_security_group_rule.web', ingress(443, { cidr_blocks: ['0.0.0.0/0'] })),
        creates(core, instance()),
        creates(data1, volume()),
        creates(dea(1), instance()),
        creates(dea(2), instance()),
        creates('aws_db_instance.paas_apps', database(), databaseMarks),
      ],
    }),
  },
  'dea-2-to-3': {
    exit: 0,
    plan: plan({ before: manifest(), after: manifest({ deas: 3 }), changes: [...rest, creates(dea(3), instance())] }),
  },
  'dea-3-to-2': {
    exit: 0,
    plan: plan({
      before: manifest({ deas: 3 }),
      after: manifest(),
      changes: [...rest, deletes(dea(3), instance({ private_ip: '10.0.0.23' }), { reason: 'delete_because_each_key' })],
    }),
  },
  'core-image': {
    exit: 3,
    plan: plan({
      before: manifest(),
      after: manifest({ nodes: { core: { image: 'ami-0bbb' } } }),
      references,
      changes: [
        replaces(core, coreInstance, { ami: 'ami-0bbb' }),
        keeps('aws_network_interface.paas_core', { private_ips: ['10.0.0.10'] }),
        replaces(
          'aws_eip_association.paas_core',
          { instance_id: 'i-0123' },
          {},
          { unknown: { instance_id: true }, replace: ['instance_id'] },
        ),
        ...rest.slice(1),
      ],
    }),
  },
  'volume-encrypted': { exit: 3, plan: plan({ ...two, references, changes: encrypted }) },
  'database-replaced': {
    exit: 3,
    plan: plan({
      ...two,
      changes: [
        ...rest,
        replaces(
          'aws_db_instance.paas_apps',
          database(),
          { storage_encrypted: true },
          { ...databaseMarks, unknown: { address: true, endpoint: true } },
        ),
      ],
    }),
  },
  'port-opened': {
    exit: 3,
    plan: plan({
      ...two,
      changes: [
        ...rest,
        group('paas_core'),
        creates('aws_security_group_rule.debug', ingress(4222, { cidr_blocks: ['0.0.0.0/0'] })),
      ],
    }),
  },
  'nothing-changed': { exit: 0, plan: plan({ ...two, changes: rest }) },
  blocked: {
    exit: 3,
    plan: plan({
      ...two,
      references,
      changes: encrypted.slice(0, -1),
      extra: { errored: true, applyable: false, complete: false },
    }),
    diagnostics: prevented,
  },
};

for (const [name, { plan: planJson, diagnostics, exit }] of Object.entries(reviews)) {
  test(`review of ${name}`, () => {
    const review = reviewPlan(planJson, { diagnostics });
    assert.equal(review.exit, exit, review.verdict.words);
    for (const [file, text] of [
      [`${name}.md`, renderMarkdown(review)],
      [`${name}.txt`, renderText(review)],
    ] as const) {
      const path = join(folder, file);
      if (process.env['REFRESH_GOLDENS'] === '1') writeFileSync(path, text);
      assert.equal(text, readFileSync(path, 'utf8'), `${file} differs; REFRESH_GOLDENS=1 writes it anew`);
    }
  });
}

test('the same plan gives the same bytes, whatever the order of its keys', () => {
  const turn = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(turn);
    if (typeof value !== 'object' || value === null) return value;
    return Object.fromEntries(
      Object.entries(value)
        .reverse()
        .map(([key, item]) => [key, turn(item)]),
    );
  };
  for (const { plan: planJson, diagnostics } of Object.values(reviews)) {
    const one = reviewPlan(planJson, { diagnostics });
    const other = reviewPlan(turn(planJson), { diagnostics });
    assert.equal(renderMarkdown(other), renderMarkdown(one));
    assert.equal(renderText(other), renderText(one));
  }
});

test('no line of the text is longer than 120 columns but a command', () => {
  for (const { plan: planJson, diagnostics } of Object.values(reviews)) {
    const review = reviewPlan(planJson, { diagnostics });
    const commands = new Set(review.findings.flatMap((f) => f.remedy.map((step) => `     ${step.command}`)));
    for (const line of renderText(review).split('\n')) assert.ok(line.length <= 120 || commands.has(line), line);
  }
});
