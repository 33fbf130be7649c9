/** Values of kato's configuration. */
export type Value = null | boolean | number | string | Value[] | { [key: string]: Value };

/** A bare word as kato reads it: booleans and numbers by their look, lists and maps as JSON text, all else a string (2.5, H). */
export function scalar(text: string): Value {
  const word = text.trim();
  if (word === '' || word === '~' || word === 'null') return word === '' ? '' : null;
  if (word === 'true' || word === 'false') return word === 'true';
  if (/^-?(0|[1-9]\d*)(\.\d+)?$/.test(word)) return Number(word);
  if (/^".*"$/s.test(word)) return JSON.parse(word) as string;
  if (/^'.*'$/s.test(word)) return word.slice(1, -1).replaceAll("''", "'");
  return text;
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

/** The YAML that nodes carry: block maps, block lists of scalars, flow lists of scalars. Throws in words on anything else. */
export function parseYaml(text: string): Value {
  const lines = text
    .split('\n')
    .map((line) => line.replace(/(^|\s)#.*$/, '').trimEnd())
    .filter((line) => line !== '' && line !== '---')
    .map((line) => ({ indent: line.length - line.trimStart().length, text: line.trim() }));
  let at = 0;
  const block = (indent: number): Value => {
    const first = lines[at];
    if (!first) return null;
    if (first.text.startsWith('- ')) {
      const list: Value[] = [];
      while (lines[at]?.indent === indent && lines[at]!.text.startsWith('- '))
        list.push(flow(lines[at++]!.text.slice(2)));
      return list;
    }
    const map: { [key: string]: Value } = {};
    while (lines[at]?.indent === indent) {
      const match = /^("[^"]*"|'[^']*'|[^:\s][^:]*):(?:\s+(.*))?$/.exec(lines[at]!.text);
      if (!match) break;
      const key = String(scalar(match[1]!));
      at++;
      const next = lines[at];
      const deeper = next && (next.indent > indent || (next.indent === indent && next.text.startsWith('- ')));
      map[key] = match[2] !== undefined ? flow(match[2]) : deeper ? block(next.indent) : null;
    }
    return map;
  };
  if (lines.length === 1 && !/^[^"'[{]*:(\s|$)/.test(lines[0]!.text) && !lines[0]!.text.startsWith('- ')) {
    return flow(lines[0]!.text);
  }
  const value = block(lines[0]?.indent ?? 0);
  if (at < lines.length) throw new Error(`cannot read YAML at "${lines[at]!.text}"`);
  return value;
}

function flow(text: string): Value {
  if (/^[[{]/.test(text)) {
    try {
      return JSON.parse(text) as Value;
    } catch {
      const inner = /^\[(.*)\]$/.exec(text);
      if (!inner) throw new Error(`cannot read YAML at "${text}"`);
      return inner[1]!.trim() === '' ? [] : inner[1]!.split(',').map((item) => scalar(item.trim()));
    }
  }
  return scalar(text);
}
