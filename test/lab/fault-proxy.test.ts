import assert from 'node:assert/strict';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { after, before, beforeEach, describe, it } from 'node:test';
import { InputError } from '../../lib/base/input';
import { awsApi } from '../../lib/cloud-api/aws/api';
import { type FaultState, faultProxy, parseFaults } from '../../lib/lab/fault-proxy';

describe('fault rules', () => {
  it('are read from one rule, a list or an object', () => {
    const rule = { match: 'Action=RunInstances', kind: 'capacity', times: 1 };
    const { times: _, ...short } = rule;
    for (const form of [short, [rule], { rules: [rule] }]) assert.deepEqual(parseFaults(JSON.stringify(form)), [rule]);
  });
  it('are refused with everything that is wrong', () => {
    assert.throws(
      () => parseFaults('[{"kind":"trottle","times":0},{"match":"x","kind":"delay","ms":-1}]'),
      (e: unknown) => {
        assert.ok(e instanceof InputError);
        assert.deepEqual(
          e.problems.map((p) => p.path),
          ['[0].match', '[0].kind', '[0].times', '[1].ms'],
        );
        assert.match(e.message, /did you mean "throttle"/);
        return true;
      },
    );
    assert.throws(() => parseFaults('{'), /not JSON/);
    assert.throws(() => parseFaults('null'), InputError);
  });
});

describe('the fault proxy', () => {
  let upstream: Server;
  let proxy: Server;
  let url: string;
  let served = 0;
  const set = (rules: unknown) => fetch(`${url}/__faults`, { method: 'POST', body: JSON.stringify({ rules }) });
  const state = async () => (await (await fetch(`${url}/__faults`)).json()) as FaultState;
  const send = (body: string, headers = {}) => fetch(url, { method: 'POST', body, headers });
  const EC2 = 'Action=RunInstances&Version=2016-11-15';

  before(async () => {
    upstream = createServer((request, response) => {
      served++;
      request.resume().once('end', () => response.end('<Response><ok>yes</ok></Response>'));
    });
    await new Promise<void>((done) => upstream.listen(0, '127.0.0.1', done));
    proxy = faultProxy((upstream.address() as AddressInfo).port);
    await new Promise<void>((done) => proxy.listen(0, '127.0.0.1', done));
    url = `http://127.0.0.1:${(proxy.address() as AddressInfo).port}`;
  });
  after(() => {
    for (const server of [proxy, upstream]) {
      server.close();
      server.closeAllConnections();
    }
  });
  beforeEach(async () => {
    await fetch(`${url}/__faults`, { method: 'DELETE' });
    served = 0;
  });

  it('passes on what no rule takes, and counts it', async () => {
    await set([{ match: 'Action=CreateVpc', kind: '500', times: 1 }]);
    assert.equal((await send(EC2)).status, 200);
    assert.deepEqual(await state().then(({ calls, hits }) => ({ calls, hits })), {
      calls: { RunInstances: 1 },
      hits: 0,
    });
  });
  it('refuses as often as the rule says, in the words of the service', async () => {
    await set([
      { match: 'Action=RunInstances', kind: 'throttle', times: 2 },
      { match: 'secretsmanager.', kind: 'throttle', times: 1 },
      { match: 'Action=DescribeDBInstances', kind: 'throttle', times: 1 },
    ]);
    for (let i = 0; i < 2; i++) {
      const answer = await send(EC2);
      assert.equal(answer.status, 503);
      assert.match(await answer.text(), /<Response><Errors><Error><Code>RequestLimitExceeded</);
    }
    assert.equal((await send(EC2)).status, 200);
    const json = await send('{}', { 'x-amz-target': 'secretsmanager.ListSecrets' });
    assert.equal(((await json.json()) as { __type: string }).__type, 'ThrottlingException');
    assert.match(
      await (await send('Action=DescribeDBInstances&Version=2014-10-31')).text(),
      /<ErrorResponse>.*Throttling</,
    );
    assert.deepEqual(
      (await state()).rules.map((rule) => rule.times),
      [0, 0, 0],
    );
    assert.equal((await state()).hits, 4);
  });
  it('cuts the connection before the call, or loses the answer after it', async () => {
    await set([{ match: 'RunInstances', kind: 'drop', times: 1 }]);
    await assert.rejects(send(EC2));
    assert.equal(served, 0);
    await set([{ match: 'RunInstances', kind: 'drop-after', times: 1 }]);
    await assert.rejects(send(EC2));
    assert.equal(served, 1);
  });
  it('delays', async () => {
    await set([{ match: 'RunInstances', kind: 'delay', times: 1, ms: 150 }]);
    // Whatever the machine does, what is due sooner comes first.
    const sooner = new Promise((resolve) => setTimeout(resolve, 100, 'sooner'));
    const answer = send(EC2);
    assert.equal(await Promise.race([answer, sooner]), 'sooner');
    assert.equal((await answer).status, 200);
  });
  it('refuses rules that make no sense', async () => {
    const answer = await set([{ match: 'x', kind: 'bang' }]);
    assert.equal(answer.status, 400);
    assert.match(await answer.text(), /throttle, capacity/);
  });
  it('is understood by our own client as AWS would be', async () => {
    await set([{ match: 'TerminateInstances', kind: 'quota', times: 1 }]);
    const env = { AWS_ENDPOINT_URL: url, AWS_ACCESS_KEY_ID: 'a', AWS_SECRET_ACCESS_KEY: 'b' };
    const { ec2 } = awsApi({ region: 'x', env });
    await assert.rejects(ec2('TerminateInstances', { InstanceIds: ['i-1'] }), /was refused: VcpuLimitExceeded/);
    await ec2('TerminateInstances', { InstanceIds: ['i-1'] });
    assert.equal(served, 1);
  });
});
