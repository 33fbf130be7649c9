/** A reference in an expression: `openstack_port.core.fixed_ip[0].subnet_id`. */
export interface Reference {
  readonly text: string;
  readonly data: boolean;
  readonly type: string;
  readonly name: string;
  /** What follows the name: attributes, literal keys, numbers, or undefined for an index known only at apply. */
  readonly path: readonly (string | number | undefined)[];
  /** Whether the whole value is this one reference. */
  readonly whole: boolean;
}

/** All references to resources and data sources in a text with templates. */
export function referencesIn(text: string): readonly Reference[] {
  return expressionsIn(text).flatMap((expression) => {
    const whole = text === `\${${expression}}`;
    const found: Reference[] = [];
    const bound = variablesOf(expression);
    for (const match of withoutText(expression).matchAll(REFERENCE)) {
      if (match[1] === undefined && bound.has(match[2]!)) continue;
      const end = match.index + match[0].length;
      const { path, length } = steps(expression.slice(end));
      const reference = expression.slice(match.index, end + length);
      found.push({
        text: reference,
        data: match[1] !== undefined,
        type: match[2]!,
        name: match[3]!,
        path,
        whole: whole && reference === expression.trim() && !reference.includes('*'),
      });
    }
    return found;
  });
}

const REFERENCE = /(?<![\w.\]"-])(data\.)?([a-z][a-z0-9]*(?:_[a-z0-9]+)+)\.([A-Za-z_][\w-]*)/g;

/** The path that an address or a part of one leads along: `network[0].port`. */
export const pathIn = (text: string) => steps(`.${text}`).path;

/** An expression with quoted text blanked out, except keys of indexes; templates inside text are found separately. */
export function withoutText(expression: string): string {
  return expression.replaceAll(/"(?:[^"\\]|\\.)*"/g, (quoted, at: number) =>
    expression[at - 1] === '[' ? quoted : ' '.repeat(quoted.length),
  );
}

/** Loop variables of `for`. */
function variablesOf(expression: string): ReadonlySet<string> {
  const found = expression.matchAll(/\bfor\s+(\w+)(?:\s*,\s*(\w+))?\s+in\b/g);
  return new Set([...found].flatMap(([, key, value]) => [key!, value ?? key!]));
}

/** The insides of all `${…}`, also of those within quotes; `$${` is text. One that is not closed ends with the text. */
export function expressionsIn(text: string): string[] {
  const found: string[] = [];
  let at = 0;
  /** Reads to the end of the whole text, or of the quoted one. */
  const plain = (quoted: boolean): void => {
    while (at < text.length) {
      if (text.startsWith('$${', at)) at += 3;
      else if (text.startsWith('${', at)) inside();
      else if (quoted && text[at] === '\\') at += 2;
      else if (text[at++] === '"' && quoted) return;
    }
  };
  const inside = (): void => {
    at += 2;
    const start = at;
    for (let depth = 1; at < text.length; ) {
      const sign = text[at++];
      if (sign === '"') plain(true);
      else if (sign === '{') depth++;
      else if (sign === '}' && --depth === 0) break;
    }
    found.push(text.slice(start, text[at - 1] === '}' ? at - 1 : at));
  };
  if (text.includes('${')) plain(false);
  return found;
}

/** Attributes and indexes at the beginning of a text. */
function steps(text: string): { path: (string | number | undefined)[]; length: number } {
  const path: (string | number | undefined)[] = [];
  let at = 0;
  for (;;) {
    const attribute = /^\.([A-Za-z_][\w-]*|\*|\d+)/.exec(text.slice(at));
    const index = text[at] === '[' ? indexEnd(text, at) : undefined;
    if (attribute) {
      const word = attribute[1]!;
      path.push(word === '*' ? undefined : /^\d+$/.test(word) ? Number(word) : word);
      at += attribute[0].length;
    } else if (index !== undefined) {
      const inside = text.slice(at + 1, index).trim();
      const literal = /^"((?:[^"\\$]|\\.)*)"$/.exec(inside);
      path.push(literal ? literal[1] : /^\d+$/.test(inside) ? Number(inside) : undefined);
      at = index + 1;
    } else {
      return { path, length: at };
    }
  }
}

function indexEnd(text: string, start: number): number | undefined {
  let depth = 0;
  for (let at = start; at < text.length; at++) {
    if (text[at] === '[') depth++;
    else if (text[at] === ']' && --depth === 0) return at;
  }
  return undefined;
}
