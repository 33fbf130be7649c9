export type Values = Readonly<Record<string, unknown>>;

/** The part of a resource's change in `terraform show -json` that we read. */
export interface ResourceChange {
  readonly address: string;
  readonly mode?: string;
  readonly type: string;
  readonly change: { readonly actions: readonly string[]; readonly after?: unknown; readonly before?: unknown };
}

/** A literal value: only the engine knows the value of an expression. */
export function first(body: Values, keys: readonly string[]): string | undefined {
  const value = keys.map((key) => body[key]).find((one) => typeof one === 'string' && one !== '');
  return typeof value === 'string' && !value.includes('${') ? value : undefined;
}

/** The values of a resource or a block; empty for anything else. */
export function valuesOf(value: unknown): Values {
  return value !== null && typeof value === 'object' ? (value as Values) : {};
}
