import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import * as deploy from '../../bin/verbs/deploy';
import * as lab from '../../bin/verbs/lab';
import * as plan from '../../bin/verbs/plan';
import * as review from '../../bin/verbs/review';
import { awsApi } from '../../lib/cloud-api/aws/api';
import { freePort } from './free-port';
import { done } from './verbs';

/** New names of pools and a database, and another order of zones, really applied: every machine and volume is the same afterwards. */

let port = 0;
const home = process.cwd();
const folder = mkdtempSync(join(tmpdir(), 'stackato-renames-'));
const practice = { practice: true, autoApprove: true };

const declaration = (names: { data: string; dea: string; database: string }, zones = 'us-west-2a, us-west-2b') => `
name: small
hostname: paas.example.com
firewall: strict
admin: { email: ops@example.com, organization: Example, password: { secret: admin-password } }
core: { diskGib: 20 }
pools:
  ${names.data}: { roles: [{ mysql: { database: ${names.database} } }, redis], diskGib: 20${names.data === 'data' ? '' : ', was: data'} }
  ${names.dea}: { roles: [dea]${names.dea === 'dea' ? '' : ', was: dea'} }
databases:
  ${names.database}: { engine: mysql, storageGib: 20${names.database === 'apps' ? '' : ', was: apps'} }
clouds:
  aws: { region: us-west-2, zones: [${zones}], image: ami-7d5fb21d, network: { egress: none } }
`;

function written(text: string): string {
  const file = join(folder, 'cluster.yaml');
  writeFileSync(file, text);
  return file;
}

/** Deploys; the second plan must be empty. */
async function deployed(text: string) {
  const { exit, io } = await done(deploy, [written(text)], practice);
  assert.equal(exit, 0, io.messages());
  assert.match(io.steps(), /second plan {2}empty/);
}

interface PlanJson {
  readonly resource_changes: readonly { readonly address: string; readonly change: { readonly actions: string[] } }[];
}

/** Plans and reviews. */
async function reviewed(text: string) {
  const json = join(folder, 'plan.json');
  await done(plan, [written(text)], { practice: true, planJson: json });
  const { exit, io } = await done(review, [], { plan: json, format: 'json' });
  const { findings } = JSON.parse(io.text()) as { findings: { rule: string }[] };
  const { resource_changes } = JSON.parse(readFileSync(json, 'utf8')) as PlanJson;
  const remade = resource_changes.filter((c) => c.change.actions.some((a) => a === 'delete' || a === 'create'));
  const changes = resource_changes.filter((c) => !['no-op', 'read'].includes(c.change.actions[0]!));
  return { exit, rules: findings.map((f) => f.rule), remade: remade.map((c) => c.address), changes: changes.length };
}

/** The cloud's ids of everything in the state, by type. */
function ids(): Record<string, string[]> {
  const state = JSON.parse(readFileSync(join(folder, 'terraform.small-aws.tfstate'), 'utf8')) as {
    resources: { mode: string; type: string; instances: { attributes: { id: string } }[] }[];
  };
  const found: Record<string, string[]> = {};
  for (const { type, instances } of state.resources.filter((r) => r.mode === 'managed'))
    found[type] = [...(found[type] ?? []), ...instances.map((i) => i.attributes.id)];
  // the parameter by which nodes find the database has the database's name
  delete found['aws_ssm_parameter'];
  return Object.fromEntries(Object.entries(found).map(([type, all]) => [type, all.sort()]));
}

before(async () => {
  process.chdir(folder);
  port = await freePort();
  process.env['STACKATO_LAB_PORT'] = String(port);
  assert.equal((await done(lab, ['up'])).exit, 0);
  const env = { AWS_ENDPOINT_URL: `http://localhost:${port}` };
  await awsApi({ region: 'us-west-2', env, practice: true }).secrets('CreateSecret', {
    Name: 'stackato/small/admin-password',
    SecretString: 'planted-admin-password-0123456789',
  });
});

after(async () => {
  await done(lab, ['down']);
  process.chdir(home);
  rmSync(folder, { recursive: true, force: true });
});

const NEW = { data: 'storage', dea: 'web', database: 'main' };

describe('new names on the practice cloud', () => {
  it('change nothing of what was deployed but the names', async () => {
    await deployed(declaration({ data: 'data', dea: 'dea', database: 'apps' }));
    const first = ids();
    const { exit, rules, remade } = await reviewed(declaration(NEW));
    assert.equal(exit, 0, rules.join(' '));
    for (const rule of ['pool-renamed', 'database-renamed', 'resource-moved']) assert.ok(rules.includes(rule), rule);
    assert.equal(remade.length, 1, remade.join('\n'));
    assert.match(remade[0]!, /^aws_ssm_parameter\./);
    await deployed(declaration(NEW));
    assert.deepEqual(ids(), first);
  });

  it('are the same in another order of zones', async () => {
    const { exit, changes } = await reviewed(declaration(NEW, 'us-west-2b, us-west-2a'));
    assert.equal(exit, 0);
    assert.equal(changes, 0);
  });

  it('can change again, from a state in between too', async () => {
    const again = declaration({ ...NEW, data: 'store' }).replace('was: data', 'was: [data, storage]');
    const { exit, rules, remade } = await reviewed(again);
    assert.equal(exit, 0, rules.join(' '));
    assert.deepEqual(remade, []);
  });
});
