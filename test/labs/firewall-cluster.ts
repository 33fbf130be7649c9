import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { synthesizeTarget } from '../../bin/synthesize';
import type { Target } from '../../lib/deploy/target';
import type { Reach } from '../../lib/model/connections';
import type { RehearsalResult } from '../../lib/rehearsal/contract';
import { raiseFirewall } from '../../lib/rehearsal/host/firewall';
import { clean, type Run, runOf } from '../../lib/rehearsal/host/ledger';
import { answersAt, hubOf, netFile, spaceOf } from '../../lib/rehearsal/host/network';
import { program } from '../../lib/rehearsal/host/program';
import { bootTarget } from '../../lib/rehearsal/rehearse-target';
import type { ClusterSource, FirewallRule } from '../../lib/rehearsal/source/source';
import { awsSynth } from '../../lib/rehearsal/source/synth-aws';
import { openstackSynth } from '../../lib/rehearsal/source/synth-openstack';
import { readResources } from '../../lib/rehearsal/source/synth-resources';
import type { Manifest } from '../../lib/topology/manifest';
import { collectedIo } from '../collected-io';
import { edgePlan } from '../model/edge-plan';
import { edgesOf, OUTSIDE, type PortEdge } from '../rehearsal/port-edges';
import { type Outcome, type Probe, probeIn, type Try } from './firewall-probe';

/** A booted cluster, its firewall, and a way to try its edges under other rules. */
export interface Booted {
  readonly result: RehearsalResult;
  readonly rules: readonly FirewallRule[];
  readonly edges: readonly PortEdge[];
  /** What the model's processes say of their own connections, by node. */
  reached(): Record<string, { settled: boolean; edges: Reach[] }>;
  /** What comes of every edge under these rules. */
  outcomes(rules: readonly FirewallRule[]): Promise<Outcome[]>;
  close(): Promise<void>;
}

/** Boots a declaration's stack for a cloud as it was synthesized, firewall and all, and leaves it running. */
export async function boot(yaml: string, cloud: 'aws' | 'openstack'): Promise<Booted> {
  const folder = mkdtempSync(join(tmpdir(), 'stackato-firewall-'));
  try {
    const file = join(folder, 'cluster.yaml');
    writeFileSync(file, yaml);
    const io = collectedIo({ json: true, signal: AbortSignal.timeout(400_000) });
    const target = await synthesizeTarget(file, { cloud, outdir: join(folder, 'out') }, io);
    const { manifest } = target;
    if (!manifest) throw new Error('no manifest');
    const run = runOf(target.cluster);
    const options = { from: 'synth', keep: true, deploy: '', limit: 300 } as const;
    const result = await bootTarget(target, manifest, options, io.step('booted'), io);
    const source = synthesized(target, cloud);
    return { result, ...(await proving(run, source, manifest)) };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function synthesized(target: Target, cloud: 'aws' | 'openstack'): ClusterSource {
  const resources = readResources(target.dir);
  return cloud === 'aws' ? awsSynth(resources).cluster : openstackSynth(resources);
}

async function proving(run: Run, source: ClusterSource, manifest: Manifest): Promise<Omit<Booted, 'result'>> {
  const rules = source.firewall ?? [];
  const spaces = [hubOf(run), ...source.nodes.map(({ name }) => spaceOf(run, name))];
  // Otherwise the kernel says only now and then that something was refused.
  for (const space of spaces)
    await program('nsenter', [`--net=${netFile(space)}`, 'sh', '-c', 'echo 0 >/proc/sys/net/ipv4/icmp_ratemask']);
  for (const name of ['world', 'operator'])
    await program('ip', ['-n', hubOf(run), 'address', 'add', `${OUTSIDE[name]}/32`, 'dev', 'br0']);

  const edges = edgesOf(edgePlan(source, manifest));
  const addresses: Record<string, string> = {
    ...OUTSIDE,
    ...Object.fromEntries(source.nodes.map(({ name, address }) => [name, address])),
    ...Object.fromEntries(source.databases.map((database, i) => [database.host, answersAt(database, i)])),
  };
  const probes = new Map<string, Probe>([
    ['hub', probeIn(hubOf(run))],
    ...source.nodes.map(({ name }): [string, Probe] => [name, probeIn(spaceOf(run, name))]),
  ]);
  const tried = (edge: PortEdge): Try => ({
    host: addresses[edge.to]!,
    port: edge.port,
    protocol: edge.protocol,
    ...(edge.from in OUTSIDE ? { from: OUTSIDE[edge.from]! } : {}),
  });
  return {
    rules,
    edges,
    reached: () =>
      Object.fromEntries(
        source.nodes.map(({ name }) => {
          const file = join(run.dir, 'nodes', name, 'upper/home/stackato/.kato-model/edges.json');
          return [name, JSON.parse(readFileSync(file, 'utf8')) as { settled: boolean; edges: Reach[] }];
        }),
      ),
    async outcomes(now) {
      await raiseFirewall(run, source, now, 'tell');
      const found = new Map<PortEdge, Outcome>();
      await Promise.all(
        [...probes].map(async ([name, probe]) => {
          const own = edges.filter((edge) => (edge.from in OUTSIDE ? 'hub' : edge.from) === name);
          for (const [i, outcome] of (await probe.outcomes(own.map(tried))).entries()) found.set(own[i]!, outcome);
        }),
      );
      return edges.map((edge) => found.get(edge)!);
    },
    async close() {
      for (const probe of probes.values()) probe.end();
      await clean(run);
    },
  };
}
