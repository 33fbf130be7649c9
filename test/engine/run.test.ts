import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { causeText } from '../../lib/engine/causes';
import { interrupted } from '../../lib/engine/interrupted';
import { type ProgressReader, progressReader, progressText, spokenName } from '../../lib/engine/progress';
import { changesOf, halfWay } from '../../lib/engine/run';
import { namedEndpoints, protectionOf } from '../../lib/engine/stack-config';

const hook = (type: string, addr: string, action = 'create') => ({ type, hook: { resource: { addr }, action } });
const errorLine = (address: string, summary: string) => ({
  type: 'diagnostic',
  diagnostic: { severity: 'error', summary, detail: '', address },
});
const STATE = { stateFile: 'terraform.mvp.tfstate', next: 'cdktf-stackato deploy mvp' };

function fed(total: number, lines: readonly Record<string, unknown>[]): ProgressReader {
  const reader = progressReader(total);
  for (const line of lines) reader.take(line);
  return reader;
}

describe('progress', () => {
  it('counts what is done and says what it waits for, longest first', () => {
    let now = 0;
    const reader = progressReader(41, () => now);
    reader.take(hook('apply_start', 'aws_db_instance.mvp_database-apps_1A2B3C4D'));
    now = 60_000;
    for (const address of ['aws_instance.mvp_dea["dea-1"]', 'aws_ebs_volume.a', 'aws_vpc.v']) {
      reader.take(hook('apply_start', address));
    }
    reader.take(hook('apply_complete', 'aws_vpc.v'));
    reader.take(hook('apply_complete', 'data.aws_ami.x', 'read'));
    reader.take({ type: 'version', terraform: '1.11.4' });
    now = 64_000;
    assert.equal(
      progressText(reader.progress(), 'mvp'),
      '1 of 41 · waiting for: database apps (1:04), volume a (0:04) and 1 more',
    );
    assert.deepEqual(reader.finished, { created: ['aws_vpc.v'], updated: [], destroyed: [] });
  });
  it('does not wait for what failed', () => {
    const reader = fed(2, [hook('apply_start', 'aws_vpc.v'), hook('apply_errored', 'aws_vpc.v')]);
    assert.equal(progressText(reader.progress()), '0 of 2');
  });
  const names: readonly (readonly [address: string, spoken: string])[] = [
    ['aws_instance.mvp_dea["dea-1"]', 'node dea-1'],
    ['aws_instance.mvp_core_0F1E2D3C', 'node core'],
    ['aws_db_instance.mvp_database-apps_1A2B3C4D', 'database apps'],
    ['module.paas.aws_ebs_volume.this["core"]', 'volume core'],
    ['aws_vpc.mvp_network_11223344', 'network'],
    ['aws_kms_alias.mvp_key', 'kms alias key'],
    ['openstack_networking_secgroup_v2.mvp_dea', 'firewall group dea'],
    ['something odd', 'something odd'],
  ];
  for (const [address, spoken] of names) {
    it(`calls ${address} "${spoken}"`, () => assert.equal(spokenName(address, 'mvp'), spoken));
  }
});

