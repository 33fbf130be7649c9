import assert from 'node:assert/strict';
import { join } from 'node:path';
import { afterEach, describe, it } from 'node:test';
import { InputError, ToolError } from '../../lib/base/input';
import type { OpenstackApi } from '../../lib/cloud-api/openstack/api';
import { readCluster } from '../../lib/declaration/read';
import { awsOf } from '../../lib/deploy/aws';
import { checkState, type Deployment } from '../../lib/deploy/deployment';
import { foreignProject } from '../../lib/deploy/openstack';
import { pickCloud } from '../../lib/deploy/target';
import { collectedIo } from '../collected-io';
import { root } from './command';

describe('a file that names two clouds', () => {
  const before = process.env['STACKATO_PRACTICE'];
  afterEach(() => {
    if (before === undefined) delete process.env['STACKATO_PRACTICE'];
    else process.env['STACKATO_PRACTICE'] = before;
  });
  const both = readCluster(join(root, 'stacks', 'mvp.yaml'));
  const pick = (practice: string, wanted?: string, cluster = both) => {
    process.env['STACKATO_PRACTICE'] = practice;
    return pickCloud('mvp.yaml', cluster, wanted);
  };

  it('means the one that is named, else the one that is practised on', () => {
    assert.equal(pick('openstack'), 'openstack');
    assert.equal(pick('aws'), 'aws');
    assert.equal(pick('openstack', 'aws'), 'aws');
  });
  it('is asked about where neither says', () => {
    for (const practice of ['', '1', 'azure'])
      assert.throws(
        () => pick(practice),
        (error) => error instanceof InputError && /choose one with --cloud/.test(error.problems[0]!.message),
      );
  });
  it('is not led to a cloud that it does not name', () => {
    const only = { ...both, clouds: { aws: both.clouds.aws } } as typeof both;
    assert.equal(pick('openstack', undefined, only), 'aws');
  });
});

describe('a state of another OpenStack project', () => {
  const openstack = { projectId: 'ours' } as OpenstackApi;
  const target = {} as never;
  const at = { openstack, target, stack: { next: 'cdktf-stackato deploy mvp.yaml' } };
  const projects = (...ids: string[]) => new Set(ids);

  it('is foreign only where nothing of it is in the project that we logged in to', () => {
    const practice = true;
    assert.equal(foreignProject({ ...at, practice }, projects()), undefined);
    assert.equal(foreignProject({ ...at, practice }, projects('shared', 'ours')), undefined);
    assert.match(foreignProject({ ...at, practice }, projects('b', 'a'))!.whose, /another .* \(a, b; .* for ours\)/);
    assert.equal(foreignProject({ ...at, openstack: undefined, practice }, projects('a')), undefined);
  });
  it('is told what to do, in practice and out of it', () => {
    const next = (practice: boolean) => foreignProject({ ...at, practice }, projects('a'))!.instead;
    assert.match(next(true), /another folder for practice; if `lab reset`/);
    assert.match(next(false), /deploy mvp\.yaml --practice/);
  });
});

describe('AWS, as a deployment asks it', () => {
  const config = { provider: { aws: [{}] } };
  const nothing = { AWS_CONFIG_FILE: '/dev/null', AWS_SHARED_CREDENTIALS_FILE: '/dev/null' };
  const env = { ...nothing, AWS_EC2_METADATA_DISABLED: 'true' };
  const practice = { AWS_ENDPOINT_URL: 'http://localhost:1' };
  const options = { region: 'us-west-2', practice: false };

  it('is asked with what is there, in practice always, and not at all for a stack of another cloud', async () => {
    const keys = { ...env, AWS_ACCESS_KEY_ID: 'a', AWS_SECRET_ACCESS_KEY: 'b' };
    assert.ok((await awsOf(config, { ...options, env: keys }, collectedIo())).api);
    assert.ok((await awsOf(config, { ...options, env: { ...env, ...practice }, practice: true }, collectedIo())).api);
    assert.deepEqual(await awsOf({ provider: {} }, { ...options, env: keys }, collectedIo()), {});
  });
  it('is not asked without credentials: a deployment goes on, and says so', async () => {
    const found = await awsOf(config, { ...options, env }, collectedIo());
    assert.ok(!found.api && found.unasked instanceof ToolError);
    const run = async (_dir: string, _words: unknown, { onLine }: { onLine(line: string): void }) => {
      onLine('{}');
      return { code: 0 };
    };
    const at = { ...found, practice: false, target: { cluster: 'mvp' }, stack: { engine: { run }, dir: '.' } };
    const io = collectedIo();
    assert.deepEqual(await checkState(at as unknown as Deployment, {}, io), []);
    assert.match(
      io.messages(),
      /^orphans of interrupted runs: not looked for: there are no AWS credentials \(.*\); set AWS_PROFILE, or: eval/,
    );
  });
  it('is a failure where the credentials that are configured do not work', async () => {
    const token = { AWS_WEB_IDENTITY_TOKEN_FILE: '/nowhere', AWS_ROLE_ARN: 'arn:aws:iam::1:role/a' };
    await assert.rejects(awsOf(config, { ...options, env: { ...env, ...token } }, collectedIo()), /do not work/);
  });
});
