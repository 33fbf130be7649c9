import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** A section of docs/facts.md, or one item of a numbered list in it: `2.3`, `0.1-5`. */
export type Section = string;

const NUMBER = String.raw`\d{1,2}(?:\.\d{1,2})?(?:-\d{1,2})?`;
/** `facts §2.3, §13.4`, `facts §2.2–2.5`, also in the middle of a sentence. */
const MARKED = new RegExp(`§ ?(${NUMBER})(?:–(${NUMBER}))?`, 'g');
/** The model's `facts: '2.3 H; steps 0.1-5, 0.1-8 M'`. */
const FIELD = /facts: '([^']*)'/g;
/** A comment's `(2.3, H)`, `(10.1, S0, H)`. */
const BRACKETS = new RegExp(
  String.raw`\(((?:${NUMBER}|S\d)(?:,? (?:${NUMBER}|S\d|RN(?: \d+)?|notes))*), (?:H|M|L)\b`,
  'g',
);

/** The sections that a text cites, each once. */
export function citedIn(text: string): Section[] {
  const marked = [...text.matchAll(MARKED)].flatMap(([, from, to]) => (to === undefined ? [from!] : [from!, to]));
  const spans = [...text.matchAll(FIELD), ...text.matchAll(BRACKETS)].map(([, span]) => span!);
  // `from 2.8 on`, `gone in 3.6`: a version, not a section.
  const number = new RegExp(
    String.raw`(?<!\b(?:from|in|before|since|until|name) )(?<![\d.§S])(${NUMBER})(?![\d.]|-\d)`,
    'g',
  );
  const bare = spans.flatMap((span) => [...span.replaceAll(/RN \d+/g, '').matchAll(number)].map((m) => m[1]!));
  return [...new Set([...marked, ...bare])];
}

/** All that can be cited: headings, and items of numbered lists below them. */
export function sections(root: string): ReadonlySet<Section> {
  const found = new Set<Section>();
  let section = '';
  for (const line of readFileSync(join(root, 'docs', 'facts.md'), 'utf8').split('\n')) {
    const heading = /^#{2,3} (\d{1,2}(?:\.\d{1,2})?)/.exec(line)?.[1];
    if (heading !== undefined) section = heading;
    const item = /^(\d{1,2})\. /.exec(line)?.[1];
    if (section !== '') found.add(item === undefined ? section : `${section}-${item}`);
  }
  return found;
}
