import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { writeWhole } from '../base/file';
import { count, ToolError } from '../base/input';
import { typedWord } from '../base/shell';
import type { Io } from '../base/voice';
import { findAwsOrphans } from '../cloud-api/aws/orphans';
import { assertPractice, isLoopback, type PracticeCloud, practiceAsked, withLab } from '../cloud-api/environment';
import type { OpenstackApi } from '../cloud-api/openstack/api';
import { findOpenstackOrphans } from '../cloud-api/openstack/orphans';
import { findEngine } from '../engine/engine';
import { ensureInit } from '../engine/init';
import { cliConfig, findMirrors, ownCliConfig, withTofu } from '../engine/mirror';
import { type Orphan, orphanText, readState, type StateFacts } from '../engine/orphans';
import { givenIn, hasProvider, namedEndpoints, readStackConfig } from '../engine/stack-config';
import type { StackRun } from '../engine/stack-run';
import { type AwsLab, awsLab } from '../lab/aws-lab';
import { seed } from '../lab/seed';
import { type AwsAccess, awsOf } from './aws';
import type { Foreign } from './foreign';
import { cloudsFiles, foreignProject, openstackOf, openstackPracticeEnv, seedOpenstackPractice } from './openstack';
import type { Target } from './target';
import { unfinishedRuns } from './unfinished';

/** Options that plan, deploy and destroy share. */
export interface DeploymentOptions {
  readonly cloud?: string;
  readonly practice?: boolean;
  /** Name or path of terraform or tofu. */
  readonly engine?: string;
  /** Folder of provider plugins. */
  readonly mirror?: string;
  readonly outdir?: string;
  /** The practice cloud to use. @default the one of this folder */
  readonly lab?: AwsLab;
}

/** What a verb works on: a stack, an engine, and the cloud that calls go to. */
export interface Deployment extends AwsAccess {
  readonly target: Target;
  readonly stack: StackRun;
  readonly practice: boolean;
  /** OpenStack's API, if the stack is for OpenStack and the environment says how to log in. */
  readonly openstack?: OpenstackApi;
}

/** moto's account: everything in it is practice. */
const PRACTICE_ACCOUNT = '123456789012';

/**
 * Prepares what plan, deploy and destroy need; in practice mode every call stays on this machine.
 * @throws ToolError when the engine is missing, the practice cloud is not up, or the credentials do not work
 */
export async function openDeployment(
  target: Target,
  options: DeploymentOptions,
  next: string,
  io: Io,
): Promise<Deployment> {
  const practice = options.practice === true || practiceAsked(process.env);
  const config = readStackConfig(target.dir);
  const cloud = hasProvider(config, 'openstack') ? 'openstack' : 'aws';
  const given = practice ? await practiceEnv(cloud, options) : realEnv(options.mirror);
  const env = practice || cloud !== 'openstack' ? given : { ...given, ...cloudsFiles(config, given) };
  if (practice) {
    assertPractice(env, cloud);
    const away = namedEndpoints(config).filter((url) => !isLoopback(url));
    if (away.length > 0) throw new ToolError(`practice mode is on, but the stack itself names ${away.join(', ')}`);
    if (!hasProvider(config, cloud))
      throw new ToolError(`practice mode is for AWS and OpenStack; ${target.stack} is for another cloud`);
  }
  // before any engine call: the cloud's own message about wrong credentials is the clearest
  const openstack = cloud === 'openstack' ? await openstackOf(config, env, io) : undefined;
  const aws = cloud === 'aws' ? await awsOf(config, { region: target.region, env, practice }, io) : {};
  const engine = await findEngine(env, options.engine, io.signal);
  const again = [
    ...(options.cloud === undefined ? [] : [`--cloud ${options.cloud}`]),
    ...(practice && !practiceAsked(process.env) ? ['--practice'] : []),
  ];
  const command = [next, ...again].join(' ');
  const stack: StackRun = {
    engine,
    dir: target.dir,
    env,
    signal: io.signal,
    stateFile: target.stateFile,
    next: command,
  };
  await ensureInit(stack);
  return { target, stack, practice, openstack, ...aws };
}

