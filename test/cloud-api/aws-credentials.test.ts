import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, beforeEach, describe, it } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { ToolError } from '../../lib/base/input';
import { awsApi, findAws } from '../../lib/cloud-api/aws/api';
import { type AwsCredentials, credentialSource, findCredentials } from '../../lib/cloud-api/aws/credentials';
import { type Answer, type AwsServer, awsServer, parametersOf, type Seen, signerOf } from './aws-server';

const REGION = 'us-west-2';
const HOUR = 3600_000;
const inAnHour = () => new Date(Date.now() + HOUR).toISOString();

/** STS, as far as roles go, and an EC2 without anything. */
function sts(request: Seen): Answer {
  const { Action } = parametersOf(request);
  if (Action === 'DescribeVpcs') return { body: '<R><vpcSet/></R>' };
  const keys = `<AccessKeyId>AK-role</AccessKeyId><SecretAccessKey>SK-role</SecretAccessKey><SessionToken>ST-role</SessionToken>`;
  const made = `<Credentials>${keys}<Expiration>${inAnHour()}</Expiration></Credentials>`;
  return { body: `<${Action}Response><${Action}Result>${made}</${Action}Result></${Action}Response>` };
}

/** The metadata of a machine or a container with a role. */
function metadata({ path }: Seen): Answer {
  const role = { AccessKeyId: 'AK-machine', SecretAccessKey: 'SK', Token: 'T', Expiration: inAnHour() };
  if (path.endsWith('/api/token')) return { body: 'token' };
  return { body: path.endsWith('/security-credentials/') ? 'machine' : JSON.stringify({ Code: 'Success', ...role }) };
}

let folder: string;
let server: AwsServer;
before(async () => {
  folder = mkdtempSync(join(tmpdir(), 'stackato-aws-'));
  server = await awsServer(sts);
  writeFileSync(
    join(folder, 'config'),
    `[profile role]
role_arn = arn:aws:iam::123456789012:role/deployer
source_profile = static
[profile chain]
role_arn = arn:aws:iam::123456789012:role/second
source_profile = role
[profile mfa]
role_arn = arn:aws:iam::123456789012:role/deployer
source_profile = static
mfa_serial = arn:aws:iam::123456789012:mfa/me
[profile process]
credential_process = ${process.execPath} -p "JSON.stringify({Version:1,AccessKeyId:'AK-'+process.env.WHO,SecretAccessKey:'SK'})"
[profile fails]
credential_process = sh -c 'echo planted >&2; exit 1' planted
[profile sso]
sso_session = corp
sso_account_id = 123456789012
sso_role_name = ops
[sso-session corp]
sso_region = us-east-1
sso_start_url = https://corp.example.com/start
[profile lost]
sso_session = nowhere
sso_account_id = 123456789012
sso_role_name = ops
[profile orphan]
role_arn = arn:aws:iam::123456789012:role/deployer
source_profile = nowhere
[profile region-only]
region = eu-west-1
`,
  );
  const keys = 'aws_access_key_id = AK-static\naws_secret_access_key = SK-static\n';
  writeFileSync(join(folder, 'credentials'), `[static]\n${keys}`);
  writeFileSync(join(folder, 'default'), `[default]\n${keys}`);
  writeFileSync(join(folder, 'token'), 'a web token');
});
after(() => {
  server.close();
  rmSync(folder, { recursive: true, force: true });
});
beforeEach(() => {
  server.answers = [];
  server.seen.length = 0;
});

/** An environment with these files and nothing else: no machine's role, and calls go to the server. */
const environment = (more: NodeJS.ProcessEnv = {}): NodeJS.ProcessEnv => ({
  PATH: process.env['PATH'],
  HOME: folder,
  AWS_CONFIG_FILE: join(folder, 'config'),
  AWS_SHARED_CREDENTIALS_FILE: join(folder, 'credentials'),
  AWS_ENDPOINT_URL: server.url,
  AWS_EC2_METADATA_DISABLED: 'true',
  ...more,
});
const found = async (more: NodeJS.ProcessEnv): Promise<AwsCredentials> => {
  const answer = await findCredentials(environment(more), REGION);
  assert.ok(!(answer instanceof ToolError), answer instanceof ToolError ? answer.message : '');
  return answer;
};
const none = async (more: NodeJS.ProcessEnv): Promise<string> => {
  const answer = await findCredentials(environment(more), REGION);
  assert.ok(answer instanceof ToolError, 'none were expected');
  return answer.message;
};
const broken = async (more: NodeJS.ProcessEnv): Promise<ToolError> => {
  const error = await findCredentials(environment(more), REGION).then(
    () => undefined,
    (e: unknown) => e,
  );
  assert.ok(error instanceof ToolError, `a ToolError was expected, not ${String(error)}`);
  return error;
};

