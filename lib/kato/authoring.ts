import type { Action, Hole, Word } from './step';

/** What `text` takes between its quotes: a text, a number, a hole, or a secret by name as `secret('name')` makes it. */
export type Filling = string | number | Hole | { readonly secret: string };

/** A value that JSON can say. */
export type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json };

/** The core's private address, wherever a step of your own role needs it; the cloud fills it in. */
export const coreAddress: Hole = { hole: 'core.address' };

/** The availability zone of the node that a step runs on; the node asks its cloud for it. */
export const nodeZone: Hole = { hole: 'node.zone' };

/**
 * One word of a command, with holes in it; secrets are fetched by the node at boot and never seen by Terraform.
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
 * A step that sets a value of kato's configuration: text as it stands, everything else as JSON, so that numbers stay numbers.
 *
 * @example configSet('dea_ng', 'resources/memory_max_percent', 85)
 */
export function configSet(component: string, key: string, value: Word | Json): Action {
  if (typeof value === 'string') return { do: 'config', component, key, value, type: 'string' };
  if (isWord(value)) return { do: 'config', component, key, value, type: 'string' };
  return { do: 'config', component, key, value: JSON.stringify(value), type: 'json' };
}

/** A step that runs a program as root; the stage fails, and is tried again, when the program does. Never runs a shell. */
export function run(...words: readonly [Word, ...Word[]]): Action {
  return { do: 'run', words };
}

/** A step that writes a file as root; `mode` as in chmod, @default 644. */
export function write(path: string, content: string, mode?: string): Action {
  return { do: 'write', path, content, ...(mode === undefined ? {} : { mode }) };
}

/** A step that restarts a role of the node, so that it reads its configuration again. */
export function restart(role: string): Action {
  return { do: 'restart', role };
}

const isHole = (value: unknown): value is Hole => typeof value === 'object' && value !== null && 'hole' in value;

/** Whether it is a hole, or a row with at least one: a list of mere text is a list for kato. */
function isWord(value: Word | Json): value is Hole | readonly (string | Hole)[] {
  return isHole(value) || (Array.isArray(value) && value.some(isHole));
}
