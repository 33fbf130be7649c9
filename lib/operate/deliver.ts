import { createHash } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { count, ToolError } from '../base/input';
import type { DeliveryPlan, NodeDelivery } from './delivery-plan';
import type { NodeShell, ShellAnswer } from './node-shell';

/** Progress of a delivery; never a value. */
export type DeliveryEvent =
  | { readonly node: string; readonly event: 'waiting'; readonly why: string }
  | { readonly node: string; readonly event: 'file'; readonly file: string; readonly state: FileState }
  | { readonly node: string; readonly event: 'failed'; readonly why: string }
  | { readonly node: string; readonly event: 'done' };

/** `same`: the file already had these bytes. */
export type FileState = 'written' | 'same' | 'missing';

/** The result for a node's files. */
export interface NodeDelivered {
  readonly node: string;
  readonly files: readonly { readonly name: string; readonly state: FileState }[];
  /** Why it lacks files; absent when it has all. */
  readonly why?: string;
  /** What to do about it, if known. */
  readonly next?: string;
}

export interface DeliverOptions {
  readonly notify?: (event: DeliveryEvent) => void;
  readonly signal?: AbortSignal;
  /** Limit per node, and for what the core shares, seconds. @default 2400, as long as a node waits in a stage */
  readonly limitSeconds?: number;
  /** Seconds that a node may refuse the login or fail the script: a booting node gets its keys late. @default 60 */
  readonly patienceSeconds?: number;
  /** Waits; for tests. @default real time */
  readonly sleep?: (seconds: number, signal: AbortSignal | undefined) => Promise<unknown>;
  /** From 0 to 1; for tests. @default Math.random */
  readonly random?: () => number;
}

/** Folder where nodes look for secrets. */
const FOLDER = '/var/lib/stackato-node/secrets';
/** Scripts that run at the same time. */
const SIDE_BY_SIDE = 8;
/** Timeout of a script, seconds. */
const SCRIPT_LIMIT = 120;
const LONGEST_PAUSE = 30;
/** Lines of a value shorter than this are not masked on their own. */
const SHORTEST_LINE = 4;
/** Exit code of a script for: not yet, try again. */
const NOT_YET = 75;

/**
 * Delivers to every node of the plan its files: the operator's, from `values`, then what the core shares. A file is written
 * whole, for root only, and compared by digest on the node. An equal file stays untouched; a node that fails does not
 * delay the others. Returns the result of each node, also after a stop; `deliveryProblem` makes one error of it.
 * @throws ToolError when `values` lacks one of `plan.asked` or has an empty one; nothing was sent
 */
export async function deliver(
  plan: DeliveryPlan,
  values: ReadonlyMap<string, Buffer>,
  shell: NodeShell,
  options: DeliverOptions = {},
): Promise<readonly NodeDelivered[]> {
  const lacking = plan.asked.filter((name) => !values.get(name)?.length);
  if (lacking.length > 0) throw new ToolError(`no value for ${lacking.join(', ')}; nothing was delivered`);
  const hidden = new Set([...values.values()].flatMap(spoken));
  const at: Post = { run: limited(shell, options.signal), options, core: plan.core, hidden, shared: new Map() };
  return Promise.all(plan.nodes.map((node) => deliverNode(at, node, values)));
}

/** One error with each node that lacks files, and why; undefined when all have theirs. */
export function deliveryProblem(delivered: readonly NodeDelivered[], next?: string): ToolError | undefined {
  const failed = delivered.filter((node) => node.why !== undefined);
  if (failed.length === 0) return undefined;
  const lines = failed.map(({ node, why, next: remedy }) => `${node}: ${why}${remedy ? `; ${remedy}` : ''}`);
  const what = `${count(failed.length, 'node')} of ${delivered.length} did not get all files`;
  return new ToolError(`${what}\n${lines.map((line) => `  ${line}`).join('\n')}`, next);
}

interface Post {
  readonly run: (node: string, script: string, input: Buffer | undefined) => Promise<ShellAnswer>;
  readonly options: DeliverOptions;
  readonly core: string;
  /** Values that no message may contain, not even a node's own. */
  readonly hidden: Set<string>;
  /** What the core shares, fetched once for all nodes. */
  readonly shared: Map<string, Promise<Tried>>;
}

type Tried =
  | { readonly out: Buffer; readonly why?: undefined }
  | { readonly out?: undefined; readonly why: string; readonly next?: string };

async function deliverNode(at: Post, plan: NodeDelivery, values: ReadonlyMap<string, Buffer>): Promise<NodeDelivered> {
  const { node } = plan;
  const notify = at.options.notify ?? (() => undefined);
  const files = new Map<string, FileState>([...plan.operator, ...plan.core].map((name) => [name, 'missing']));
  const result = () => ({ node, files: [...files].map(([name, state]) => ({ name, state })) });
  for (const name of files.keys()) {
    const got: Tried = plan.operator.includes(name) ? { out: values.get(name)! } : await sharedBy(at, node, name);
    const tried = got.why === undefined ? await retried(at, node, write(name), framed(got.out)) : got;
    if (tried.why !== undefined) {
      notify({ node, event: 'failed', why: tried.why });
      return { ...result(), why: tried.why, ...(tried.next ? { next: tried.next } : {}) };
    }
    const state = tried.out.toString().trim() === 'same' ? 'same' : 'written';
    files.set(name, state);
    notify({ node, event: 'file', file: name, state });
  }
  notify({ node, event: 'done' });
  return result();
}

