import { type OpenstackApi, text } from './api';

/** Lines of a console that are asked for. */
const LINES = 500;

/** The last lines that a server told its console. @throws ToolError when Nova refuses, as some drivers do */
export async function openstackConsole(api: OpenstackApi, machine: string): Promise<string> {
  const body = { 'os-getConsoleOutput': { length: LINES } };
  const answer = await api.call('compute', 'POST', `/servers/${encodeURIComponent(machine)}/action`, body);
  return text(answer['output']);
}
