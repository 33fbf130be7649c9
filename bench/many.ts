import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { synthesizeTarget } from '../bin/synthesize';
import { writeWhole } from '../lib/base/file';
import { markdownLines } from '../lib/base/table';
import { quietIo } from '../lib/base/voice';
import type { RehearsalResult } from '../lib/rehearsal/contract';
import { namespaces, runOf } from '../lib/rehearsal/host/ledger';
import { quietly } from '../lib/rehearsal/host/program';
import { rehearse } from '../lib/rehearsal/hosts/rehearse';
import { awsBoot } from '../lib/rehearsal/source/aws-nodes';
import type { ClusterSource } from '../lib/rehearsal/source/source';
import { PAGE, pageWith } from './fault-table';
import { inScratch } from './scratch';

// `npm run faults:many -- [--nodes 20,100] [--write]`: how long a cluster of many nodes takes beside its slowest node alone with
// the core, and how much memory it has at most: the MVP with so many DEAs that there are N nodes. `--write` puts it into docs/faults.md.

const at = process.argv.indexOf('--nodes');
const sizes = (at < 0 ? '20,100' : process.argv[at + 1]!).split(',').map(Number);
const LIMIT = 1800;

/** The measurements of a cluster. */
interface Size {
  readonly nodes: number;
  /** Ratio to the time of its slowest node alone with the core. */
  readonly ratio: number;
  readonly mib: number;
  readonly problems: readonly string[];
}

/** Memory of a run's processes, MiB; shared pages count once. */
async function memory(name: string): Promise<number> {
  let sum = 0;
  for (const space of await namespaces(runOf(name))) {
    for (const pid of (await quietly('ip', ['netns', 'pids', space])).split('\n').filter(Boolean)) {
      try {
        sum += Number(/^Pss:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/smaps_rollup`, 'utf8'))?.[1] ?? 0);
      } catch {
        // It has ended meanwhile.
      }
    }
  }
  return sum / 1024;
}

async function measure(nodes: number, outdir: string, stop: AbortController): Promise<Size> {
  const io = quietIo(stop.signal);
  mkdirSync(outdir, { recursive: true });
  const file = join(outdir, 'cluster.yaml');
  writeFileSync(file, readFileSync('stacks/mvp.yaml', 'utf8').replace('count: 2', `count: ${nodes - 2}`));
  const target = await synthesizeTarget(file, { cloud: 'aws', outdir }, io);
  const manifest = target.manifest!;
  const expected = Object.fromEntries(Object.entries(manifest.nodes).map(([node, { roles }]) => [node, roles]));
  const boot = async (only: (source: ClusterSource) => ClusterSource) => {
    const { source, close, ...around } = await awsBoot(target, () => ({}), { from: 'synth', deploy: '' }, io);
    const name = `many-${nodes}`;
    let most = 0;
    const visit = async (_: unknown, over: AbortSignal) => {
      while (!over.aborted) {
        most = Math.max(most, await memory(name));
        await new Promise((resolve) => setTimeout(resolve, 2000));
      }
    };
    const options = { name, version: manifest.version, expected, ...around, visit, limit: LIMIT };
    const result = await rehearse(only(source), options, () => undefined, stop.signal).finally(close);
    return { result, most };
  };
  const { result, most } = await boot((source) => source);
  const slowest = [...result.nodes].filter(({ name }) => name !== 'core').sort((a, b) => b.seconds - a.seconds)[0]!;
  const pair = (source: ClusterSource): ClusterSource => ({
    ...source,
    nodes: source.nodes.filter(({ name }) => name === 'core' || name === slowest.name),
  });
  const alone = await boot(pair);
  const whole = Math.max(...result.nodes.map(({ seconds }) => seconds));
  const own = Math.max(...alone.result.nodes.map(({ seconds }) => seconds));
  console.error(
    `${result.nodes.length} nodes: ${whole.toFixed(0)} s; ${slowest.name} alone with the core: ${own.toFixed(0)} s`,
  );
  return {
    nodes: result.nodes.length,
    ratio: whole / own,
    mib: most,
    problems: [...problems(result), ...problems(alone.result)],
  };
}

async function main(outdir: string): Promise<void> {
  const stop = new AbortController();
  for (const word of ['SIGINT', 'SIGTERM'] as const) process.once(word, () => stop.abort());
  const measured: Size[] = [];
  for (const nodes of sizes) measured.push(await measure(nodes, join(outdir, String(nodes)), stop));
  const bad = measured.filter((size) => size.problems.length > 0);
  console.log(tableOf(measured));
  for (const line of bad.flatMap((size) => size.problems).slice(0, 20)) console.log(line);
  if (process.argv.includes('--write'))
    writeWhole(PAGE, pageWith(readFileSync(PAGE, 'utf8'), { large: `\n${sectionOf(measured)}\n` }));
  console.log(`${measured.length - bad.length} passed, ${bad.length} failed`);
  if (bad.length > 0) process.exitCode = 1;
}

const tableOf = (measured: readonly Size[]) =>
  markdownLines(
    ['nodes', 'times its slowest node', 'memory at most, MiB', 'MiB a node', 'as declared'],
    measured.map(({ nodes, ratio, mib, problems: wrong }) => [
      String(nodes),
      ratio.toFixed(2),
      mib.toFixed(0),
      (mib / nodes).toFixed(0),
      wrong.length === 0 ? 'yes' : `no: ${wrong.length} problems`,
    ]),
    [0, 1, 2, 3],
  ).join('\n');

const sectionOf = (
  measured: readonly Size[],
) => `Made by \`npm run faults:many -- ${process.argv.slice(2).join(' ')}\` on two cores: the MVP with so many DEAs that there are that
many nodes, booted at once, beside a boot of its slowest node alone with the core in the same run.

${tableOf(measured)}`;

const problems = ({ nodes: all }: RehearsalResult) =>
  all.flatMap((node) => node.problems.map((problem) => `${node.name}: ${problem}`));

inScratch('many', main);