async function practiceEnv(cloud: PracticeCloud, options: DeploymentOptions): Promise<NodeJS.ProcessEnv> {
  if (cloud === 'openstack') return openstackPracticeEnv(mirrorConfig(options.mirror));
  return withLab(process.env, (options.lab ?? labHere({ mirror: options.mirror })).env());
}

/** The practice cloud of this folder, with mirrors for Terraform. */
export function labHere(options: { port?: number; faults?: boolean; mirror?: string; stateDir?: string } = {}): AwsLab {
  const { mirror, ...rest } = options;
  return awsLab({ ...rest, cliConfig: mirrorConfig(mirror) });
}

/** Makes the key pairs and secrets in the practice cloud that an operator has before a deployment. */
export async function seedPractice({ target, stack, openstack }: Deployment, io: Io): Promise<void> {
  if (openstack) return seedOpenstackPractice(target, stack, io);
  const made = await seed(target, stack.env, io.signal);
  if (made.keyNames.length > 0)
    io.err(`practice: made ${count(made.keyNames.length, 'key pair')}: ${made.keyNames.join(', ')}`);
  if (made.secrets.length > 0)
    io.err(`practice: made ${count(made.secrets.length, 'secret')}: ${made.secrets.join(', ')}`);
}

/** What a verb does about orphans. */
export interface OrphanOptions {
  /** Only list them: nothing will be created. */
  readonly listOrphans?: boolean;
  /** Go on despite them. */
  readonly ignoreOrphans?: boolean;
  /** Leave them to `heal`. */
  readonly heal?: boolean;
  /** Ids of orphans that may be deleted whatever made them; `heal` then runs too. */
  readonly remove?: readonly string[];
}

/**
 * Refuses a state of another cloud, a missing state, and orphans: resources in the cloud that are not in the state. Returns
 * the orphans.
 * @throws ToolError when the state is of another cloud or missing, or orphans are neither healed nor ignored
 */
export async function checkState(at: Deployment, options: OrphanOptions, io: Io): Promise<Orphan[]> {
  const { target, stack, unasked } = at;
  const state = await readState(stack);
  const foreign = foreignAccount(at, state.accounts) ?? foreignProject(at, state.projects);
  if (foreign) {
    throw new ToolError(
      `the state in ${target.stateFile} holds resources ${foreign.whose}; nothing was changed`,
      foreign.instead,
    );
  }
  if (unasked) {
    const why = [unasked.message, unasked.next].filter(Boolean).join('; ');
    io.err(`orphans of interrupted runs: not looked for: ${why}`);
  }
  const orphans = await orphansOf(at, state);
  const named = options.remove ?? [];
  if (!options.listOrphans && state.empty && unfinishedRuns(runOf(at)).length === 0 && orphans.length > named.length)
    throw stateMissing(at, orphans);
  if (!options.heal && named.length === 0) refuseOrphans(orphans, at, options, io);
  return orphans;
}

/**
 * Looks for copies that lost answers of the cloud have left behind a plan that is empty.
 * @throws ToolError with what the apply made and the state does not know
 */
export async function refuseCopies(at: Deployment, known: readonly Orphan[]): Promise<void> {
  const before = new Set(known.map(({ id }) => id));
  const copies = (await orphansOf(at)).filter(({ id }) => !before.has(id));
  if (copies.length === 0) return;
  throw new ToolError(
    `deployed, but the cloud has ${count(copies.length, 'resource')} more of cluster ${at.target.cluster} than the state, probably after lost answers\n${orphanLines(copies)}`,
    `${at.stack.next} --heal`,
  );
}