describe('AWS credentials', () => {
  it('are keys of the environment before all else, as for Terraform', async () => {
    const keys = { AWS_ACCESS_KEY_ID: 'AK', AWS_SECRET_ACCESS_KEY: 'SK' };
    assert.deepEqual(await found({ ...keys, AWS_PROFILE: 'role' }), { accessKeyId: 'AK', secretAccessKey: 'SK' });
    assert.equal((await found({ ...keys, AWS_SESSION_TOKEN: 'ST' })).sessionToken, 'ST');
    assert.equal(server.seen.length, 0);
  });
  it('are those of a profile, by name or by default', async () => {
    assert.equal((await found({ AWS_PROFILE: 'static' })).accessKeyId, 'AK-static');
    assert.equal((await found({ AWS_DEFAULT_PROFILE: 'static' })).accessKeyId, 'AK-static');
    assert.equal((await found({ AWS_SHARED_CREDENTIALS_FILE: join(folder, 'default') })).accessKeyId, 'AK-static');
  });
  it('are those of a role that the profile names, also over another role', async () => {
    const role = await found({ AWS_PROFILE: 'role' });
    assert.deepEqual([role.accessKeyId, role.sessionToken], ['AK-role', 'ST-role']);
    assert.ok(role.expiration!.getTime() > Date.now());
    const [request] = server.seen;
    assert.equal(parametersOf(request!)['RoleArn'], 'arn:aws:iam::123456789012:role/deployer');
    assert.equal(signerOf(request!), 'AK-static');
    assert.match(request?.headers.authorization ?? '', /us-west-2\/sts/);
    server.seen.length = 0;
    await found({ AWS_PROFILE: 'chain' });
    assert.deepEqual(server.seen.map(signerOf), ['AK-static', 'AK-role']);
  });
  it('are those of a process, in the same environment', async () => {
    assert.equal((await found({ AWS_PROFILE: 'process', WHO: 'me' })).accessKeyId, 'AK-me');
  });
  it('are those of a web identity', async () => {
    const token = { AWS_WEB_IDENTITY_TOKEN_FILE: join(folder, 'token'), AWS_ROLE_ARN: 'arn:aws:iam::1:role/ci' };
    assert.equal((await found(token)).accessKeyId, 'AK-role');
    const { Action, WebIdentityToken, RoleArn } = parametersOf(server.seen[0]!);
    assert.deepEqual(
      [Action, WebIdentityToken, RoleArn],
      ['AssumeRoleWithWebIdentity', 'a web token', token.AWS_ROLE_ARN],
    );
  });
  it('are those of a container, or of a machine', async () => {
    const here = await awsServer(metadata);
    try {
      const container = { AWS_CONTAINER_CREDENTIALS_FULL_URI: `${here.url}/container` };
      assert.equal((await found(container)).accessKeyId, 'AK-machine');
      assert.equal(here.seen.at(-1)?.path, '/container');
      const machine = { AWS_EC2_METADATA_DISABLED: '', AWS_EC2_METADATA_SERVICE_ENDPOINT: here.url };
      assert.equal((await found(machine)).accessKeyId, 'AK-machine');
      const off = { ...machine, AWS_EC2_METADATA_DISABLED: 'true' };
      assert.match(await none(off), /^there are no AWS credentials/);
    } finally {
      here.close();
    }
  });
});

