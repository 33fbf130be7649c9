import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, readlinkSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import * as deploy from '../../bin/verbs/deploy';
import * as destroy from '../../bin/verbs/destroy';
import * as lab from '../../bin/verbs/lab';
import * as plan from '../../bin/verbs/plan';
import { ToolError } from '../../lib/base/input';
import { awsApi, findAws } from '../../lib/cloud-api/aws/api';
import { findCredentials } from '../../lib/cloud-api/aws/credentials';
import { findAwsOrphans } from '../../lib/cloud-api/aws/orphans';
import { withLab } from '../../lib/cloud-api/environment';
import { labHere } from '../../lib/deploy/deployment';
import type { Target } from '../../lib/deploy/target';
import { portFree } from '../../lib/lab/daemon';
import { type CollectedIo, collectedIo } from '../collected-io';
import { freePort } from './free-port';
import { smallStack } from './small-stack';

/** Of the practice cloud; the fault proxy takes the next one. */
let port = 0;
const folder = mkdtempSync(join(tmpdir(), 'stackato-lab-'));
const stackDir = join(folder, 'stack');
const stateFile = join(folder, 'terraform.small.tfstate');
const home = process.cwd();

/** What the verbs would get from the declaration: the small stack, as it is for this step of the test. */
async function synthesize(_name: string, options: { unprotected?: boolean }): Promise<Target> {
  mkdirSync(stackDir, { recursive: true });
  const config = smallStack({ stateFile, protect: protect && !options.unprotected });
  writeFileSync(join(stackDir, 'cdk.tf.json'), JSON.stringify(config));
  const target = { stack: 'small', dir: stackDir, cluster: 'small', region: 'us-west-2', stateFile };
  return { ...target, keyNames: ['ops'], secrets: ['small/admin'], resources: 6 };
}

let protect = false;
const practice = { practice: true, autoApprove: true };
const faults = (json: string) => lab.run(['faults', json], {}, collectedIo());
const deployed = (io: CollectedIo, options = {}) => deploy.run(['small'], { ...practice, ...options }, io, synthesize);
const destroyed = (io: CollectedIo, options = {}) =>
  destroy.run(['small'], { ...practice, ...options }, io, synthesize);
const refusal = async (work: Promise<unknown>): Promise<ToolError> => {
  const error = await work.then(
    () => undefined,
    (e: unknown) => e,
  );
  assert.ok(error instanceof ToolError, `a ToolError was expected, not ${String(error)}`);
  return error;
};
/** The exit code, or all that a failure says. */
const ended = (work: Promise<number>): Promise<number> =>
  work.catch((error: unknown) =>
    assert.fail(error instanceof ToolError ? `${error.message}\n${error.detail}` : String(error)),
  );
const here = () => `http://localhost:${port}`;
const api = () => awsApi({ region: 'us-west-2', env: { AWS_ENDPOINT_URL: here() }, practice: true });
/** Machines that are not gone: moto, as EC2, still shows terminated ones. */
const instances = async () => {
  const { Reservations = [] } = await api().ec2('DescribeInstances', {});
  const all = Reservations.flatMap(({ Instances = [] }) => Instances);
  return all.filter(({ State }) => State?.Name === 'running');
};

const dataVolumes = async () => {
  const named = { Filters: [{ Name: 'tag:Name', Values: ['small-data'] }] };
  return (await api().ec2('DescribeVolumes', named)).Volumes?.map(({ VolumeId }) => VolumeId) ?? [];
};

