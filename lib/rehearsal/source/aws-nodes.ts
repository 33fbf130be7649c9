import { ToolError } from '../../base/input';
import type { Io } from '../../base/voice';
import { awsApi } from '../../cloud-api/aws/api';
import type { Target } from '../../deploy/target';
import type { BootOptions, BootSource } from '../contract';
import { deployedSource } from './deployed';
import { standIn } from './stand-in';
import { awsSynth } from './synth-aws';
import { readResources } from './synth-resources';

/**
 * Nodes of an AWS stack, and their secret store.
 * @throws ToolError when nothing is deployed
 */
export async function awsBoot(
  target: Target,
  practice: () => NodeJS.ProcessEnv,
  options: BootOptions,
  io: Io,
): Promise<BootSource> {
  if (options.from === 'synth') {
    const { cluster, secrets, parameters } = awsSynth(readResources(target.dir));
    const made = Object.fromEntries(target.secrets.map((secret) => [secret, 'rehearsed']));
    return { source: cluster, ...(await standIn({ ...secrets, ...made }, parameters)) };
  }
  const env = practice();
  const api = awsApi({ region: target.region, env, practice: true, signal: io.signal });
  const source = await deployedSource(api, target.cluster).catch((error: unknown) => {
    if (error instanceof ToolError) throw new ToolError(error.message, options.deploy, error.detail);
    throw error;
  });
  return { source, endpoint: env['AWS_ENDPOINT_URL']!, close: () => Promise.resolve() };
}
