import { type Advice, adviceText, spokenVersion } from '../kato/advice';
import { GONE } from './boot-status';
import type { NodeBoot } from './wait';

/** Why a node is not there, in an operator's words, and what to do about it. */
export interface BootCause {
  readonly cause: string;
  readonly next: string;
}

export interface CauseContext {
  /** What the command calls the cluster: its file or stack. */
  readonly target: string;
  readonly cloud: string;
  /** The product's version, which decides what a person types. */
  readonly version: string;
  /** All nodes that are waited for. */
  readonly nodes: readonly NodeBoot[];
}

interface Entry {
  /** Of the script's own words. */
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

/** First one that fits. Words that begin with `kato` are the product's own (how it words them is not documented; L). */
const CAUSES: readonly Entry[] = [
  entry(
    new RegExp(`^${GONE}`),
    'its machine went down, or its network did',
    'look at the machine in the cloud, and at its console',
  ),
  entry(
    /no room left|No space left on device|cannot write in /,
    'a disk of the node is full, or read-only',
    'make room on it (df -h, then /var/log); a boot that goes on does so by itself',
  ),
  entry(
    /clock|Signature expired|RequestTimeTooSkewed|InvalidSignature|SignatureDoesNotMatch|not yet valid/i,
    'the clock of the node is wrong, so the cloud refuses what it signs',
    'let it reach a time server (UDP 123 out), or set its clock',
  ),
  entry(
    /\/secrets\/(\S+) is not delivered yet/,
    ([, name]) => `it waits for ${name}, which nobody delivered`,
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
    'look at the identity of its machine: role and policy on AWS, application credential on OpenStack',
  ),
  entry(
    /waiting for the core to share (\S+):/,
    ([, name], context) => `the core has not shared ${name}; ${coreText(context)}`,
    'the core goes first: mend it, and the node goes on by itself',
  ),
  entry(
    /waiting for the core: (.+) \(\S+:(\d+)\)/,
    ([, what, port], context) =>
      coreOf(context)?.boot.state === 'booted'
        ? `the core has booted, but its ${what} (port ${port}) does not answer this node`
        : `it waits for the core's ${what}; ${coreText(context)}`,
    ([, , port], context) =>
      coreOf(context)?.boot.state === 'booted'
        ? `look at the firewall between them (port ${port}), and at the core: ${kato(context, { do: 'list-roles' })}`
        : 'the core goes first: mend it, and the node goes on by itself',
  ),
  entry(
    /there is no way to the core/,
    'the node has no route to the core',
    "look at the node's network and at the route table of its subnet",
  ),
  entry(
    /(?:waiting for|password of) database ([^\s:]+)/,
    ([, name]) => `database ${name} is not up, or the node may not read where it is`,
    (_, { target, cloud }) =>
      cloud === 'aws'
        ? `cdktf-stackato deploy ${target} (it writes the address when the database is up)`
        : 'look at the database that the declaration names',
  ),
  entry(
    /no disk of (\d+) GiB/,
    ([, gib]) => `the data volume of ${gib} GiB is not attached, or of another size`,
    (_, { target }) =>
      `cdktf-stackato deploy ${target} attaches it; a volume that was enlarged by hand must be declared so`,
  ),
  entry(
    /several disks of (\d+) GiB:(.*)/,
    ([, , disks]) => `it cannot tell which disk is the data volume:${disks}`,
    'detach the other, or label the right one: mkfs.ext4 -L stackato-data (formats it), e2label (does not)',
  ),
  entry(
    /(\S+) holds data that is not ours/,
    ([, disk]) => `the disk ${disk} was formatted by somebody else`,
    ([, disk]) =>
      `to use its data: e2label ${disk} stackato-data; to begin anew: wipefs -a ${disk}, and zeros on its first MiB`,
  ),
  entry(
    /cannot mount (\S+)/,
    ([, path]) => `the data volume does not mount on ${path}`,
    'look whether it is attached and whole: blkid, e2fsck; then reboot the node',
  ),
  entry(
    /metadata service|169\.254\.169\.254/,
    'the metadata service does not answer the node',
    'look whether the image can use it (token-only metadata needs imdsv2: true), and at its routes',
  ),
  entry(
    /resolve host|Name or service not known|name resolution/i,
    'names do not resolve on the node',
    'look at the name servers of its subnet, and whether the network resolves names at all',
  ),
  entry(
    /Failed to connect|timed out|Network is unreachable|No route to host/i,
    'the node cannot reach the service that it asks',
    'look at its way out: NAT, routes, firewall (TCP 443 out)',
  ),
  entry(
    /kato (.+): has not ended in (\d+) s/,
    ([, command, seconds]) => `kato ${command} hung for ${seconds} s`,
    (_, context) =>
      `on the node, look at its processes: ${kato(context, { do: 'list-processes' })}; if the core was away longer than 90 s: ${kato(context, { do: 'start' })}`,
  ),
  entry(/([^:]+): has not ended$/, ([, command]) => `${command!.trim()} is at work, or hangs`, 'on the node: ps -ef'),
  entry(
    /kato license/,
    'kato refuses the licence',
    'look whether the key is whole and covers the memory of all nodes (above 4 GB one is needed); give the right one, then reboot the node',
  ),
  entry(
    /waiting for kato|kato (?:process )?ready|not ready/,
    'processes of the node do not become ready',
    (_, context) => `on the node: ${kato(context, { do: 'list-processes' })}; it may lack memory`,
  ),
  entry(
    /kato (?:node )?attach|does not show role/,
    'the core did not take the node with its roles',
    (_, context) =>
      `on the core: ${kato(context, { do: 'list-nodes' })}; look for another version, or a stale entry of that address (${kato(context, { do: 'remove-node', node: '<address>', dead: true })})`,
  ),
  entry(
    /kato (?:role remove|disable) (\S+)/,
    'kato keeps a role that the node must not have',
    ([, role], context) => `on the node: ${kato(context, { do: 'role-remove', role: role! })}`,
  ),
  entry(/^kato |: kato /, 'kato refused a command', 'the log has its whole answer'),
];

/** Where to look, and how it goes on. */
export const HOW_TO_LOOK =
  'on the node: less /var/log/stackato-node.log; when it is mended: sudo reboot (the boot goes on at the stage that failed)';

/** Why a node that is not booted is not; by the words of its boot script, or where it is. */
export function bootCause({ boot, next }: NodeBoot, context: CauseContext): BootCause | undefined {
  switch (boot.state) {
    case 'booted':
      return undefined;
    case 'silent':
      return {
        cause: 'no sign of life: its machine does not run, its image has no cloud-init, or nobody lets us look',
        next:
          next ?? "look at the machine in the cloud, and at its console; with --via console the cloud's API is asked",
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
  return { cause: why === '' ? 'it is at work' : 'not one that is known', next: 'the log says more' };
}

const coreOf = ({ nodes }: CauseContext) => nodes.find(({ node }) => node === 'core');

function coreText(context: CauseContext): string {
  const core = coreOf(context)?.boot;
  if (!core) return 'the core was not looked at';
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
