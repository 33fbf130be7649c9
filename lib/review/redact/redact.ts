import type { JsonObject } from '../../base/json';
import { collectSecrets } from './secrets';

/** The mask for secrets. It has no letter and no digit, so it cannot be part of a secret. */
export const MASK = '•••';

/** Removes a plan's sensitive values from every output. */
export interface Redactor {
  /** The text, with every secret in it masked, also as base64 and inside longer strings. */
  text(value: string): string;
  /** A value as one short line for people: masked by mark, by name and by value; blobs are never shown. */
  show(value: unknown, options?: ShowOptions): string;
  /** A copy of a tree with every string masked by value, except strings under the keys in `keep`. */
  tree<T>(value: T, keep?: ReadonlySet<string>): T;
  /** Whether the text holds a secret of at least `least` characters. */
  holds(value: string, least?: number): boolean;
  /** How many different secrets the plan holds. */
  readonly count: number;
}

export interface ShowOptions {
  /** The attribute's name: decides whether the value is a blob or a secret. */
  readonly name?: string;
  /** The plan's sensitivity marks for the value: `true`, or a tree that contains `true`. */
  readonly sensitive?: unknown;
  /** Longest result, in characters. @default 120 */
  readonly limit?: number;
}

const SECRET_NAME = /(password|passwd|secret|token|private_?key|credential|licen[cs]e(_?key)?$|access_?key$)/i;
/** Names that look like secrets but hold a reference, a flag or a number. */
const HARMLESS_NAME =
  /(_arn|_id|_name|_version|_length|_status|_ttl|_expiration|_wo_version|^manage_.*|_tokens)$|^(secrets?|get_password_data|manage_master_user_password)$/i;
const BLOB_NAME = /^(user_?data.*|content|content_base64|policy|rendered|template|.*_policy_document|.*_json)$/i;

const BASE64_RUN = /[A-Za-z0-9+/_-]{8,}={0,2}/g;

/** Whether an attribute of this name holds text that is never printed. */
export function isBlobName(name: string): boolean {
  return BLOB_NAME.test(name);
}

/** Whether an attribute of this name holds a secret, even without a mark of the provider. */
export function isSecretName(name: string): boolean {
  return SECRET_NAME.test(name) && !HARMLESS_NAME.test(name);
}

/** A redactor that knows every secret of a plan, and those of `more` (for example values of the environment). */
export function createRedactor(plan: JsonObject, more: readonly string[] = []): Redactor {
  const secrets = collectSecrets(plan, isSecretName, more);
  const search = searcher([...secrets].flatMap(spellings));
  const longEnough = new Map<number, (text: string) => [number, number][]>();

  const textOf = (raw: string): string => {
    // A short secret in the middle of a base64 text leaves no searchable trace: decode the text.
    const value = raw.replace(BASE64_RUN, (run) =>
      search(Buffer.from(run, 'base64').toString('utf8')).length > 0 ? MASK : run,
    );
    const hits = search(value);
    if (hits.length === 0) return value;
    let out = '';
    let from = 0;
    for (const [start, end] of hits) {
      out += value.slice(from, start) + MASK;
      from = end;
    }
    return out + value.slice(from);
  };
  const treeOf = (value: unknown, keep: ReadonlySet<string>): unknown => {
    if (typeof value === 'string') return textOf(value);
    if (Array.isArray(value)) return value.map((item) => treeOf(item, keep));
    if (typeof value !== 'object' || value === null) return value;
    return Object.fromEntries(
      Object.entries(value).map(([key, item]) => [key, keep.has(key) ? item : treeOf(item, keep)]),
    );
  };
  return {
    count: secrets.size,
    text: textOf,
    tree: <T>(value: T, keep: ReadonlySet<string> = new Set<string>()) => treeOf(value, keep) as T,
    show(value, { name = '', sensitive = false, limit = 120 } = {}) {
      if (sensitive === true || (isSecretName(name) && value !== null && value !== undefined && value !== ''))
        return MASK;
      if (value === '') return '""';
      if (isBlobName(name) && typeof value === 'string') return `(not shown: ${value.length} characters)`;
      const line = textOf(
        typeof value === 'string' ? value : (JSON.stringify(maskMarked(value, sensitive)) ?? 'absent'),
      );
      const flat = line.replace(/\s+/g, ' ');
      return flat.length > limit ? `${flat.slice(0, limit - 1)}…` : flat;
    },
    holds(value, least = 4) {
      let find = longEnough.get(least);
      if (!find) {
        find = searcher([...secrets].filter((secret) => secret.length >= least).flatMap(spellings));
        longEnough.set(least, find);
      }
      return find(value).length > 0;
    },
  };
}

