import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import * as deploy from '../../bin/verbs/deploy';
import * as destroy from '../../bin/verbs/destroy';
import * as lab from '../../bin/verbs/lab';
import * as plan from '../../bin/verbs/plan';
import * as rehearse from '../../bin/verbs/rehearse';
import * as review from '../../bin/verbs/review';
import { awsApi } from '../../lib/cloud-api/aws/api';
import { runOf } from '../../lib/rehearsal/host/ledger';
import { freePort } from './free-port';
import { call, said } from './verbs';

/** The MVP, really applied against the practice cloud and really booted: issue parts 5 to 8 in one life of a cluster. */

let port = 0;
const home = process.cwd();
const folder = mkdtempSync(join(tmpdir(), 'stackato-mvp-'));
const PLANTED = 'planted-admin-password-0123456789';
const LICENSE = 'planted-licence-key-0123456789';
const api = () =>
  awsApi({ region: 'us-west-2', env: { AWS_ENDPOINT_URL: `http://localhost:${port}` }, practice: true });

function variant(name: string, change: (yaml: string) => string): string {
  const file = join(folder, `${name}.yaml`);
  // With one cloud only, so that no verb must be told which.
  const shipped = readFileSync(join(home, 'stacks', 'mvp.yaml'), 'utf8').replace(/^ {2}openstack:\n( {4,}.*\n)+/m, '');
  writeFileSync(file, change(shipped));
  return file;
}

/** The MVP with one line more in `clouds.aws`. */
const aws = (name: string, line: string) =>
  variant(name, (y) => y.replace('    keyName:', `    ${line}\n    keyName:`));
const mvp = () => variant('mvp', (y) => y);
const practice = { practice: true, autoApprove: true };

/** Deploys and insists that it worked. */
async function deployed(file: string) {
  const { exit, io, words } = await call(deploy, [file], practice);
  assert.equal(exit, 0, words || io.messages());
  assert.match(io.steps(), /second plan {2}empty/);
  return io;
}

/** Plans a change, writes its JSON, and reviews that. */
async function reviewed(file: string) {
  const json = join(folder, 'plan.json');
  await call(plan, [file], { practice: true, planJson: json });
  const log = `${json}.log`;
  const { exit, io } = await call(review, [], {
    plan: json,
    format: 'json',
    ...(existsSync(log) ? { diagnostics: log } : {}),
  });
  rmSync(log, { force: true });
  return {
    exit,
    review: JSON.parse(io.text()) as { findings: { rule: string; severity: string; statement: string }[] },
  };
}

const ids = (r: { review: { findings: { rule: string }[] } }) => r.review.findings.map((f) => f.rule);

before(async () => {
  process.chdir(folder);
  port = await freePort();
  process.env['STACKATO_LAB_PORT'] = String(port);
  const up = await call(lab, ['up']);
  assert.equal(up.exit, 0, up.words);
  for (const [name, value] of [
    ['admin-password', PLANTED],
    ['license', LICENSE],
  ]) {
    await api().secrets('CreateSecret', { Name: `stackato/mvp/${name}`, SecretString: value });
  }
});

after(async () => {
  await call(lab, ['down']);
  process.chdir(home);
  rmSync(folder, { recursive: true, force: true });
});

