import { existsSync } from 'node:fs';
import { ToolError } from '../base/input';
import { list, object } from '../base/json';
import { typedWord } from '../base/shell';
import type { StackRun } from './stack-run';

/** A resource in the cloud that carries a cluster's tag and is not in the state. */
export interface Orphan {
  /** `instance`, `volume`, `network-interface`, … as EC2 calls it; `db-instance`, `secret`. */
  readonly kind: string;
  readonly id: string;
  /** Its `Name` tag, or its own name. */
  readonly name?: string;
  /** Whether only its name says that it belongs to the cluster. */
  readonly byName?: true;
  /** Its name in the declaration, if different. */
  readonly as?: string;
  /** When it was made, if the cloud says so: `2026-11-30T18:00:00.000Z`. */
  readonly made?: string;
  /** Whether it runs, is attached, or has content from elsewhere. */
  readonly used?: true;
}

/** Facts from a stack's state. */
export interface StateFacts {
  /** All text values of its resources, which include every identifier. */
  readonly ids: ReadonlySet<string>;
  /** Whether it holds no resource. */
  readonly empty: boolean;
  /** AWS accounts of its resources, from their ARNs. */
  readonly accounts: ReadonlySet<string>;
  /** OpenStack projects of its resources, as Neutron's resources name them. */
  readonly projects: ReadonlySet<string>;
}

/**
 * Reads the state of an initialized stack.
 * @throws ToolError when the engine cannot show it
 */
export async function readState(stack: StackRun): Promise<StateFacts> {
  const lines: string[] = [];
  const { engine, dir, env, signal } = stack;
  const ended = await engine.run(dir, ['show', '-json'], { env, signal, onLine: (line) => lines.push(line) });
  if (ended.code !== 0) throw unreadable(stack, ended.stderr);
  return stateFacts((JSON.parse(lines.join('\n')) as { values?: unknown }).values);
}

/** A state that cannot be read, with the engine's own copy of the one before if it is there. */
function unreadable({ stateFile, next }: StackRun, said: string): ToolError {
  const backup = `${stateFile}.backup`;
  const restore = existsSync(backup)
    ? `${typedWord(backup)} is the state before the last change: look into it, copy it to ${typedWord(stateFile)}, then ${next}`
    : next;
  return new ToolError(`the state in ${stateFile} cannot be read; nothing was changed`, restore, said);
}

/** The facts of a state in the form of `show -json`, from its `values`. */
export function stateFacts(values: unknown): StateFacts {
  const ids = new Set<string>();
  const accounts = new Set<string>();
  const projects = new Set<string>();
  const collect = (value: unknown, key: string): void => {
    if (typeof value === 'string') {
      ids.add(value);
      const account = key === 'arn' ? /^arn:[^:]*:[^:]*:[^:]*:(\d{12}):/.exec(value)?.[1] : undefined;
      if (account) accounts.add(account);
      if (key === 'tenant_id' && value !== '') projects.add(value);
    } else if (value !== null && typeof value === 'object') {
      // a data source may show another owner's resource
      if ('mode' in value && value.mode === 'data') return;
      for (const [name, inner] of Object.entries(value)) collect(inner, name);
    }
  };
  collect(values, '');
  return { ids, empty: isEmpty(values), accounts, projects };
}

function isEmpty(values: unknown): boolean {
  const root = object(object(values)['root_module']);
  const own = list(root['resources']).some((resource) => object(resource)['mode'] !== 'data');
  return !own && list(root['child_modules']).length === 0;
}

/** One line per orphan: `instance i-0abc (mvp-dea-1)`. */
export function orphanText({ kind, id, name, as, byName }: Orphan): string {
  const called = name ?? as;
  return `${kind.replaceAll('-', ' ')} ${id}${called ? ` (${called})` : ''}${byName ? ', known by its name alone' : ''}`;
}