/** What the core shares under a name, fetched once. */
async function sharedBy(at: Post, node: string, name: string): Promise<Tried> {
  const asked = at.shared.get(name) ?? retried(at, at.core, read(name));
  at.shared.set(name, asked);
  at.options.notify?.({ node, event: 'waiting', why: `${at.core} to share ${name}` });
  const got = await asked;
  if (got.why === undefined) for (const text of spoken(got.out)) at.hidden.add(text);
  return got.why === undefined ? got : { ...got, why: `no ${name} from ${at.core}: ${got.why}` };
}

/** Repeats a script until it works, with growing pauses, within the limit. */
async function retried(at: Post, node: string, script: string, input?: Buffer): Promise<Tried> {
  const { signal, limitSeconds = 2400, patienceSeconds = 60, notify, random = Math.random } = at.options;
  const sleep = at.options.sleep ?? ((seconds, stop) => pause(seconds * 1000, undefined, { signal: stop }));
  let waited = 0;
  let refused = 0;
  for (let seconds = 1; ; seconds = Math.min(LONGEST_PAUSE, seconds * 2)) {
    if (signal?.aborted) return INTERRUPTED;
    const began = Date.now();
    const answer = await at.run(node, script, input);
    if (signal?.aborted) return INTERRUPTED;
    const said = judged(answer, (words) => sayable(words, at.hidden));
    if ('out' in said) return said;
    const rest = seconds * (0.5 + random());
    waited += (Date.now() - began) / 1000 + rest;
    refused = said.patient ? 0 : refused + rest;
    const { why, next } = said;
    if (refused > patienceSeconds) return { why, next };
    if (waited > limitSeconds) return { why: `${why} (waited ${limitSeconds} s)`, next };
    notify?.({ node, event: 'waiting', why });
    try {
      await sleep(rest, signal);
    } catch {
      return INTERRUPTED;
    }
  }
}

/** The shell with a limit on parallel scripts and a timeout for each; an exception becomes an answer. */
function limited(shell: NodeShell, signal: AbortSignal | undefined): Post['run'] {
  let free = SIDE_BY_SIDE;
  const queue: (() => void)[] = [];
  return async (node, script, input) => {
    if (free === 0) await new Promise<void>((go) => queue.push(go));
    else free--;
    const limit = AbortSignal.timeout(SCRIPT_LIMIT * 1000);
    try {
      return await shell.run(node, script, input, signal ? AbortSignal.any([signal, limit]) : limit);
    } catch (error) {
      if (limit.aborted) return { state: 'unreachable', why: `no answer in ${SCRIPT_LIMIT} s` };
      return { state: 'refused', why: (error as Error).message };
    } finally {
      const next = queue.shift();
      if (next) next();
      else free++;
    }
  };
}

const INTERRUPTED: Tried = { why: 'interrupted' };

/** What an answer means; messages come from a script's errors, never its output, which may be a secret. */
function judged(
  answer: ShellAnswer,
  plain: (words: string) => string,
): { out: Buffer } | { why: string; next?: string; patient: boolean } {
  if (answer.state === 'unreachable') return { why: plain(answer.why), patient: true };
  if (answer.state === 'refused')
    return { why: plain(answer.why), patient: false, ...(answer.next ? { next: answer.next } : {}) };
  if (answer.code === 0) return { out: answer.out };
  return { why: plain(answer.err) || `the script ended with ${answer.code}`, patient: answer.code === NOT_YET };
}

/** A value as a message could show it: whole, or one of its lines. */
function spoken(value: Buffer): readonly string[] {
  const text = value.toString();
  const lines = text.split('\n').filter((line) => line.trim().length >= SHORTEST_LINE);
  return [text.trim(), ...lines.map((line) => line.trim())].filter((part) => part !== '');
}

/** The last line of a foreign message, without values and control characters. */
function sayable(words: string, hidden: ReadonlySet<string>): string {
  const plain = [...hidden].reduce((text, value) => text.replaceAll(value, '•••'), words);
  const [line = ''] = plain.trim().split('\n').slice(-1);
  return line
    .replaceAll(/\p{Cc}+/gu, ' ')
    .trim()
    .slice(0, 300);
}

/** The digest as a line, then the value: neither is in the arguments of a process, here or on the node. */
function framed(value: Buffer): Buffer {
  return Buffer.concat([Buffer.from(`${createHash('sha256').update(value).digest('hex')}\n`), value]);
}

/** Writes standard input as a secret, whole or not at all; the shell compares the digest. */
function write(name: string): string {
  return `set -u; umask 077
d=${FOLDER} n=${name}; t=$d/.$n.$$
trap 'rm -f $t' EXIT; trap 'exit 1' HUP INT TERM
mkdir -p $d && IFS= read -r want && cat >$t || { echo "cannot write $d" >&2; exit 1; }
is() { [ "$(sha256sum <$1)" = "$want  -" ]; }
is $t || { echo "$n did not arrive whole" >&2; exit 1; }
if [ -f $d/$n ] && is $d/$n; then chmod 600 $d/$n && echo same; exit; fi
chmod 600 $t && mv $t $d/$n && is $d/$n && echo written || { echo "cannot write $d/$n" >&2; exit 1; }`;
}

/** Prints a secret to standard output, if it exists. */
function read(name: string): string {
  return `f=${FOLDER}/${name}; [ -s $f ] || { echo "it has not shared ${name} yet" >&2; exit ${NOT_YET}; }; cat $f`;
}