describe('a failure half-way', () => {
  const lines = [
    hook('apply_start', 'aws_vpc.v'),
    hook('apply_complete', 'aws_vpc.v'),
    hook('apply_start', 'aws_instance.core'),
    hook('apply_errored', 'aws_instance.core'),
    errorLine('aws_instance.core', 'creating EC2 Instance: api error InsufficientInstanceCapacity: no capacity'),
    { type: 'diagnostic', diagnostic: { severity: 'warning', summary: 'deprecated', detail: '' } },
  ];
  it('says what was made, what is kept, why, and what is next', () => {
    const error = halfWay(STATE, { code: 1, killed: false, stderr: '' }, fed(6, lines));
    assert.equal(
      error.message,
      `failed after 1 of 6 operations: 1 resource made
the state is kept in terraform.mvp.tfstate; what is in it is not created again`,
    );
    assert.equal(error.next, 'cdktf-stackato deploy mvp');
    assert.equal(
      error.detail,
      `node core (aws_instance.core): the cloud has no free machine of this type in this zone now; wait, or choose another size or zone
    creating EC2 Instance: api error InsufficientInstanceCapacity: no capacity`,
    );
  });
  it('names what a killed run may have created outside the state', () => {
    const inFlight = [hook('apply_start', 'aws_instance.core'), hook('apply_start', 'aws_ebs_volume.core')];
    const killed = halfWay(STATE, { code: null, killed: false, stderr: 'x' }, fed(6, inFlight));
    assert.match(killed.message, /^killed from outside after 0 of 6 operations: nothing made yet\n/);
    assert.match(killed.message, /without being in the state: aws_ebs_volume.core, aws_instance.core$/);
    assert.equal(killed.detail, 'x');
  });
  it('calls an interruption one', () => {
    const polite = halfWay(STATE, { code: 1, stopped: 'abort', killed: false, stderr: '' }, fed(1, []));
    assert.match(polite.message, /^interrupted after 0 of 1/);
    assert.doesNotMatch(polite.message, /without the state/);
    const rude = halfWay(STATE, { code: null, stopped: 'abort', killed: true, stderr: '' }, fed(1, []));
    assert.match(rude.message, /^interrupted, and killed because it did not stop/);
  });
  it('keeps the words of the tool where it has none of its own', () => {
    const own = causeText({ severity: 'error', summary: 'Something new', detail: 'line 1\n\nline 2' });
    assert.equal(own, 'the stack: the tool says\n    Something new\n    line 1\n    line 2');
  });
  for (const [said, words] of [
    ['api error VcpuLimitExceeded: x', /no quota left for machines/],
    ['api error VpcLimitExceeded: x', /a quota of the account/],
    ['api error RequestLimitExceeded: x', /limits the rate of calls/],
    ['api error InvalidAMIID.NotFound: x', /no such image/],
    ['api error InvalidGroup.Duplicate: x', /orphan of an interrupted run/],
    ['Instance cannot be destroyed: lifecycle.prevent_destroy set', /keeps data and is protected/],
    ['Error acquiring the state lock', /another run has locked the state/],
    ['dial tcp 127.0.0.1:5100: connect: connection refused', /could not be reached/],
  ] as const) {
    it(`explains ${said}`, () => assert.match(causeText({ severity: 'error', summary: said, detail: '' }), words));
  }
});

describe('a plan', () => {
  it('is read as what it does to each resource', () => {
    const change = (address: string, ...actions: string[]) => ({ address, change: { actions } });
    const json = {
      resource_changes: [
        change('a', 'create'),
        change('b', 'update'),
        change('c', 'delete', 'create'),
        change('d', 'create', 'delete'),
        change('e', 'delete'),
        change('f', 'no-op'),
        change('data.g', 'read'),
        change('h', 'forget'),
      ],
    };
    const read = changesOf(json).map(({ address, action }) => `${address} ${action}`);
    assert.deepEqual(read, ['a create', 'b update', 'c replace', 'd replace', 'e destroy', 'h forget']);
    assert.deepEqual(changesOf({}), []);
  });
});

describe('an interrupted making', () => {
  const tainted = (address: string) => ({ address, action_reason: 'replace_because_tainted' });
  const json = { resource_changes: [tainted('a.x'), tainted('a.xy'), { address: 'a.z' }, tainted('a.free')] };
  const refused = (address: string) => ({
    severity: 'error' as const,
    summary: 'Instance cannot be destroyed',
    detail: `Resource ${address} has lifecycle.prevent_destroy set, but the plan calls for it to be destroyed.`,
  });
  it('is undone only where protection forbids to repeat it', () => {
    assert.deepEqual(interrupted({ json, diagnostics: [refused('a.x'), refused('a.z')] }), ['a.x']);
    assert.deepEqual(interrupted({ json, diagnostics: [] }), []);
    assert.deepEqual(interrupted({ json: {}, diagnostics: [refused('a.x')] }), []);
  });
});

describe('a synthesized stack', () => {
  it('says what protects it', () => {
    const config = {
      resource: {
        aws_ebs_volume: { data: { lifecycle: { prevent_destroy: true } }, free: { lifecycle: {} } },
        aws_db_instance: { apps: { deletion_protection: true, lifecycle: { prevent_destroy: true } } },
        aws_lb: { front: { enable_deletion_protection: true } },
        aws_instance: { core: { disable_api_termination: false } },
      },
    };
    assert.deepEqual(protectionOf(config), {
      byEngine: ['aws_db_instance.apps', 'aws_ebs_volume.data'],
      byCloud: ['aws_db_instance.apps', 'aws_lb.front'],
    });
    assert.deepEqual(protectionOf({}), { byEngine: [], byCloud: [] });
  });
  it('may name endpoints itself', () => {
    assert.deepEqual(namedEndpoints({ provider: { aws: [{ endpoints: [{ ec2: 'https://x' }] }, {}] } }), ['https://x']);
    assert.deepEqual(namedEndpoints({}), []);
  });
});
