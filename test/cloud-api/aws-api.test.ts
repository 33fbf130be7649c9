import assert from 'node:assert/strict';
import { after, before, beforeEach, describe, it } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { ToolError } from '../../lib/base/input';
import { awsApi, findAws } from '../../lib/cloud-api/aws/api';
import { type AwsServer, awsServer, parametersOf, refusal, signerOf } from './aws-server';

const KEYS = { AWS_ACCESS_KEY_ID: 'AK', AWS_SECRET_ACCESS_KEY: 'SK-planted', AWS_SESSION_TOKEN: 'ST-planted' };
const failure = async (work: Promise<unknown>): Promise<ToolError> => {
  const error = await work.then(
    () => undefined,
    (e: unknown) => e,
  );
  assert.ok(error instanceof ToolError, `a ToolError was expected, not ${String(error)}`);
  return error;
};

let server: AwsServer;
before(async () => {
  server = await awsServer();
});
after(() => server.close());
beforeEach(() => {
  server.answers = [];
  server.seen.length = 0;
});
const api = (more: NodeJS.ProcessEnv = {}, signal?: AbortSignal) =>
  awsApi({ region: 'us-west-2', env: { ...KEYS, AWS_ENDPOINT_URL: server.url, ...more }, signal });

describe('calls to AWS', () => {
  it('are signed with the keys of the environment that is given', async () => {
    server.answers = [{ body: '<R><vpcSet/></R>' }];
    await api().ec2('DescribeVpcs', { Filters: [{ Name: 'tag:a', Values: ['b', 'c'] }], VpcIds: ['v-1', 'v-2'] });
    const [request] = server.seen;
    assert.deepEqual(parametersOf(request!), {
      Action: 'DescribeVpcs',
      Version: '2016-11-15',
      'Filter.1.Name': 'tag:a',
      'Filter.1.Value.1': 'b',
      'Filter.1.Value.2': 'c',
      'VpcId.1': 'v-1',
      'VpcId.2': 'v-2',
    });
    assert.match(request?.headers.authorization ?? '', /Credential=AK\/\d{8}\/us-west-2\/ec2\/aws4_request/);
    assert.equal(request?.headers['x-amz-security-token'], KEYS.AWS_SESSION_TOKEN);
  });
  it('follow the pages of every service to their end', async () => {
    server.answers = [
      {
        body: '<R><reservationSet><item><reservationId>1</reservationId></item></reservationSet><nextToken>t1</nextToken></R>',
      },
      { body: '<R><reservationSet/><nextToken>t2</nextToken></R>' },
      { body: '<R><reservationSet><item><reservationId>2</reservationId></item></reservationSet><nextToken/></R>' },
    ];
    const { Reservations } = await api().ec2('DescribeInstances', { MaxResults: 5 });
    assert.deepEqual(
      Reservations?.map((one) => one.ReservationId),
      ['1', '2'],
    );
    const asked = server.seen.map(parametersOf);
    assert.deepEqual(
      asked.map(({ NextToken, MaxResults }) => [NextToken, MaxResults]),
      [
        [undefined, '5'],
        ['t1', '5'],
        ['t2', '5'],
      ],
    );
    const page = (name: string, marker: string) =>
      `<A><DescribeDBInstancesResult><DBInstances><DBInstance><DBInstanceIdentifier>${name}</DBInstanceIdentifier></DBInstance></DBInstances>${marker}</DescribeDBInstancesResult></A>`;
    server.answers = [{ body: page('a', '<Marker>m</Marker>') }, { body: page('b', '') }];
    const { DBInstances } = await api().rds('DescribeDBInstances', {});
    assert.deepEqual(
      DBInstances?.map((one) => one.DBInstanceIdentifier),
      ['a', 'b'],
    );
    server.answers = [
      { body: '{"SecretList":[{"Name":"a"}],"NextToken":"n"}' },
      { body: '{"SecretList":[{"Name":"b"}]}' },
    ];
    const { SecretList } = await api().secrets('ListSecrets', { MaxResults: 1 });
    assert.deepEqual(
      SecretList?.map((one) => one.Name),
      ['a', 'b'],
    );
    assert.equal(server.seen.at(-1)?.headers['x-amz-target'], 'secretsmanager.ListSecrets');
    assert.equal(JSON.parse(server.seen.at(-1)!.body).NextToken, 'n');
  });
  it('go to the endpoint of their service, where it has one of its own', async () => {
    const other = await awsServer(() => ({ body: '<R><vpcSet/></R>' }));
    try {
      await api({ AWS_ENDPOINT_URL_EC2: other.url }).ec2('DescribeVpcs', {});
      assert.deepEqual([server.seen.length, other.seen.length], [0, 1]);
    } finally {
      other.close();
    }
  });
});

