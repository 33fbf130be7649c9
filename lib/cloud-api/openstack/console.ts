import { type OpenstackApi, text } from './api';

/** Lines to fetch from a console. */
const LINES = 500;

/**
 * The last lines of a server's console.
 * @throws ToolError when Nova refuses, as some drivers do
 */
export async function openstackConsole(api: OpenstackApi, machine: string): Promise<string> {
  const body = { 'os-getConsoleOutput': { length: LINES } };
  const answer = await api.call('compute', 'POST', `/servers/${encodeURIComponent(machine)}/action`, body);
  return text(answer['output']);
}
