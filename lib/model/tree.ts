import type { Value } from './yaml';

export type Tree = { [key: string]: Value };

/** Thrown by the store in the words that kato prints. */
export class ConfigError extends Error {}

const kindOf = (value: Value): string =>
  value === null ? 'null' : Array.isArray(value) ? 'array' : typeof value === 'object' ? 'struct' : typeof value;

const keysOf = (path: string): string[] => path.split('/').filter((key) => key !== '');

/** The value at a key path (`mysql/host`; `/` or nothing is all of it), or nothing. */
export function getAt(tree: Value, path: string): Value | undefined {
  let value: Value | undefined = tree;
  for (const key of keysOf(path)) {
    if (value === null || typeof value !== 'object' || Array.isArray(value)) return undefined;
    value = Object.hasOwn(value, key) ? value[key] : undefined;
    if (value === undefined) return undefined;
  }
  return value;
}

/** A value of config as a port; not a number when it is none. */
export function portOf(value: Value | undefined): number {
  const port = typeof value === 'string' && /^\d+$/.test(value) ? Number(value) : value;
  return typeof port === 'number' && Number.isInteger(port) && port > 0 && port < 65_536 ? port : Number.NaN;
}

/** A tree with a value set at a path; another type than before only by force (2.5, H). */
export function setAt(tree: Tree, path: string, value: Value, force: boolean): Tree {
  const before = getAt(tree, path);
  const changes = before !== undefined && before !== null && kindOf(before) !== kindOf(value);
  if (changes && keysOf(path).length > 0 && !force) {
    throw new ConfigError(`type of ${path} would change from ${kindOf(before)} to ${kindOf(value)}; use --force`);
  }
  return put(tree, keysOf(path), value, path);
}

/** A tree without a path; without `/` it is empty. */
export function deleteAt(tree: Tree, path: string): Tree {
  if (getAt(tree, path) === undefined) throw new ConfigError(`no such key: ${path}`);
  const keys = keysOf(path);
  const last = keys.pop();
  if (last === undefined) return {};
  const parent = { ...(getAt(tree, keys.join('/')) as Tree) };
  delete parent[last];
  return put(tree, keys, parent, path);
}

/** Appends to the list at a path, or takes a value out of it (2.5, H). */
export function pushAt(tree: Tree, path: string, value: Value): Tree {
  const list = getAt(tree, path) ?? [];
  if (!Array.isArray(list)) throw new ConfigError(`${path} is not a list`);
  return put(tree, keysOf(path), [...list, value], path);
}

export function popAt(tree: Tree, path: string, value: Value): Tree {
  const list = getAt(tree, path);
  if (!Array.isArray(list)) throw new ConfigError(`${path} is not a list`);
  const at = list.findIndex((item) => JSON.stringify(item) === JSON.stringify(value));
  if (at < 0) throw new ConfigError(`${path} does not contain that value`);
  return put(
    tree,
    keysOf(path),
    list.filter((_, i) => i !== at),
    path,
  );
}

function put(tree: Tree, keys: readonly string[], value: Value, path: string): Tree {
  const [key, ...rest] = keys;
  if (key === undefined) {
    if (kindOf(value) !== 'struct') throw new ConfigError('a whole component must be a map');
    return value as Tree;
  }
  const child = Object.hasOwn(tree, key) ? tree[key]! : {};
  if (rest.length > 0 && kindOf(child) !== 'struct') throw new ConfigError(`${path}: ${key} is not a map`);
  return { ...tree, [key]: rest.length > 0 ? put(child as Tree, rest, value, path) : value };
}
