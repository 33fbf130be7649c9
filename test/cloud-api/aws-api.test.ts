import assert from 'node:assert/strict';
import { createServer, type IncomingHttpHeaders, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { after, before, beforeEach, describe, it } from 'node:test';
import { ToolError } from '../../lib/base/input';
import { awsApi, list, objects, parseXml, text } from '../../lib/cloud-api/aws/api';

describe("AWS's XML", () => {
  it('has arrays where AWS has lists, also of one and of none', () => {
    const xml = `<?xml version="1.0"?><R><aSet><item><id>i-1</id><tagSet/></item></aSet><bSet/>
      <c><member>x</member><member>y</member></c><DBInstances><DBInstance><N>007</N></DBInstance></DBInstances>
      <TagList><Tag><Key>k</Key></Tag></TagList><ebs><volumeId>v</volumeId></ebs><text/></R>`;
    assert.deepEqual(parseXml(xml)['R'], {
      aSet: [{ id: 'i-1', tagSet: [] }],
      bSet: [],
      c: ['x', 'y'],
      DBInstances: [{ N: '007' }],
      TagList: [{ Key: 'k' }],
      ebs: { volumeId: 'v' },
      text: '',
    });
  });
  it('is read without caring whether a thing is there', () => {
    assert.deepEqual(
      [list(undefined), list(''), list(['a']), objects(['a', { b: 'c' }])],
      [[], [], ['a'], [{ b: 'c' }]],
    );
    assert.deepEqual([text(undefined), text('x'), text({})], ['', 'x', '']);
  });
});

describe('signed calls', () => {
  let server: Server;
  let endpoint: string;
  let seen: { body: string; headers: IncomingHttpHeaders }[] = [];
  let answers: { status?: number; body: string }[] = [];
  const api = () =>
    awsApi({ region: 'us-west-2', endpoint, credentials: { accessKeyId: 'AK', secretAccessKey: 'SK' } });

  before(async () => {
    server = createServer((request, response) => {
      let body = '';
      request.on('data', (chunk) => (body += chunk));
      request.once('end', () => {
        seen.push({ body, headers: request.headers });
        const { status = 200, body: answer } = answers.shift() ?? { status: 400, body: '' };
        response.writeHead(status).end(answer);
      });
    });
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
    endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  });
  after(() => {
    server.close();
    server.closeAllConnections();
  });
  beforeEach(() => {
    [seen, answers] = [[], []];
  });

  it('number nested parameters as AWS wants them', async () => {
    answers = [{ body: '<R><xSet/></R>' }];
    await api().ec2('DescribeX', {
      Filter: [{ Name: 'tag:a', Value: ['b', 'c'] }],
      Id: ['i-1', 'i-2'],
      Dry: false,
      N: 3,
    });
    assert.deepEqual(Object.fromEntries(new URLSearchParams(seen[0]?.body)), {
      Action: 'DescribeX',
      Version: '2016-11-15',
      'Filter.1.Name': 'tag:a',
      'Filter.1.Value.1': 'b',
      'Filter.1.Value.2': 'c',
      'Id.1': 'i-1',
      'Id.2': 'i-2',
      Dry: 'false',
      N: '3',
    });
    assert.match(seen[0]?.headers.authorization ?? '', /Credential=AK\/\d{8}\/us-west-2\/ec2\/aws4_request/);
  });
  it('follow the pages of a description to their end', async () => {
    answers = [
      { body: '<R><s><item><i>1</i></item></s><nextToken>t1</nextToken></R>' },
      { body: '<R><s/><nextToken>t2</nextToken></R>' },
      { body: '<R><s><item><i>2</i></item><item><i>3</i></item></s><nextToken/></R>' },
    ];
    const whole = await api().ec2('DescribeInstances', { MaxResults: 5 });
    assert.deepEqual(
      objects(whole['s']).map((entry) => entry['i']),
      ['1', '2', '3'],
    );
    assert.deepEqual(
      seen.map(({ body }) => new URLSearchParams(body).get('NextToken')),
      [null, 't1', 't2'],
    );
    assert.deepEqual(
      seen.map(({ body }) => new URLSearchParams(body).get('MaxResults')),
      ['5', '5', '5'],
    );
  });
  it('reach JSON services and other query services', async () => {
    answers = [{ body: '{"SecretList":[]}' }, { body: '<A><DescribeYResult><Ys><Y>1</Y></Ys></DescribeYResult></A>' }];
    assert.deepEqual(await api().json('secretsmanager', 'secretsmanager.ListSecrets', { MaxResults: 1 }), {
      SecretList: [],
    });
    assert.equal(seen[0]?.headers['x-amz-target'], 'secretsmanager.ListSecrets');
    assert.deepEqual(await api().query('rds', '2014-10-31', 'DescribeY'), { Ys: ['1'] });
    assert.match(seen[1]?.headers.authorization ?? '', /us-west-2\/rds\/aws4_request/);
  });
  const refusals: readonly (readonly [string, string, RegExp])[] = [
    [
      'ec2',
      '<Response><Errors><Error><Code>InvalidX</Code><Message>m</Message></Error></Errors></Response>',
      /InvalidX$/,
    ],
    ['rds', '<ErrorResponse><Error><Code>DBFault</Code><Message>m</Message></Error></ErrorResponse>', /DBFault$/],
    ['json', '{"__type":"com.x#ResourceExists","message":"m"}', /ResourceExists$/],
    ['json', 'not json', /HTTP 400$/],
  ];
  for (const [service, body, words] of refusals) {
    it(`say what ${service} refused with (${words.source})`, async () => {
      answers = [{ status: 400, body }];
      const calls = {
        ec2: () => api().ec2('X'),
        rds: () => api().query('rds', '1', 'X'),
        json: () => api().json('s', 's.X', {}),
      };
      const error = await calls[service as keyof typeof calls]().then(
        () => undefined,
        (e: unknown) => e,
      );
      assert.ok(error instanceof ToolError);
      assert.match(error.message, words);
      assert.equal(error.detail, body === 'not json' ? body : 'm');
    });
  }
  it('say when nobody answers, and when there are no keys', async () => {
    const away = awsApi({
      region: 'r',
      endpoint: 'http://127.0.0.1:1',
      credentials: { accessKeyId: 'a', secretAccessKey: 'b' },
    });
    await assert.rejects(away.ec2('DescribeVpcs'), /ec2 DescribeVpcs \(r\) got no answer/);
    assert.throws(() => awsApi({ region: 'r', env: {} }), /no AWS keys in the environment/);
  });
});
