import { ToolError } from '../../base/input';
import { AS_ROOT, DISK_TOOLS, HOST_TOOLS, lackingOf, type MachineFacts, SCRIPT_TOOLS, type Tried } from '../ground';
import { here, program } from './program';
import { tryUserNamespace } from './user-namespace';

/** Looks at this machine: which programs are here, and what its kernel lets this user do. */
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

/** @throws ToolError without root or without a program that hosts need: says which, and how to get it */
export function assertHosts(disks: boolean): void {
  if (process.platform !== 'linux' || process.getuid?.() !== 0)
    throw new ToolError('hosts are made of network namespaces and mounts: that needs root on Linux', AS_ROOT);
  const tools = disks ? { ...HOST_TOOLS, ...DISK_TOOLS } : HOST_TOOLS;
  const lacks = lackingOf(
    Object.keys(tools).filter((tool) => !here(tool)),
    tools,
  );
  if (lacks.names !== '') throw new ToolError(`a rehearsal needs ${lacks.names} on this machine`, lacks.install);
}

/** What to install so that a rehearsal shows what firewalls block; nothing where it is there. */
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
