import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { synthesizeTarget } from '../bin/synthesize';
import { ToolError } from '../lib/base/input';
import { quietIo } from '../lib/base/voice';
import { knowsAction } from '../lib/kato/commands';
import { parseVersion } from '../lib/kato/version';
import type { NodeResult, RehearsalResult } from '../lib/rehearsal/contract';
import type { FaultNode } from '../lib/rehearsal/faults/contract';
import { type Judged, outcomeOf } from '../lib/rehearsal/faults/outcome';
import { faultNodes, type Placed } from '../lib/rehearsal/faults/place';
import { shorten } from '../lib/rehearsal/faults/stages';
import { rehearse } from '../lib/rehearsal/hosts/rehearse';
import { awsBoot } from '../lib/rehearsal/source/aws-nodes';

/** Limit of a stage when a fault does not heal, seconds; hosts then also give up metadata sooner. */
const STAGE_LIMIT = 40;
const PATIENCE = 15;

export interface Tried extends Judged {
  readonly result: RehearsalResult;
}

/** A shipped cluster, ready to boot any number of times, also in parallel. */
export interface FaultCluster {
  readonly name: string;
  readonly nodes: readonly FaultNode[];
  /** Boots it once; `slot` separates parallel runs. */
  boot(placed: readonly Placed[], slot: number): Promise<RehearsalResult>;
  /** Boots it with faults, and compares with the declaration and with the kato commands of a boot without faults. */
  attempt(placed: readonly Placed[], slot: number): Promise<Tried>;
}

/** The file of a shipped cluster, or of `mvp@3.2`, which is the same with another version of the product. */
function fileOf(name: string, outdir: string): string {
  const [shipped, version] = name.split('@') as [string, string?];
  const file = join('stacks', `${shipped}.yaml`);
  if (version === undefined) return file;
  const known = parseVersion(version);
  if ('problem' in known) throw new ToolError(known.problem);
  const lines = readFileSync(file, 'utf8').replace(/^version: .*/m, `version: "${version}"`);
  mkdirSync(outdir, { recursive: true });
  const other = join(outdir, `${shipped}.yaml`);
  writeFileSync(other, knowsAction(known, 'license-set') ? lines : lines.replace(/^license.*\n/gm, ''));
  return other;
}

/**
 * Synthesizes a shipped cluster for AWS into a folder and boots it once undisturbed: `mvp`, or `mvp@3.2`.
 * @throws ToolError when that fails
 */
export async function faultCluster(name: string, outdir: string, signal: AbortSignal): Promise<FaultCluster> {
  const io = quietIo(signal);
  const target = await synthesizeTarget(fileOf(name, outdir), { cloud: 'aws', outdir }, io);
  const manifest = target.manifest!;
  // New for each run: what a core shares stays in the store of its run.
  const synthesized = () => awsBoot(target, () => ({}), { from: 'synth', deploy: '' }, io);
  const first = await synthesized();
  await first.close();
  const expected = Object.fromEntries(Object.entries(manifest.nodes).map(([node, { roles }]) => [node, roles]));

  const boot: FaultCluster['boot'] = async (placed, slot) => {
    const { source, close, ...around } = await synthesized();
    const endless = placed.some(({ fault }) => fault.expected !== 'converges');
    const nodes = endless
      ? source.nodes.map((node) => ({ ...node, userData: shorten(node.userData, STAGE_LIMIT) }))
      : source.nodes;
    const patience = endless ? PATIENCE : undefined;
    const rest = { version: manifest.version, expected, ...around, faults: placed, limit: 600, patience };
    const options = { name: `faults-${name}-${slot}`, ...rest };
    return rehearse({ ...source, nodes }, options, () => undefined, signal).finally(close);
  };
  const clean = await boot([], 0);
  if (!clean.ok) {
    const problems = clean.nodes.flatMap((node) => node.problems.map((problem) => `${node.name}: ${problem}`));
    throw new ToolError(`${name} does not boot without faults`, undefined, problems.join('\n'));
  }
  const told = new Map(clean.nodes.map((node) => [node.name, node.told]));
  return {
    name,
    nodes: faultNodes(first.source, manifest.version, 'core'),
    boot,
    async attempt(placed, slot) {
      const result = await boot(placed, slot);
      const judged = outcomeOf(placed, result);
      const silent = result.nodes.flatMap((node) => untold(node, told.get(node.name) ?? []));
      if (judged.outcome !== 'converged' || silent.length === 0) return { ...judged, result };
      return { outcome: 'wrong', why: silent.join('; '), result };
    },
  };
}

/** kato commands of a boot without faults that this one lacks. */
function untold({ name, told }: NodeResult, wanted: readonly string[]): string[] {
  return wanted.filter((line) => !told.includes(line)).map((line) => `${name}: never did kato ${line}`);
}