describe('calls that AWS refuses', () => {
  const refusals = [
    ['ec2', refusal('InvalidVpcID.NotFound'), /^ec2 DescribeVpcs \(us-west-2\) was refused: InvalidVpcID\.NotFound$/],
    ['rds', '<ErrorResponse><Error><Code>DBFault</Code><Message>m</Message></Error></ErrorResponse>', /: DBFault$/],
    ['secrets', '{"__type":"com.x#ResourceExistsException","message":"m"}', /: ResourceExistsException$/],
    ['secrets', 'not json', /: HTTP 400$/],
    ['ec2', '<html>a proxy</html>', /: HTTP 400$/],
  ] as const;
  for (const [service, body, words] of refusals) {
    it(`are told with its code: ${service} ${words.source}`, async () => {
      server.answers = [{ status: 400, body }];
      const calls = {
        ec2: () => api().ec2('DescribeVpcs', {}),
        rds: () => api().rds('DescribeDBInstances', {}),
        secrets: () => api().secrets('ListSecrets', {}),
      };
      const error = await failure(calls[service]());
      assert.match(error.message, words);
      if (/>m<|"m"/.test(body)) assert.equal(error.detail, 'm');
      assert.equal(server.seen.length, 1, 'what is wrong stays wrong');
    });
  }
  it('hold no secret: AWS repeats the session token where a signature does not match', async () => {
    const canonical = `POST\n/\n\nhost:x\nx-amz-security-token:${KEYS.AWS_SESSION_TOKEN}\n`;
    const said = `The signature does not match.\n\nThe Canonical String for this request should have been\n'${canonical}'`;
    server.answers = [
      { status: 403, body: refusal('SignatureDoesNotMatch', said) },
      { status: 403, body: refusal('AuthFailure', `no ${KEYS.AWS_SECRET_ACCESS_KEY} or ${KEYS.AWS_SESSION_TOKEN}`) },
    ];
    const one = api();
    const first = await failure(one.ec2('DescribeVpcs', {}));
    assert.equal(first.detail, 'The signature does not match.');
    const second = await failure(one.ec2('DescribeVpcs', {}));
    assert.equal(second.detail, 'no *** or ***');
    for (const error of [first, second])
      assert.doesNotMatch(JSON.stringify({ ...error, stack: error.stack, cause: error.cause }), /planted/);
  });
});

describe('calls that fail for a while', () => {
  it('are tried again for a limit of calls, a fault of the service and a broken connection', async () => {
    server.answers = [
      { status: 503, body: refusal('RequestLimitExceeded') },
      { status: 500, body: '' },
      { body: '<R><vpcSet/></R>' },
    ];
    assert.deepEqual((await api().ec2('DescribeVpcs', {})).Vpcs, []);
    assert.equal(server.seen.length, 3);
  });
  it('are given up after five times', async () => {
    server.answers = Array.from({ length: 9 }, () => ({ status: 500, body: '' }));
    assert.match((await failure(api().ec2('DescribeVpcs', {}))).message, /was refused: HTTP 500$/);
    assert.equal(server.seen.length, 5);
  });
  it('say whom nobody answers for', async () => {
    const away = api({ AWS_ENDPOINT_URL: 'http://127.0.0.1:1' });
    const error = await failure(away.ec2('DescribeVpcs', {}));
    assert.equal(error.message, 'ec2 DescribeVpcs (us-west-2) got no answer from http://127.0.0.1:1');
    assert.match(error.detail ?? '', /ECONNREFUSED/);
  });
  it('stop when they are interrupted', async () => {
    server.answers = [undefined];
    const stop = new AbortController();
    const work = failure(api({}, stop.signal).ec2('DescribeVpcs', {}));
    while (server.seen.length === 0) await sleep(5);
    stop.abort();
    assert.equal((await work).message, 'ec2 DescribeVpcs (us-west-2) was interrupted');
  });
});

describe('calls to the practice cloud', () => {
  const real = { AWS_PROFILE: 'prod', AWS_ENDPOINT_URL_EC2: undefined, STACKATO_PRACTICE: 'aws' };
  it('are signed with keys that open nothing, whatever the environment holds', async () => {
    const env = { ...KEYS, ...real, AWS_ENDPOINT_URL: server.url };
    for (const one of [awsApi({ region: 'us-west-2', env }), await findAws({ region: 'us-west-2', env })]) {
      assert.ok(!(one instanceof ToolError));
      server.answers = [{ body: '<R><vpcSet/></R>' }];
      await one.ec2('DescribeVpcs', {});
      const request = server.seen.at(-1)!;
      assert.equal(signerOf(request), 'test');
      assert.equal(request.headers['x-amz-security-token'], undefined);
    }
  });
  it('stay here, whatever this process itself was told', async () => {
    const told = {
      AWS_ENDPOINT_URL: 'http://192.0.2.1',
      AWS_ENDPOINT_URL_EC2: 'http://192.0.2.1',
      AWS_IGNORE_CONFIGURED_ENDPOINT_URLS: 'true',
      AWS_USE_FIPS_ENDPOINT: 'true',
      AWS_USE_DUALSTACK_ENDPOINT: 'true',
      AWS_ACCESS_KEY_ID: 'REAL',
      AWS_SECRET_ACCESS_KEY: 'REAL',
    };
    const before = { ...process.env };
    Object.assign(process.env, told);
    try {
      const env = { AWS_ENDPOINT_URL: server.url };
      server.answers = [{ body: '<R><vpcSet/></R>' }];
      await awsApi({ region: 'us-west-2', env, practice: true }).ec2('DescribeVpcs', {});
      assert.equal(signerOf(server.seen[0]!), 'test');
    } finally {
      for (const name of Object.keys(told)) delete process.env[name];
      Object.assign(process.env, before);
    }
  });
  it('are refused before anything is sent where they could leave this machine', async () => {
    for (const env of [
      { ...KEYS },
      { ...KEYS, AWS_ENDPOINT_URL: 'https://ec2.us-west-2.amazonaws.com' },
      { AWS_ENDPOINT_URL: server.url, AWS_ENDPOINT_URL_RDS: 'https://rds.example.com' },
      { AWS_ENDPOINT_URL: server.url, AWS_IGNORE_CONFIGURED_ENDPOINT_URLS: 'true' },
    ]) {
      assert.throws(() => awsApi({ region: 'us-west-2', env, practice: true }), /practice mode is on/);
      await failure(findAws({ region: 'us-west-2', env: { ...env, STACKATO_PRACTICE: 'aws' } }));
    }
    assert.equal(server.seen.length, 0);
  });
});