describe('the practice cloud, end to end', () => {
  before(async () => {
    process.chdir(folder);
    do port = await freePort();
    while (!(await portFree(port + 1)));
  });
  after(async () => {
    await lab.run(['down'], {}, collectedIo());
    process.chdir(home);
    rmSync(folder, { recursive: true, force: true });
  });

  it('is needed for practice', async () => {
    const error = await refusal(deployed(collectedIo()));
    assert.match(error.message, /not up/);
    assert.equal(error.next, 'cdktf-stackato lab up');
  });

  it('leaves nothing behind when the port of the proxy is taken', async () => {
    const taken = createServer().listen(port + 1, '127.0.0.1');
    await once(taken, 'listening');
    const error = await refusal(lab.run(['up'], { port, faults: true }, collectedIo()));
    taken.close();
    assert.match(error.message, new RegExp(`^port ${port + 1} is in use by another program; nothing was started$`));
    assert.deepEqual([await portFree(port), labHere({ port }).status().up], [true, false]);
  });

  it('comes up once, however often it is asked', async () => {
    const io = collectedIo({ json: true });
    assert.equal(await lab.run(['up'], { port, faults: true }, io), 0);
    const first = JSON.parse(io.text()) as { endpoint: string; pid: number };
    assert.equal(first.endpoint, `http://localhost:${port + 1}`);
    const again = collectedIo({ json: true });
    await lab.run(['up'], { faults: true }, again);
    assert.equal((JSON.parse(again.text()) as { pid: number }).pid, first.pid);
    const other = await refusal(lab.run(['up'], { port: port + 20 }, collectedIo()));
    assert.match(other.message, new RegExp(`already runs on port ${port}`));
  });

  it('says what a lack of capacity means, keeps what was made, and heals with the next run', async () => {
    await faults('{"match":"Action=RunInstances","kind":"capacity","times":50}');
    const error = await refusal(deployed(collectedIo()));
    assert.match(error.message, /^failed after \d of 6 operations: \d resources made/);
    assert.match(error.message, new RegExp(`state is kept in ${stateFile}`));
    assert.match(error.detail ?? '', /node \S+ \(aws_instance\.core\): the cloud has no free machine of this type/);
    assert.equal(error.next, 'cdktf-stackato deploy small --practice');
    await faults('[{"match":"nothing at all","kind":"500","times":1}]');
    const io = collectedIo();
    assert.equal(await ended(deployed(io)), 0);
    assert.match(io.steps(), /second plan\s+empty/);
    assert.equal((await instances()).length, 1);
  });

  it('has nothing to do the second time', async () => {
    const io = collectedIo();
    const options = { practice: true, detailedExitcode: true };
    assert.equal(await plan.run(['small'], options, io, synthesize), 0);
    assert.match(io.text(), /no changes/);
  });

  it('is not mistaken for a real account: a state of one kind is refused by the other', async () => {
    const error = await refusal(deployed(collectedIo(), { practice: false }));
    assert.match(error.message, /holds resources of the practice cloud; nothing was changed/);
    const real = readFileSync(stateFile, 'utf8').replaceAll('123456789012', '210987654321');
    const kept = readFileSync(stateFile);
    writeFileSync(stateFile, real);
    const other = await refusal(deployed(collectedIo()));
    assert.match(other.message, /holds resources of a real account \(210987654321\); nothing was changed/);
    writeFileSync(stateFile, kept);
  });

  it('leads plain terraform there by its environment alone', async () => {
    const io = collectedIo();
    await lab.run(['env'], {}, io);
    const script = `${io.text()}\ncd '${stackDir}' && exec terraform plan -detailed-exitcode -input=false -no-color`;
    assert.match(execFileSync('sh', ['-c', script], { encoding: 'utf8' }), /No changes/);
  });

  it('knows a role that a profile names, for us as for plain terraform', async () => {
    const config = '[profile deployer]\nrole_arn = arn:aws:iam::123456789012:role/deployer\nsource_profile = me\n';
    const keys = '[me]\naws_access_key_id = AKIAEXAMPLE\naws_secret_access_key = planted-secret\n';
    writeFileSync(join(folder, 'config'), config);
    writeFileSync(join(folder, 'credentials'), keys);
    const env = {
      PATH: process.env['PATH'],
      HOME: folder,
      AWS_ENDPOINT_URL: here(),
      // Terraform asks for a profile's role at an endpoint of this name only
      AWS_ENDPOINT_URL_STS: here(),
      AWS_PROFILE: 'deployer',
      AWS_CONFIG_FILE: join(folder, 'config'),
      AWS_SHARED_CREDENTIALS_FILE: join(folder, 'credentials'),
    };
    const credentials = await findCredentials(env, 'us-west-2');
    assert.ok(!(credentials instanceof ToolError));
    assert.match(credentials.accessKeyId, /^ASIA/);
    assert.ok(credentials.sessionToken && credentials.expiration);
    const found = await findAws({ region: 'us-west-2', env });
    assert.ok(!(found instanceof ToolError));
    const orphans = await findAwsOrphans(found, 'small', new Set());
    assert.ok(orphans.some(({ kind, name }) => kind === 'instance' && name === 'small-core'));
    const error = await refusal(found.ec2('DescribeVpcs', { VpcIds: ['vpc-0'] }));
    assert.match(error.message, /^ec2 DescribeVpcs \(us-west-2\) was refused: InvalidVpcID\.NotFound$/);
    assert.doesNotMatch(JSON.stringify({ ...error, stack: error.stack, orphans }), /planted|ASIA/);
    const plan = ['plan', '-detailed-exitcode', '-input=false', '-no-color'];
    const cli = withLab(process.env, labHere({ port }).env())['TF_CLI_CONFIG_FILE'];
    const said = execFileSync('terraform', plan, {
      cwd: stackDir,
      env: { ...env, TF_CLI_CONFIG_FILE: cli },
      encoding: 'utf8',
    });
    assert.match(said, /No changes/);
  });

  it('destroys a protected cluster only with its data', async () => {
    protect = true;
    assert.equal(await ended(deployed(collectedIo())), 0);
    const error = await refusal(destroyed(collectedIo()));
    assert.match(error.message, /cluster small is protected: 2 resources that keep data; nothing was changed/);
    const io = collectedIo();
    assert.equal(await destroyed(io, { includingData: true }), 0);
    assert.match(io.steps(), /unprotect\s+1 changed/);
    assert.match(io.text(), /destroyed: \d+ resources of small/);
    protect = false;
  });

  it('names what a killed run left behind', async () => {
    await lab.run(['reset'], {}, collectedIo());
    rmSync(stateFile, { force: true });
    const victim = deployed(collectedIo());
    await killTerraform(async () => (await instances()).length > 0);
    const error = await refusal(victim);
    assert.match(error.message, /^killed from outside after \d of 6/);
    assert.match(error.message, /perhaps created without being in the state: .*aws_instance\.core/);
    const stopped = await refusal(deployed(collectedIo()));
    const [machine] = await instances();
    assert.match(stopped.message, /of cluster small \(not in the state\)/);
    assert.match(stopped.message, new RegExp(`instance ${machine?.InstanceId} \\(small-core\\)`));
    assert.match(stopped.next ?? '', /^cdktf-stackato deploy small --practice --heal imports those that keep data/);
  });

  it('heals what a killed run left: data into the state, the rest removed, nothing doubled', async () => {
    const [lost] = await instances();
    const volumes = await dataVolumes();
    const io = collectedIo();
    assert.equal(await ended(deployed(io, { heal: true })), 0);
    assert.match(io.steps(), /removing {2}\d+ gone/);
    assert.match(io.steps(), /second plan {2}empty/);
    assert.match(io.messages(), new RegExp(`deleted; .*:\n(  .*\n)*  instance ${lost?.InstanceId}`));
    const [machine, ...more] = await instances();
    assert.notEqual(machine?.InstanceId, lost?.InstanceId);
    assert.equal(more.length, 0);
    // the engine may have been killed before it was made
    if (volumes.length > 0) assert.deepEqual(await dataVolumes(), volumes);
    assert.equal((await dataVolumes()).length, 1);
  });

  it('takes a running cluster under a missing state for no leftover, whatever is asked', async () => {
    protect = true;
    assert.equal(await ended(deployed(collectedIo())), 0);
    const all = async () => [await instances(), await dataVolumes()];
    const before = await all();
    const state = readFileSync(stateFile);
    rmSync(stateFile);
    for (const options of [{}, { heal: true }, { ignoreOrphans: true }, { heal: true, remove: ['i-1'] }]) {
      const error = await refusal(deployed(collectedIo(), options));
      assert.match(
        error.message,
        /^the state of small is missing: .* has no resources, but the cloud has \d+ resources/,
      );
      assert.match(error.next ?? '', /^the backup \S+ is here: .*; only if they may be deleted, name each one: /);
    }
    // Half a state is no reason either: nothing was interrupted here.
    const half = JSON.parse(state.toString()) as { resources: { type: string }[] };
    half.resources = half.resources.filter(({ type }) => type !== 'aws_instance');
    writeFileSync(stateFile, JSON.stringify(half));
    const error = await refusal(deployed(collectedIo(), { heal: true }));
    assert.match(error.message, /small-core\): nothing shows that an interrupted run made it; .* --remove i-/);
    writeFileSync(stateFile, state);
    assert.deepEqual(await all(), before);
    assert.equal(await ended(deployed(collectedIo())), 0);
    const mine = { Filters: [{ Name: 'tag:stackato:cluster', Values: ['small'] }] };
    assert.equal((await api().ec2('DescribeSubnets', mine)).Subnets?.length, 1);
    assert.equal((await api().ec2('DescribeSecurityGroups', mine)).SecurityGroups?.length, 1);
    assert.equal((await api().ec2('DescribeVpcs', mine)).Vpcs?.length, 1);
    protect = false;
  });

  it('touches nothing that this stack does not make, and says what a person can do', async () => {
    const Tags = [
      { Key: 'stackato:cluster', Value: 'small' },
      { Key: 'Name', Value: 'small-batch-1' },
    ];
    const { VolumeId: id } = await api().ec2('CreateVolume', {
      AvailabilityZone: 'us-west-2a',
      Size: 1,
      TagSpecifications: [{ ResourceType: 'volume', Tags }],
    });
    const error = await refusal(deployed(collectedIo(), { heal: true }));
    assert.match(error.message, /^1 orphan of cluster small that --heal cannot handle; nothing was/);
    assert.match(
      error.message,
      new RegExp(`volume ${id} \\(small-batch-1\\): keeps data, and matches nothing in the plan`),
    );
    assert.match(error.message, new RegExp(`aws ec2 delete-volume --volume-id ${id}\n`));
    assert.match(error.message, new RegExp(`terraform -chdir=${stackDir} import aws_ebs_volume\\.NAME ${id}`));
    const io = collectedIo();
    assert.equal(await ended(deployed(io, { heal: true, ignoreOrphans: true })), 0);
    assert.match(io.messages(), /ignored: 1 orphan/);
    await api().ec2('DeleteVolume', { VolumeId: id });
  });

  it('stops cleanly when it is interrupted, leaves no process, and keeps what is protected', async () => {
    await lab.run(['reset'], {}, collectedIo());
    rmSync(stateFile, { force: true });
    protect = true;
    const stop = new AbortController();
    const run = deployed(collectedIo({ signal: stop.signal }));
    while ((await instances()).length === 0) await sleep(100);
    stop.abort();
    const error = await refusal(run);
    assert.match(error.message, /^interrupted after \d of 6 operations/);
    assert.match(error.detail ?? '', /volume data \(aws_ebs_volume\.data\): its creation was interrupted/);
    assert.equal(error.next, 'cdktf-stackato deploy small --practice');
    assert.deepEqual(engines(), []);
    const before = await dataVolumes();
    const io = collectedIo();
    assert.equal(await ended(deployed(io)), 0, 'the next run goes on');
    assert.match(io.messages(), /its creation was interrupted; it is protected and therefore kept: volume data/);
    assert.deepEqual([(await instances()).length, await dataVolumes()], [1, before]);
    assert.equal(before.length, 1);
  });

  it('goes down and frees its ports', async () => {
    const io = collectedIo();
    assert.equal(await lab.run(['down'], {}, io), 0);
    assert.match(io.text(), /stopped/);
    assert.deepEqual([await portFree(port), await portFree(port + 1)], [true, true]);
  });
});

/** Processes that work in the stack's folder. */
function engines(): number[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map(Number)
    .filter((pid) => {
      try {
        return readlinkSync(`/proc/${pid}/cwd`) === stackDir;
      } catch {
        return false;
      }
    });
}

/** Kills the engine, and only it, as soon as `when` holds. */
async function killTerraform(when: () => Promise<boolean>): Promise<void> {
  while (!(await when())) await sleep(50);
  const pids = engines().filter((pid) => readFileSync(`/proc/${pid}/comm`, 'utf8').trim() === 'terraform');
  assert.notEqual(pids.length, 0);
  for (const pid of pids) process.kill(pid, 'SIGKILL');
}
