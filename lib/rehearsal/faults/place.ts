import { didYouMean, InputError, type Problem } from '../../base/input';
import type { ClusterSource } from '../source/source';
import { type Fault, type FaultNode, POWER } from './contract';
import { faults } from './index';
import { stagesOf } from './stages';

/** A fault with its place: what `ID:NODE@MOMENT+SECONDS` means. */
export interface Placed {
  readonly fault: Fault;
  readonly node: string;
  /** A stage of the node's boot script, or `power`. */
  readonly moment: string;
  readonly seconds: number;
}

/** The nodes of a cluster as faults see them. `core`: name of the core. */
export function faultNodes(cluster: ClusterSource, version: string, core: string): FaultNode[] {
  return cluster.nodes.map((source) => ({
    name: source.name,
    core: source.name === core,
    version,
    source,
    cluster,
    stages: stagesOf(source.userData),
  }));
}

/** Maximum duration of a fault, seconds; no rehearsal lasts longer. */
const LONGEST = 86_400;

const usual = (fault: Fault) => fault.seconds ?? 8;

/** All places of a fault in a cluster, node by node. */
export function placesOf(fault: Fault, nodes: readonly FaultNode[]): Placed[] {
  return nodes.flatMap((node) =>
    fault.hits(node).map((moment) => ({ fault, node: node.name, moment, seconds: usual(fault) })),
  );
}

/** Its text for `--fault`, with the duration if it is not the default. */
export function faultText({ fault, node, moment, seconds }: Placed): string {
  return `${fault.id}:${node}@${moment}${seconds === usual(fault) ? '' : `+${seconds}`}`;
}

/**
 * Reads the values of `--fault`: `ID[:NODE][@MOMENT][+SECONDS]`; without node or moment, the first that the fault can hit.
 * @throws InputError when a value names nothing, with the nearest name
 */
export function parseFaults(words: readonly string[], nodes: readonly FaultNode[]): Placed[] {
  const problems: Problem[] = [];
  const placed = words.flatMap((word) => {
    const found = parseOne(word, nodes);
    if (typeof found !== 'string') return [found];
    problems.push({ path: '--fault', message: found, rule: 'rehearse-fault' });
    return [];
  });
  if (problems.length > 0) throw new InputError('rehearse', problems);
  return placed;
}

function parseOne(word: string, nodes: readonly FaultNode[]): Placed | string {
  const match = /^([^:@+]+)(?::([^@+]+))?(?:@([^+]+))?(?:\+(\d+))?$/.exec(word);
  if (!match) return `"${word}" is not a fault; write ID, ID:NODE@STAGE or ID:NODE@STAGE+SECONDS`;
  const [, id, node, moment, seconds] = match as unknown as [string, string, string?, string?, string?];
  const ids = faults.map((fault) => fault.id);
  const fault = faults.find((one) => one.id === id);
  if (!fault) return `unknown fault "${id}"${didYouMean(id, ids)} (known: ${ids.join(', ')})`;
  const names = nodes.map(({ name }) => name);
  if (node !== undefined && !names.includes(node))
    return `unknown node "${node}"${didYouMean(node, names)} (the cluster has ${names.join(', ')})`;
  const places = placesOf(fault, nodes);
  if (places.length === 0) return `${id} can hit no node of this cluster: ${fault.about}`;
  const here = places.filter((place) => node === undefined || place.node === node);
  if (here.length === 0)
    return `${id} cannot hit ${node}; write one of ${[...new Set(places.map((place) => place.node))].join(', ')}`;
  const wanted = moment?.replaceAll('-', '_');
  const found = here.find((place) => wanted === undefined || place.moment === wanted);
  if (!found) {
    const moments = [...new Set(here.map((place) => place.moment))];
    return `${id} cannot hit at "${moment}"${didYouMean(moment ?? '', moments)} (${node ?? 'this cluster'} has ${moments.join(', ')})`;
  }
  if (Number(seconds ?? 0) > LONGEST) return `"${word}" lasts longer than a day; write at most +${LONGEST}`;
  return seconds === undefined ? found : { ...found, seconds: Number(seconds) };
}

/** Whether it hits at power on, before the boot script runs. */
export const atPower = ({ moment }: Placed) => moment === POWER;
