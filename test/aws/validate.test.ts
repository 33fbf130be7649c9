import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { describe, it } from 'node:test';
import { gunzipSync } from 'node:zlib';
import { DataTerraformRemoteStateLocal, TerraformVariable } from 'cdktf';
import fc from 'fast-check';
import { DataServicePool, DeaPool, handleFromOutputs, RouterPool } from '../../lib/aws';
import { defineCluster } from '../../lib/declaration/define';
import { dataServices } from '../../lib/kato/roles';
import { checkDocument, type StackDocument } from '../../lib/validate/document';
import { absent } from '../programs';
import { declarations } from './declarations';
import { providerSchemas, validated } from './engine';
import { handle } from './guest-handle';
import { bootScript, clusterDocument, type Document, declared, ofType, STACKS, stackDocument, userData } from './synth';

const mvp = declared('mvp');
const balanced = { ...mvp.clouds.aws!, loadBalancer: true, dns: { zoneId: 'Z0123456789' } };
const clusters = {
  ...Object.fromEntries(STACKS.map((name) => [name, declared(name)])),
  balanced: { ...mvp, clouds: { aws: balanced } },
};
const documents: Record<string, Document> = {};

const said = validated(() => {
  for (const [name, cluster] of Object.entries(clusters)) documents[name] = clusterDocument(cluster);
  documents['guests'] = stackDocument((s) => {
    const remote = new DataTerraformRemoteStateLocal(s, 'paas', { path: 'terraform.tfstate' });
    const { name, hostname, version, region, zones } = handle;
    new DeaPool(s, 'batch', {
      join: handleFromOutputs(remote, { name, hostname, version, region, zones }),
      count: 2,
    });
    new RouterPool(s, 'edge', { join: { ...handle, firewall: 'strict' } });
    new DataServicePool(s, 'more', { join: handle, roles: dataServices(), diskGib: 50 });
  });
  fc.sample(declarations, { numRuns: 30, seed: 36 }).forEach((input, i) => {
    documents[`random-${i}`] = clusterDocument(defineCluster(input));
  });
  return documents;
});

describe('Terraform', { skip: absent('terraform') }, () => {
  it('finds nothing wrong with any stack, any guest, and 30 declarations of every kind', async () => {
    assert.deepEqual(await said(), []);
  });

  it('finds valid what our own check finds valid, by the same schema', async () => {
    const schemas = await providerSchemas();
    for (const name of Object.keys(clusters))
      assert.deepEqual(checkDocument(documents[name] as StackDocument, schemas), []);
    const broken = structuredClone(documents['mvp']) as unknown as Record<
      'resource',
      Record<string, Record<string, object>>
    >;
    Object.assign(Object.values(broken.resource['aws_instance']!)[0]!, { amy: 'x', metadata_options: [{}, {}] });
    assert.equal(checkDocument(broken as unknown as StackDocument, schemas).length, 2);
  });

  it('puts an address that it learns late into the boot script, and leaves the rest as it is', () => {
    const pool = (late: boolean) =>
      stackDocument((s) => {
        const coreAddress = late
          ? new TerraformVariable(s, 'core', { type: 'string', default: '10.0.0.10' }).stringValue
          : '10.0.0.10';
        new DeaPool(s, 'batch', { join: { ...handle, coreAddress } });
      });
    const [late, known] = [true, false].map((l) => ofType(pool(l), 'aws_instance')[0]![1]);
    const text = (late!['user_data_base64'] as string).slice(2, -1).replace('var.core', '"10.0.0.10"');
    const env = { ...process.env, NO_COLOR: '1', TF_CLI_CONFIG_FILE: '/dev/null' };
    const { stdout, stderr } = spawnSync('terraform', ['console'], {
      input: `${text}\n`,
      encoding: 'utf8',
      cwd: '/',
      env,
    });
    assert.match(stdout, /^"/, stderr);
    const there = gunzipSync(Buffer.from(JSON.parse(stdout.trim()) as string, 'base64')).toString();
    assert.equal(bootScript(there), bootScript(userData(known!)));
  });
});
