import type { AwsApi } from './api';

/**
 * The last 64 KiB of a machine's console, some minutes old (newer only on machine types that the product's image cannot
 * use).
 * @throws ToolError when AWS refuses
 */
export async function awsConsole(api: Pick<AwsApi, 'ec2'>, machine: string): Promise<string> {
  const { Output = '' } = await api.ec2('GetConsoleOutput', { InstanceId: machine });
  return Buffer.from(Output, 'base64').toString();
}
