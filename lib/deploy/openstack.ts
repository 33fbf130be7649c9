import { InputError, ToolError } from '../base/input';
import type { Io } from '../base/voice';
import { withLab } from '../cloud-api/environment';
import { type OpenstackApi, openstackApi } from '../cloud-api/openstack/api';
import { readCloud } from '../cloud-api/openstack/clouds';
import { clusterFaults, type ServerFault, volumeFaults } from '../cloud-api/openstack/faults';
import { needsOfPlan, needsOfStack } from '../cloud-api/openstack/needs';
import { openstackProblems } from '../cloud-api/openstack/preflight';
import type { EnginePlan } from '../engine/run';
import { readStackConfig, type StackConfig } from '../engine/stack-config';
import type { StackRun } from '../engine/stack-run';
import { openstackLab } from '../lab/openstack-lab';
import { seedOpenstack } from '../lab/openstack-seed';
import type { Foreign } from './foreign';
import type { Target } from './target';

/** The OpenStack part of a deployment. */
interface OpenstackDeployment {
  readonly target: Target;
  readonly openstack?: OpenstackApi;
}

/**
 * The environment of the OpenStack practice cloud.
 * @throws ToolError when it is not up
 */
export async function openstackPracticeEnv(cliConfig: string | undefined): Promise<NodeJS.ProcessEnv> {
  const lab = openstackLab(cliConfig === undefined ? {} : { cliConfig });
  return withLab(process.env, await lab.env());
}

/**
 * Logs in as the engine will: by the environment, or by an entry of clouds.yaml; undefined when we do not support the
 * entry's login method.
 * @throws ToolError when the cloud refuses
 * @throws InputError when the entry is missing or incomplete
 */
export async function openstackOf(
  config: StackConfig,
  env: NodeJS.ProcessEnv,
  io: Io,
): Promise<OpenstackApi | undefined> {
  const provider = providerOf(config);
  const cloud = provider('cloud') ?? env['OS_CLOUD'];
  const entry = cloud ? readCloud(cloud, env) : undefined;
  if (entry?.unsupported) {
    io.err(
      `orphans, quota and names are not checked: ${entry.file} logs in by ${entry.unsupported}; only Terraform supports that`,
    );
    return undefined;
  }
  const login = entry ? { ...withoutLogin(env), ...entry.variables } : env;
  const OS_AUTH_URL = provider('auth_url') ?? login['OS_AUTH_URL'];
  const OS_REGION_NAME = provider('region') ?? env['OS_REGION_NAME'] ?? login['OS_REGION_NAME'];
  try {
    return await openstackApi({ env: { ...login, OS_AUTH_URL, OS_REGION_NAME }, signal: io.signal });
  } catch (error) {
    if (!(error instanceof ToolError) || !error.next) throw error;
    // the declaration's region takes precedence
    if (provider('region') && /OS_REGION_NAME/.test(error.next)) {
      const next = 'write the region of your cloud as clouds.openstack.region; check OS_INTERFACE';
      throw new ToolError(error.message, next, error.detail);
    }
    if (!entry) throw error;
    throw new ToolError(error.message, `check clouds.${cloud} in ${entry.file}`, error.detail);
  }
}

/**
 * What the engine needs to find clouds.yaml: it runs in the stack's folder, where relative paths do not work. It looks for
 * secure.yaml in two places only, and no variable names another, so secrets are passed on as variables.
 */
export function cloudsFiles(config: StackConfig, env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  const cloud = providerOf(config)('cloud') ?? env['OS_CLOUD'];
  if (!cloud) return {};
  const { file, secureFile, variables } = readCloud(cloud, env);
  const secrets = Object.entries(variables).filter(([name]) => /_(PASSWORD|SECRET)$/.test(name));
  return { OS_CLIENT_CONFIG_FILE: file, ...(secureFile ? Object.fromEntries(secrets) : {}) };
}

/** Settings of the stack's provider block. */
function providerOf(config: StackConfig): (key: string) => string | undefined {
  const [provider] = config.provider?.['openstack'] ?? [];
  return (key) => (typeof provider?.[key] === 'string' ? String(provider[key]) : undefined);
}

