import assert from 'node:assert/strict';
import { it } from 'node:test';
import { sorted } from '../../lib/base/order';

it('a sorted record has the same keys by code unit, whatever their order was', () => {
  assert.deepEqual(Object.entries(sorted({ b: 1, a: 2, B: 3, 'a-10': 4, 'a-2': 5 })), [
    ['B', 3],
    ['a', 2],
    ['a-10', 4],
    ['a-2', 5],
    ['b', 1],
  ]);
  assert.deepEqual(sorted({}), {});
});
