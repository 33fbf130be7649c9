/** A path into a resource's values: `['root_block_device', 0, 'kms_key_id']`. */
export type ValuePath = readonly (string | number)[];

/** The value at a path, or undefined. */
export function at(tree: unknown, path: ValuePath): unknown {
  let value = tree;
  for (const part of path) {
    if (typeof value !== 'object' || value === null) return undefined;
    value = (value as Record<string | number, unknown>)[part];
  }
  return value;
}

/** The mark at a path in a tree of marks (`after_unknown`, `after_sensitive`). A mark covers everything below it. */
export function markAt(marks: unknown, path: ValuePath): unknown {
  let mark = marks;
  for (const part of path) {
    if (mark === true) return true;
    if (typeof mark !== 'object' || mark === null) return false;
    mark = (mark as Record<string | number, unknown>)[part];
  }
  return mark ?? false;
}

/** `root_block_device[0].kms_key_id`. */
export function pathText(path: ValuePath): string {
  return path.map((part, i) => (typeof part === 'number' ? `[${part}]` : i === 0 ? part : `.${part}`)).join('');
}

/** The last name on a path: `kms_key_id`. It decides whether a value is a secret or a blob. */
export function lastName(path: ValuePath): string {
  return [...path].reverse().find((part): part is string => typeof part === 'string') ?? '';
}
