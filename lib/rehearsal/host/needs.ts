import { accessSync, constants } from 'node:fs';
import { ToolError } from '../../input';

/** Programs that hosts need, and the Debian package that has each. */
const tools: Readonly<Record<string, string>> = {
  ip: 'iproute2',
  nsenter: 'util-linux',
  unshare: 'util-linux',
  flock: 'util-linux',
  losetup: 'mount',
  mount: 'mount',
  su: 'util-linux',
  'mkfs.ext4': 'e2fsprogs',
  blkid: 'util-linux',
  blockdev: 'util-linux',
  curl: 'curl',
  python3: 'python3-minimal',
};

// Nodes have a plain PATH: what is only elsewhere does not count.
const folders = ['/usr/local/sbin', '/usr/local/bin', '/usr/sbin', '/usr/bin', '/sbin', '/bin'];

/** @throws ToolError without root or without a program that hosts need: says which, and how to get it */
export function assertHosts(): void {
  if (process.platform !== 'linux' || process.getuid?.() !== 0) {
    throw new ToolError(
      'a rehearsal makes network namespaces, mounts and loop devices: it needs root on Linux',
      'run it as root: sudo -E env "PATH=$PATH" cdktf-stackato rehearse …',
    );
  }
  const missing = Object.keys(tools).filter((tool) => !here(tool));
  if (missing.length === 0) return;
  const packages = [...new Set(missing.map((tool) => tools[tool]!))].join(' ');
  throw new ToolError(`a rehearsal needs ${missing.join(', ')} on this machine`, `apt-get install ${packages}`);
}

/** What to install so that a rehearsal shows what firewalls block; nothing where it is there. */
export const firewallNeeds = (): string | undefined => (here('nft') ? undefined : 'apt-get install nftables');

/** Whether a program is where nodes look for it. */
export const here = (tool: string): boolean => folders.some((folder) => runs(`${folder}/${tool}`));

function runs(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
