import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, it } from 'node:test';
import * as deploy from '../../bin/verbs/deploy';
import * as destroy from '../../bin/verbs/destroy';
import * as lab from '../../bin/verbs/lab';
import { ToolError } from '../../lib/base/input';
import { awsApi } from '../../lib/cloud-api/aws/api';
import { collectedIo } from '../collected-io';
import { freePort } from './free-port';

/** A database's life: replaced, changed in its maintenance window, destroyed; every instance leaves a snapshot of its own. */

const home = process.cwd();
const folder = mkdtempSync(join(tmpdir(), 'stackato-databases-'));
let port = 0;

/** A core that uses a database, with a key and a size of that. */
function declared(key: string, size: string): string {
  const file = join(folder, 'rds.yaml');
  const text = `name: rds
hostname: rds.example.com
protect: false
admin: { email: ops@example.com, organization: Example, password: { secret: admin-password } }
core: { roles: [{ mysql: { database: apps } }], diskGib: 20 }
databases: { apps: { engine: mysql, version: "5.7", storageGib: 20, size: ${size} } }
clouds:
  aws:
    region: us-west-2
    zones: [us-west-2a, us-west-2b]
    image: ami-7d5fb21d
    kmsKeyId: arn:aws:kms:us-west-2:123456789012:key/1f948264-c77d-49d3-b9cf-84f6da3cbf${key}
`;
  writeFileSync(file, text);
  return file;
}

const options = { practice: true, autoApprove: true, includingData: true };
const ended = async (work: Promise<number>) => {
  const code = await work.catch((error: unknown) =>
    assert.fail(error instanceof ToolError ? `${error.message}\n${error.detail}` : String(error)),
  );
  assert.equal(code, 0);
};
const deployed = async (file: string) => {
  const io = collectedIo();
  await ended(deploy.run([file], options, io));
  return io;
};
const snapshots = async () => {
  const api = awsApi({ region: 'us-west-2', env: { AWS_ENDPOINT_URL: `http://localhost:${port}` }, practice: true });
  const { DBSnapshots = [] } = await api.rds('DescribeDBSnapshots', { SnapshotType: 'manual' });
  return DBSnapshots.map(({ DBSnapshotIdentifier }) => DBSnapshotIdentifier ?? '');
};

before(async () => {
  process.chdir(folder);
  port = await freePort();
  assert.equal(await lab.run(['up'], { port }, collectedIo()), 0);
});
after(async () => {
  await lab.run(['down'], {}, collectedIo());
  process.chdir(home);
  rmSync(folder, { recursive: true, force: true });
});

it('leaves a snapshot of each instance: of the replaced one, and of the one that replaced it', async () => {
  for (const [key, left] of [
    ['1f', 0],
    ['2f', 1],
  ] as const) {
    assert.match((await deployed(declared(key, 'medium'))).steps(), /second plan {2}empty/);
    assert.equal((await snapshots()).length, left);
  }
});

it('leaves one also of an instance that Terraform replaces by itself, as after a creation that was interrupted', async () => {
  const env = collectedIo();
  await lab.run(['env'], {}, env);
  const at = `${env.text()}\ncd '${join(folder, 'cdktf.out', 'stacks', 'rds-aws')}'`;
  const mark = `terraform taint "$(terraform state list | grep '^aws_db_instance')"`;
  execFileSync('sh', ['-c', `${at} && ${mark}`], { encoding: 'utf8' });
  await deployed(declared('2f', 'medium'));
  assert.equal(new Set(await snapshots()).size, 2);
});

it('waits for the maintenance window with what RDS puts off, says so, and is done', async () => {
  const io = await deployed(declared('2f', 'large'));
  assert.match(io.steps(), /second plan {2}1 change waits, nothing else/);
  assert.match(
    io.messages(),
    /database apps instance: instance_class db\.t3\.medium → db\.m5\.large, waits for its maintenance window \(\w{3}:/,
  );
});

it('can be destroyed then', async () => {
  await ended(destroy.run([declared('2f', 'large')], options, collectedIo()));
  const names = await snapshots();
  assert.equal(new Set(names).size, 3);
  for (const name of names) assert.match(name, /^rds-apps-final-[0-9a-f-]{36}$/);
});
