/** The value with every template marker in its texts doubled, so that Terraform reads the marker literally. */
export function literal<T>(value: T): T {
  return doubled(value) as T;
}

function doubled(value: unknown): unknown {
  if (typeof value === 'string') return value.replaceAll(/[$%](?=\{)/g, (sign) => sign + sign);
  if (Array.isArray(value)) return value.map(doubled);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([k, v]) => [k, doubled(v)]));
}
