import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import * as deploy from '../../bin/verbs/deploy';
import * as lab from '../../bin/verbs/lab';
import * as plan from '../../bin/verbs/plan';
import * as review from '../../bin/verbs/review';
import { type AwsApi, awsApi } from '../../lib/cloud-api/aws/api';
import { freePort } from './free-port';
import { done } from './verbs';

/** A data node that is open to the world is stopped, and its volume grows: nothing is replaced. */

let api: AwsApi;
const home = process.cwd();
const folder = mkdtempSync(join(tmpdir(), 'stackato-stopped-'));
const file = join(folder, 'cluster.yaml');
const practice = { practice: true, autoApprove: true };

const declaration = (gib: number) => `
name: small
hostname: paas.example.com
admin: { email: ops@example.com, organization: Example, password: { secret: admin-password } }
core: { diskGib: 20 }
pools:
  data: { roles: [harbor, redis], diskGib: ${gib} }
clouds:
  aws:
    region: us-west-2
    zones: [us-west-2a]
    image: ami-7d5fb21d
    network: { egress: none }
`;

interface PlanJson {
  readonly resource_changes: readonly { readonly address: string; readonly change: { readonly actions: string[] } }[];
}

/** What a plan of the declaration does to machines and volumes, and the rules of its review. */
async function planned(gib: number) {
  writeFileSync(file, declaration(gib));
  const json = join(folder, 'plan.json');
  await done(plan, [file], { practice: true, planJson: json });
  const { io } = await done(review, [], { plan: json, format: 'json' });
  const { findings } = JSON.parse(io.text()) as { findings: { rule: string; statement: string }[] };
  const { resource_changes } = JSON.parse(readFileSync(json, 'utf8')) as PlanJson;
  const changes = resource_changes.filter((c) => !['no-op', 'read'].includes(c.change.actions[0]!));
  return { findings, changes: changes.map((c) => `${c.change.actions.join()} ${c.address.replace(/\..*/, '')}`) };
}

const attributes = (type: string, key: string) => {
  const state = JSON.parse(readFileSync(join(folder, 'terraform.small-aws.tfstate'), 'utf8')) as {
    resources: { type: string; instances: { index_key?: string; attributes: { id: string; size?: number } }[] }[];
  };
  const all = state.resources.filter((r) => r.type === type).flatMap((r) => r.instances);
  return all.find((i) => i.index_key === key)!.attributes;
};

before(async () => {
  process.chdir(folder);
  const port = await freePort();
  process.env['STACKATO_LAB_PORT'] = String(port);
  assert.equal((await done(lab, ['up'])).exit, 0);
  api = awsApi({ region: 'us-west-2', env: { AWS_ENDPOINT_URL: `http://localhost:${port}` }, practice: true });
  await api.secrets('CreateSecret', {
    Name: 'stackato/small/admin-password',
    SecretString: 'planted-admin-password-0123456789',
  });
});

after(async () => {
  await done(lab, ['down']);
  process.chdir(home);
  rmSync(folder, { recursive: true, force: true });
});

describe('a deployed data node on the practice cloud', () => {
  it('that is stopped is not replaced, and the review says that it is', async () => {
    writeFileSync(file, declaration(20));
    const { exit, io } = await done(deploy, [file], practice);
    assert.equal(exit, 0, io.messages());
    const { id } = attributes('aws_instance', 'data-1');
    await api.ec2('StopInstances', { InstanceIds: [id] });
    const { findings, changes } = await planned(20);
    assert.deepEqual(changes, []);
    const stopped = findings.find((f) => f.rule === 'machine-stopped');
    assert.match(stopped?.statement ?? '', /`data-1` is stopped/);
    await api.ec2('StartInstances', { InstanceIds: [id] });
    assert.ok(!(await planned(20)).findings.some((f) => f.rule === 'machine-stopped'));
  });

  it('gets a bigger volume in place, and the review says what follows', async () => {
    const volume = attributes('aws_ebs_volume', 'data-1').id;
    const { findings, changes } = await planned(30);
    assert.deepEqual(changes, ['update aws_ebs_volume']);
    assert.ok(findings.some((f) => f.rule === 'volume-grows'));
    assert.equal((await done(deploy, [file], practice)).exit, 0);
    assert.deepEqual(
      [attributes('aws_ebs_volume', 'data-1').id, attributes('aws_ebs_volume', 'data-1').size],
      [volume, 30],
    );
  });
});
