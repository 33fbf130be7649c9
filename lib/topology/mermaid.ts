import { entryOf } from './entry';
import type { Pool, Topology } from './model';

/** The cluster as a Mermaid flow chart. */
export function topologyMermaid(topology: Topology): string {
  const pools = Object.values(topology.pools);
  const deas = pools.filter((p) => p.roles.includes('dea'));
  const lines = ['flowchart LR', `  core["core: ${topology.core.roles.join(', ')}${disk(topology.core)}"]`];
  for (const p of pools)
    lines.push(`  ${id(p.name)}["${p.name} ×${Object.keys(p.nodes).length}: ${p.roles.join(', ')}${disk(p)}"]`);
  for (const d of Object.values(topology.databases))
    lines.push(`  db_${id(d.name)}[("${d.name}: ${d.engine} ${d.version}, ${d.storageGib} GiB")]`);
  const { balancers, routers } = entryOf(topology);
  for (const p of [topology.core, ...pools].filter((x) => x.world))
    lines.push(`  world((world)) -->|443| ${id(p.name)}`);
  for (const b of balancers) for (const r of routers) lines.push(`  ${id(b.name)} -->|443| ${id(r.name)}`);
  for (const r of routers) for (const d of deas) lines.push(`  ${id(r.name)} -->|apps| ${id(d.name)}`);
  for (const p of pools) lines.push(`  ${id(p.name)} -->|4222| core`);
  for (const d of Object.values(topology.databases))
    for (const u of d.usedBy) lines.push(`  ${id(u.pool)} -->|${u.role}| db_${id(d.name)}`);
  return `${lines.join('\n')}\n`;
}

const id = (name: string) => name.replaceAll('-', '_');
const disk = (p: Pool) => (p.disk ? `, ${p.disk.gib} GiB kept` : '');
