import { markdownLines } from '../lib/base/table';
import { faults } from '../lib/rehearsal/faults/index';
import type { Outcome } from '../lib/rehearsal/faults/outcome';

/** The outcome of one fault at one place of one cluster. */
export interface Entry {
  readonly cluster: string;
  readonly fault: string;
  /** Values of `--fault`. */
  readonly text: string;
  readonly outcome: Outcome;
  readonly why: string;
}

export interface Counts {
  readonly tried: number;
  readonly converged: number;
  readonly bounded: number;
  readonly wrong: number;
}

/** A place whose moment never came was not tried. */
export function countsOf(entries: readonly Entry[]): Counts {
  const number = (outcome: Outcome) => entries.filter((entry) => entry.outcome === outcome).length;
  const missed = number('missed');
  return {
    tried: entries.length - missed,
    converged: number('converged'),
    bounded: number('bounded'),
    wrong: number('wrong'),
  };
}

/** A line of the table: the outcome of a fault in a cluster. */
export interface Row extends Counts {
  readonly fault: string;
  readonly cluster: string;
}

/** What was tried, by fault and cluster. */
export function rowsOf(entries: readonly Entry[]): Row[] {
  const keys = new Map(entries.map((entry) => [`${entry.fault} ${entry.cluster}`, entry]));
  return [...keys.values()].map(({ fault, cluster }) => {
    const own = entries.filter((entry) => entry.fault === fault && entry.cluster === cluster);
    return { fault, cluster, ...countsOf(own) };
  });
}

/** The lines of a page's table. */
export function rowsIn(page: string): Row[] {
  return [...page.matchAll(/^\| ([\w-]+) \| (\S+) \| (\d+) \| (\d+) \| (\d+) \| (\d+) \|$/gm)].map((match) => {
    const [tried, converged, bounded, wrong] = match.slice(3).map(Number) as [number, number, number, number];
    return { fault: match[1]!, cluster: match[2]!, tried, converged, bounded, wrong };
  });
}

/** The table as Markdown: faults in order; below it, failures and faults that could not be tried. */
export function tableOf(rows: readonly Row[], entries: readonly Entry[]): string {
  const clusters = [...new Set(rows.map(({ cluster }) => cluster))];
  const cells = ({ tried, converged, bounded, wrong }: Counts) => [tried, converged, bounded, wrong].map(String);
  const sorted = faults.flatMap(({ id }) =>
    clusters.flatMap((cluster) => rows.filter((row) => row.fault === id && row.cluster === cluster)),
  );
  const sum = (key: keyof Counts) => rows.reduce((all, row) => all + row[key], 0);
  const all = { tried: sum('tried'), converged: sum('converged'), bounded: sum('bounded'), wrong: sum('wrong') };
  const notes = entries.flatMap(({ outcome, cluster, text, why }) => {
    if (outcome === 'wrong') return [`- wrong: ${cluster} \`${text}\`: ${why}`];
    return outcome === 'missed' ? [`- not tried, its moment never came: ${cluster} \`${text}\``] : [];
  });
  return [
    ...markdownLines(
      ['fault', 'cluster', 'tried', 'converged', 'bounded', 'wrong'],
      [
        ...sorted.map((row) => [row.fault, row.cluster, ...cells(row)]),
        ['**all**', clusters.join(', '), ...cells(all)],
      ],
      [2, 3, 4, 5],
    ),
    ...(notes.length > 0 ? ['', ...notes] : []),
  ].join('\n');
}

/** The page that holds all of these numbers, and the title of what `faults:many` measures. */
export const PAGE = 'docs/faults.md';
const LARGE = '\n## Large clusters\n';

/** The page with another first part, or with another section on large clusters: each is measured on its own. */
export function pageWith(page: string, part: { readonly faults: string } | { readonly large: string }): string {
  const [faults, large] = page.split(LARGE);
  if ('large' in part) return `${faults}${LARGE}${part.large}`;
  return large === undefined ? part.faults : `${part.faults}${LARGE}${large}`;
}

/** The page of the docs. `before`: the page whose other lines stay, where only some faults or clusters were tried again. */
export function pageOf(entries: readonly Entry[], command: string, before?: string): string {
  const rows = rowsOf(entries);
  const again = new Set(rows.map(({ fault, cluster }) => `${fault} ${cluster}`));
  const kept = rowsIn(before ?? '').filter(({ fault, cluster }) => !again.has(`${fault} ${cluster}`));
  const made = /^Made by `(npm run faults .*)`;/m.exec(before ?? '')?.[1] ?? command;
  const list = faults.map(({ id, about, expected }) => {
    const end = expected === 'converges' ? 'converges' : 'ends bounded, with the name of the cause';
    return `| \`${id}\` | ${about} | ${end} |`;
  });
  return `# Faults

Made by \`${made}\`; numbers by hand would not be true for long.
Single lines are made anew with \`--only\` and \`--clusters\`.

Each fault is tried at every moment that it can hit: on each kind of node of a cluster, at power on or at the beginning of
each stage of its boot script. It must converge (the cluster as declared, and every command of an undisturbed boot given)
without a person, or the boot must end within its limits with the name of the cause. Faults that heal share runs, at most
five on a node; when such a run is not well, each is tried alone. Limits of stages are 40 s here where a fault does not heal.
\`mvp@3.2\` is the MVP with that version of the product: what today's cannot have is tried there. On twenty nodes is tried what all
nodes do at the same time.

${tableOf([...kept, ...rows], entries)}

## What they are

| fault | what happens | what must come of it |
|---|---|---|
${list.join('\n')}

What these hosts cannot show: a pulled plug loses nothing that was written (files are in memory); a slow disk is slow programs; a
late clock is that of \`date\` and Python, not the kernel's; delay in the network, which needs a kernel with netem.
`;
}
