import { randomBytes } from 'node:crypto';
import { assertPractice } from '../cloud-api/environment';
import { type OpenstackApi, object, openstackApi, text } from '../cloud-api/openstack/api';

export interface OpenstackSeedRequest {
  /** Key pairs that the cluster names. */
  readonly keyNames: readonly string[];
  /** Images that the cluster names. */
  readonly images: readonly string[];
  /** Names of secrets in Barbican, if the practice cloud has it. */
  readonly secrets: readonly string[];
}

export type OpenstackSeeded = OpenstackSeedRequest;

/**
 * Makes the missing key pairs, images and secrets that an operator has before a first deployment; returns what was made.
 * Images are empty; values are random and never shown. `env` is that of the practice cloud.
 * @throws ToolError when `env` does not lead to this machine, or the practice cloud refuses
 */
export async function seedOpenstack(
  request: OpenstackSeedRequest,
  env: NodeJS.ProcessEnv,
  signal?: AbortSignal,
): Promise<OpenstackSeeded> {
  assertPractice(env, 'openstack');
  const api = await openstackApi({ env, signal });
  const keyNames = missing(request.keyNames, await names(api.list('compute', '/os-keypairs', 'keypairs'), 'keypair'));
  for (const name of keyNames) await api.call('compute', 'POST', '/os-keypairs', { keypair: { name } });
  const images = missing(request.images, await names(api.list('image', '/images', 'images')));
  for (const name of images) await makeImage(api, name);
  const wanted = api.has('key-manager') ? request.secrets : [];
  const secrets = missing(wanted, wanted.length > 0 ? await names(api.list('key-manager', '/secrets', 'secrets')) : []);
  for (const name of secrets) {
    const value = { payload: randomBytes(24).toString('base64url'), payload_content_type: 'text/plain' };
    await api.call('key-manager', 'POST', '/secrets', { name, ...value });
  }
  return { keyNames, images, secrets };
}

async function makeImage(api: OpenstackApi, name: string): Promise<void> {
  const image = { name, disk_format: 'raw', container_format: 'bare' };
  const { id } = await api.call('image', 'POST', '/images', image);
  await api.call('image', 'PUT', `/images/${text(id)}/file`, Buffer.alloc(1 << 16));
}

async function names(list: ReturnType<OpenstackApi['list']>, inside?: string): Promise<string[]> {
  return (await list).flatMap((one) => {
    const of = inside === undefined ? one : object(one[inside]);
    return [text(of['name']), text(of['id'])];
  });
}

function missing(wanted: readonly string[], known: readonly string[]): string[] {
  return [...new Set(wanted)].filter((name) => !known.includes(name)).sort();
}
