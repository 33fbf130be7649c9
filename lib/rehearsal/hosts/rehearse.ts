import { appendFileSync } from 'node:fs';
import { join } from 'node:path';
import type { NodeResult, RehearsalEvent, RehearsalOptions, RehearsalResult } from '../contract';
import { faultNodes } from '../faults/place';
import { makeStrikes, type Strikes, type Struck } from '../faults/strike';
import { firewallNeeds } from '../host/needs';
import type { ClusterSource } from '../source/source';
import { readConsole } from '../timeline/stages';
import { makeTimeline, type Timeline } from '../timeline/timeline';
import { bootAll, makeWatch, visited, type Watches } from './boots';
import { type Hosts, makeHosts } from './hosts';
import { history, judge } from './judge';

/**
 * Boots all nodes at once from their own user data on hosts of this machine, and checks them on the core. Leaves nothing
 * behind.
 * @throws ToolError when the user lacks the rights, a tool is missing, or it is aborted
 */
export async function rehearse(
  cluster: ClusterSource,
  options: RehearsalOptions,
  onEvent: (event: RehearsalEvent) => void,
  signal: AbortSignal,
): Promise<RehearsalResult> {
  const watches = new Map(cluster.nodes.map((node) => [node.name, makeWatch()]));
  const consoles = new Map<string, string>();
  const unguarded = unguardedBy(cluster, options);
  let strikes: Strikes | undefined;
  const timeline = makeTimeline(
    cluster.nodes.map(({ name }) => name),
    () => performance.now() / 1000,
  );
  const hosts = await makeHosts(cluster, {
    ...options,
    firewall: unguarded === undefined,
    console(node, line) {
      const read = readConsole(line);
      const file = consoles.get(node);
      if (file) appendFileSync(file, `${line}\n`);
      if ('stage' in read) onEvent({ node, stage: read.stage });
      if ('host' in read) onEvent({ node, host: read.host });
      watches.get(node)!.tell(read);
      timeline.tell(node, read);
      if ('stage' in read && read.stage.state === 'started') strikes?.tell(node, read.stage.stage);
    },
    died: (node, detail) => watches.get(node)!.fail(`the host died: ${detail}`),
  });
  let kept = false;
  try {
    for (const name of watches.keys()) consoles.set(name, join(hosts.run.dir, 'nodes', name, 'console.log'));
    const limit = options.limit ?? 900;
    const core = options.core ?? 'core';
    const lose = (node: string, why: string) => watches.get(node)!.fail(why);
    strikes = makeStrikes(hosts, faultNodes(cluster, options.version, core), core, options.faults ?? [], lose);
    timeline.begin();
    const first = await visited(hosts, watches, options, signal, () => bootAll(hosts, watches, limit, signal, strikes));
    const lasted = timeline.read();
    await strikes.settle();
    const struck = await strikes.struck();
    const judged = await judge(cluster, hosts, options, first);
    const faults = struck.length > 0 ? { faults: struck } : {};
    const open = unguarded === undefined ? {} : { unguarded };
    const before = { ...judged, timeline: marked(lasted, struck), ...faults, ...open };
    const result =
      options.secondBoot && before.ok ? await again(cluster, hosts, options, watches, before, signal) : before;
    kept = typeof options.keep === 'function' ? options.keep(result) : options.keep === true;
    if (!kept) return result;
    hosts.letGo();
    const pids = result.nodes.map((node) => ({ ...node, pid: hosts.machines.get(node.name)?.pid() }));
    return { ...result, nodes: pids };
  } finally {
    await strikes?.stop();
    if (!kept) await hosts.close();
  }
}

/** Why nodes get no firewall: no rules are given, it is switched off, or this machine cannot make one. */
function unguardedBy(cluster: ClusterSource, options: RehearsalOptions): string | undefined {
  if (cluster.firewall === undefined) return 'no rules are given';
  if (options.firewall === false) return 'switched off by --no-firewall';
  const needs = firewallNeeds();
  return needs === undefined ? undefined : `nft is not installed: ${needs}`;
}

/** The timeline with the injected faults. */
function marked(timeline: Timeline, struck: readonly Struck[]): Timeline {
  const marks = struck.flatMap(({ text, node, hit, at }) => (hit && at !== undefined ? [{ node, at, text }] : []));
  return { ...timeline, marks: [...timeline.marks, ...marks].sort((a, b) => a.at - b.at) };
}

/** Boots everything a second time: no kato command may change anything, and the cluster must stay the same. */
async function again(
  cluster: ClusterSource,
  hosts: Hosts,
  options: RehearsalOptions,
  watches: Watches,
  before: RehearsalResult,
  signal: AbortSignal,
): Promise<RehearsalResult> {
  const machines = [...hosts.machines.values()];
  const counted = new Map(machines.map((machine) => [machine.name, history(machine).length]));
  await Promise.all(machines.map((machine) => machine.stop()));
  const boots = await bootAll(hosts, watches, options.limit ?? 900, signal);
  const after = await judge(cluster, hosts, options, boots);
  const nodes = before.nodes.map((node, i): NodeResult => {
    const lines = history(hosts.machines.get(node.name)!).slice(counted.get(node.name));
    const repeated = lines.map(
      (line) => `the second boot ran: kato ${(JSON.parse(line) as { kato: string[] }).kato.join(' ')}`,
    );
    const problems = [...after.nodes[i]!.problems.map((problem) => `second boot: ${problem}`), ...repeated];
    return { ...node, problems, ...(after.nodes[i]!.log === undefined ? {} : { log: after.nodes[i]!.log }) };
  });
  return { ...before, ok: nodes.every((node) => node.problems.length === 0), nodes };
}
