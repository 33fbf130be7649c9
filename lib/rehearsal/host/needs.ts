import { ToolError } from '../../base/input';
import { AS_ROOT, DISK_TOOLS, HOST_TOOLS, lackingOf, type MachineFacts, SCRIPT_TOOLS, type Tried } from '../ground';
import { here, program } from './program';
import { tryUserNamespace } from './user-namespace';

/** Examines this machine: installed programs, and what its kernel allows this user. */
export async function machineFacts(): Promise<MachineFacts> {
  const tools = Object.keys({ ...HOST_TOOLS, ...DISK_TOOLS, ...SCRIPT_TOOLS });
  const missing = tools.filter((tool) => !here(tool));
  const linux = process.platform === 'linux';
  const root = process.getuid?.() === 0;
  const able = linux && Object.keys(HOST_TOOLS).every(here);
  const not: Tried = { works: false, why: 'not tried' };
  const asRoot =
    able && root ? await tried('unshare', ['--mount', '--net', 'mount', '-t', 'tmpfs', 'try', '/mnt']) : not;
  const loops = asRoot.works && here('losetup') ? await tried('losetup', ['--find']) : not;
  const userNamespace = able && !asRoot.works ? await tryUserNamespace() : not;
  return { linux, root, missing, asRoot, loops, userNamespace };
}

/** @throws ToolError when the user is not root, or a program that hosts need is missing, with how to install it */
export function assertHosts(disks: boolean): void {
  if (process.platform !== 'linux' || process.getuid?.() !== 0)
    throw new ToolError('hosts need network namespaces and mounts, which need root on Linux', AS_ROOT);
  const tools = disks ? { ...HOST_TOOLS, ...DISK_TOOLS } : HOST_TOOLS;
  const lacks = lackingOf(
    Object.keys(tools).filter((tool) => !here(tool)),
    tools,
  );
  if (lacks.names !== '') throw new ToolError(`a rehearsal needs ${lacks.names} on this machine`, lacks.install);
}

/** What to install so that a rehearsal tests the firewall; undefined when it is installed. */
export const firewallNeeds = (): string | undefined => (here('nft') ? undefined : 'apt-get install nftables');

async function tried(name: string, words: readonly string[]): Promise<Tried> {
  try {
    await program(name, words);
    return { works: true };
  } catch (error) {
    const said = error instanceof ToolError ? error.detail : undefined;
    return { works: false, why: said?.split('\n')[0] || (error as Error).message };
  }
}
