import { randomUUID } from 'node:crypto';
import { ToolError } from '../../base/input';
import type { Io } from '../../base/voice';
import { assertPractice, withLab } from '../../cloud-api/environment';
import { type OpenstackApi, object, openstackApi, text } from '../../cloud-api/openstack/api';
import type { Target } from '../../deploy/target';
import { NODE_PORTS, openstackLab } from '../../lab/openstack-lab';
import { deliver, deliveryProblem } from '../../operate/deliver';
import { type DeliveryPlan, planDelivery } from '../../operate/delivery-plan';
import type { Manifest } from '../../topology/manifest';
import { CREDENTIAL } from '../../topology/manifest';
import type { BootOptions, BootSource } from '../contract';
import { openstackSource } from './openstack';
import { type Credential, openstackStandIn } from './stand-in-openstack';
import { notedDatabases, openstackSynth } from './synth-openstack';
import { readResources } from './synth-resources';

/** Value of every secret that an operator would supply. */
const MADE_UP = 'rehearsed';

/**
 * Nodes of an OpenStack stack, their secret store, and an operator who delivers files as the verb `deliver` does.
 * @throws ToolError when nothing is deployed, or the practice cloud is not up
 */
export async function openstackBoot(
  target: Target,
  manifest: Manifest,
  options: BootOptions,
  io: Io,
): Promise<BootSource> {
  const plan = planDelivery(manifest);
  return options.from === 'synth' ? synthesized(target, manifest, plan) : deployed(target, plan, options, io);
}

async function synthesized(target: Target, manifest: Manifest, plan: DeliveryPlan): Promise<BootSource> {
  const source = openstackSynth(readResources(target.dir));
  if (!plan.asked.includes(CREDENTIAL)) {
    return { source, visit: visit(plan, undefined), close: () => Promise.resolve() };
  }
  const credential = { id: randomUUID(), secret: MADE_UP };
  const secrets = Object.fromEntries(target.secrets.map((name) => [name, MADE_UP]));
  const { endpoint, close } = await openstackStandIn(manifest.region, credential, secrets);
  // Keystone's address is in the script; like all other addresses of the cloud, it is chosen here.
  const moved = (userData: Buffer) =>
    Buffer.from(userData.toString().replaceAll(`'${target.authUrl}'`, `'${endpoint}/v3'`));
  const nodes = source.nodes.map((node) => ({ ...node, userData: moved(node.userData) }));
  const loopback = [Number(new URL(endpoint).port)];
  return { source: { ...source, nodes }, loopback, visit: visit(plan, credential), close };
}

async function deployed(target: Target, plan: DeliveryPlan, options: BootOptions, io: Io): Promise<BootSource> {
  const lab = openstackLab();
  const login = async (user: 'demo' | 'admin') => {
    const env = withLab(process.env, await lab.env(user));
    assertPractice(env, 'openstack');
    return openstackApi({ env, signal: io.signal });
  };
  // Nova shows user data to administrators only; this one is in the same project.
  const admin = await login('admin');
  const databases = notedDatabases(readResources(target.dir));
  const source = await openstackSource(admin, target.cluster, databases).catch((error: unknown) => {
    if (error instanceof ToolError) throw new ToolError(error.message, options.deploy, error.detail);
    throw error;
  });
  if (!plan.asked.includes(CREDENTIAL)) {
    return { source, visit: visit(plan, undefined), close: () => Promise.resolve() };
  }
  const { credential, close } = await applicationCredential(await login('demo'), `rehearsal of ${target.cluster}`);
  return { source, loopback: NODE_PORTS, visit: visit(plan, credential), close };
}

/** An application credential for the duration of the rehearsal; a leftover of an interrupted rehearsal is replaced. */
async function applicationCredential(api: OpenstackApi, name: string) {
  const path = `/users/${api.userId}/application_credentials`;
  const remove = async () => {
    const all = await api.list('identity', path, 'application_credentials');
    for (const one of all.filter((each) => each['name'] === name))
      await api.call('identity', 'DELETE', `${path}/${text(one['id'])}`);
  };
  await remove();
  const body = { application_credential: { name, unrestricted: false } };
  const made = object((await api.call('identity', 'POST', path, body))['application_credential']);
  return { credential: { id: text(made['id']), secret: text(made['secret']) }, close: remove };
}

/** Delivers as an operator would, with made-up values except the credential. */
function visit(plan: DeliveryPlan, credential: Credential | undefined): BootSource['visit'] {
  const value = (name: string) => (name === CREDENTIAL && credential ? JSON.stringify(credential) : MADE_UP);
  const values = new Map(plan.asked.map((name) => [name, Buffer.from(value(name))]));
  return async (shell, signal) => {
    const problem = deliveryProblem(await deliver(plan, values, shell, { signal }));
    if (problem) throw problem;
  };
}
