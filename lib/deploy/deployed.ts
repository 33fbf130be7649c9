import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { InputError, ToolError } from '../base/input';
import type { Io } from '../base/voice';
import { practiceAsked } from '../cloud-api/environment';
import { findEngine } from '../engine/engine';
import { ensureInit } from '../engine/init';
import { readOutputs } from '../engine/outputs';
import type { StackRun } from '../engine/stack-run';
import type { SshShellOptions } from '../operate/ssh';
import { ADDRESSES_OUTPUT, MANIFEST_OUTPUT, type Manifest, type NodeAddress } from '../topology/manifest';
import { type DeploymentOptions, realEnv } from './deployment';
import type { Synthesize, Target } from './target';

/** Options shared by the verbs that reach deployed nodes. */
export interface NodesOptions extends Pick<DeploymentOptions, 'cloud' | 'engine' | 'mirror' | 'outdir'> {
  /** Only these nodes. @default all */
  readonly node?: readonly string[];
  readonly identity?: string;
  /** @default stackato */
  readonly user?: string;
}

/**
 * The target with its own cluster's manifest.
 * @throws InputError when the stack only joins another stack's cluster
 */
export async function ownStack(name: string, options: NodesOptions, verb: string, synthesize: Synthesize, io: Io) {
  const target = await synthesize(name, { cloud: options.cloud, outdir: options.outdir }, io);
  const { manifest } = target;
  if (manifest) return { ...target, manifest };
  const message = `${target.stack} only joins another stack's cluster; ${verb} with the stack that has the core`;
  throw new InputError(name, [{ path: '', message, rule: 'stack-core' }]);
}

/**
 * Refuses practice mode and a missing key file; `means` says why practice does not fit.
 * @throws ToolError when practice mode is on
 * @throws InputError when the key file does not exist
 */
export function refuseUnreachable({ identity }: NodesOptions, words: string, means: string): void {
  if (practiceAsked(process.env)) {
    const why = `practice mode is on: machines of the practice cloud do not run, so ${means}`;
    throw new ToolError(why, `cdktf-stackato rehearse ${words}`);
  }
  if (identity !== undefined && !existsSync(identity))
    throw new InputError('--identity', [{ path: identity, message: 'no such file', rule: 'file' }]);
}

/**
 * The manifest of the deployed cluster.
 * @throws ToolError when the state has no cluster
 */
export function deployedCluster(
  outputs: Readonly<Record<string, unknown>>,
  stack: string,
  words: string,
): { readonly manifest: Manifest; readonly addresses: Readonly<Record<string, NodeAddress>> } {
  const manifest = outputs[MANIFEST_OUTPUT] as Manifest | undefined;
  const addresses = outputs[ADDRESSES_OUTPUT] as Readonly<Record<string, NodeAddress>> | undefined;
  if (manifest && addresses) return { manifest, addresses };
  const why = manifest ? 'was written by an older version and has no node addresses' : 'has no cluster yet';
  throw new ToolError(`the state of ${stack} ${why}`, `cdktf-stackato deploy ${words}`);
}

/** Outputs of the deployed stack; the engine does not get secrets from the environment. */
export async function outputsOf(
  target: Target,
  options: Pick<NodesOptions, 'engine' | 'mirror'>,
  io: Io,
): Promise<Readonly<Record<string, unknown>>> {
  const all = Object.entries(realEnv(options.mirror));
  const env = Object.fromEntries(all.filter(([name]) => !name.startsWith('STACKATO_SECRET_')));
  const engine = await findEngine(env, options.engine, io.signal);
  const next = 'deploy it from this folder first, or run this where its state is';
  const stack: StackRun = { engine, dir: target.dir, env, signal: io.signal, stateFile: target.stateFile, next };
  await ensureInit(stack);
  return readOutputs(stack);
}

/** How to log in to the nodes. */
export function loginTo(
  places: SshShellOptions['places'],
  { identity, user = 'stackato' }: NodesOptions,
): SshShellOptions {
  const knownHosts = resolve('.stackato', 'known_hosts');
  return { places, user, knownHosts, ...(identity ? { identity: resolve(identity) } : {}) };
}
