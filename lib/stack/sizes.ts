import { InputError } from '../base/input';
import { gib } from '../declaration/fields';

/**
 * A cloud's machine type for a size word of the declaration.
 * @throws InputError when the table has no such word; the message lists the known words.
 */
export function translate(
  table: Readonly<Record<string, string>>,
  size: string,
  path: string,
  at: { readonly cloud: string; readonly table: string },
): string {
  if (Object.hasOwn(table, size)) return table[size]!;
  throw new InputError(`sizes on ${at.cloud}`, [
    {
      path,
      message: `unknown size "${size}"; write one of ${Object.keys(table).join(', ')}, or add it to ${at.table}`,
      rule: 'size-unknown',
    },
  ]);
}

/**
 * The size of a volume, GiB, if a cloud can have it.
 * @throws InputError when no cloud has a volume of that size.
 */
export function volumeGib(size: number, volume: string): number {
  const wrong = gib(1, 16384).safeParse(size).error?.issues[0];
  if (!wrong) return size;
  throw new InputError(`volume ${volume}`, [{ path: 'gib', message: wrong.message, rule: 'shape' }]);
}
