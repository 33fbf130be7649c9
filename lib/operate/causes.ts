import { type Advice, adviceText, spokenVersion } from '../kato/advice';
import { GONE } from './boot-status';
import type { NodeBoot } from './wait';

/** Why a node has not booted, in the operator's terms, and what to do about it. */
export interface BootCause {
  readonly cause: string;
  readonly next: string;
}

export interface CauseContext {
  /** The target on the command line: a file or stack. */
  readonly target: string;
  readonly cloud: string;
  /** The product's version, which decides what a person types. */
  readonly version: string;
  /** All nodes of the wait. */
  readonly nodes: readonly NodeBoot[];
}

interface Entry {
  /** Matches the script's own message. */
  readonly words: RegExp;
  readonly cause: (m: RegExpExecArray, context: CauseContext) => string;
  readonly next: (m: RegExpExecArray, context: CauseContext) => string;
}

const entry = (words: RegExp, cause: string | Entry['cause'], next: string | Entry['next']): Entry => ({
  words,
  cause: typeof cause === 'string' ? () => cause : cause,
  next: typeof next === 'string' ? () => next : next,
});

const kato = ({ version }: CauseContext, advice: Advice) => adviceText(spokenVersion(version), advice);

/** The first match counts. Messages that begin with `kato` are the product's (their wording is not documented; L). */
const CAUSES: readonly Entry[] = [
  entry(
    new RegExp(`^${GONE}`),
    'its machine or its network went down',
    'check the machine in the cloud, and its console',
  ),
  entry(
    /no room left|No space left on device|cannot write in /,
    'a disk of the node is full, or read-only',
    'free some space (df -h, then /var/log); a boot that is still trying then goes on by itself',
  ),
  entry(
    /clock|Signature expired|RequestTimeTooSkewed|InvalidSignature|SignatureDoesNotMatch|not yet valid/i,
    "the node's clock is wrong, so the cloud refuses its signed requests",
    'let it reach a time server (UDP 123 out), or set its clock',
  ),
  entry(
    /\/secrets\/(\S+) is not delivered yet/,
    ([, name]) => `it waits for ${name}, which was not delivered`,
    (_, { target }) => `cdktf-stackato deliver ${target}`,
  ),
  entry(
    /waiting for secret ([^\s:]+): .*NotFound/,
    ([, name]) => `the cloud's store has no secret ${name}`,
    ([, name], { cloud }) =>
      cloud === 'aws'
        ? `create it in Secrets Manager, under the cluster's prefix: …/${name}`
        : `store it in Barbican, under the cluster's prefix: …/${name}`,
  ),
  entry(
    /AccessDenied|not authorized|Forbidden|error: 40[13]/,
    "the node may not read the cloud's store",
    'check the identity of its machine: role and policy on AWS, application credential on OpenStack',
  ),
  entry(
    /waiting for the core to share (\S+):/,
    ([, name], context) => `the core has not shared ${name}; ${coreText(context)}`,
    'fix the core first; the node then goes on by itself',
  ),
  entry(
    /waiting for the core: (.+) \(\S+:(\d+)\)/,
    ([, what, port], context) =>
      coreOf(context)?.boot.state === 'booted'
        ? `the core has booted, but its ${what} (port ${port}) does not answer this node`
        : `it waits for the core's ${what}; ${coreText(context)}`,
    ([, , port], context) =>
      coreOf(context)?.boot.state === 'booted'
        ? `check the firewall between them (port ${port}), and the core: ${kato(context, { do: 'list-roles' })}`
        : 'fix the core first; the node then goes on by itself',
  ),
  entry(
    /there is no way to the core/,
    'the node has no route to the core',
    "check the node's network and the route table of its subnet",
  ),
  entry(
    /(?:waiting for|password of) database ([^\s:]+)/,
    ([, name]) => `database ${name} is not up, or the node may not read where it is`,
    (_, { target, cloud }) =>
      cloud === 'aws'
        ? `cdktf-stackato deploy ${target} (it writes the address when the database is up)`
        : 'check the database that the declaration names',
  ),
  entry(
    /no disk of (\d+) GiB/,
    ([, gib]) => `the data volume of ${gib} GiB is not attached, or has another size`,
    (_, { target }) =>
      `cdktf-stackato deploy ${target} attaches it; if the volume was enlarged by hand, declare its new size`,
  ),
  entry(
    /several disks of (\d+) GiB:(.*)/,
    ([, , disks]) => `it cannot tell which disk is the data volume:${disks}`,
    'detach the other, or label the right one: mkfs.ext4 -L stackato-data (formats it), e2label (does not)',
  ),
  entry(
    /(\S+) holds data that is not ours/,
    ([, disk]) => `the disk ${disk} has a file system that is not ours`,
    ([, disk]) =>
      `to use its data: e2label ${disk} stackato-data; to start empty: wipefs -a ${disk}, and zeros on its first MiB`,
  ),
  entry(
    /cannot mount (\S+)/,
    ([, path]) => `the data volume does not mount on ${path}`,
    'check that it is attached and intact: blkid, e2fsck; then reboot the node',
  ),
  entry(
    /metadata service|169\.254\.169\.254/,
    'the metadata service does not answer the node',
    'check that the image can use it (token-only metadata needs imdsv2: true), and check its routes',
  ),
  entry(
    /resolve host|Name or service not known|name resolution/i,
    'names do not resolve on the node',
    'check the name servers of its subnet, and that the network resolves names',
  ),
  entry(
    /Failed to connect|timed out|Network is unreachable|No route to host/i,
    'the node cannot reach a service that it needs',
    'check its way out: NAT, routes, firewall (TCP 443 out)',
  ),
  entry(
    /kato (.+): has not ended in (\d+) s/,
    ([, command, seconds]) => `kato ${command} hung for ${seconds} s`,
    (_, context) =>
      `on the node, look at its processes: ${kato(context, { do: 'list-processes' })}; if the core was away longer than 90 s: ${kato(context, { do: 'start' })}`,
  ),
  entry(/([^:]+): has not ended$/, ([, command]) => `${command!.trim()} is running, or hangs`, 'on the node: ps -ef'),
  entry(
    /kato license/,
    'kato refuses the licence',
    'check that the key is complete and covers the memory of all nodes (above 4 GB a key is required); set the right one, then reboot the node',
  ),
  entry(
    /waiting for kato|kato (?:process )?ready|not ready/,
    'processes of the node do not become ready',
    (_, context) => `on the node: ${kato(context, { do: 'list-processes' })}; it may lack memory`,
  ),
  entry(
    /kato (?:node )?attach|does not show role/,
    'the core did not accept the node with its roles',
    (_, context) =>
      `on the core: ${kato(context, { do: 'list-nodes' })}; check for another version, or a stale entry with that address (${kato(context, { do: 'remove-node', node: '<address>', dead: true })})`,
  ),
  entry(
    /kato (?:role remove|disable) (\S+)/,
    'kato keeps a role that the node must not have',
    ([, role], context) => `on the node: ${kato(context, { do: 'role-remove', role: role! })}`,
  ),
  entry(/^kato |: kato /, 'kato refused a command', 'its full answer is in the log'),
];

