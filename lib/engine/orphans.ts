import { ToolError } from '../base/input';
import type { StackRun } from './stack-run';

/** What the cloud holds under a cluster's tag and the state does not know. */
export interface Orphan {
  /** `instance`, `volume`, `network-interface`, … as EC2 calls it; `db-instance`, `secret`. */
  readonly kind: string;
  readonly id: string;
  /** From its `Name` tag, or its own name. */
  readonly name?: string;
  /** Whether nothing but its name says that it is the cluster's. */
  readonly byName?: true;
  /** What a declaration calls it, where that is not its name. */
  readonly as?: string;
}

/** What a stack's state tells about the cloud. */
export interface StateFacts {
  /** The text values of all its resources, so every identifier is among them. */
  readonly ids: ReadonlySet<string>;
  /** AWS accounts that its resources lie in, by their own ARNs. */
  readonly accounts: ReadonlySet<string>;
  /** OpenStack projects that its resources lie in: Neutron's say whose they are. */
  readonly projects: ReadonlySet<string>;
}

/** Reads the state of an initialized stack. @throws ToolError when the engine can't show it */
export async function readState(stack: StackRun): Promise<StateFacts> {
  const lines: string[] = [];
  const { engine, dir, env, signal } = stack;
  const ended = await engine.run(dir, ['show', '-json'], { env, signal, onLine: (line) => lines.push(line) });
  if (ended.code !== 0) throw new ToolError('the state can not be read; nothing was changed', stack.next, ended.stderr);
  return stateFacts((JSON.parse(lines.join('\n')) as { values?: unknown }).values);
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
      // a data source may show somebody else's
      if ('mode' in value && value.mode === 'data') return;
      for (const [name, inner] of Object.entries(value)) collect(inner, name);
    }
  };
  collect(values, '');
  return { ids, accounts, projects };
}

/** One line per orphan: `instance i-0abc (mvp-dea-1)`. */
export function orphanText({ kind, id, name, as, byName }: Orphan): string {
  const called = name ?? as;
  return `${kind.replaceAll('-', ' ')} ${id}${called ? ` (${called})` : ''}${byName ? ', known by its name alone' : ''}`;
}
