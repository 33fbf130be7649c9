import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { z } from 'zod';
import { count, didYouMean, InputError, nearest, pathText, zodProblems } from '../../lib/base/input';

describe('nearest', () => {
  const known = ['dea', 'router', 'postgresql', 'load_balancer'];
  for (const [word, found] of [
    ['dae', 'dea'],
    ['deaa', 'dea'],
    ['de', 'dea'],
    ['DEA', 'dea'],
    ['ruoter', 'router'],
    ['postgres', 'postgresql'],
    ['loadbalancer', 'load_balancer'],
    ['zzz', undefined],
    ['x', undefined],
    ['', undefined],
  ] as const) {
    it(`of "${word}" is ${found}`, () => assert.equal(nearest(word, known), found));
  }
  it('prefers the closer one, and the first of equals', () => {
    assert.equal(nearest('redi', ['rabbit', 'redis', 'red']), 'redis');
    assert.equal(nearest('data', ['date', 'dato']), 'date');
  });
  it('asks only where there is one', () => {
    assert.equal(didYouMean('dae', known), '; did you mean "dea"?');
    assert.equal(didYouMean('zzz', known), '');
  });
});

describe('what zod says, in words', () => {
  const schema = z.strictObject({
    name: z.string({ error: 'must be text' }),
    count: z.int({ error: 'must be a whole number' }).min(1, { error: 'must be at least 1' }).default(1),
    free: z.string().optional(),
    place: z
      .union([z.string(), z.strictObject({ id: z.string(), size: z.int({ error: 'must be a whole number' }) })], {
        error: 'must be an id or { id, size }',
      })
      .default('x'),
    pools: z
      .record(z.string().regex(/^[a-z]+$/, { error: 'must be letters' }), z.strictObject({ n: z.number() }))
      .default({}),
  });
  const known = (path: readonly PropertyKey[]) => (path.length ? [] : Object.keys(schema.shape));
  const of = (input: unknown) => zodProblems(schema.safeParse(input).error!, known, input);
  const cases: [string, unknown, string, string, RegExp][] = [
    [
      'an unknown key',
      { name: 'a', cuont: 2 },
      'cuont',
      'key-unknown',
      /^unknown key; did you mean "count"\? \(known: name, count, /,
    ],
    [
      'an unknown key without a near miss',
      { name: 'a', zzzzzz: 2 },
      'zzzzzz',
      'key-unknown',
      /^unknown key \(known: name/,
    ],
    ['what is missing', {}, 'name', 'shape', /^required; must be text$/],
    ['a wrong type', { name: 5 }, 'name', 'shape', /^must be text$/],
    ['a wrong value', { name: 'a', count: 0 }, 'count', 'shape', /^must be at least 1$/],
    ['a type without words of ours', { name: 'a', free: 5 }, 'free', 'shape', /^expected string, received number$/],
    [
      'the branch of a union that was meant',
      { name: 'a', place: { id: 'b', size: 'c' } },
      'place.size',
      'shape',
      /^must be a whole number$/,
    ],
    [
      'an unknown key in a union',
      { name: 'a', place: { id: 'b', size: 1, x: 1 } },
      'place.x',
      'key-unknown',
      /^unknown key$/,
    ],
    [
      'a union without a branch that fits',
      { name: 'a', place: 5 },
      'place',
      'shape',
      /^must be an id or \{ id, size \}$/,
    ],
    [
      'a wrong name in a map',
      { name: 'a', pools: { A1: { n: 1 } } },
      'pools.A1',
      'shape',
      /^as a name: must be letters$/,
    ],
    ['a place in a list', { name: 'a', pools: { a: { n: 'x' } } }, 'pools.a.n', 'shape', /number/],
    ['something else altogether', null, '', 'shape', /object/],
  ];
  for (const [title, input, path, rule, message] of cases) {
    it(title, () => {
      const problems = of(input);
      assert.deepEqual(
        problems.map((p) => [p.path, p.rule]),
        [[path, rule]],
      );
      assert.match(problems[0]!.message, message);
      assert.match(problems[0]!.message, /^[^A-Z]/);
      assert.match(problems[0]!.message, /[^.]$/);
    });
  }
  it('the branch of a union that knows the keys', () => {
    const either = z.union([
      z.strictObject({ cidr: z.string() }),
      z.strictObject({ vpcId: z.string(), subnets: z.array(z.string()) }),
    ]);
    const paths = (input: unknown) =>
      zodProblems(either.safeParse(input).error!, () => [], input).map((p) => `${p.path} ${p.rule}`);
    assert.deepEqual(paths({ vpcId: 'a' }), ['subnets shape']);
    assert.deepEqual(paths({ cird: 'a' }), ['cidr shape', 'cird key-unknown']);
  });
  it('every problem at once', () => assert.equal(of({ count: 0, x: 1, place: 5 }).length, 4));
});

describe('an input error', () => {
  it('has all problems in its message, places first, and no frames', () => {
    const error = new InputError('cluster.yaml', [
      { path: 'pools.dea', message: 'is wrong', rule: 'a', line: 3, column: 5 },
      { path: '', message: 'is empty', rule: 'b' },
    ]);
    assert.equal(error.message, 'cluster.yaml: 2 problems\n  3:5  pools.dea: is wrong [a]\n  (top): is empty [b]');
    assert.equal(error.stack, `InputError: ${error.message}`);
  });
  it('speaks of one and of several', () =>
    assert.deepEqual([count(1, 'node'), count(0, 'node'), count(2, 'node')], ['1 node', '0 nodes', '2 nodes']));
  it('writes paths as people do', () =>
    assert.equal(pathText(['pools', 'dea', 'roles', 0, 'x']), 'pools.dea.roles[0].x'));
});
