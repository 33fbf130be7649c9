import { type AwsApi, text } from './aws-api';
import { type OpenstackApi, text as openstackText } from './openstack-api';

/** Lines of a console that are asked for. */
const LINES = 500;

/**
 * What a machine told its console: the last 64 KiB, as EC2 kept it some minutes ago (newer only on machine types that the
 * product's image cannot use). @throws ToolError when AWS refuses
 */
export async function awsConsole(api: AwsApi, machine: string): Promise<string> {
  const answer = await api.ec2('GetConsoleOutput', { InstanceId: machine });
  return Buffer.from(text(answer['output']), 'base64').toString();
}

/** The last lines that a server told its console. @throws ToolError when Nova refuses, as some drivers do */
export async function openstackConsole(api: OpenstackApi, machine: string): Promise<string> {
  const body = { 'os-getConsoleOutput': { length: LINES } };
  const answer = await api.call('compute', 'POST', `/servers/${encodeURIComponent(machine)}/action`, body);
  return openstackText(answer['output']);
}
