import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ToolError } from '../../base/input';
import { spokenVersion } from '../../kato/advice';
import { namesIn } from '../../kato/commands';
import type { NodeResult, RehearsalOptions, RehearsalResult } from '../contract';
import { impliedIn, type Shown, shownBy } from '../generations';
import type { Machine } from '../host/machine';
import type { ClusterSource } from '../source/source';
import { lastStage } from '../timeline/stages';
import { nodeProblems } from '../verdict';
import type { Boot } from './boots';
import type { Hosts } from './hosts';

/** Asks the core about every node and compares with the declaration. */
export async function judge(
  cluster: ClusterSource,
  hosts: Hosts,
  options: RehearsalOptions,
  boots: ReadonlyMap<string, Boot>,
): Promise<RehearsalResult> {
  const core = hosts.machines.get(options.core ?? 'core');
  const say = async (line: string) => (core ? core.kato(line).catch((e: Error) => said(e)) : '');
  let { list, status }: Shown = { list: new Map(), status: new Map() };
  // Do not wait for a node whose boot has failed; without its core there is no cluster.
  const failed = cluster.nodes.filter(({ name }) => boots.get(name)?.progress.end?.error !== undefined);
  // Every half minute, a node checks for processes that are FATAL after an outage of the core; after five minutes, for those
  // that still start.
  const long = options.faults?.length ? 400_000 : 60_000;
  const patience = failed.some(({ name }) => name === core?.name) ? 3_000 : long;
  const open = options.faults?.length ? /^(STARTING|FATAL)|no answer/ : /^STARTING|no answer/;
  const settled = () =>
    list.size > 0 &&
    [...list.keys()].every((address) => {
      if (failed.some((node) => node.address === address)) return true;
      const states = [...(status.get(address)?.values() ?? [])];
      return states.length > 0 && !states.some((state) => open.test(state));
    });
  // On a later boot, the product starts while the boot script has nothing to do; a minute is enough for the model.
  for (const end = Date.now() + patience; core && !settled() && Date.now() < end; ) {
    ({ list, status } = await shownBy(options.version, say));
    if (!settled()) await new Promise((resolve) => setTimeout(resolve, 500));
  }
  const nodes = cluster.nodes.map((node): NodeResult => {
    const { progress, seconds } = boots.get(node.name)!;
    const machine = hosts.machines.get(node.name)!;
    const error = progress.end?.error;
    const expected = namesIn(spokenVersion(options.version), options.expected[node.name] ?? []);
    const implied = machine === core ? impliedIn(options.version) : undefined;
    const compared = nodeProblems(expected, list.get(node.address), status.get(node.address), implied);
    return {
      name: node.name,
      address: node.address,
      stages: progress.stages.filter((stage) => stage.stage !== lastStage),
      seconds,
      roles: list.get(node.address) ?? [],
      told: told(machine),
      configSet: history(machine).filter((line) => /"config","set"/.test(line)).length,
      problems: error === undefined ? compared : [error, ...compared],
      ...(error === undefined ? {} : { error }),
      ...(error === undefined ? {} : { log: tail(machine) }),
    };
  });
  return { ok: nodes.every((node) => node.problems.length === 0), nodes };
}

/** kato's output, also with another exit code than 0: a FATAL role makes `kato status` fail. */
function said(error: Error): string {
  return error instanceof ToolError ? (error.detail ?? '') : '';
}

/** kato's commands on a node so far, a line of JSON each. */
export function history(machine: Machine): string[] {
  const file = join(machine.files, 'home/stackato/.kato-model/history');
  return existsSync(file) ? readFileSync(file, 'utf8').split('\n').filter(Boolean) : [];
}

/** kato's commands on a node that changed something, each once, sorted. */
function told(machine: Machine): string[] {
  const lines = history(machine).map((line) => JSON.parse(line) as { kato: string[]; code: number });
  return [...new Set(lines.filter(({ code }) => code === 0).map(({ kato }) => kato.join(' ')))].sort();
}

/** The last lines of the boot script's log, else of cloud-init's. */
function tail(machine: Machine): string {
  const files = ['var/log/stackato-node.log', 'var/log/cloud-init-output.log', 'var/log/boot.log'];
  const file = files
    .map((name) => join(machine.files, name))
    .find((name) => existsSync(name) && readFileSync(name).length > 0);
  return file ? readFileSync(file, 'utf8').trimEnd().split('\n').slice(-20).join('\n') : '';
}
