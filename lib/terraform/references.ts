/** A reference in an expression: `openstack_port.core.fixed_ip[0].subnet_id`. */
export interface Reference {
  readonly text: string;
  readonly data: boolean;
  readonly type: string;
  readonly name: string;
  /** What follows the name: attributes, literal keys, numbers, or undefined for an index that only an apply knows. */
  readonly path: readonly (string | number | undefined)[];
  /** Whether the whole value is this reference and nothing else. */
  readonly whole: boolean;
}

/** All references to resources and data sources in a text with templates. */
export function referencesIn(text: string): readonly Reference[] {
  return expressions(text).flatMap((expression) => {
    const whole = text === `\${${expression}}`;
    const found: Reference[] = [];
    // What stands in quotes is no reference; templates in it were found on their own.
    const bare = expression.replaceAll(/"(?:[^"\\]|\\.)*"/g, (quoted, at: number) =>
      expression[at - 1] === '[' ? quoted : ' '.repeat(quoted.length),
    );
    for (const match of bare.matchAll(/(?<![\w.\]"-])(data\.)?([a-z][a-z0-9]*(?:_[a-z0-9]+)+)\.([A-Za-z_][\w-]*)/g)) {
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

/** The insides of all `${…}`, also of those within strings; `$${` is text. */
function expressions(text: string): string[] {
  const found: string[] = [];
  const plain = text.replaceAll('$${', '   ');
  for (let i = plain.indexOf('${'); i >= 0; i = plain.indexOf('${', i + 2)) {
    let depth = 0;
    let end = i + 1;
    do {
      if (plain[end] === '{') depth++;
      else if (plain[end] === '}') depth--;
      end++;
    } while (depth > 0 && end < plain.length);
    found.push(plain.slice(i + 2, end - 1));
  }
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
