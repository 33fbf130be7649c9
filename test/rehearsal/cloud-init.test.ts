import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { cloudInit } from '../../lib/rehearsal/host/cloud-init';
import { type MetadataNode, metadataAnswer } from '../../lib/rehearsal/host/metadata';
import { subnetOf } from '../../lib/rehearsal/host/network';
import { readUserData } from '../../lib/rehearsal/host/user-data';

const script = '#!/bin/sh\necho hello\n';
const multipart = (parts: readonly [string, string][]) =>
  `MIME-Version: 1.0\nContent-Type: multipart/mixed; boundary="=stackato"\n\n${parts.map(([head, body]) => `--=stackato\n${head}\n\n${body}\n`).join('')}--=stackato--\n`;

describe('user data', () => {
  const cases: readonly [string, Buffer, readonly [kind: string, text: string][]][] = [
    ['nothing', Buffer.alloc(0), []],
    ['a script', Buffer.from(script), [['script', script]]],
    ['a script, compressed', gzipSync(script), [['script', script]]],
    ['a cloud-config', Buffer.from('#cloud-config\na: 1\n'), [['config', '#cloud-config\na: 1\n']]],
    ['something else', Buffer.from('hello'), [['ignored', 'hello']]],
    [
      'parts',
      gzipSync(
        multipart([
          ['Content-Type: text/cloud-config', 'a: 1'],
          ['Content-Type: text/x-shellscript', script],
        ]),
      ),
      [
        ['config', 'a: 1'],
        ['script', script],
      ],
    ],
    [
      'a part in base64, one of plain text known by its first line, one unknown',
      Buffer.from(
        multipart([
          [
            'Content-Type: text/x-shellscript; charset="utf-8"\nContent-Transfer-Encoding: base64',
            Buffer.from(script).toString('base64'),
          ],
          ['Content-Type: text/plain', '#cloud-config\na: 1'],
          ['Content-Type: text/x-python', 'pass'],
        ]),
      ),
      [
        ['script', script],
        ['config', '#cloud-config\na: 1'],
        ['ignored', 'pass'],
      ],
    ],
  ];
  for (const [what, raw, expected] of cases) {
    it(`sorts ${what}`, () => {
      assert.deepEqual(
        readUserData(raw).map((part) => [part.kind, part.text]),
        expected,
      );
    });
  }

  it('never makes cloud-init fail', () => {
    fc.assert(fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => void cloudInit(Buffer.from(bytes))));
    fc.assert(fc.property(fc.string(), (text) => void cloudInit(Buffer.from(`#cloud-config\n${text}`))));
  });
});

describe('cloud-init 0.6.3', () => {
  const config = (text: string) => cloudInit(Buffer.from(`#cloud-config\n${text}`));

  it('runs bootcmd as lines of shell and lists as words', () => {
    assert.equal(
      config('bootcmd:\n - echo $HOME\n - [echo, "it\'s", $HOME]\n').bootcmd,
      "#!/bin/sh\necho $HOME\n'echo' 'it'\\''s' '$HOME'\n",
    );
  });

  it('runs runcmd among the scripts, in order of names', () => {
    const raw = multipart([
      ['Content-Type: text/cloud-config', 'runcmd: [ls]'],
      ['Content-Type: text/x-shellscript', script],
    ]);
    assert.deepEqual(
      cloudInit(Buffer.from(raw)).scripts.map((s) => s.name),
      ['part-002', 'runcmd'],
    );
  });

  it('does not execute what it does not know, and says so', () => {
    const plan = config('write_files:\n - { path: /etc/x, content: y }\nstackato:\n  roles: [dea]\n');
    assert.deepEqual(plan.scripts, []);
    assert.deepEqual(
      plan.ignored.map((line) => line.split(':')[0]),
      ['cloud-config write_files', 'cloud-config stackato'],
    );
  });

  it('tells of a cloud-config that is no YAML', () => {
    assert.match(config('bootcmd: [').ignored[0]!, /^part-001: /);
  });
});

describe('the metadata service', () => {
  const node: MetadataNode = {
    name: 'core',
    address: '10.0.0.10',
    instanceId: 'i-1',
    zone: 'us-west-2a',
    userData: Buffer.from(script).toString('base64'),
    role: 'mvp-core',
  };
  const ask = (path: string, given?: string, other: Partial<MetadataNode> = {}, method = 'GET') => {
    const { status, body } = metadataAnswer({ ...node, ...other }, method, path, given, new Date(0));
    return [status, body.toString()];
  };

  it('answers as EC2 does', () => {
    assert.deepEqual(ask('/latest/user-data'), [200, script]);
    assert.deepEqual(ask('/latest/meta-data/local-ipv4'), [200, '10.0.0.10']);
    assert.deepEqual(ask('/2009-04-04/meta-data/placement/availability-zone'), [200, 'us-west-2a']);
    assert.deepEqual(ask('/latest/meta-data/placement/'), [200, 'availability-zone\nregion']);
    assert.deepEqual(ask('/latest/meta-data/iam/security-credentials/'), [200, 'mvp-core']);
    assert.equal(JSON.parse(ask('/latest/meta-data/iam/security-credentials/mvp-core')[1] as string).Code, 'Success');
    assert.equal(ask('/latest/meta-data/iam/security-credentials/', undefined, { role: undefined })[0], 404);
    assert.deepEqual(ask('/latest/user-data', undefined, { userData: '' }), [404, '']);
  });

  it('leaves an old cloud-init without user data where tokens are required', () => {
    const only = { tokensRequired: true };
    assert.equal(ask('/latest/user-data', undefined, only)[0], 401);
    const token = ask('/latest/api/token', undefined, only, 'PUT')[1] as string;
    assert.deepEqual(ask('/latest/user-data', token, only), [200, script]);
    assert.equal(ask('/latest/user-data', 'wrong', only)[0], 401);
  });
});

it('knows the gateway of a subnet', () => {
  assert.deepEqual(subnetOf('10.0.16.0/20'), { gateway: '10.0.16.1', bits: 20 });
  assert.deepEqual(subnetOf('10.0.18.77/20'), { gateway: '10.0.16.1', bits: 20 });
  assert.throws(() => subnetOf('10.0.0.0'), /not a subnet/);
});