/** Where to look, and how to continue. */
export const HOW_TO_LOOK =
  'on the node: less /var/log/stackato-node.log; when it is fixed: sudo reboot (the boot goes on at the stage that failed)';

/** Why a node has not booted, by the message of its boot script or its stage. */
export function bootCause({ boot, next }: NodeBoot, context: CauseContext): BootCause | undefined {
  switch (boot.state) {
    case 'booted':
      return undefined;
    case 'silent':
      return {
        cause: 'no sign of life: its machine does not run, its image has no cloud-init, or access is refused',
        next:
          next ?? "check the machine in the cloud, and its console (--via console reads it through the cloud's API)",
      };
    case 'stopped':
      return { cause: 'its boot script was killed', next: 'reboot the node: the boot goes on at that stage' };
    default:
      return caused(boot.why ?? '', context);
  }
}

function caused(why: string, context: CauseContext): BootCause {
  for (const { words, cause, next } of CAUSES) {
    const m = words.exec(why);
    if (m) return { cause: cause(m, context), next: next(m, context) };
  }
  return { cause: why === '' ? 'it is running' : 'no known cause', next: 'details are in the log' };
}

const coreOf = ({ nodes }: CauseContext) => nodes.find(({ node }) => node === 'core');

function coreText(context: CauseContext): string {
  const core = coreOf(context)?.boot;
  if (!core) return 'the core was not checked';
  switch (core.state) {
    case 'silent':
      return 'the core gives no sign of life';
    case 'booted':
      return 'the core has booted';
    case 'booting':
      return `the core is in stage ${core.stage}`;
    default:
      return `the core ${core.state === 'failed' ? 'failed' : 'stopped'} at stage ${core.stage}`;
  }
}
