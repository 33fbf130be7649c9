import { resolve } from 'node:path';
import { writeWhole } from '../base/file';
import { count, ToolError } from '../base/input';
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

/** Where a verb works: a stack, an engine, and the cloud that its calls go to. */
export interface Deployment extends AwsAccess {
  readonly target: Target;
  readonly stack: StackRun;
  readonly practice: boolean;
  /** The cloud's API, where it is OpenStack and the environment says how to log in. */
  readonly openstack?: OpenstackApi;
}

/** moto's account: what lies in it is practice, whatever else is true. */
const PRACTICE_ACCOUNT = '123456789012';

/**
 * Makes ready what plan, deploy and destroy need; in practice mode every call stays on this machine.
 * @throws ToolError when the engine is missing, the practice cloud is not up, or a state is of the other kind
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
    if (away.length > 0) throw new ToolError(`practice is asked for, but the stack itself names ${away.join(', ')}`);
    if (!hasProvider(config, cloud))
      throw new ToolError(`practice is for AWS and OpenStack; ${target.stack} is for another cloud`);
  }
  // before the engine is asked for anything: wrong credentials are said best by the cloud itself
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

/** The practice cloud of this folder, with the mirrors that Terraform is to use. */
export function labHere(options: { port?: number; faults?: boolean; mirror?: string; stateDir?: string } = {}): AwsLab {
  const { mirror, ...rest } = options;
  return awsLab({ ...rest, cliConfig: mirrorConfig(mirror) });
}

/** Fills the practice cloud with what an operator has before a deployment. */
export async function seedPractice({ target, stack, openstack }: Deployment, io: Io): Promise<void> {
  if (openstack) return seedOpenstackPractice(target, stack, io);
  const made = await seed(target, stack.env, io.signal);
  if (made.keyNames.length > 0)
    io.err(`practice: made ${count(made.keyNames.length, 'key pair')}: ${made.keyNames.join(', ')}`);
  if (made.secrets.length > 0)
    io.err(`practice: made ${count(made.secrets.length, 'secret')}: ${made.secrets.join(', ')}`);
}

/**
 * Refuses to go on where the state belongs to another kind of cloud, or the cloud holds what the state does not know;
 * returns that where it is to be healed.
 * @throws ToolError with the list, and what to do about it
 */
export async function checkState(
  at: Deployment,
  options: { ignoreOrphans?: boolean; heal?: boolean },
  io: Io,
): Promise<Orphan[]> {
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
    io.err(`left-overs of interrupted runs: not looked for: ${why}`);
  }
  const orphans = await orphansOf(at, state);
  if (!options.heal) refuseOrphans(orphans, at, options, io);
  return orphans;
}

/** What the cloud holds of a cluster and the state does not know; nothing where the cloud can't be asked. */
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
  if (practice) return { whose: `of a real account (${foreign.join(', ')})`, instead: 'practise in another folder' };
  return { whose: 'of the practice cloud', instead: `${stack.next} --practice, or move that file away` };
}

/** Refuses to go on over what the cloud holds and the state does not know, or only shows it. @throws ToolError */
function refuseOrphans(
  orphans: readonly Orphan[],
  { target: { cluster }, stack }: Deployment,
  options: { ignoreOrphans?: boolean },
  io: Io,
): void {
  if (orphans.length === 0) return;
  const list = orphans.map((orphan) => `  ${orphanText(orphan)}`).join('\n');
  const what = count(orphans.length, 'thing');
  const found = `${what} under the tag of cluster ${cluster} that the state does not know`;
  if (options.ignoreOrphans) {
    io.err(`the cloud holds ${found}:\n${list}`);
    return;
  }
  throw new ToolError(
    `the cloud holds ${found}, most likely left by an interrupted run; nothing was changed\n${list}`,
    `${stack.next} --heal takes into the state what keeps data and deletes the rest; --ignore-orphans goes on in spite of them`,
  );
}

/** The environment of an engine that works on a real cloud. */
export function realEnv(mirror?: string): NodeJS.ProcessEnv {
  const env: NodeJS.ProcessEnv = { ...process.env, TF_IN_AUTOMATION: '1' };
  const text = mirrorConfig(mirror);
  if (text === undefined || !text.includes('filesystem_mirror')) return env;
  const file = resolve('.stackato', 'terraform.rc');
  writeWhole(file, text);
  return { ...env, TF_CLI_CONFIG_FILE: file };
}

/** Text of Terraform's CLI configuration for the mirrors; nothing where the user has a configuration of their own. */
export function mirrorConfig(mirror?: string): string | undefined {
  if (ownCliConfig(process.env) !== undefined) return undefined;
  return cliConfig(withTofu(findMirrors(process.env, { mirror }), resolve('.stackato', 'mirror')));
}
