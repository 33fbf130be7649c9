import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
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

it('and all other pages link to files and headings that exist', () => {
  const pages = ['README.md', 'CONTRIBUTING.md', ...readdirSync('docs').map((page) => join('docs', page))];
  const broken = pages.flatMap((page) =>
    [...readFileSync(page, 'utf8').matchAll(/\]\((?!https?:)([^)#\s]*)(?:#([^)\s]+))?\)/g)].flatMap(
      ([link, to, heading]) => {
        const file = to ? join(dirname(page), to) : page;
        return existsSync(file) && (!heading || headings(file).includes(heading)) ? [] : [`${page}: ${link}`];
      },
    ),
  );
  assert.deepEqual(broken, []);
});

it('shows a role of your own as the samples have it', () => {
  const page = readFileSync('docs/roles.md', 'utf8');
  const samples = readFileSync('test/package/samples.ts', 'utf8');
  const shown = /```ts\n[\s\S]*?\n\n([\s\S]*?)```/.exec(page)![1]!.trim();
  assert.ok(shown.startsWith('export const elasticsearch'));
  assert.ok(samples.includes(shown), 'copy the role from test/package/samples.ts to docs/roles.md');
});

function headings(file: string): string[] {
  const titles = [...readFileSync(file, 'utf8').matchAll(/^#+ (.+)$/gm)].map((m) => m[1]!.toLowerCase());
  return titles.map((title) => title.replace(/[^\w\- ]/g, '').replaceAll(' ', '-'));
}
