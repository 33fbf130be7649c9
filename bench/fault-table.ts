import { faults } from '../lib/rehearsal/faults/index';
import type { Outcome } from '../lib/rehearsal/faults/outcome';

/** What came of one fault at one place of one cluster. */
export interface Entry {
  readonly cluster: string;
  readonly fault: string;
  /** As after `--fault`. */
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

const cells = ({ tried, converged, bounded, wrong }: Counts) => [tried, converged, bounded, wrong].map(String);

/** The table as Markdown: a row per fault and cluster, what was wrong below. */
export function tableOf(entries: readonly Entry[]): string {
  const clusters = [...new Set(entries.map(({ cluster }) => cluster))];
  const rows = faults.flatMap((fault) =>
    clusters.flatMap((cluster) => {
      const own = entries.filter((entry) => entry.fault === fault.id && entry.cluster === cluster);
      return own.length === 0 ? [] : [[fault.id, cluster, ...cells(countsOf(own))]];
    }),
  );
  const head = ['fault', 'cluster', 'tried', 'converged', 'bounded', 'wrong'];
  const line = (row: readonly string[]) => `| ${row.join(' | ')} |`;
  const wrong = entries.filter(({ outcome }) => outcome === 'wrong');
  return [
    line(head),
    '|---|---|---:|---:|---:|---:|',
    ...rows.map(line),
    line(['**all**', clusters.join(', '), ...cells(countsOf(entries))]),
    ...(wrong.length > 0
      ? ['', ...wrong.map(({ cluster, text, why }) => `- wrong: ${cluster} \`${text}\`: ${why}`)]
      : []),
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

/** The page of the docs. */
export function pageOf(entries: readonly Entry[], command: string): string {
  const list = faults.map(({ id, about, expected }) => {
    const end = expected === 'converges' ? 'converges' : 'ends bounded, with the name of the cause';
    return `| \`${id}\` | ${about} | ${end} |`;
  });
  return `# Faults

Made by \`${command}\`; numbers by hand would not be true for long.

Each fault is tried at every moment that it can hit: on each kind of node of a cluster, at power on or at the beginning of
each stage of its boot script. It must converge (the cluster as declared, and every command of an undisturbed boot given)
without a person, or the boot must end within its limits with the name of the cause. Faults that heal share runs, at most
five on a node; when such a run is not well, each is tried alone. Limits of stages are 40 s here where a fault does not heal.

${tableOf(entries)}

## What they are

| fault | what happens | what must come of it |
|---|---|---|
${list.join('\n')}

What these hosts cannot show: a pulled plug loses nothing that was written (files are in memory); a slow disk is slow programs; a
late clock is that of \`date\` and Python, not the kernel's; delay in the network, which needs a kernel with netem.
`;
}
