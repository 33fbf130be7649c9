import type { AwsApi } from './api';
import { text } from './api';

/**
 * What a machine told its console: the last 64 KiB, as EC2 kept it some minutes ago (newer only on machine types that the
 * product's image cannot use). @throws ToolError when AWS refuses
 */
export async function awsConsole(api: AwsApi, machine: string): Promise<string> {
  const answer = await api.ec2('GetConsoleOutput', { InstanceId: machine });
  return Buffer.from(text(answer['output']), 'base64').toString();
}
