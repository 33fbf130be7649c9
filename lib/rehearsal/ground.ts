import { ToolError } from '../base/input';

/** What became of trying something on this machine: it works, or why it does not, and what would help. */
export type Tried =
  | { readonly works: true }
  | { readonly works: false; readonly why: string; readonly remedy?: string };

/** What a rehearsal must know of the machine to choose its way. */
export interface MachineFacts {
  readonly linux: boolean;
  readonly root: boolean;
  /** Programs that are not here, of those that a rehearsal can use. */
  readonly missing: readonly string[];
  /** Network namespaces and mounts, made as root. */
  readonly asRoot: Tried;
  /** Loop devices, made as root. */
  readonly loops: Tried;
  /** The same in a user namespace of this user's own. */
  readonly userNamespace: Tried;
}

/**
 * Where nodes boot: on hosts of their own made as root, on the same made in a user namespace, or one after the other in a
 * folder with programs that only take notes.
 */
export type Way = 'hosts' | 'user-namespace' | 'one-host';

export interface Ground {
  readonly way: Way;
  /** Whether nodes have their data disks. */
  readonly disks: boolean;
  /** Which way it is and why, for a first line; nothing where all can be shown. */
  readonly said?: string;
  /** What a rehearsal does not show there. */
  readonly notShown: readonly string[];
  /** What to do to have all of it. */
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

/** Programs that boot scripts need where all others only take notes. */
export const SCRIPT_TOOLS: Readonly<Record<string, string>> = {
  sh: 'dash',
  timeout: 'coreutils',
  python3: 'python3-minimal',
};

/** How to have all that a machine can show. */
export const AS_ROOT = 'run it as root: sudo -E env "PATH=$PATH" cdktf-stackato rehearse …';
const DISKS = 'data disks (they need loop devices)';
const ONLY_NOTES = [
  'the network between the nodes, and its firewall',
  'a core that nodes attach to: kato knew the commands of its version, and did nothing',
  'data disks',
  "cloud-init, and what nodes ask the cloud's metadata and store",
  "roles' own programs: they were noted, not run",
  'faults',
];

/**
 * Chooses the way that shows most. @throws ToolError when not even boot scripts can be run here: says what is missing, and
 * how to get it
 */
export function chooseGround(facts: MachineFacts): Ground {
  const lacks = lackingOf(facts.missing, HOST_TOOLS);
  if (facts.linux && lacks.names === '') {
    if (facts.root && facts.asRoot.works) return onHosts(facts);
    if (facts.userNamespace.works) {
      const who = facts.root ? `root may not make hosts here (${whyNot(facts.asRoot)})` : 'not root';
      const said = `${who}: in a user namespace, without data disks`;
      return { way: 'user-namespace', disks: false, said, notShown: [DISKS], more: AS_ROOT };
    }
  }
  const script = lackingOf(facts.missing, SCRIPT_TOOLS);
  if (script.names !== '') throw new ToolError(`a rehearsal needs ${script.names} on this machine`, script.install);
  const { why, more } = noHosts(facts, lacks);
  const said = `${why}: one host after the other, with programs that only take notes`;
  return { way: 'one-host', disks: false, said, notShown: ONLY_NOTES, more };
}

function onHosts(facts: MachineFacts): Ground {
  const lacks = lackingOf(facts.missing, DISK_TOOLS);
  if (lacks.names === '' && facts.loops.works) return { way: 'hosts', disks: true, notShown: [] };
  const why = lacks.names === '' ? whyNot(facts.loops) : `${lacks.names} not here`;
  const more = lacks.names === '' ? remedyOf(facts.loops) : lacks.install;
  const shown = { said: `without data disks: ${why}`, notShown: [DISKS] };
  return { way: 'hosts', disks: false, ...shown, ...(more ? { more } : {}) };
}

function noHosts(facts: MachineFacts, lacks: Lacks): { readonly why: string; readonly more: string } {
  if (!facts.linux) return { why: 'not Linux', more: 'rehearse on Linux, as root' };
  if (lacks.names !== '') return { why: `${lacks.names} not here`, more: lacks.install };
  const why = `user namespaces do not work (${whyNot(facts.userNamespace)})`;
  const remedy = remedyOf(facts.userNamespace);
  if (facts.root)
    return {
      why: `root may not make hosts here (${whyNot(facts.asRoot)}), and ${why}`,
      more: 'rehearse on a machine where root may',
    };
  return { why: `not root, and ${why}`, more: remedy ? `${remedy}; for data disks too, ${AS_ROOT}` : AS_ROOT };
}

interface Lacks {
  /** Nothing when all are here. */
  readonly names: string;
  readonly install: string;
}

/** The missing ones of some programs, and what to install to have them. */
export function lackingOf(missing: readonly string[], tools: Readonly<Record<string, string>>): Lacks {
  const names = missing.filter((tool) => Object.hasOwn(tools, tool));
  const packages = [...new Set(names.map((tool) => tools[tool]!))].join(' ');
  return { names: names.join(', '), install: `apt-get install ${packages}` };
}

const whyNot = (tried: Tried) => (tried.works ? '' : tried.why);
const remedyOf = (tried: Tried) => (tried.works ? undefined : tried.remedy);
