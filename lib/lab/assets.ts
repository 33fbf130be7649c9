import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';

const PLACE = ['lib', 'lab', 'assets'];

/**
 * A file of this package, in a checkout, its `dist`, or `node_modules`.
 * Assets are not compiled, so the way up from this module differs between them.
 */
export function asset(name: string): string {
  for (let dir = __dirname; ; dir = dirname(dir)) {
    const file = join(dir, ...PLACE, name);
    if (existsSync(file)) return file;
    if (dirname(dir) === dir) throw new Error(`the package is incomplete: ${[...PLACE, name].join('/')} is missing`);
  }
}
