import type { AwsApi } from './api';

/**
 * What a machine told its console: the last 64 KiB, as EC2 kept it some minutes ago (newer only on machine types that the
 * product's image cannot use). @throws ToolError when AWS refuses
 */
export async function awsConsole(api: Pick<AwsApi, 'ec2'>, machine: string): Promise<string> {
  const { Output = '' } = await api.ec2('GetConsoleOutput', { InstanceId: machine });
  return Buffer.from(Output, 'base64').toString();
}