/** A copy of the value that masks values marked sensitive, values named like a secret, and blobs. */
export function maskMarked(value: unknown, marks: unknown): unknown {
  if (marks === true) return value === null || value === undefined ? value : MASK;
  if (typeof value !== 'object' || value === null) return value;
  const markAt = (key: string | number): unknown =>
    typeof marks === 'object' && marks !== null ? (marks as Record<string | number, unknown>)[key] : false;
  if (Array.isArray(value)) return value.map((item, i) => maskMarked(item, markAt(i)));
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => {
      const hidden = typeof item === 'string' && item !== '' && (isSecretName(key) || isBlobName(key));
      return [key, hidden ? MASK : maskMarked(item, markAt(key))];
    }),
  );
}

/** The forms in which a secret may appear in a text: itself, escaped for JSON, its long lines, and base64 of it. */
function spellings(secret: string): string[] {
  const forms = [secret, JSON.stringify(secret).slice(1, -1)];
  if (secret.includes('\n')) forms.push(...secret.split(/\r?\n/).filter((line) => line.trim().length >= 16));
  const bytes = Buffer.from(secret, 'utf8');
  for (let shift = 0; shift < 3; shift++) {
    // Inside a longer base64 text the secret starts at one of three offsets; its edges mix with its neighbours.
    const encoded = Buffer.concat([Buffer.alloc(shift), bytes])
      .toString('base64')
      .replace(/=+$/, '');
    const skip = shift === 0 ? 0 : shift + 1;
    const tail = (bytes.length + shift) % 3 === 0 ? 0 : 1;
    const core = encoded.slice(skip, encoded.length - tail);
    if (shift === 0) forms.push(encoded);
    if (core.length >= 8) forms.push(core);
  }
  return [...new Set([...forms, ...forms.slice(2).map((form) => form.replaceAll('+', '-').replaceAll('/', '_'))])];
}

/**
 * Finds any of the words in a text, as merged ranges. Words with the same start are indexed by length, so a position
 * costs one lookup per length, however many words there are.
 */
function searcher(words: readonly string[]): (text: string) => [number, number][] {
  const byStart = new Map<string, Map<number, Set<string>>>();
  const sorted = [...new Set(words)].filter((word) => word.length >= 4).sort((a, b) => b.length - a.length);
  for (const word of sorted) {
    const start = word.slice(0, 4);
    const byLength = byStart.get(start) ?? new Map<number, Set<string>>();
    byStart.set(start, byLength.set(word.length, (byLength.get(word.length) ?? new Set<string>()).add(word)));
  }
  /** The length of the longest word at a position, or 0. */
  const longestAt = (text: string, at: number): number => {
    for (const [length, known] of byStart.get(text.slice(at, at + 4)) ?? []) {
      if (known.has(text.slice(at, at + length))) return length;
    }
    return 0;
  };
  return (text) => {
    const hits: [number, number][] = [];
    if (byStart.size === 0) return hits;
    for (let i = 0; i + 4 <= text.length; i++) {
      const length = longestAt(text, i);
      if (length === 0) continue;
      const last = hits[hits.length - 1];
      if (last && i <= last[1]) last[1] = Math.max(last[1], i + length);
      else hits.push([i, i + length]);
    }
    return hits;
  };
}
