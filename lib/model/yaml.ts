/** Values of kato's configuration. */
export type Value = null | boolean | number | string | Value[] | { [key: string]: Value };

/** A bare word as kato reads it: booleans and numbers by their look, lists and maps as JSON text, all else a string (2.5, H). */
export function scalar(text: string): Value {
  const word = text.trim();
  if (word === '' || word === '~' || word === 'null') return word === '' ? '' : null;
  if (word === 'true' || word === 'false') return word === 'true';
  // A number that would come out as another one, as of a password of many digits, stays text.
  if (/^-?(0|[1-9]\d*)(\.\d+)?$/.test(word)) return Math.abs(Number(word)) < 2 ** 53 ? Number(word) : text;
  if (/^".*"$/s.test(word)) return quoted(word) ?? text;
  if (/^'.*'$/s.test(word)) return word.slice(1, -1).replaceAll("''", "'");
  return text;
}

function quoted(word: string): string | undefined {
  try {
    return JSON.parse(word) as string;
  } catch {
    return undefined;
  }
}

/** YAML as kato prints it: scalars bare, maps and lists in block form (2.1, H for YAML; the layout L). */
export function yamlText(value: Value, indent = ''): string {
  if (Array.isArray(value)) {
    if (value.length === 0) return `${indent}[]`;
    return value
      .map((item) => `${indent}- ${nested(item) ? `\n${yamlText(item, `${indent}  `)}` : bare(item)}`)
      .join('\n');
  }
  if (value !== null && typeof value === 'object') {
    const entries = Object.entries(value);
    if (entries.length === 0) return `${indent}{}`;
    return entries
      .map(([key, item]) => `${indent}${key}:${nested(item) ? `\n${yamlText(item, `${indent}  `)}` : ` ${bare(item)}`}`)
      .join('\n');
  }
  return `${indent}${bare(value)}`;
}

function nested(value: Value): boolean {
  return value !== null && typeof value === 'object' && Object.keys(value).length > 0;
}

function bare(value: Value): string {
  if (Array.isArray(value)) return '[]';
  if (value !== null && typeof value === 'object') return '{}';
  if (typeof value !== 'string') return String(value);
  const plain = value !== '' && scalar(value) === value && !/^[\s\-?:,[\]{}#&*!|>'"%@`]|: | #|\s$|\n/.test(value);
  return plain ? value : JSON.stringify(value);
}

/** The text is not YAML; the message is what kato prints. */
export class YamlError extends Error {}

/** Reads a YAML document; an empty value is null. Throws a YamlError that says what is wrong. */
export function parseYaml(text: string): Value {
  if (text.trim() === '') return null;
  // Loaded here: most calls of kato read none, and every call on every node starts anew.
  const { parse } = require('yaml') as typeof import('yaml');
  try {
    return plain(parse(text, { logLevel: 'error' }));
  } catch (error) {
    throw new YamlError(`cannot read YAML: ${(error as Error).message.split('\n')[0]}`);
  }
}

/** What JSON can say of a value, as the store keeps it. */
function plain(value: unknown): Value {
  const text = JSON.stringify(value ?? null);
  return JSON.parse(text ?? 'null') as Value;
}
