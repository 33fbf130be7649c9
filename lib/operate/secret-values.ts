import { existsSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { InputError, ToolError } from '../base/input';

/** Sources of values. */
export interface ValueSources {
  /** A folder with one file per secret, named like the secret. */
  readonly folder?: string | undefined;
  readonly env: NodeJS.ProcessEnv;
  /** Asks a person; absent without a terminal. */
  readonly ask?: (name: string) => Promise<string>;
}

/** `STACKATO_SECRET_ADMIN_PASSWORD` for `admin-password`. */
export const secretVariable = (name: string) => `STACKATO_SECRET_${name.toUpperCase().replaceAll('-', '_')}`;

/**
 * Values of secrets: from the folder, else from the environment, else from a prompt. A line end at the end of a file is not
 * part of the value. `warn` is called for files that others can read.
 * @throws InputError when the folder is not a folder, or secrets have no value
 */
export async function secretValues(
  names: readonly string[],
  { folder, env, ask }: ValueSources,
  warn: (text: string) => void,
): Promise<ReadonlyMap<string, Buffer>> {
  if (folder !== undefined && names.length > 0 && !statSync(folder, { throwIfNoEntry: false })?.isDirectory())
    throw new InputError('--secrets', [{ path: folder, message: 'is not a folder', rule: 'secret-missing' }]);
  const values = new Map<string, Buffer>();
  for (const name of names) {
    const value = (folder !== undefined && fromFile(join(folder, name), warn)) || fromText(env[secretVariable(name)]);
    if (value) values.set(name, value);
  }
  const missing = names.filter((name) => !values.has(name));
  if (missing.length > 0 && !ask) {
    const where = (name: string) => `${join(folder ?? 'DIR', name)}${folder === undefined ? ' (--secrets DIR)' : ''}`;
    const problem = (name: string) => ({
      path: name,
      message: `has no value; write it to ${where(name)}, or set ${secretVariable(name)}`,
      rule: 'secret-missing',
    });
    throw new InputError('secrets', missing.map(problem));
  }
  for (const name of missing) {
    const value = fromText(await ask!(name));
    if (!value) throw new ToolError(`no value was given for ${name}; nothing was delivered`);
    values.set(name, value);
  }
  return values;
}

function fromFile(file: string, warn: (text: string) => void): Buffer | undefined {
  if (!existsSync(file)) return undefined;
  if ((statSync(file).mode & 0o077) !== 0) warn(`others can read ${file}; chmod 600 it`);
  const value = readFileSync(file);
  const end = value.at(-1) !== 0x0a ? 0 : value.at(-2) === 0x0d ? 2 : 1;
  return value.length > end ? value.subarray(0, value.length - end) : undefined;
}

const fromText = (text: string | undefined): Buffer | undefined => (text ? Buffer.from(text) : undefined);
