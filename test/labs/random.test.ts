import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { defineCluster } from '../../lib/declaration/define';
import { declarations } from '../aws/declarations';
import { validate } from '../aws/engine';
import { clusterDocument, type Document } from '../aws/synth';

describe('Terraform', () => {
  it('finds nothing wrong with 300 declarations of every kind', async () => {
    const documents: Record<string, Document> = {};
    const inputs = fc.sample(declarations, { numRuns: 300, seed: Number(process.env['STACKATO_SEED'] ?? 1) });
    for (const [i, input] of inputs.entries()) documents[`random-${i}`] = clusterDocument(defineCluster(input));
    for (let i = 0; i < 300; i += 50) {
      const some = Object.fromEntries(Object.entries(documents).slice(i, i + 50));
      assert.deepEqual(await validate(some), []);
    }
  });
});
