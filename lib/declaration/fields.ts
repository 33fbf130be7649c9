import { z } from 'zod';

/** A secret by name, from `secret('name')`. An operator creates it outside the declaration; the node that needs it fetches it. */
export interface SecretRef {
  /** Its name: lower-case letters, digits and dashes, at most 64. */
  readonly secret: string;
}

/** Refers to a secret by its name. The value is never in a declaration, a plan, a state or user data. */
export function secret(name: string): SecretRef {
  return { secret: name };
}

const say = (what: string) => ({ error: what });

/** Lower-case letters, digits and dashes, a letter first: valid for every name that a cloud requires. */
export const label = z.string(say('must be text')).regex(/^(?=.{1,24}$)[a-z](-?[a-z0-9])*$/, {
  error:
    'must be 1 to 24 lower-case letters, digits and single dashes, beginning with a letter and not ending with a dash',
});

export const secretName = z.string(say('must be the name of a secret')).regex(/^[a-z0-9]([a-z0-9-]{0,62}[a-z0-9])?$/, {
  error: 'must be lower-case letters, digits and dashes, at most 64',
});

/** Prefix of the names of secrets in a cloud's store. */
export const secretPrefix = z.string(say('must be text')).regex(/^[\w/+=.@-]+$/, {
  error: 'must be letters, digits and / _ + = . @ -, for example stackato/mvp/',
});

export const secretRef = z.strictObject(
  { secret: secretName },
  {
    error: `must be a secret by name, for example { secret: admin-password }; never write its value into a declaration`,
  },
);

const HOST = /^(?=.{4,253}$)([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]([a-z0-9-]{0,61}[a-z0-9])$/;

export const hostname = z.string(say('must be a host name')).regex(HOST, {
  error: 'must be a fully qualified host name in lower case, for example paas.example.com',
});

export const email = z
  .string(say('must be an e-mail address'))
  .regex(/^[^\s@'"\\]+@[^\s@'"\\]+\.[^\s@'"\\]+$/, { error: 'must be an e-mail address' });

/** Any text that is not empty. */
export const text = (what: string) => z.string({ error: `must be ${what}` }).min(1, { error: `must be ${what}` });

/** Text that becomes one word of a command. */
export const words = (what: string) =>
  z.string(say(`must be ${what}`)).regex(/^[\p{L}\p{N}][\p{L}\p{N} ._&+-]{0,62}$/u, {
    error: `must be ${what}: letters, digits, blanks and . _ & + -, at most 63`,
  });

/** GiB, a whole number. */
export const gib = (least: number, most: number) =>
  z
    .int({ error: `must be a whole number of GiB from ${least} to ${most}` })
    .min(least, { error: `must be at least ${least} GiB` })
    .max(most, { error: `must be at most ${most} GiB` });

export const wholeNumber = (least: number, most: number) =>
  z
    .int({ error: `must be a whole number from ${least} to ${most}` })
    .min(least, { error: `must be at least ${least}` })
    .max(most, { error: `must be at most ${most}` });

const CIDR = /^(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})\/(\d{1,2})$/;

/** An IPv4 network with an aligned address: `10.0.0.0/16`. */
export const cidr = z
  .string(say('must be a network such as 10.0.0.0/16'))
  .refine((text) => parseCidr(text) !== undefined, {
    error: 'must be an IPv4 network whose address matches its prefix length, for example 10.0.0.0/16',
  });

export interface Cidr {
  readonly base: number;
  readonly length: number;
}

/** The network, or undefined if the text is not one. */
export function parseCidr(text: string): Cidr | undefined {
  const match = CIDR.exec(text);
  if (!match) return undefined;
  const bytes = match.slice(1, 5).map(Number);
  const length = Number(match[5]);
  if (bytes.some((b) => b > 255) || length > 32) return undefined;
  const base = bytes.reduce((sum, b) => sum * 256 + b, 0);
  return base % 2 ** (32 - length) === 0 ? { base, length } : undefined;
}

/** Whether two networks share an address. */
export function overlaps(a: Cidr, b: Cidr): boolean {
  const shorter = Math.min(a.length, b.length);
  return Math.floor(a.base / 2 ** (32 - shorter)) === Math.floor(b.base / 2 ** (32 - shorter));
}
