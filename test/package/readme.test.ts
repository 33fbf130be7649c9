import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { it } from 'node:test';
import { parseClusterText, readCluster } from '../../lib/declaration/read';
import { planTopology } from '../../lib/topology/plan';
import { topologyText } from '../../lib/topology/text';

/** What the README shows is what the program says. */

const readme = readFileSync('README.md', 'utf8');
const blocks = (language: string) =>
  [...readme.matchAll(new RegExp(`^\`\`\`${language}\n([\\s\\S]*?)^\`\`\`$`, 'gm'))].map((m) => m[1]!);

it('shows the declaration of the example', () => {
  const shown = parseClusterText(blocks('yaml')[0]!, 'README.md');
  assert.deepEqual(planTopology(shown), planTopology(readCluster('stacks/mvp.yaml')));
});

it('shows its picture', () => {
  const text = topologyText(planTopology(readCluster('stacks/mvp.yaml')), { boot: false, rules: false });
  assert.ok(blocks('text').some((block) => text.includes(block.trim())));
});

it('shows the review of a dangerous change as it is', () => {
  const golden = readFileSync('test/review/real/another-key.txt', 'utf8');
  const shown = blocks('text').find((block) => block.startsWith('Stackato plan'))!;
  assert.ok(
    golden.startsWith(shown.replace(/\n…\n$/, '')),
    'refresh the excerpt from test/review/real/another-key.txt',
  );
});

it('names files that are there', () => {
  for (const [, file] of readme.matchAll(/\]\(([^)#]+)\)/g)) readFileSync(file!);
});

it('shows a role of your own as the samples have it', () => {
  const page = readFileSync('docs/roles.md', 'utf8');
  const samples = readFileSync('test/package/samples.ts', 'utf8');
  const shown = /```ts\n[\s\S]*?\n\n([\s\S]*?)```/.exec(page)![1]!.trim();
  assert.ok(shown.startsWith('export const elasticsearch'));
  assert.ok(samples.includes(shown), 'copy the role from test/package/samples.ts to docs/roles.md');
});
