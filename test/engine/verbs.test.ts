import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { confirm } from '../../bin/terminal/confirm';
import * as destroy from '../../bin/verbs/destroy';
import * as lab from '../../bin/verbs/lab';
import type { Target } from '../../lib/deploy/target';
import { changeLines } from '../../lib/engine/change-lines';
import { collectedIo } from '../collected-io';
import { refusal } from '../refusal';

let dir: string;
before(() => {
  dir = mkdtempSync(join(tmpdir(), 'stackato-verbs-'));
});
after(() => rmSync(dir, { recursive: true, force: true }));

describe('destroy', () => {
  it('refuses a protected cluster before it does anything', async () => {
    const resource = {
      aws_ebs_volume: { data: { lifecycle: { prevent_destroy: true } } },
      aws_db_instance: { apps: { deletion_protection: true } },
    };
    writeFileSync(join(dir, 'cdk.tf.json'), JSON.stringify({ resource }));
    const asked: unknown[] = [];
    const synthesize = async (_: string, options: object): Promise<Target> => {
      asked.push(options);
      const names = { stack: 's', dir, cluster: 'mvp', region: 'r', stateFile: 'f' };
      return { ...names, keyNames: [], secrets: [], resources: 2 };
    };
    const options = { autoApprove: true, engine: '/no/such/engine' };
    const error = await refusal(destroy.run(['mvp'], options, collectedIo(), synthesize));
    assert.equal(error.message, 'cluster mvp is protected: 2 resources that keep data; nothing was changed');
    assert.equal(error.detail, 'aws_db_instance.apps\naws_ebs_volume.data');
    assert.match(error.next ?? '', /^cdktf-stackato destroy mvp --including-data/);
    assert.equal(asked.length, 1);
    const further = await refusal(destroy.run(['mvp'], { ...options, includingData: true }, collectedIo(), synthesize));
    assert.match(further.message, /no program \/no\/such\/engine/, 'it goes on with --including-data');
    assert.deepEqual(asked.at(-1), { cloud: undefined, outdir: undefined, unprotected: true });
  });
});

describe('a question', () => {
  it('is not answered where nobody is', async () => {
    const error = await refusal(confirm(collectedIo({ json: true }), 'Deploy?', 'yes'));
    assert.match(error.message, /no terminal to ask on; nothing was changed/);
    assert.match(error.next ?? '', /--auto-approve/);
  });
});

describe('changes in words', () => {
  it('name what is lost or touched, and count what is made', () => {
    const changes = [
      { address: 'aws_instance.mvp_dea["dea-1"]', action: 'create' },
      { address: 'aws_instance.mvp_dea["dea-2"]', action: 'create' },
      { address: 'aws_ebs_volume.mvp_data["data"]', action: 'replace' },
      { address: 'aws_db_instance.mvp_apps', action: 'update' },
      { address: 'aws_ebs_volume.mvp_old["old"]', action: 'destroy' },
    ] as const;
    assert.deepEqual(changeLines({ changes, outputs: [] }, 'mvp'), [
      '5 resources: 1 to destroy, 1 to replace, 1 to change, 2 to make',
      '  destroy  volume old',
      '  replace  volume data',
      '  change   database apps',
      '  make     2 nodes',
    ]);
    assert.deepEqual(changeLines({ changes: [], outputs: ['o'] }, 'mvp'), ['no resource changes; 1 output new']);
    assert.deepEqual(changeLines({ changes: [], outputs: [] }, 'mvp'), ['no changes']);
  });
});

describe('lab', () => {
  it('says what it can do', async () => {
    assert.match(
      (await refusal(lab.run(['upp'], {}, collectedIo()))).message,
      /lab has no action upp; did you mean "up"\?/,
    );
    assert.match(
      (await refusal(lab.run([], {}, collectedIo()))).next ?? '',
      /up\|down\|reset\|status\|env\|seed\|faults/,
    );
    assert.match(
      (await refusal(lab.run(['up'], { cloud: 'gcp' }, collectedIo()))).message,
      /no practice cloud for gcp/,
    );
    assert.match((await refusal(lab.run(['up'], { port: 'x' }, collectedIo()))).message, /--port x is not a port/);
  });
});
