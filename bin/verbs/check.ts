import { count } from '../../lib/base/input';
import { typedWord } from '../../lib/base/shell';
import type { Io } from '../../lib/base/voice';
import { warnings } from '../../lib/declaration/define';
import { readCluster } from '../../lib/declaration/read';
import { type ParityLine, parityOf } from '../../lib/stack/parity';
import type { Topology } from '../../lib/topology/model';
import { planTopology } from '../../lib/topology/plan';
import { problemTable } from '../terminal/print-error';

/** `check FILE`: lists problems with their position, or summarizes the declaration. */
export async function run(args: readonly string[], options: { parity?: boolean }, io: Io): Promise<number> {
  const file = args[0]!;
  const cluster = readCluster(file);
  const topology = planTopology(cluster);
  const findings = warnings(cluster);
  const parity = options.parity ? parityOf(cluster) : undefined;
  if (io.json) {
    io.out(
      JSON.stringify(
        { file, ok: true, ...totals(topology), warnings: findings, ...(parity ? { parity } : {}) },
        null,
        2,
      ),
    );
    return 0;
  }
  io.out(`${file}: ${summary(topology)}, ${findings.length ? count(findings.length, 'warning') : 'no findings'}`);
  if (findings.length) io.err(problemTable(file, findings, 'warning'));
  for (const line of parity ?? []) io.out(parityText(line));
  io.out(`Next: cdktf-stackato show ${typedWord(file)}`);
  return 0;
}

function totals(topology: Topology) {
  const pools = [topology.core, ...Object.values(topology.pools)];
  const nodes = pools.reduce((sum, p) => sum + Object.keys(p.nodes).length, 0);
  const volumes = pools.reduce((sum, p) => sum + (p.disk ? Object.keys(p.nodes).length : 0), 0);
  return { nodes, databases: Object.keys(topology.databases).length, volumes };
}

/** One part of the declaration and how each cloud implements it. */
function parityText({ part, kind, aws, openstack, consequence }: ParityLine): string {
  const lines = [`${part}: ${kind}`, `  aws        ${aws}`, `  openstack  ${openstack}`];
  return ['', ...lines, ...(consequence ? [`  so         ${consequence}`] : [])].join('\n');
}

/** `4 nodes, 1 database, 2 data volumes`. */
export function summary(topology: Topology): string {
  const { nodes, databases, volumes } = totals(topology);
  return [count(nodes, 'node'), count(databases, 'database'), count(volumes, 'data volume')].join(', ');
}
