export type Values = Readonly<Record<string, unknown>>;

/** A resource's change in the form of `terraform show -json`, as far as it is read here. */
export interface ResourceChange {
  readonly address: string;
  readonly mode?: string;
  readonly type: string;
  readonly change: { readonly actions: readonly string[]; readonly after?: unknown; readonly before?: unknown };
}

/** A value that stands there as it is: an expression is known to the engine only. */
export function first(body: Values, keys: readonly string[]): string | undefined {
  const value = keys.map((key) => body[key]).find((one) => typeof one === 'string' && one !== '');
  return typeof value === 'string' && !value.includes('${') ? value : undefined;
}

/** The values of a resource or a block; of anything else none. */
export function valuesOf(value: unknown): Values {
  return value !== null && typeof value === 'object' ? (value as Values) : {};
}
