import { count, ToolError } from '../../lib/base/input';
import { duration, type Io } from '../../lib/base/voice';
import { findAws } from '../../lib/cloud-api/aws/api';
import { awsConsole } from '../../lib/cloud-api/aws/console';
import { openstackConsole } from '../../lib/cloud-api/openstack/console';
import {
  deployedCluster,
  loginTo,
  type NodesOptions,
  outputsOf,
  ownStack,
  refuseUnreachable,
} from '../../lib/deploy/deployed';
import { realEnv } from '../../lib/deploy/deployment';
import { openstackOf } from '../../lib/deploy/openstack';
import { type Synthesize, type Target, targetWords } from '../../lib/deploy/target';
import { readStackConfig } from '../../lib/engine/stack-config';
import { bootLines, bootProblem } from '../../lib/operate/boot-text';
import { bootCause, HOW_TO_LOOK } from '../../lib/operate/causes';
import { chosenNodes } from '../../lib/operate/delivery-plan';
import { consoleLooker, firstLooker, type Looker, shellLooker } from '../../lib/operate/look';
import { sshPlaces } from '../../lib/operate/places';
import { sshShell } from '../../lib/operate/ssh';
import { type NodeBoot, type WaitOptions, waitForBoot } from '../../lib/operate/wait';
import type { Manifest, NodeAddress } from '../../lib/topology/manifest';
import { synthesizeTarget } from '../synthesize';
import { type LiveStream, liveLines } from '../terminal/live-lines';
import type { DeliverParts } from './deliver';

export interface WaitVerbOptions extends NodesOptions {
  /** Limit for all nodes together, seconds. @default 3600 */
  readonly limit?: number;
  /** How the boot is read. @default over ssh, else from the console */
  readonly via?: 'ssh' | 'console';
}

/** Reads the console of a machine by its id in the cloud. */
export type ReadConsole = (machine: string) => Promise<string>;

/** Dependencies of the verb; tests replace them. */
export interface WaitParts extends Pick<DeliverParts, 'shell'> {
  readonly synthesize: Synthesize;
  readonly outputs: (target: Target, options: WaitVerbOptions, io: Io) => Promise<Readonly<Record<string, unknown>>>;
  /** Undefined when the environment has no credentials. */
  readonly console: (target: Target, options: WaitVerbOptions, io: Io) => Promise<ReadConsole | undefined>;
  readonly stream?: LiveStream;
  readonly clock?: Pick<WaitOptions, 'sleep' | 'now'>;
}

const PARTS: WaitParts = { synthesize: synthesizeTarget, outputs: outputsOf, shell: sshShell, console: consoleOf };

/** `wait TARGET`: waits until all nodes have booted; exits 1 when one failed or the limit is over. */
export async function run(
  args: readonly string[],
  options: WaitVerbOptions,
  io: Io,
  parts: WaitParts = PARTS,
): Promise<number> {
  const name = args[0] ?? '.';
  const words = targetWords(name, options.cloud);
  const target = await ownStack(name, options, 'wait', parts.synthesize, io);
  refuseUnreachable(options, words, 'none of them boots');
  const outputs = await parts.outputs(target, options, io);
  const { manifest, addresses } = deployedCluster(outputs, target.stack, words);
  const nodes = chosenNodes(manifest, options.node);
  const looking = await lookers(target, addresses, options, io, parts);
  const limit = options.limit ?? 3600;
  const lines = liveLines(parts.stream ?? (io.json ? process.stderr : process.stdout), process.env);
  try {
    const notify = (seen: readonly NodeBoot[]) => lines.show(bootLines(seen));
    const settings = { notify, signal: io.signal, limitSeconds: limit, ...looking.pause, ...parts.clock };
    const done = await waitForBoot(nodes, looking.looker, settings);
    lines.clear();
    return finish(words, manifest, done, limit, io);
  } finally {
    await looking.close();
  }
}

