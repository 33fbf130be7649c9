/** A parsed answer of the cloud's API. */
export type CloudValue = string | CloudValue[] | CloudObject;

export interface CloudObject {
  readonly [key: string]: CloudValue | undefined;
}

export function tag(tags: CloudValue | undefined, name: string): string {
  const found = objects(tags).find((entry) => text(entry['key'] ?? entry['Key']) === name);
  return found ? text(found['value'] ?? found['Value']) : '';
}

export function objects(value: CloudValue | undefined): CloudObject[] {
  const list = value === undefined || value === '' ? [] : Array.isArray(value) ? value : [value];
  return list.filter((entry): entry is CloudObject => typeof entry === 'object' && !Array.isArray(entry));
}

export const object = (value: CloudValue | undefined): CloudObject => objects(value)[0] ?? {};

export const text = (value: CloudValue | undefined): string => (typeof value === 'string' ? value : '');
