import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** A file of this package, wherever it is installed: `stacks/mvp.yaml`. */
export function packageFile(path: string): string {
  for (let dir = __dirname; ; dir = dirname(dir)) {
    const file = join(dir, path);
    if (existsSync(file) && existsSync(join(dir, 'package.json'))) return file;
    if (dir === dirname(dir)) throw new Error(`the package lacks ${path}`);
  }
}
