import type { Io, StepView } from '../base/voice';
import { withLab } from '../cloud-api/environment';
import { labHere } from '../deploy/deployment';
import type { Target } from '../deploy/target';
import { chosenNodes } from '../operate/delivery-plan';
import type { Manifest } from '../topology/manifest';
import type { BootOptions, RehearsalEvent, RehearsalResult } from './contract';
import { drawFaults } from './faults/draw';
import { outcomeOf } from './faults/outcome';
import { faultNodes, faultText, type Placed, parseFaults } from './faults/place';
import { shorten } from './faults/stages';
import { chooseGround, type Ground } from './ground';
import { machineFacts } from './host/needs';
import { rehearse } from './hosts/rehearse';
import { rehearseOnOneHost } from './one-host/one-host';
import { refuseFaults, refuseRoles, refuseWishes } from './refusals';
import { awsBoot } from './source/aws-nodes';
import { openstackBoot } from './source/openstack-nodes';
import type { ClusterSource, NodeSource } from './source/source';
import { rehearseInUserNamespace } from './user-namespace/user-namespace';

/** The result of a rehearsal, with its injected faults. */
export interface Rehearsed extends RehearsalResult {
  /** The values of `--fault` that repeat the same faults. */
  readonly faultWords: readonly string[];
  /** Whether the outcome is the required one for these faults, and why; absent without faults. */
  readonly judged?: ReturnType<typeof outcomeOf>;
  /** Where the nodes booted. */
  readonly ground: Ground['way'];
  /** How it ran and why, if something was left out. */
  readonly why?: string;
  /** What it did not test. */
  readonly notShown: readonly string[];
}

/**
 * Boots all nodes of a stack on hosts of this machine and compares the cluster with what was declared.
 * @throws InputError when this cluster cannot have a fault, or an option does not work where the nodes boot
 */
export async function bootTarget(
  target: Target,
  manifest: Manifest,
  options: BootOptions,
  step: Pick<StepView, 'note' | 'table'>,
  io: Io,
): Promise<Rehearsed> {
  const env = options.env ?? (() => withLab(process.env, labHere().env()));
  const wanted = rehearsed(manifest, options.nodes);
  refuseRoles(manifest, wanted);
  const ground = options.ground ?? chooseGround(await machineFacts());
  refuseWishes(ground, { ...options, keep: options.keep === true });
  const cloud =
    manifest.cloud === 'openstack'
      ? await openstackBoot(target, manifest, options, io)
      : await awsBoot(target, env, options, io);
  const { close, source: whole, ...around } = cloud;
  const source = { ...whole, nodes: whole.nodes.filter(({ name }) => wanted.has(name)) };
  try {
    const expected = Object.fromEntries(Object.entries(manifest.nodes).map(([node, { roles }]) => [node, roles]));
    const { secondBoot, limit, firewall } = options;
    const faults = chosen(source, manifest.version, options);
    refuseFaults(ground, faults);
    const wrong = (result: RehearsalResult) =>
      faults.length > 0 ? outcomeOf(faults, result).outcome === 'wrong' : !result.ok;
    const keep = options.keep === 'failed' ? wrong : options.keep;
    const named = { name: target.cluster, version: manifest.version, expected };
    const given = { ...named, ...around, secondBoot, keep, limit, firewall };
    const nodes = faults.some(endless)
      ? source.nodes.map((node) => short(node, options.stageLimit ?? 60))
      : source.nodes;
    const patience = faults.some(endless) ? 15 : undefined;
    const watch = watching(source, step);
    const way = { hosts: rehearse, 'user-namespace': rehearseInUserNamespace, 'one-host': rehearseOnOneHost }[
      ground.way
    ];
    const settings = { ...given, faults, patience, disks: ground.disks };
    const result = await way({ ...source, nodes }, settings, watch, io.signal);
    const judged = faults.length > 0 ? { judged: outcomeOf(faults, result) } : {};
    const { way: where, said, notShown } = ground;
    const shown = { ground: where, ...(said === undefined ? {} : { why: said }), notShown };
    return { ...result, faultWords: faults.map(faultText), ...judged, ...shown };
  } finally {
    await close();
  }
}

/**
 * The nodes to boot: the named ones, and the core, which all need.
 * @throws InputError when the cluster has no node of a name
 */
export function rehearsed(manifest: Manifest, named: readonly string[] = []): ReadonlySet<string> {
  const chosen = chosenNodes(manifest, named);
  return new Set(manifest.nodes['core'] ? ['core', ...chosen] : chosen);
}

const endless = ({ fault }: Placed) => fault.expected !== 'converges';
const short = (node: NodeSource, seconds: number) => ({ ...node, userData: shorten(node.userData, seconds) });

function chosen(source: ClusterSource, version: string, { faults, seed }: BootOptions): Placed[] {
  const nodes = faultNodes(source, version, 'core');
  return [...parseFaults(faults ?? [], nodes), ...(seed === undefined ? [] : drawFaults(seed, nodes))];
}

/** Progress: a line per node with its finished stages and the current one. */
function watching(source: ClusterSource, step: Pick<StepView, 'note' | 'table'>): (event: RehearsalEvent) => void {
  const now = new Map(source.nodes.map((node) => [node.name, 'power on']));
  const behind = new Map(source.nodes.map((node) => [node.name, new Set<string>()]));
  const width = Math.max(...source.nodes.map(({ name }) => name.length));
  const row = ([node, stage]: [string, string]) =>
    [node.padEnd(width), ...behind.get(node)!, stage === 'booted' ? stage : `› ${stage}`].join(' ');
  return (event) => {
    if ('host' in event) {
      if (event.host.event === 'reboot') now.set(event.node, 'reboot');
    } else if (event.stage.stage === 'boot')
      now.set(event.node, event.stage.state === 'done' ? 'booted' : event.stage.state);
    else if (event.stage.state === 'done') behind.get(event.node)!.add(event.stage.stage);
    else {
      const why = event.stage.error ? ` (${event.stage.error.slice(0, 80)})` : '';
      now.set(event.node, `${event.stage.stage}${why}`);
    }
    step.note([...now].map(([node, stage]) => `${node} ${stage}`).join(' · '));
    step.table([...now].map(row));
  };
}
