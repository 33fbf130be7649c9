import { awsApi } from '../lib/cloud-api/aws-api';
import { assertPractice } from '../lib/cloud-api/environment';
import { ToolError } from '../lib/input';
import { deployedSource } from '../lib/rehearsal/source/deployed';
import { standIn } from '../lib/rehearsal/source/stand-in';
import { awsSynth } from '../lib/rehearsal/source/synth-aws';
import { readResources } from '../lib/rehearsal/source/synth-resources';
import type { Io } from './io';
import type { BootGround, BootOptions } from './rehearsal';
import type { Target } from './target';

/** Nodes of a stack for AWS, and the store that they ask for secrets. @throws ToolError when nothing is deployed */
export async function awsBoot(
  target: Target,
  practice: () => NodeJS.ProcessEnv,
  options: BootOptions,
  io: Io,
): Promise<BootGround> {
  if (options.from === 'synth') {
    const { cluster, secrets, parameters } = awsSynth(readResources(target.dir));
    const made = Object.fromEntries(target.secrets.map((secret) => [secret, 'rehearsed']));
    return { source: cluster, ...(await standIn({ ...secrets, ...made }, parameters)) };
  }
  const env = practice();
  assertPractice(env, 'aws');
  const api = awsApi({ region: target.region, env, signal: io.signal });
  const source = await deployedSource(api, target.cluster).catch((error: unknown) => {
    if (error instanceof ToolError) throw new ToolError(error.message, options.deploy, error.detail);
    throw error;
  });
  return { source, endpoint: env['AWS_ENDPOINT_URL']!, close: () => Promise.resolve() };
}
