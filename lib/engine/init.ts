import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ToolError } from '../base/input';
import { readStackConfig, type StackConfig } from './stack-config';
import type { StackRun } from './stack-run';

const INIT_SECONDS = 900;

/**
 * Initializes a stack's folder, unless it was initialized with the same engine, providers, modules, backend and lock file.
 * @throws ToolError when a provider or the backend is not available
 */
export async function ensureInit(stack: StackRun): Promise<void> {
  const mark = join(stack.dir, '.terraform', 'stackato-init');
  const before = fingerprint(stack);
  if (existsSync(join(stack.dir, '.terraform', 'providers')) && readOr(mark) === before) return;
  let said = await init(stack, []);
  // the lock file is of an earlier synthesis: the versions that the stack names now are the ones that count
  if (said !== undefined && /init -upgrade/.test(said)) said = await init(stack, ['-upgrade']);
  if (said !== undefined) {
    const lacking = lackingProviders(readStackConfig(stack.dir), said);
    const what = lacking
      ? `${lacking.join(' and ')} ${lacking.length > 1 ? 'are' : 'is'} in no mirror, and no registry has it for us`
      : `initializing ${stack.dir} failed`;
    throw new ToolError(
      `${what}; nothing was changed`,
      'a provider comes from a registry or from a local mirror (STACKATO_MIRROR=FOLDER); then repeat the command',
      said,
    );
  }
  writeFileSync(mark, fingerprint(stack));
}

/** Providers that the engine found nowhere, with versions; empty when init failed for another reason. */
export function lackingProviders({ terraform }: StackConfig, said: string): readonly string[] | undefined {
  const text = said.replace(/[\s│]+/g, ' ');
  const told = [...text.matchAll(/Could not retrieve the list of available versions for provider (\S+):/g)].map(
    (m) => m[1]!,
  );
  const wanted = Object.values((terraform?.['required_providers'] ?? {}) as Record<string, Wanted>);
  // one that names no namespace is HashiCorp's
  const lacking = wanted.filter(({ source = '' }) =>
    told.some((name) => name === source || name.endsWith(`/${source}`)),
  );
  return lacking.length > 0
    ? lacking.map(({ source, version }) => [source, version].filter(Boolean).join(' '))
    : undefined;
}

interface Wanted {
  readonly source?: string;
  readonly version?: string;
}

/** Undefined on success, else the engine's message. */
async function init(stack: StackRun, extra: readonly string[]): Promise<string | undefined> {
  const { engine, dir, env, signal } = stack;
  const lines: string[] = [];
  const args = ['init', '-input=false', '-no-color', ...extra];
  const ended = await engine.run(dir, args, { env, signal, limitSeconds: INIT_SECONDS, onLine: (l) => lines.push(l) });
  if (ended.stopped) throw new ToolError(`initializing ${dir} was stopped; nothing was changed`, stack.next);
  return ended.code === 0 ? undefined : ended.stderr.trim() || lines.join('\n');
}

function fingerprint({ engine, dir }: StackRun): string {
  const { terraform, module, provider } = readStackConfig(dir);
  const modules = Object.values(module ?? {}).map((m) => [m['source'], m['version']]);
  const lock = readOr(join(dir, '.terraform.lock.hcl'));
  const parts = [engine.kind, engine.version, terraform ?? null, modules, Object.keys(provider ?? {}), lock ?? null];
  return createHash('sha256').update(JSON.stringify(parts)).digest('hex');
}

function readOr(file: string): string | undefined {
  return existsSync(file) ? readFileSync(file, 'utf8') : undefined;
}
