import { chmodSync, copyFileSync, mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { count, ToolError } from '../base/input';
import { causeText } from './causes';
import type { Ended } from './engine';
import { ensureInit } from './init';
import { staleRecords } from './last-snapshots';
import { type Diagnostic, type Progress, type ProgressReader, progressReader } from './progress';
import type { StackRun } from './stack-run';
import { type Waiting, waitingChanges } from './waiting';

/** One change that a plan holds. */
export interface PlannedChange {
  readonly address: string;
  readonly action: 'create' | 'update' | 'replace' | 'destroy' | 'forget';
}

export interface EnginePlan {
  /** The engine's plan file, readable only by its owner, in a folder that `dispose` removes; it may hold secrets. */
  readonly file: string;
  /** `show -json`, parsed; never written anywhere. */
  readonly json: Readonly<Record<string, unknown>>;
  readonly changes: readonly PlannedChange[];
  /** Names of changed outputs. */
  readonly outputs: readonly string[];
  /** Whether planning failed but still wrote a plan (`prevent_destroy`); it cannot be applied. */
  readonly errored: boolean;
  readonly diagnostics: readonly Diagnostic[];
  dispose(): void;
}

export interface PlanOptions {
  readonly destroy?: boolean;
  /** Only these addresses and their dependencies. */
  readonly targets?: readonly string[];
}

const PARALLELISM = '-parallelism=20';
const LOCK = '-lock-timeout=30s';
const PLAN_SECONDS = 1800;
/** RDS may take half an hour per change, and Terraform has its own timeout per resource. */
export const APPLY_SECONDS = 4 * 3600;

/**
 * Plans a stack, after initializing it if needed. A plan that failed but wrote a file is returned with `errored`. Call
 * `dispose` at the end. A database that is replaced gets a new name for its last snapshot, whatever the reason.
 * @throws ToolError when there is no plan; nothing was changed
 */
export async function planStack(stack: StackRun, options: PlanOptions = {}): Promise<EnginePlan> {
  const plan = await planOnce(stack, options);
  const replace = staleRecords(plan.json);
  if (plan.errored || replace.length === 0) return plan;
  plan.dispose();
  return planOnce(stack, { ...options, replace });
}

async function planOnce(stack: StackRun, options: PlanOptions & { replace?: readonly string[] }): Promise<EnginePlan> {
  await ensureInit(stack);
  const { engine, dir, env, signal } = stack;
  removeForsaken();
  const folder = mkdtempSync(join(tmpdir(), `${FOLDER}${process.pid}-`));
  const remove = () => rmSync(folder, { recursive: true, force: true });
  // also when the process exits early: the file may hold secrets
  process.once('exit', remove);
  const dispose = () => {
    process.removeListener('exit', remove);
    remove();
  };
  try {
    const file = join(folder, 'plan');
    writeFileSync(file, '', { mode: 0o600 });
    const reader = progressReader(0);
    const args = ['plan', '-json', '-input=false', LOCK, PARALLELISM, `-out=${file}`];
    if (options.destroy) args.push('-destroy');
    for (const target of options.targets ?? []) args.push(`-target=${target}`);
    for (const address of options.replace ?? []) args.push(`-replace=${address}`);
    const ended = await engine.run(dir, args, { env, signal, onJson: reader.take, limitSeconds: PLAN_SECONDS });
    const nothing = `planning ${dir} ${ending(ended)}; nothing was changed`;
    if (ended.stopped) throw new ToolError(nothing, stack.next, details(reader, ended));
    const errored = ended.code !== 0;
    if (errored && statSync(file).size === 0) throw new ToolError(nothing, stack.next, details(reader, ended));
    const json = await showJson(stack, file);
    return {
      file,
      json,
      changes: changesOf(json),
      outputs: outputsOf(json),
      errored,
      diagnostics: reader.diagnostics,
      dispose,
    };
  } catch (error) {
    dispose();
    throw error;
  }
}

const FOLDER = 'stackato-plan-';

/** Removes plans of runs that were killed: they may hold secrets. */
function removeForsaken(): void {
  for (const name of readdirSync(tmpdir())) {
    const pid = name.startsWith(FOLDER) ? /^(\d+)-/.exec(name.slice(FOLDER.length))?.[1] : undefined;
    if (pid !== undefined && !isAlive(Number(pid))) rmSync(join(tmpdir(), name), { recursive: true, force: true });
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // another user's
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

/** Copies a plan's file to a path of the user's choice, readable only by its owner. */
export function keepPlan(plan: EnginePlan, file: string): void {
  copyFileSync(plan.file, file);
  chmodSync(file, 0o600);
}

export interface Applied {
  readonly created: number;
  readonly updated: number;
  readonly destroyed: number;
}

/**
 * Applies a plan and reports progress.
 * @throws ToolError when it ends half-way, with what was made, where the state is, the cause and the next command
 */
export async function applyPlan(
  stack: StackRun,
  plan: EnginePlan,
  onProgress?: (progress: Progress) => void,
): Promise<Applied> {
  if (plan.errored) throw new Error('a failed plan cannot be applied');
  // a replacement is two operations; forgetting a resource is none
  const operations = { create: 1, update: 1, replace: 2, destroy: 1, forget: 0 };
  const total = plan.changes.reduce((sum, change) => sum + operations[change.action], 0);
  const reader = progressReader(total);
  const { engine, dir, env, signal } = stack;
  const tell = () => onProgress?.(reader.progress());
  // the engine reports every ten seconds, which is too slow for a person who watches
  const timer = setInterval(tell, 1000);
  try {
    const onJson = (line: Readonly<Record<string, unknown>>) => {
      reader.take(line);
      tell();
    };
    const args = ['apply', '-json', '-input=false', LOCK, PARALLELISM, plan.file];
    const ended = await engine.run(dir, args, { env, signal, onJson, limitSeconds: APPLY_SECONDS });
    if (ended.code !== 0 || ended.stopped) throw halfWay(stack, ended, reader);
  } finally {
    clearInterval(timer);
  }
  const { created, updated, destroyed } = reader.finished;
  return { created: created.length, updated: updated.length, destroyed: destroyed.length };
}

/**
 * Plans again after an apply: the plan must be empty, but for changes that the cloud has accepted and makes later. Returns these.
 * @throws ToolError when something else would still change
 */
export async function secondPlan(stack: StackRun): Promise<readonly Waiting[]> {
  const plan = await planStack(stack);
  plan.dispose();
  if (plan.errored) throw planFailed(stack, plan);
  const waiting = waitingChanges(plan.json);
  const changes = plan.changes.filter((c) => !waiting.some(({ address }) => address === c.address));
  const left = [...changes.map((c) => `${c.action} ${c.address}`), ...plan.outputs.map((o) => `output ${o}`)];
  if (left.length === 0) return waiting;
  throw new ToolError(
    `applied, but a second plan is not empty: ${count(left.length, 'change')} would repeat at every run`,
    stack.next,
    left.join('\n'),
  );
}

/** Why a plan cannot be applied. */
export function planFailed(stack: Pick<StackRun, 'next'>, plan: Pick<EnginePlan, 'diagnostics'>): ToolError {
  const errors = plan.diagnostics.filter((d) => d.severity === 'error');
  return new ToolError(
    `the plan failed with ${count(errors.length, 'error')}; nothing was changed`,
    stack.next,
    errors.map(causeText).join('\n'),
  );
}

/** The message of an apply that did not finish. */
export function halfWay(stack: Pick<StackRun, 'stateFile' | 'next'>, ended: Ended, reader: ProgressReader): ToolError {
  const { done, total, waiting } = reader.progress();
  const { created, updated, destroyed } = reader.finished;
  const did = [
    created.length > 0 ? `${count(created.length, 'resource')} made` : '',
    updated.length > 0 ? `${updated.length} changed` : '',
    destroyed.length > 0 ? `${destroyed.length} destroyed` : '',
  ].filter((words) => words);
  const lines = [`${ending(ended)} after ${done} of ${total} operations: ${did.join(', ') || 'nothing made yet'}`];
  lines.push(`the state is kept in ${stack.stateFile}; what is in it is not created again`);
  if (ended.killed || ended.code === null) {
    lines.push(
      waiting.length > 0
        ? `in progress, and perhaps created without being in the state: ${waiting.map((w) => w.address).join(', ')}`
        : 'operations in progress may have created resources that are not in the state',
    );
  }
  const said = details(reader, ended);
  const exists = /AlreadyExists|already exists|\.Duplicate|\.Conflict|AlreadyAssociated/.test(said ?? '');
  return new ToolError(lines.join('\n'), exists ? `${stack.next} --heal` : stack.next, said);
}

function ending(ended: Ended): string {
  if (ended.stopped === 'abort') return `interrupted${ended.killed ? ', and killed because it did not stop' : ''}`;
  if (ended.stopped === 'limit') return 'stopped at its timeout';
  return ended.code === null ? 'killed from outside' : 'failed';
}

function details(reader: ProgressReader, ended: Ended): string | undefined {
  // the engine's general message about every interruption
  const noise = ended.stopped ? 'execution halted' : '';
  const errors = reader.diagnostics.filter((d) => d.severity === 'error' && d.summary !== noise);
  const text = errors.length > 0 ? [...new Set(errors.map(causeText))].join('\n') : ended.stderr.trim();
  return text || undefined;
}

async function showJson(stack: StackRun, file: string): Promise<Readonly<Record<string, unknown>>> {
  const lines: string[] = [];
  const { engine, dir, env, signal } = stack;
  const ended = await engine.run(dir, ['show', '-json', file], { env, signal, onLine: (line) => lines.push(line) });
  if (ended.code === 0) return JSON.parse(lines.join('\n')) as Readonly<Record<string, unknown>>;
  throw new ToolError(`reading the plan of ${dir} ${ending(ended)}; nothing was changed`, stack.next, ended.stderr);
}

/**
 * Addresses of all resources in the state.
 * @throws ToolError when the state cannot be read
 */
export async function stateAddresses(stack: StackRun): Promise<string[]> {
  const lines: string[] = [];
  const { engine, dir, env, signal } = stack;
  const ended = await engine.run(dir, ['state', 'list'], { env, signal, onLine: (line) => lines.push(line) });
  // without a state, the engine reports an error
  if (ended.code === 0 || /No state file was found/.test(ended.stderr)) return lines.filter((line) => line);
  throw new ToolError('the state cannot be read; nothing was changed', stack.next, ended.stderr);
}

/** The changes in a plan's JSON, in its order; reads and no-ops are left out. */
export function changesOf(json: Readonly<Record<string, unknown>>): PlannedChange[] {
  const entries = (json['resource_changes'] ?? []) as readonly { address: string; change: { actions: string[] } }[];
  return entries.flatMap(({ address, change }): PlannedChange[] => {
    const actions = change.actions;
    // OpenTofu forgets the old one instead of destroying it if its lifecycle says so
    if (actions.includes('create') && actions.length > 1) return [{ address, action: 'replace' }];
    const words = { create: 'create', update: 'update', delete: 'destroy', forget: 'forget' } as const;
    const action = words[actions[0] as keyof typeof words];
    return action ? [{ address, action }] : [];
  });
}

function outputsOf(json: Readonly<Record<string, unknown>>): string[] {
  const entries = Object.entries((json['output_changes'] ?? {}) as Record<string, { actions: string[] }>);
  return entries.filter(([, change]) => change.actions[0] !== 'no-op').map(([name]) => name);
}