describe('AWS credentials that are not there', () => {
  it('are none, and soon, where the metadata of a machine does not answer', async () => {
    const silent = await awsServer(() => undefined);
    try {
      const began = Date.now();
      const machine = { AWS_EC2_METADATA_DISABLED: 'false', AWS_EC2_METADATA_SERVICE_ENDPOINT: silent.url };
      assert.equal(await none(machine), 'there are no AWS credentials (neither keys, nor a profile, nor a role)');
      assert.ok(silent.seen.length > 0);
      assert.ok(Date.now() - began < 5000, `${Date.now() - began} ms`);
    } finally {
      silent.close();
    }
  });
  it('are not looked for elsewhere when a profile is named', async () => {
    const here = await awsServer(metadata);
    try {
      const machine = { AWS_EC2_METADATA_DISABLED: '', AWS_EC2_METADATA_SERVICE_ENDPOINT: here.url };
      for (const name of ['typo', 'region-only'])
        assert.equal(
          await none({ ...machine, AWS_PROFILE: name }),
          `there are no AWS credentials (profile ${name} gives none)`,
        );
      assert.equal(here.seen.length, 0);
    } finally {
      here.close();
    }
  });
  it('make a call fail, and the look for AWS answer why', async () => {
    const options = { region: REGION, env: environment() };
    await assert.rejects(awsApi(options).ec2('DescribeVpcs', {}), (error: unknown) => {
      assert.ok(error instanceof ToolError);
      assert.match(error.message, /^there are no AWS credentials/);
      assert.match(error.next ?? '', /AWS_PROFILE.*aws configure export-credentials/);
      return true;
    });
    assert.ok((await findAws(options)) instanceof ToolError);
    assert.equal(server.seen.length, 0);
  });
});

describe('AWS credentials that do not work', () => {
  it('are told from none, with what is wrong', async () => {
    const sso = await broken({ AWS_PROFILE: 'sso' });
    assert.equal(sso.message, 'the configured AWS credentials do not work');
    assert.match(sso.detail ?? '', /SSO session/);
    assert.match((await broken({ AWS_PROFILE: 'mfa' })).detail ?? '', /multi-factor/);
    const refused = '<ErrorResponse><Error><Code>AccessDenied</Code><Message>not you</Message></Error></ErrorResponse>';
    server.answers = [{ status: 403, body: refused }];
    assert.equal((await broken({ AWS_PROFILE: 'role' })).detail, 'not you');
    const lost = { AWS_WEB_IDENTITY_TOKEN_FILE: join(folder, 'nowhere'), AWS_ROLE_ARN: 'arn:aws:iam::1:role/ci' };
    assert.match((await broken(lost)).detail ?? '', /ENOENT/);
  });
  it('are told in our words where a profile refers to what its file does not have', async () => {
    assert.equal(
      (await broken({ AWS_PROFILE: 'lost' })).detail,
      'profile lost refers to an sso-session that its file does not have',
    );
    assert.equal(
      (await broken({ AWS_PROFILE: 'orphan' })).detail,
      'profile orphan refers to profile nowhere, which gives no credentials',
    );
  });
  it('hold nothing of what a process said, or was told', async () => {
    const error = await broken({ AWS_PROFILE: 'fails' });
    assert.doesNotMatch(JSON.stringify({ ...error, stack: error.stack }), /planted/);
  });
  it('stop the look when it is interrupted', async () => {
    const stop = new AbortController();
    server.answers = [undefined];
    const work = findCredentials(environment({ AWS_PROFILE: 'role' }), REGION, stop.signal);
    const stopped = assert.rejects(work, /the search for AWS credentials was interrupted/);
    while (server.seen.length === 0) await sleep(5);
    stop.abort();
    await stopped;
  });
});

describe('AWS credentials in use', () => {
  it('are looked for once by all calls', async () => {
    const api = awsApi({ region: REGION, env: environment({ AWS_PROFILE: 'role' }) });
    await Promise.all([api.ec2('DescribeVpcs', {}), api.ec2('DescribeVpcs', {})]);
    await api.ec2('DescribeVpcs', {});
    assert.deepEqual(server.seen.map(signerOf).sort(), ['AK-role', 'AK-role', 'AK-role', 'AK-static']);
  });
  it('are looked for again before they end', async () => {
    let count = 0;
    const source = credentialSource(async () => {
      count++;
      const left = count === 1 ? 60_000 : HOUR;
      return { accessKeyId: `AK-${count}`, secretAccessKey: `SK-${count}`, expiration: new Date(Date.now() + left) };
    });
    assert.deepEqual(source.secrets(), []);
    for (const expected of ['AK-1', 'AK-2', 'AK-2']) {
      const now = await source.find();
      assert.equal(now instanceof ToolError ? '' : now.accessKeyId, expected);
    }
    assert.deepEqual(source.secrets(), ['SK-2']);
  });
});