interface Looking {
  readonly looker: Looker;
  readonly pause: Pick<WaitOptions, 'pauseSeconds'>;
  close(): Promise<void>;
}

/** Over ssh first, which shows most and without delay; the console when ssh shows nothing. */
async function lookers(
  target: Target,
  addresses: Readonly<Record<string, NodeAddress>>,
  options: WaitVerbOptions,
  io: Io,
  parts: WaitParts,
): Promise<Looking> {
  const { via } = options;
  const read = via === 'ssh' ? undefined : await parts.console(target, options, io);
  if (via === 'console' && !read)
    throw new ToolError("the environment has no credentials for the cloud's API", 'set them, or use --via ssh');
  const machines = Object.fromEntries(Object.entries(addresses).map(([node, { machine }]) => [node, machine]));
  const told = read ? [consoleLooker(machines, read)] : [];
  // A console changes slowly, and the cloud limits the rate of requests.
  if (via === 'console') {
    io.err("consoles show the last lines of each node only, and lag: EC2's by some minutes");
    return { looker: firstLooker(told), pause: { pauseSeconds: 30 }, close: async () => undefined };
  }
  const shell = await parts.shell(loginTo(sshPlaces(target.cluster, addresses), options));
  return { looker: firstLooker([shellLooker(shell), ...told]), pause: {}, close: () => shell.close() };
}

/** The cloud's API, when the environment has credentials for it. */
async function consoleOf(target: Target, options: WaitVerbOptions, io: Io): Promise<ReadConsole | undefined> {
  const env = realEnv(options.mirror);
  if (target.manifest?.cloud === 'aws') return awsConsoles(target, env, options, io);
  if (!env['OS_AUTH_URL'] && !env['OS_CLOUD'] && options.via !== 'console') return undefined;
  const api = await openstackOf(readStackConfig(target.dir), env, io);
  return api && ((machine) => openstackConsole(api, machine));
}

/** @internal Consoles on AWS; required when no other way of looking is left. */
export async function awsConsoles(
  target: Pick<Target, 'region'>,
  env: NodeJS.ProcessEnv,
  options: Pick<WaitVerbOptions, 'via'>,
  io: Io,
): Promise<ReadConsole | undefined> {
  const alone = options.via === 'console';
  const found = await findAws({ region: target.region, env, signal: io.signal }).catch((error: unknown) => {
    if (alone || !(error instanceof ToolError)) throw error;
    return error;
  });
  if (!(found instanceof ToolError)) return (machine) => awsConsole(found, machine);
  if (alone) throw found;
  io.err(`consoles are not read: ${[found.message, found.next].filter(Boolean).join('; ')}`);
  return undefined;
}

function finish(words: string, manifest: Manifest, done: readonly NodeBoot[], limit: number, io: Io): number {
  const context = { target: words, cloud: manifest.cloud, version: manifest.version, nodes: done };
  const open = done.filter(({ boot }) => boot.state !== 'booted');
  const failed = open.some(({ boot }) => boot.state === 'failed' || boot.state === 'stopped');
  const result = open.length === 0 ? 'booted' : failed ? 'failed' : io.signal.aborted ? 'interrupted' : 'late';
  if (io.json) {
    const nodes = done.map((node) => ({ node: node.node, from: node.from, ...node.boot, ...bootCause(node, context) }));
    io.out(JSON.stringify({ result, cluster: manifest.cluster, nodes }));
  } else
    io.out(
      bootLines(done)
        .map(({ text }) => text)
        .join('\n'),
    );
  if (open.length === 0) {
    if (!io.json) io.out(`next: ${count(done.length, 'node')} booted; log in at https://api.${manifest.hostname}`);
    return 0;
  }
  const late = result === 'late' ? ` after ${duration(limit)}` : '';
  io.err(`${io.color.red('✗')} ${bootProblem(open, context, done.length, late)}`);
  if (!io.json) io.out(`${HOW_TO_LOOK}\nnext: cdktf-stackato wait ${words}`);
  return 1;
}