/** An entry of clouds.yaml is not mixed with variables of an openrc file for another cloud. */
function withoutLogin(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  return Object.fromEntries(Object.entries(env).filter(([name]) => !name.startsWith('OS_')));
}

/**
 * Detects a state with no resource in the project of the login. Each cloud makes its own project ids, so this also detects
 * another cloud. Undefined for a state without networks, groups or ports.
 */
export function foreignProject(
  {
    openstack,
    practice,
    stack,
  }: OpenstackDeployment & { readonly practice: boolean; readonly stack: { next: string } },
  projects: ReadonlySet<string>,
): Foreign | undefined {
  if (!openstack || projects.size === 0 || projects.has(openstack.projectId)) return undefined;
  const list = [...projects].sort().join(', ');
  const whose = `of another OpenStack project (${list}; this login is for ${openstack.projectId})`;
  if (!practice) {
    const instead = `log in to that project; if it was practice: ${stack.next} --practice; or move that file away`;
    return { whose, instead };
  }
  return {
    whose,
    instead: 'use another folder for practice; if `lab reset` emptied the practice cloud, move that file away',
  };
}

/**
 * Checks that the cloud has everything that the synthesized stack names.
 * @throws InputError with everything that is missing
 */
export async function checkNames({ openstack, target }: OpenstackDeployment): Promise<void> {
  if (!openstack) return;
  const problems = await openstackProblems(openstack, needsOfStack(readStackConfig(target.dir)));
  if (problems.length > 0) throw new InputError(target.stack, problems);
}

/**
 * Checks that the cloud has everything that a plan names, and the quota for what it creates.
 * @throws InputError with everything that is missing; nothing was created
 */
export async function checkPlan({ openstack, target }: OpenstackDeployment, plan: EnginePlan): Promise<void> {
  if (!openstack) return;
  const problems = await openstackProblems(openstack, needsOfPlan(plan.json));
  if (problems.length > 0) throw new InputError(target.stack, problems);
}

/** What to change in the declaration, for refusals that do not say it themselves. */
function hintOf(failed: ServerFault | ToolError): string[] {
  if (!(failed instanceof ToolError)) {
    const { apart } = failed;
    return apart
      ? [
          `nodes of a pool must be on different hosts (antiAffinity: hard): write fewer for ${apart}, or antiAffinity: soft`,
        ]
      : [];
  }
  // Neutron refuses fixed addresses to all but the network's owner
  if (!/create_port:fixed_ips:ip_address\b.* is disallowed by policy/.test(failed.detail ?? '')) return [];
  const why = 'the network belongs to another project, so only Neutron may choose addresses';
  return [`${why}: remove coreAddress from clouds.openstack.network`];
}

/** Runs a piece of work; on failure, adds Nova's reason for servers in ERROR, which the engine does not read. */
export async function withFaults<T>({ openstack, target }: OpenstackDeployment, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (!openstack || !(error instanceof ToolError)) throw error;
    const faults = await clusterFaults(openstack, target.cluster).catch(() => []);
    const volumes = await volumeFaults(openstack, target.cluster).catch(() => []);
    const lines = [
      ...faults.map(({ server, message }) => `server ${server} is in ERROR; Nova says: ${message}`),
      ...volumes.map(({ volume, status, messages: [said], next }) => {
        const why = said === undefined ? '' : `; Cinder says: ${said}`;
        return `volume ${volume} is in ${status}${why}; ${next}`;
      }),
    ];
    const hints = new Set([...faults, error].flatMap(hintOf));
    if (lines.length + hints.size === 0) throw error;
    throw new ToolError(error.message, error.next, [...lines, ...hints, error.detail].filter(Boolean).join('\n'));
  }
}

/** Makes the key pairs, images and secrets in the practice cloud that an operator has before a deployment. */
export async function seedOpenstackPractice(target: Target, stack: StackRun, io: Io): Promise<void> {
  const images = Object.values(needsOfStack(readStackConfig(stack.dir)).images ?? {});
  const { keyNames, secrets } = target;
  const made = await seedOpenstack({ keyNames, images, secrets }, stack.env, io.signal);
  const all = [...made.keyNames, ...made.images, ...made.secrets];
  if (all.length > 0) io.err(`practice: made ${all.join(', ')}`);
}
