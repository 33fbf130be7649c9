/** `each` of one instance of a resource. */
export interface Each {
  readonly key: string;
  readonly value: unknown;
}

/** A value of a synthesized stack with `each.key`, `each.value`, `each.value.x` and `element([…], each.value)` filled in. */
export function fill(value: unknown, each: Each | undefined): string {
  return String(value ?? '').replace(/\$\{([^{}]*)\}/g, (whole, expression: string) => {
    const element = /^element\(\[(.*)\], (each\.value[\w.]*)\)$/.exec(expression);
    if (!element) return looked(expression, each) ?? whole;
    const list = element[1]!.split(/,\s*/);
    const chosen = list[Number(looked(element[2]!, each)) % list.length]!;
    // A text in the list has quotes, a reference does not.
    return /^".*"$/.test(chosen) ? (JSON.parse(chosen) as string) : `\${${chosen}}`;
  });
}

function looked(expression: string, each: Each | undefined): string | undefined {
  if (!each) return undefined;
  if (expression === 'each.key') return each.key;
  const match = /^each\.value((?:\.\w+)*)$/.exec(expression);
  if (!match) return undefined;
  let value: unknown = each.value;
  for (const key of match[1]!.split('.').filter(Boolean)) value = (value as Record<string, unknown> | null)?.[key];
  return value === undefined || value === null ? undefined : String(value);
}

/** The resource of a single reference: `${aws_subnet.a.id}`, `${aws_instance.b[each.key].id}`. */
export function reference(text: string): { readonly type: string; readonly name: string } | undefined {
  const match = /^\$\{(\w+)\.([\w-]+)(?:\[[^\]]*\])?\.\w+\}$/.exec(text);
  return match ? { type: match[1]!, name: match[2]! } : undefined;
}
