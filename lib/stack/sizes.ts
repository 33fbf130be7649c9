import { InputError } from '../base/input';
import { gib } from '../declaration/fields';

/** A cloud's word for a word of the declaration. Throws `InputError` with the known words. */
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

/** Refuses a size of a volume that no cloud has. Throws `InputError`. */
export function volumeGib(size: number, volume: string): number {
  const wrong = gib(1, 16384).safeParse(size).error?.issues[0];
  if (!wrong) return size;
  throw new InputError(`volume ${volume}`, [{ path: 'gib', message: wrong.message, rule: 'shape' }]);
}
