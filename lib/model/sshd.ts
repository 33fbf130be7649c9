import { createPrivateKey, createPublicKey } from 'node:crypto';
import { statSync } from 'node:fs';
import { type Place, readText } from './place';

/** The base64 body of the public key that belongs to a private key (PEM or OpenSSH form, no passphrase). */
export function publicBody(privateKey: string): string {
  const inner = /-----BEGIN OPENSSH PRIVATE KEY-----([^-]+)-----END/.exec(privateKey);
  if (inner) {
    const blob = Buffer.from(inner[1]!.replace(/\s/g, ''), 'base64');
    let at = 'openssh-key-v1\0'.length;
    const field = (): Buffer => {
      const length = blob.readUInt32BE(at);
      at += 4 + length;
      return blob.subarray(at - length, at);
    };
    if (field().toString() !== 'none') throw new Error('the key has a passphrase');
    field();
    field();
    at += 4;
    return field().toString('base64');
  }
  const jwk = createPublicKey(createPrivateKey(privateKey)).export({ format: 'jwk' });
  if (jwk.kty !== 'RSA' || !jwk.n || !jwk.e) throw new Error('not an RSA key');
  return rsaBody(Buffer.from(jwk.e, 'base64url'), Buffer.from(jwk.n, 'base64url'));
}

function rsaBody(exponent: Buffer, modulus: Buffer): string {
  const part = (bytes: Buffer): Buffer => {
    const length = Buffer.alloc(4);
    length.writeUInt32BE(bytes.length);
    return Buffer.concat([length, bytes]);
  };
  const positive = (bytes: Buffer) => (bytes[0]! & 0x80 ? Buffer.concat([Buffer.from([0]), bytes]) : bytes);
  return Buffer.concat([part(Buffer.from('ssh-rsa')), part(positive(exponent)), part(positive(modulus))]).toString(
    'base64',
  );
}

/** Whether the node lets a key in: listed in `authorized_keys`, which nobody else may write. */
export function admits(place: Place, body: string): boolean {
  const file = place.path('/home/stackato/.ssh/authorized_keys');
  const text = readText(file);
  if (text === undefined || statSync(file).mode & 0o022) return false;
  return text.split('\n').some((line) => !line.startsWith('#') && line.split(/\s+/).includes(body));
}

/** What `ssh` does for a host by its configuration file. */
export interface SshChoice {
  readonly identity: string;
  readonly strict: boolean;
}

/** Reads `~/.ssh/config` as ssh does: the first value that matches wins; patterns with `*`, `?` and `!`. */
export function sshChoice(place: Place, host: string): SshChoice {
  let identity: string | undefined;
  let strict: string | undefined;
  let applies = true;
  for (const line of (readText(place.path('/home/stackato/.ssh/config')) ?? '').split('\n')) {
    const match = /^\s*(\w+)(?:\s*=\s*|\s+)(.+?)\s*$/.exec(line);
    if (!match) continue;
    const [, word, value] = match as unknown as [string, string, string];
    const key = word.toLowerCase();
    if (key === 'host') applies = hostMatches(value, host);
    else if (applies && key === 'identityfile') identity ??= value.replace(/^"(.*)"$/, '$1');
    else if (applies && key === 'stricthostkeychecking') strict ??= value.toLowerCase();
  }
  const file = (identity ?? '~/.ssh/id_rsa').replace(/^~|^%d/, '/home/stackato');
  return { identity: file, strict: strict !== 'no' && strict !== 'accept-new' };
}

function hostMatches(patterns: string, host: string): boolean {
  const hit = (pattern: string) =>
    new RegExp(
      `^${pattern
        .replace(/[.+^${}()|[\]\\]/g, '\\$&')
        .replaceAll('*', '.*')
        .replaceAll('?', '.')}$`,
    ).test(host);
  const words = patterns.split(/\s+/);
  return !words.some((w) => w.startsWith('!') && hit(w.slice(1))) && words.some((w) => !w.startsWith('!') && hit(w));
}

/** Whether the core's host key is already known to this node. */
export function knowsHost(place: Place, host: string): boolean {
  const text = readText(place.path('/home/stackato/.ssh/known_hosts')) ?? '';
  return text.split('\n').some((line) => (line.split(/\s+/)[0] ?? '').split(',').includes(host));
}