describe('the MVP on the practice cloud', () => {
  it('is a first deployment in the review of its first plan', async () => {
    const first = await reviewed(mvp());
    assert.ok(ids(first).includes('first-deployment'), ids(first).join(' '));
    assert.equal(first.exit, 0);
  });

  it('deploys, and a second plan is empty', async () => {
    const io = await deployed(mvp());
    assert.match(io.text(), /deployed; the state is in terraform\.mvp-aws\.tfstate/);
  });

  it('boots every node from the user data that the cloud returns, and a second boot does nothing again', async () => {
    const { exit, io } = await call(rehearse, [mvp()], { twice: true, keep: true });
    assert.equal(exit, 0, `${io.steps()}\n${io.text()}`);
    for (const line of [
      /core .*primary controller router/,
      /data-1 .*mysql postgresql redis mongodb rabbit memcached filesystem/,
      /dea-1 .*dea/,
      /dea-2 .*dea/,
    ]) {
      assert.match(io.text(), line);
    }
    assert.match(io.steps(), /4 of 4 nodes as declared, also after a second boot/);
  });

  it('leaves no secret in the log, status or console of any node', () => {
    const nodes = join(runOf('mvp').dir, 'nodes');
    assert.ok(readdirSync(nodes).length >= 4);
    const hits = textFiles(nodes)
      // kato itself must know the password: that is the model's own store, not an artefact of ours
      .filter((file) => !file.includes('.kato-model'))
      .filter((file) => [PLANTED, LICENSE].some((value) => readFileSync(file, 'latin1').includes(value)));
    assert.deepEqual(hits, []);
  });

  it('removes the hosts of a kept rehearsal with the next one', async () => {
    const { exit, io } = await call(rehearse, [mvp()]);
    assert.equal(exit, 0, `${io.steps()}\n${io.text()}`);
    assert.doesNotMatch(execFileSync('ip', ['netns'], { encoding: 'utf8' }), new RegExp(`${runOf('mvp').prefix}`));
  });

  it('grows and shrinks its DEA pool without touching anything else', async () => {
    const three = variant('three', (y) => y.replace('count: 2', 'count: 3'));
    const added = await reviewed(three);
    assert.ok(ids(added).includes('dea-added'), ids(added).join(' '));
    assert.equal(added.exit, 0);
    assert.match((await deployed(three)).steps(), /1 made/);
    const removed = await reviewed(mvp());
    assert.ok(ids(removed).includes('dea-removed'), ids(removed).join(' '));
    assert.match((await deployed(mvp())).steps(), /1 destroyed/);
  });

  it('blocks another key for what keeps data: volumes and database would be replaced', async () => {
    const danger = await reviewed(
      aws('danger', 'kmsKeyId: arn:aws:kms:us-west-2:123456789012:key/11111111-2222-3333-4444-555555555555'),
    );
    assert.equal(danger.exit, 3);
    const found = ids(danger);
    for (const id of ['plan-blocked', 'volume-replaced', 'pool-replaced'])
      assert.ok(found.includes(id), found.join(' '));
    assert.ok(
      found.some((id) => id.startsWith('database-')),
      found.join(' '),
    );
    const statements = danger.review.findings.map((f) => f.statement).join('\n');
    assert.match(statements, /MySQL databases/);
    assert.match(statements, /core`?('s volume)? \(100 GiB/);
  });

  it('blocks a new image for the core: replaced, data kept on its volume, address kept', async () => {
    const core = await reviewed(aws('core-image', 'images: { core: ami-cd6759a7 }'));
    assert.equal(core.exit, 3);
    for (const id of ['core-replaced', 'plan-blocked']) assert.ok(ids(core).includes(id), ids(core).join(' '));
    assert.ok(!ids(core).includes('node-data-lost'), ids(core).join(' '));
    assert.match(JSON.stringify(core.review), /address stays `?10\.0\.0\.10/);
  });

  it('does not replace what keeps data for a new image of the cluster, and says so of the DEAs', async () => {
    const image = await reviewed(variant('image', (y) => y.replace('ami-7d5fb21d', 'ami-1e16017f')));
    assert.ok(!ids(image).some((id) => ['core-replaced', 'data-node-replaced'].includes(id)), ids(image).join(' '));
    assert.ok(ids(image).includes('pool-replaced'), ids(image).join(' '));
  });

  it('blocks logins from the whole world', async () => {
    const open = await reviewed(aws('open', 'sshFrom: [0.0.0.0/0]'));
    assert.equal(open.exit, 3);
    assert.ok(
      open.review.findings.some((f) => f.severity === 'security' && /22/.test(f.statement)),
      ids(open).join(' '),
    );
  });

  it('calls a plan without changes by its name', async () => {
    const none = await reviewed(mvp());
    assert.equal(none.exit, 0);
    assert.ok(ids(none).includes('nothing-changed') || none.review.findings.length === 0, ids(none).join(' '));
  });

  it('keeps secrets out of stack, state, plan, review and everything said', () => {
    const files = textFiles(folder).filter(
      (file) => !file.includes('.terraform/providers') && !file.includes('lab-aws'),
    );
    assert.ok(
      files.some((f) => f.endsWith('.tfstate')) &&
        files.some((f) => f.endsWith('cdk.tf.json')) &&
        files.some((f) => f.endsWith('plan.json')),
    );
    const master = /"password"\s*:\s*"[^"]{4,}"/;
    for (const value of [PLANTED, LICENSE]) {
      const encoded = Buffer.from(value).toString('base64').slice(0, 20);
      const hits = files.filter((f) => [value, encoded].some((v) => readFileSync(f, 'latin1').includes(v)));
      assert.deepEqual(hits, []);
      assert.ok(!said.join('\n').includes(value));
    }
    assert.deepEqual(
      files.filter((f) => master.test(readFileSync(f, 'latin1'))),
      [],
    );
  });

  it('is refused to be destroyed while it is protected', async () => {
    const { exit, error } = await call(destroy, [mvp()], practice);
    assert.equal(exit, 1);
    assert.match(error!.message, /protected/);
  });

  it('is destroyed when that is asked for, and nothing but last snapshots is left', async () => {
    const { exit, io, words } = await call(destroy, [mvp()], { ...practice, includingData: true });
    assert.equal(exit, 0, words || io.messages());
    const { ec2, secrets } = api();
    const ours = { Filters: [{ Name: 'tag:stackato:cluster', Values: ['mvp'] }] };
    assert.deepEqual((await ec2('DescribeVolumes', ours)).Volumes, []);
    assert.deepEqual((await ec2('DescribeVpcs', ours)).Vpcs, []);
    assert.deepEqual((await ec2('DescribeSubnets', ours)).Subnets, []);
    assert.deepEqual((await ec2('DescribeSecurityGroups', ours)).SecurityGroups, []);
    assert.deepEqual((await ec2('DescribeNetworkInterfaces', ours)).NetworkInterfaces, []);
    assert.deepEqual((await ec2('DescribeAddresses', ours)).Addresses, []);
    const { Reservations = [] } = await ec2('DescribeInstances', ours);
    const machines = Reservations.flatMap(({ Instances = [] }) => Instances);
    assert.deepEqual(
      machines.filter(({ State }) => State?.Name !== 'terminated'),
      [],
    );
    const { Snapshots = [] } = await ec2('DescribeSnapshots', { OwnerIds: ['self'] });
    assert.ok(Snapshots.length >= 2, 'both volumes have a last snapshot');
    const { SecretList = [] } = await secrets('ListSecrets', {});
    assert.deepEqual(SecretList.map(({ Name }) => Name).sort(), [
      'stackato/mvp/admin-password',
      'stackato/mvp/license',
    ]);
  });
});

/** All files below a folder that are not too large to hold text. */
function textFiles(dir: string): string[] {
  return readdirSync(dir, { withFileTypes: true }).flatMap((entry) => {
    const path = join(dir, entry.name);
    if (entry.isDirectory()) return textFiles(path);
    return entry.isFile() && statSync(path).size < 4 << 20 ? [path] : [];
  });
}
