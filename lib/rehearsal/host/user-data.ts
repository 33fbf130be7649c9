import { gunzipSync } from 'node:zlib';

/** A part of user data, by cloud-init's type. */
export interface Part {
  readonly kind: 'script' | 'config' | 'boothook' | 'ignored';
  readonly name: string;
  readonly text: string;
}

const kinds: Readonly<Record<string, Part['kind']>> = {
  'text/x-shellscript': 'script',
  'text/cloud-config': 'config',
  'text/cloud-boothook': 'boothook',
};

/** Sorts user data as cloud-init 0.6.3 does: gzip as a whole, MIME parts, or one document known by its first line. */
export function readUserData(raw: Buffer): Part[] {
  return partsOf(unpacked(raw).toString('utf8'), 'part-001');
}

function unpacked(raw: Buffer): Buffer {
  return raw[0] === 0x1f && raw[1] === 0x8b ? gunzipSync(raw, { maxOutputLength: 16 * 1024 * 1024 }) : raw;
}

function partsOf(text: string, name: string): Part[] {
  const [headers, body] = split(text);
  const type = headers?.get('content-type') ?? '';
  const boundary = /multipart\/[^;]+;.*?boundary="?([^";]+)"?/is.exec(type)?.[1];
  if (!headers || boundary === undefined) return text.trim() === '' ? [] : [{ kind: byFirstLine(text), name, text }];
  const sections = `\n${body}`.split(
    new RegExp(`\\r?\\n--${boundary.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}(?=--|\\s*\\r?\\n)`),
  );
  return sections
    .slice(1)
    .filter((section) => !section.startsWith('--'))
    .flatMap((section, i) => onePart(section.replace(/^[ \t]*\r?\n/, ''), `part-${String(i + 1).padStart(3, '0')}`));
}

function onePart(section: string, fallback: string): Part[] {
  const [headers, body] = split(section);
  const type = (headers?.get('content-type') ?? 'text/plain').split(';')[0]!.trim().toLowerCase();
  const name = /filename="?([^";]+)"?/.exec(headers?.get('content-disposition') ?? '')?.[1] ?? fallback;
  const encoding = (headers?.get('content-transfer-encoding') ?? '7bit').trim().toLowerCase();
  const text = encoding === 'base64' ? unpacked(Buffer.from(body, 'base64')).toString('utf8') : body;
  if (type.startsWith('multipart/')) return partsOf(section, name);
  const kind = kinds[type] ?? (type === 'text/plain' ? byFirstLine(text) : 'ignored');
  return [{ kind, name, text }];
}

function byFirstLine(text: string): Part['kind'] {
  if (text.startsWith('#!')) return 'script';
  if (text.startsWith('#cloud-config')) return 'config';
  return text.startsWith('#cloud-boothook') ? 'boothook' : 'ignored';
}

/** Header lines up to the first empty one, and the rest; no headers when the text does not begin with one. */
function split(text: string): [Map<string, string> | undefined, string] {
  const end = /\r?\n\r?\n/.exec(text);
  const head = end ? text.slice(0, end.index) : text;
  if (!/^[A-Za-z][A-Za-z0-9-]*:\s/.test(head)) return [undefined, text];
  const lines = head.replace(/\r?\n[ \t]+/g, ' ').split(/\r?\n/);
  const headers = new Map(
    lines.map((line) => [line.slice(0, line.indexOf(':')).toLowerCase(), line.slice(line.indexOf(':') + 1).trim()]),
  );
  return [headers, end ? text.slice(end.index + end[0].length) : ''];
}
