import { isDeepStrictEqual } from 'node:util';

/** A JSON object with any keys. */
export type JsonObject = Readonly<Record<string, unknown>>;

const empty: JsonObject = Object.freeze({});

/** The value as an object; an empty one when it is anything else. */
export function object(value: unknown): JsonObject {
  return isObject(value) ? value : empty;
}

export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The value as a list; an empty one when it is anything else. */
export function list(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

/** The value if it is a string that is not empty. */
export function text(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}

/** The value as a number, also when it was written as a string. */
export function number(value: unknown): number | undefined {
  const n = typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
  return typeof n === 'number' && Number.isFinite(n) ? n : undefined;
}

/** Strings of a list; everything else in it is left out. */
export function texts(value: unknown): string[] {
  return list(value).filter((item): item is string => typeof item === 'string');
}

/** Whether two JSON values are equal, whatever the order of their keys. */
export function same(a: unknown, b: unknown): boolean {
  return isDeepStrictEqual(a, b);
}

/** Whether `true` occurs anywhere in a tree of marks (`after_unknown`, `after_sensitive`). */
export function anyTrue(marks: unknown): boolean {
  if (marks === true) return true;
  if (typeof marks !== 'object' || marks === null) return false;
  return Object.values(marks).some(anyTrue);
}

/** Order that is the same on every machine: by code unit, numbers inside names by value (`dea-2` before `dea-10`). */
export function byName(a: string, b: string): number {
  const left = a.split(/(\d+)/);
  const right = b.split(/(\d+)/);
  for (let i = 0; i < Math.min(left.length, right.length); i++) {
    const [x, y] = [left[i]!, right[i]!];
    if (x === y) continue;
    const numbers = i % 2 === 1 ? Number(x) - Number(y) : 0;
    return numbers !== 0 ? numbers : x < y ? -1 : 1;
  }
  return left.length - right.length;
}
