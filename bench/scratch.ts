import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Runs a program of the bench in a temporary folder; an error prints its message and exits 1. */
export function inScratch(name: string, main: (folder: string) => Promise<void>): void {
  const scratch = mkdtempSync(join(tmpdir(), `stackato-${name}-`));
  main(scratch)
    .finally(() => rmSync(scratch, { recursive: true, force: true }))
    .catch((error: Error) => {
      console.error(error.message);
      process.exitCode = 1;
    });
}
