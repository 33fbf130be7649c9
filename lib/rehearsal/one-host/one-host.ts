import { spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { ToolError } from '../../base/input';
import { spokenVersion } from '../../kato/advice';
import { namesIn } from '../../kato/commands';
import { shippedGroups } from '../../model/roles';
import type { NodeResult, RehearsalEvent, RehearsalOptions, RehearsalResult } from '../contract';
import { impliedIn } from '../generations';
import { cloudInit } from '../host/cloud-init';
import { postFolderKeeper } from '../host/keeper';
import type { ClusterSource, NodeSource } from '../source/source';
import { advance, lastStage, type Progress, readConsole } from '../timeline/stages';
import { answerAsKato, type KatoNode, type KatoNote } from './kato';
import { aloneScript, REAL, STAND_INS } from './script';
import { KATO, openSwitchboard } from './switchboard';

const B = 'var/lib/cloud/scripts/per-boot/stackato-node';

/**
 * Runs the boot script of each node alone, the core's first, in a folder that stands for the node, with stub programs that
 * only record their calls. Needs no rights.
 * @throws ToolError when it is aborted
 */
export async function rehearseOnOneHost(
  cluster: ClusterSource,
  options: RehearsalOptions,
  onEvent: (event: RehearsalEvent) => void,
  signal: AbortSignal,
): Promise<RehearsalResult> {
  const dir = mkdtempSync(join(tmpdir(), 'stackato-rehearsal-'));
  const keeper = postFolderKeeper(dir);
  try {
    const bin = makePrograms(dir);
    mkdirSync(join(dir, 'store'));
    const core = options.core ?? 'core';
    const results = new Map<string, NodeResult>();
    const inOrder = [...cluster.nodes].sort((a, b) => Number(b.name === core) - Number(a.name === core));
    for (const node of inOrder) results.set(node.name, await aloneNode(node, { dir, bin, options, onEvent, signal }));
    const nodes = cluster.nodes.map(({ name }) => results.get(name)!);
    return { ok: nodes.every(({ problems }) => problems.length === 0), nodes };
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOSPC') throw error;
    throw new ToolError(`no space left in ${tmpdir()}`, 'free some space, or set TMPDIR to another folder');
  } finally {
    rmSync(dir, { recursive: true, force: true });
    keeper.dismiss();
  }
}

interface Setting {
  readonly dir: string;
  readonly bin: string;
  readonly options: RehearsalOptions;
  readonly onEvent: (event: RehearsalEvent) => void;
  readonly signal: AbortSignal;
}

async function aloneNode(node: NodeSource, setting: Setting): Promise<NodeResult> {
  // One folder for all nodes in turn: what they share refers to files by absolute path.
  const root = join(setting.dir, 'node');
  makeNode(root, node);
  const kato: KatoNode = { root, version: setting.options.version, address: node.address };
  const switchboard = openSwitchboard(root, (words) => answerAsKato(kato, words));
  try {
    return await bootedAlone(root, node, setting);
  } finally {
    switchboard.close();
    rmSync(root, { recursive: true, force: true });
  }
}

async function bootedAlone(root: string, node: NodeSource, setting: Setting): Promise<NodeResult> {
  const { options } = setting;
  const scripts = cloudInit(node.userData).scripts.map(({ text }) => aloneScript(text, { root, zone: node.zone }));
  const script = scripts.find((text) => text !== undefined);
  const began = Date.now();
  const first = script === undefined ? undefined : await boot(script, root, node, setting);
  const seconds = (Date.now() - began) / 1000;
  const notes = notesOf(root);
  const problems = [first === undefined ? 'its user data has no boot script of this toolkit' : first.end?.error];
  problems.push(...notes.flatMap((note) => (note.refused === undefined ? [] : [`kato refuses: ${note.refused}`])));
  const roles = JSON.parse(readFileSync(join(root, 'roles.json'), 'utf8')) as string[];
  if (!problems.some(Boolean)) {
    problems.push(...roleProblems(node.name, roles, options));
    if (options.secondBoot) problems.push(...(await again(root, node, setting, notes.length)));
  }
  const error = first?.end?.error;
  return {
    name: node.name,
    address: node.address,
    stages: (first?.stages ?? []).filter(({ stage }) => stage !== lastStage),
    seconds,
    roles,
    configSet: notes.filter(({ kato }) => kato.join(' ').startsWith('config set')).length,
    problems: [...new Set(problems.filter((problem) => problem !== undefined))],
    told: [...new Set(notes.filter(({ changes }) => changes).map(({ kato }) => kato.join(' ')))].sort(),
    ...(error === undefined ? {} : { error, log: tail(join(root, 'var/log/stackato-node.log'), root) }),
  };
}

/** Boots the node a second time: no further kato command may run. */
async function again(root: string, node: NodeSource, setting: Setting, before: number): Promise<string[]> {
  const { end } = await boot(readFileSync(join(root, B), 'utf8'), root, node, setting);
  const repeated = notesOf(root).slice(before);
  return [
    ...(end?.error === undefined ? [] : [`second boot: ${end.error}`]),
    ...repeated.filter(({ changes }) => changes).map(({ kato }) => `the second boot ran: kato ${kato.join(' ')}`),
  ];
}

/** Runs a script until the boot has ended, across reboots. A stage that fails once always fails: nothing heals here. */
async function boot(script: string, root: string, node: NodeSource, setting: Setting): Promise<Progress> {
  const { options, onEvent, signal, bin } = setting;
  const [start, console] = [join(root, 'script'), join(root, 'dev/console')];
  writeFileSync(start, script);
  writeFileSync(console, '');
  let progress: Progress = { stages: [] };
  let read = 0;
  const look = () => {
    const lines = readFileSync(console, 'utf8').split('\n').slice(0, -1);
    for (const line of lines.slice(read)) {
      const event = readConsole(line);
      progress = advance(progress, event);
      if (!('stage' in event)) continue;
      onEvent({ node: node.name, stage: event.stage });
      const { stage, state, error = 'failed' } = event.stage;
      if (state === 'retry' && !progress.end) progress = { ...progress, end: { error: `${stage}: ${error}` } };
    }
    read = lines.length;
  };
  const until = Date.now() + (options.limit ?? 900) * 1000;
  for (let file = start; !progress.end; file = join(root, B)) {
    rmSync(join(root, 'rebooted'), { force: true });
    const env = { PATH: bin, ROOT: root, ME: node.address, SLEEP: found('sleep') ?? 'sleep', TIMEOUT: timeout() };
    const child = spawn(join(bin, 'sh'), [file], { env, cwd: root, stdio: 'ignore', detached: true });
    if (child.pid !== undefined) writeFileSync(join(setting.dir, 'group'), String(child.pid));
    const ended = new Promise<void>((resolve) => child.once('close', () => resolve()));
    while (child.exitCode === null && child.signalCode === null) {
      await Promise.race([ended, new Promise((resolve) => setTimeout(resolve, 100))]);
      look();
      if (Date.now() > until) progress = { ...progress, end: { error: `not booted after ${options.limit ?? 900} s` } };
      if (signal.aborted || progress.end?.error !== undefined) killGroup(child.pid);
    }
    await ended;
    killGroup(child.pid);
    look();
    if (signal.aborted) throw new ToolError('the rehearsal was stopped');
    if (!progress.end && !existsSync(join(root, 'rebooted')))
      progress = { ...progress, end: { error: 'the script ended, but did not report the end of the boot' } };
  }
  return progress;
}

/** A folder with all the programs that scripts find. */
function makePrograms(dir: string): string {
  const bin = join(dir, 'bin');
  mkdirSync(bin);
  for (const name of REAL) {
    const place = found(name);
    if (place === undefined) throw new ToolError(`a rehearsal needs ${name} on this machine`, `install ${name}`);
    symlinkSync(place, join(bin, name));
  }
  for (const [name, body] of Object.entries(STAND_INS))
    writeFileSync(join(bin, name), `#!${join(bin, 'sh')}\n${body}\n`, { mode: 0o755 });
  return bin;
}

/** Ends a script with all its processes. */
function killGroup(pid: number | undefined): void {
  try {
    if (pid !== undefined) process.kill(-pid, 'SIGKILL');
  } catch {
    // All have ended.
  }
}

/** GNU's `timeout` makes its own process group unless `--foreground` is given; others never do. */
function timeout(): string {
  const place = found('timeout') ?? 'timeout';
  const { status } = spawnSync(place, ['--foreground', '5', 'true']);
  return status === 0 ? `${place} --foreground` : place;
}

function found(name: string): string | undefined {
  const { stdout } = spawnSync('sh', ['-c', `command -v ${name}`], { encoding: 'utf8' });
  return stdout.trim().startsWith('/') ? stdout.trim() : undefined;
}

/** The files of a new node. */
function makeNode(root: string, node: NodeSource): void {
  const put = (file: string, text: string, mode = 0o644) => {
    mkdirSync(dirname(join(root, file)), { recursive: true });
    writeFileSync(join(root, file), text, { mode });
  };
  for (const folder of ['tmp', 'dev', 'var/log', 'etc', 'home/stackato/.ssh'])
    mkdirSync(join(root, folder), { recursive: true });
  for (const file of ['home/stackato/.ssh/id_rsa', 'home/stackato/.ssh/id_rsa.pub']) put(file, `of ${node.name}\n`);
  for (const file of ['etc/ssl/private/stackato.key', 'etc/ssl/certs/stackato.crt']) put(file, 'rehearsed\n');
  // There are no data disks: the stage that mounts them counts as done.
  put('var/lib/stackato-node/done/disk', '');
  put('roles.json', JSON.stringify(shippedGroups['microcloud'] ?? []));
  put('home/stackato/bin/kato', KATO, 0o755);
}

function notesOf(root: string): KatoNote[] {
  const file = join(root, 'kato');
  if (!existsSync(file)) return [];
  return readFileSync(file, 'utf8')
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line) as KatoNote);
}

/** Declared roles that kato did not get, and the reverse. */
function roleProblems(
  name: string,
  roles: readonly string[],
  { version, expected, core = 'core' }: RehearsalOptions,
): string[] {
  const wanted = namesIn(spokenVersion(version), expected[name] ?? []);
  const implied = name === core ? impliedIn(version) : ['base'];
  const lacks = wanted.filter((role) => !roles.includes(role));
  const extra = roles.filter((role) => !wanted.includes(role) && !implied.includes(role));
  return [
    ...(lacks.length > 0 ? [`kato was not given ${lacks.join(' ')}`] : []),
    ...(extra.length > 0 ? [`kato was given ${extra.join(' ')}, which is not declared`] : []),
  ];
}

const tail = (file: string, root: string) =>
  existsSync(file) ? readFileSync(file, 'utf8').replaceAll(root, '').trimEnd().split('\n').slice(-20).join('\n') : '';
