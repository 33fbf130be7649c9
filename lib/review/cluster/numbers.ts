import { byName } from '../../base/json';
import type { Manifest } from '../../topology/manifest';
import { words } from '../finding';
import type { Plan } from '../plan/plan';
import { appCapacity, gib, totalMemory } from './capacity';
import type { ClusterChange } from './cluster';
import { inboundRules, isWorld } from './firewall';
import { portText } from './ports';
import { runsApps } from './roles';

/** One row of the table of numbers. */
export interface Figure {
  /** What is counted: `memory of all nodes`. */
  readonly label: string;
  /** The value before, with its unit. */
  readonly before: string;
  /** The value after, with its unit. */
  readonly after: string;
  /** A remark, for example `unchanged`, or empty. */
  readonly note: string;
}

/** The cluster in numbers, before and after; empty without a manifest. */
export function figures(plan: Plan, cluster: ClusterChange | undefined): Figure[] {
  if (!cluster) return [];
  const { before, after } = cluster;
  const capacity = appCapacity(cluster);
  const deas = (manifest: Manifest | undefined) =>
    Object.values(manifest?.nodes ?? {}).filter((n) => runsApps(n, cluster.known));
  const row = (label: string, was: string, is: string, note = ''): Figure => ({
    label,
    before: was,
    after: is,
    note: note || (was === is ? 'unchanged' : ''),
  });
  const nodes = (manifest: Manifest | undefined) => String(Object.keys(manifest?.nodes ?? {}).length);
  const percentNote = capacity.percentBefore !== capacity.percentAfter ? ', once set in kato' : '';
  const dips = capacity.during !== capacity.after || capacity.before !== capacity.after;
  const least =
    dips && capacity.during !== undefined && before && after
      ? `at least ${gib(capacity.during)} during the apply${percentNote}`
      : '';
  const rows = [
    row('nodes', nodes(before), nodes(after)),
    row('DEAs', String(deas(before).length), String(deas(after).length)),
    row(
      `memory for apps (${capacity.percentAfter} % of the DEAs' memory)`,
      gib(before ? capacity.before : 0),
      gib(after ? capacity.after : 0),
      least,
    ),
    row('memory of all nodes', gib(totalMemory(before)), gib(totalMemory(after)), 'at most what the licence counts'),
    row('zones of the DEAs', zones(deas(before)), zones(deas(after))),
    row('data volumes', volumes(before), volumes(after)),
    row('databases', databases(before), databases(after)),
    row('open to the world', world(plan, before, 'before'), world(plan, after, 'after')),
  ];
  // Unchanged rows are left out, except those that readers look for first.
  const wanted = (figure: Figure) => figure.before !== figure.after || figure === rows[2] || figure === rows.at(-1);
  return rows.filter(wanted);
}

function zones(nodes: readonly { readonly zone: string }[]): string {
  const counts = new Map<string, number>();
  for (const { zone } of nodes) counts.set(zone || 'default', (counts.get(zone || 'default') ?? 0) + 1);
  const parts = [...counts].sort(([a], [b]) => byName(a, b)).map(([zone, n]) => `${words(zone)} ${n}`);
  return parts.join(' · ') || 'none';
}

function volumes(manifest: Manifest | undefined): string {
  const disks = Object.values(manifest?.nodes ?? {}).flatMap((n) => (n.disk ? [n.disk.gib] : []));
  return disks.length === 0 ? 'none' : `${disks.length} (${disks.reduce((sum, size) => sum + size, 0)} GiB)`;
}

function databases(manifest: Manifest | undefined): string {
  const entries = Object.entries(manifest?.databases ?? {}).sort(([a], [b]) => byName(a, b));
  return (
    entries.map(([name, d]) => words(`${name} ${d.engine} ${d.version}, ${d.storageGib} GiB`)).join(' · ') || 'none'
  );
}

function world(plan: Plan, manifest: Manifest | undefined, side: 'before' | 'after'): string {
  const declared = (manifest?.rules ?? [])
    .filter((rule) => rule.from === 'world')
    .map((rule) => [rule.ports[0], rule.ports[1]] as const);
  const real = inboundRules(plan)
    [side].filter((rule) => isWorld(rule.peer) && rule.protocol !== 'icmp')
    .map((rule) => rule.ports);
  const texts = new Set([...declared, ...real].map((ports) => portText([ports[0], ports[1]])));
  return [...texts].sort(byName).join(', ') || 'none';
}
