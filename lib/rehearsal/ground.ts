import { ToolError } from '../base/input';

/** The result of a test on this machine: it works, or why not, and the remedy. */
export type Tried =
  | { readonly works: true }
  | { readonly works: false; readonly why: string; readonly remedy?: string };

/** Facts of the machine that decide how a rehearsal runs. */
export interface MachineFacts {
  readonly linux: boolean;
  readonly root: boolean;
  /** Missing programs, of those that a rehearsal can use. */
  readonly missing: readonly string[];
  /** Network namespaces and mounts, made as root. */
  readonly asRoot: Tried;
  /** Loop devices, made as root. */
  readonly loops: Tried;
  /** Hosts in a user namespace. */
  readonly userNamespace: Tried;
}

/**
 * Where nodes boot: on hosts made as root, on hosts in a user namespace, or one after the other in a folder with stub
 * programs that only record their calls.
 */
export type Way = 'hosts' | 'user-namespace' | 'one-host';

export interface Ground {
  readonly way: Way;
  /** Whether nodes have their data disks. */
  readonly disks: boolean;
  /** How the rehearsal runs and why, for the first line; absent when nothing is left out. */
  readonly said?: string;
  /** What the rehearsal does not test. */
  readonly notShown: readonly string[];
  /** How to test all of it. */
  readonly more?: string;
}

/** Programs that hosts need, and the Debian package that has each. */
export const HOST_TOOLS: Readonly<Record<string, string>> = {
  ip: 'iproute2',
  nsenter: 'util-linux',
  unshare: 'util-linux',
  flock: 'util-linux',
  mount: 'mount',
  su: 'util-linux',
  curl: 'curl',
  python3: 'python3-minimal',
};

/** Programs that data disks need. */
export const DISK_TOOLS: Readonly<Record<string, string>> = {
  losetup: 'mount',
  'mkfs.ext4': 'e2fsprogs',
  blkid: 'util-linux',
  blockdev: 'util-linux',
};

/** Programs that boot scripts need when all others are stubs. */
export const SCRIPT_TOOLS: Readonly<Record<string, string>> = {
  sh: 'dash',
  timeout: 'coreutils',
  python3: 'python3-minimal',
};

/** How to test everything. */
export const AS_ROOT = 'run it as root: sudo -E env "PATH=$PATH" cdktf-stackato rehearse …';
const DISKS = 'data disks (they need loop devices)';
const ONLY_NOTES = [
  'the network between the nodes, and its firewall',
  'a core that nodes attach to: kato only checked the commands of its version',
  'data disks',
  "cloud-init, and calls to the cloud's metadata service and secret store",
  'programs of your own roles: they were recorded, not run',
  'faults',
];

/**
 * Chooses the way that tests most.
 * @throws ToolError when boot scripts cannot run here, with what to install
 */
export function chooseGround(facts: MachineFacts): Ground {
  const lacks = lackingOf(facts.missing, HOST_TOOLS);
  if (facts.linux && lacks.names === '') {
    if (facts.root && facts.asRoot.works) return onHosts(facts);
    if (facts.userNamespace.works) {
      const who = facts.root ? `root cannot make hosts here (${whyNot(facts.asRoot)})` : 'not root';
      const said = `${who}: in a user namespace, without data disks`;
      return { way: 'user-namespace', disks: false, said, notShown: [DISKS], more: AS_ROOT };
    }
  }
  const script = lackingOf(facts.missing, SCRIPT_TOOLS);
  if (script.names !== '') throw new ToolError(`a rehearsal needs ${script.names} on this machine`, script.install);
  const { why, more } = noHosts(facts, lacks);
  const said = `${why}: one node after the other, with stub programs that only record their calls`;
  return { way: 'one-host', disks: false, said, notShown: ONLY_NOTES, more };
}

function onHosts(facts: MachineFacts): Ground {
  const lacks = lackingOf(facts.missing, DISK_TOOLS);
  if (lacks.names === '' && facts.loops.works) return { way: 'hosts', disks: true, notShown: [] };
  const why = lacks.names === '' ? whyNot(facts.loops) : `${lacks.names} not installed`;
  const more = lacks.names === '' ? remedyOf(facts.loops) : lacks.install;
  const shown = { said: `without data disks: ${why}`, notShown: [DISKS] };
  return { way: 'hosts', disks: false, ...shown, ...(more ? { more } : {}) };
}

function noHosts(facts: MachineFacts, lacks: Lacks): { readonly why: string; readonly more: string } {
  if (!facts.linux) return { why: 'not Linux', more: 'rehearse on Linux, as root' };
  if (lacks.names !== '') return { why: `${lacks.names} not installed`, more: lacks.install };
  const why = `user namespaces do not work (${whyNot(facts.userNamespace)})`;
  const remedy = remedyOf(facts.userNamespace);
  if (facts.root)
    return {
      why: `root cannot make hosts here (${whyNot(facts.asRoot)}), and ${why}`,
      more: 'rehearse on a machine where root can',
    };
  return { why: `not root, and ${why}`, more: remedy ? `${remedy}; for data disks too, ${AS_ROOT}` : AS_ROOT };
}

interface Lacks {
  /** Empty when none is missing. */
  readonly names: string;
  readonly install: string;
}

/** The missing programs, and how to install them. */
export function lackingOf(missing: readonly string[], tools: Readonly<Record<string, string>>): Lacks {
  const names = missing.filter((tool) => Object.hasOwn(tools, tool));
  const packages = [...new Set(names.map((tool) => tools[tool]!))].join(' ');
  return { names: names.join(', '), install: `apt-get install ${packages}` };
}

const whyNot = (tried: Tried) => (tried.works ? '' : tried.why);
const remedyOf = (tried: Tried) => (tried.works ? undefined : tried.remedy);