/** The note of an unfinished run is kept for each stack and cloud. */
export const runOf = ({ target: { stack }, practice }: Deployment) => ({ stack, practice });

/** A cluster that is in the cloud as a whole, under a state that knows nothing of it, is no leftover. */
function stateMissing({ target, stack }: Deployment, orphans: readonly Orphan[]): ToolError {
  const backup = `${target.stateFile}.backup`;
  const restore = existsSync(backup)
    ? `the backup ${typedWord(backup)} is here: look into it, and copy it to ${typedWord(target.stateFile)}`
    : 'run this where its state is, or restore the state from a backup';
  return new ToolError(
    `the state of ${target.stack} is missing: ${target.stateFile} has no resources, but the cloud has ${count(orphans.length, 'resource')} of cluster ${target.cluster}, and no run from here was interrupted; nothing was changed\n${orphanLines(orphans)}`,
    `${restore}; only if they may be deleted, name each one: ${stack.next} --remove ID`,
  );
}

const orphanLines = (orphans: readonly Orphan[]): string =>
  orphans.map((orphan) => `  ${orphanText(orphan)}`).join('\n');

/** Orphans of the cluster; none when the cloud's API cannot be called. */
export async function orphansOf(at: Deployment, known?: StateFacts): Promise<Orphan[]> {
  const { target, stack, api, openstack } = at;
  const { ids } = known ?? (await readState(stack));
  if (openstack) {
    const config = readStackConfig(stack.dir);
    const types = new Set(Object.keys(config.resource ?? {}));
    return findOpenstackOrphans(openstack, target.cluster, ids, { given: givenIn(config), types });
  }
  return api ? findAwsOrphans(api, target.cluster, ids) : [];
}

function foreignAccount({ practice, stack }: Deployment, accounts: ReadonlySet<string>): Foreign | undefined {
  const foreign = [...accounts].filter((account) => (account === PRACTICE_ACCOUNT) !== practice);
  if (foreign.length === 0) return undefined;
  if (practice)
    return { whose: `of a real account (${foreign.join(', ')})`, instead: 'use another folder for practice' };
  return { whose: 'of the practice cloud', instead: `${stack.next} --practice, or move that file away` };
}

/**
 * Refuses to go on over orphans, or only lists them.
 * @throws ToolError when they are not to be ignored
 */
function refuseOrphans(
  orphans: readonly Orphan[],
  { target: { cluster }, stack }: Deployment,
  options: Pick<OrphanOptions, 'ignoreOrphans' | 'listOrphans'>,
  io: Io,
): void {
  if (orphans.length === 0) return;
  const list = orphanLines(orphans);
  const found = `${count(orphans.length, 'orphan')} of cluster ${cluster} (not in the state)`;
  if (options.ignoreOrphans || options.listOrphans) {
    io.err(`the cloud has ${found}:\n${list}`);
    return;
  }
  throw new ToolError(
    `the cloud has ${found}, probably left by an interrupted run; nothing was changed\n${list}`,
    `${stack.next} --heal imports those that keep data into the state and deletes what an interrupted run made; --ignore-orphans goes on despite them`,
  );
}

/** The engine's environment for a real cloud. */
export function realEnv(mirror?: string): NodeJS.ProcessEnv {
  const env: NodeJS.ProcessEnv = { ...process.env, TF_IN_AUTOMATION: '1' };
  const text = mirrorConfig(mirror);
  if (text === undefined || !text.includes('filesystem_mirror')) return env;
  const file = resolve('.stackato', 'terraform.rc');
  writeWhole(file, text);
  return { ...env, TF_CLI_CONFIG_FILE: file };
}

/** Terraform's CLI configuration for the mirrors; undefined when the user has a configuration. */
export function mirrorConfig(mirror?: string): string | undefined {
  if (ownCliConfig(process.env) !== undefined) return undefined;
  return cliConfig(withTofu(findMirrors(process.env, { mirror }), resolve('.stackato', 'mirror')));
}
