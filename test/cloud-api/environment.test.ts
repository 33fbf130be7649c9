import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { ToolError } from '../../lib/base/input';
import {
  assertPractice,
  isLoopback,
  labEnvironment,
  practiceAsked,
  shellLines,
  withLab,
} from '../../lib/cloud-api/environment';

const ENDPOINT = 'http://localhost:5100';

describe('the environment of the practice cloud', () => {
  it('takes away every way to another account', () => {
    const env = {
      AWS_PROFILE: 'prod',
      AWS_SESSION_TOKEN: 't',
      AWS_ENDPOINT_URL_EC2: 'https://ec2.example.com',
      PATH: '/bin',
    };
    const merged = withLab(env, labEnvironment(ENDPOINT, env));
    assert.equal(merged['AWS_ENDPOINT_URL'], ENDPOINT);
    assert.equal(merged['PATH'], '/bin');
    for (const name of ['AWS_PROFILE', 'AWS_SESSION_TOKEN', 'AWS_ENDPOINT_URL_EC2']) assert.ok(!(name in merged), name);
    assertPractice(merged);
  });

  it('leaves the CLI configuration alone where the user has one', () => {
    assert.ok(!('TF_CLI_CONFIG_FILE' in labEnvironment(ENDPOINT, {}).set));
    assert.equal(labEnvironment(ENDPOINT, {}, '/a b/terraform.rc').set['TF_CLI_CONFIG_FILE'], '/a b/terraform.rc');
  });

  it('survives a shell, whatever the values hold', () => {
    fc.assert(
      fc.property(fc.string({ minLength: 1, unit: 'grapheme-ascii' }), (value) => {
        const script = `${shellLines({ set: { X: value }, unset: ['Y'] })}\nprintf %s "$X"`;
        assert.equal(execFileSync('sh', ['-c', script], { encoding: 'utf8' }), value);
      }),
      { numRuns: 30 },
    );
    const tricky = `it's $(id) \`id\` "x" \\ \n end`;
    const script = `eval "$(cat)"; printf %s "$X"`;
    const lines = shellLines({ set: { X: tricky }, unset: ['Y'] });
    assert.equal(execFileSync('sh', ['-c', script], { encoding: 'utf8', input: lines }), tricky);
  });

  it('knows when practice mode is on', () => {
    assert.deepEqual(
      [undefined, '', '0', 'false', 'aws', '1'].map((value) => practiceAsked({ STACKATO_PRACTICE: value })),
      [false, false, false, false, true, true],
    );
  });
});

describe('the guard', () => {
  const refused: readonly (readonly [why: string, env: NodeJS.ProcessEnv, words: RegExp])[] = [
    ['no endpoint', {}, /not set/],
    ['an empty endpoint', { AWS_ENDPOINT_URL: '' }, /not set/],
    ['a real endpoint', { AWS_ENDPOINT_URL: 'https://ec2.us-west-2.amazonaws.com' }, /not on this machine/],
    ['a name that begins like loopback', { AWS_ENDPOINT_URL: 'http://localhost.example.com' }, /not on this machine/],
    [
      'an address that begins like loopback',
      { AWS_ENDPOINT_URL: 'http://127.0.0.1.example.com' },
      /not on this machine/,
    ],
    [
      'a user name that looks like loopback',
      { AWS_ENDPOINT_URL: 'http://localhost@example.com' },
      /not on this machine/,
    ],
    ['no URL', { AWS_ENDPOINT_URL: 'localhost:5100' }, /not on this machine/],
    ['one service elsewhere', { AWS_ENDPOINT_URL: ENDPOINT, AWS_ENDPOINT_URL_RDS: 'https://example.com' }, /_RDS/],
    ['endpoints switched off', { AWS_ENDPOINT_URL: ENDPOINT, AWS_IGNORE_CONFIGURED_ENDPOINT_URLS: 'True' }, /switches/],
  ];
  for (const [why, env, words] of refused) {
    it(`refuses ${why}`, () => {
      assert.throws(
        () => assertPractice(env),
        (e: unknown) => e instanceof ToolError && words.test(e.message),
      );
    });
  }
  it('accepts loopback in all its forms', () => {
    for (const url of [ENDPOINT, 'http://127.0.0.1:1', 'http://127.9.9.9', 'http://[::1]:5100', 'https://LOCALHOST']) {
      assert.ok(isLoopback(url), url);
    }
  });
});
