import { quote } from '../base/shell';
import { tableLines } from '../base/table';
import { adviceText } from '../kato/advice';
import { katoWords } from '../kato/commands';
import type { Action, Hole, Step, Word } from '../kato/step';
import { type KatoVersion, parseVersion } from '../kato/version';
import { BALANCER, entryOf } from './entry';
import type { Pool, Topology } from './model';

/** The cluster as text: a picture, the nodes, and (unless switched off) the boot steps of each pool and the firewall rules. */
export function topologyText(topology: Topology, options: { boot?: boolean; rules?: boolean } = {}): string {
  const pools = [topology.core, ...Object.values(topology.pools)];
  const rows = pools.map((p) => [
    poolLabel(p),
    p.size,
    p.disk ? `${p.disk.gib} GiB kept` : '',
    p.roles.join(' ') + databaseArrows(topology, p),
  ]);
  const lines = [
    `cluster ${topology.cluster} · Stackato ${topology.version} · api.${topology.hostname} · firewall ${topology.firewall}`,
    '',
    picture(topology),
    '',
    ...tableLines({ rows }),
  ];
  if (options.boot !== false) {
    for (const pool of pools)
      lines.push(
        '',
        `${poolLabel(pool)}  first boot`,
        ...stepTexts(topology.version, pool.boot).map((l) => `    ${l}`),
      );
  }
  if (options.rules !== false) {
    lines.push('', ...topology.rules.map((r) => `allow ${r.from} → ${r.to} ${ports(r)} (${r.why}; ${r.sure})`));
  }
  return `${lines.join('\n').replace(/[ \t]+$/gm, '')}\n`;
}

function picture(topology: Topology): string {
  const { balancers, routers } = entryOf(topology);
  const deas = Object.values(topology.pools).filter((p) => p.roles.includes('dea'));
  const names = deas.flatMap((p) => (Object.keys(p.nodes).length > 4 ? [poolLabel(p)] : Object.keys(p.nodes)));
  const at = (role: string, pools: readonly Pool[]) => pools.map((p) => `${role}@${p.name}`).join(' ');
  const front = balancers.length > 0 ? `${at(BALANCER, balancers)} ─443─► ` : '';
  const via = `world ─443─► ${front}${at('router', routers)} ──► ${names.join(' ') || '(no dea)'}`;
  return `${via}          all nodes ─4222─► core`;
}

const poolLabel = (p: Pool) => (p.name === 'core' ? 'core' : `${p.name} ×${Object.keys(p.nodes).length}`);

function databaseArrows(topology: Topology, pool: Pool): string {
  const used = Object.values(topology.databases).filter((d) => d.usedBy.some((u) => u.pool === pool.name));
  return used.map((d) => ` ──► database ${d.name} (${d.engine} ${d.version}, ${d.storageGib} GiB)`).join('');
}

const ports = (r: { ports: readonly [number, number]; protocol: string }) =>
  r.protocol === 'all'
    ? 'everything'
    : `${r.ports[0] === r.ports[1] ? r.ports[0] : `${r.ports[0]}-${r.ports[1]}`}/${r.protocol}`;

/** The steps as an operator would type them, holes as `‹core.address›`. */
export function stepTexts(version: string, steps: readonly Step[]): string[] {
  const parsed = parseVersion(version);
  if ('problem' in parsed) throw new Error(parsed.problem);
  return steps.map((s) => actionText(parsed, s.action));
}

function actionText(version: KatoVersion, action: Action): string {
  switch (action.do) {
    case 'run':
      return `${action.as === 'stackato' ? '' : 'sudo '}${words(action.words)}`;
    case 'write':
      return `write ${action.path}`;
    case 'wait-core':
      return `wait for ‹core.address›:${action.port} (${action.why})`;
    case 'wait-database':
      return `wait until database ${action.name} accepts connections`;
    case 'verify-process':
      return `check that ${action.process} runs`;
    case 'mount':
      return `find the ${action.gib} GiB disk, format it if it is empty, mount it on ${action.mount}`;
    case 'share':
      return `share ${action.name}: ${action.files.join(' ')}`;
    case 'take':
      return `take ${action.name} from the core`;
    case 'make-key':
      return 'make the cluster key of the key of this node';
    case 'trust-key':
      return 'trust the cluster key for logins between nodes';
    case 'keep-folders':
      return `keep on ${action.mount}, with links: ${action.folders.map((one) => one.replace(/^\w+:/, '')).join(' ')}`;
    case 'verify-kept':
      return `check that the configuration store and the database work on ${action.mount}`;
    case 'verify-roles':
      return `check that ${adviceText(version, { do: 'list-nodes' })} shows ${action.roles.join(' ')} here, and nothing else`;
    case 'reboot':
      return 'sudo reboot';
    case 'ready':
      return `until kato ${words(katoWords(version, action))}; do sleep 3; done`;
    default:
      return `kato ${words(katoWords(version, action))}`;
  }
}

const words = (all: readonly Word[]) => all.map(wordText).join(' ');

function wordText(word: Word): string {
  if (typeof word === 'string') return quote(word);
  return ('hole' in word ? [word] : word).map((p) => (typeof p === 'string' ? p : `‹${holeText(p)}›`)).join('');
}

function holeText(hole: Hole): string {
  if (hole.hole === 'secret') return `secret.${hole.name}`;
  if (hole.hole === 'database') return `database.${hole.name}.${hole.attribute}`;
  return hole.hole;
}
