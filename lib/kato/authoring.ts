import type { Action, Hole, Word } from './step';

/** A value that `text` accepts in `${…}`: a text, a number, a hole, or a secret from `secret('name')`. */
export type Filling = string | number | Hole | { readonly secret: string };

/** A value of JSON. */
export type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json };

/** The core's private address, for steps of your own roles; the cloud fills it in. */
export const coreAddress: Hole = { hole: 'core.address' };

/** The availability zone of the node that runs the step; the node asks its cloud for it. */
export const nodeZone: Hole = { hole: 'node.zone' };

/**
 * One word of a command, with holes in it. The node fetches secrets at boot; Terraform never sees them.
 *
 * @example run('curl', '-fsS', text`http://${coreAddress}:9200/_health`)
 */
export function text(literal: TemplateStringsArray, ...fillings: readonly Filling[]): Word {
  const parts: (string | Hole)[] = [];
  literal.forEach((piece, i) => {
    if (piece) parts.push(piece);
    const filling = fillings[i];
    if (filling === undefined) return;
    if (typeof filling !== 'object') parts.push(String(filling));
    else parts.push('hole' in filling ? filling : { hole: 'secret', name: filling.secret });
  });
  return parts.some((part) => typeof part !== 'string') ? parts : parts.join('');
}

/**
 * A step that sets a value of kato's configuration: text as it is, any other value as JSON, so that numbers stay numbers.
 *
 * @example configSet('dea_ng', 'resources/memory_max_percent', 85)
 */
export function configSet(component: string, key: string, value: Word | Json): Action {
  if (typeof value === 'string') return { do: 'config', component, key, value, type: 'string' };
  if (isWord(value)) return { do: 'config', component, key, value, type: 'string' };
  return { do: 'config', component, key, value: JSON.stringify(value), type: 'json' };
}

/** A step that runs a program as root, without a shell. If the program fails, the stage fails and is retried. */
export function run(...words: readonly [Word, ...Word[]]): Action {
  return { do: 'run', words };
}

/** A step that writes a file as root. `path` is absolute; `mode` has three or four digits as in chmod, 644 if omitted. */
export function write(path: string, content: string, mode?: string): Action {
  return { do: 'write', path, content, ...(mode === undefined ? {} : { mode }) };
}

/** A step that restarts a role of the node, so that the role reads its configuration again. */
export function restart(role: string): Action {
  return { do: 'restart', role };
}

const isHole = (value: unknown): value is Hole => typeof value === 'object' && value !== null && 'hole' in value;

/** Whether it is a hole, or a sequence with at least one: a list of plain texts is a list for kato. */
function isWord(value: Word | Json): value is Hole | readonly (string | Hole)[] {
  return isHole(value) || (Array.isArray(value) && value.some(isHole));
}
