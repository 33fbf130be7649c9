import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { basename, dirname, join, relative, resolve } from 'node:path';
import { InputError } from '../../lib/base/input';
import { packageFile } from '../../lib/base/package-file';
import type { Io } from '../../lib/base/voice';
import { projectFiles } from '../../lib/project/project';

/** `init [FOLDER]`: writes a new project, whole or not at all; a folder that is not empty is refused. */
export async function run(args: readonly string[], _options: Record<string, unknown>, io: Io): Promise<number> {
  const folder = resolve(args[0] ?? '.');
  refuseUnlessEmpty(folder, args[0] ?? '.');
  const { version } = JSON.parse(readFileSync(packageFile('package.json'), 'utf8')) as { version: string };
  const files = projectFiles(nameFor(folder), version);
  const parent = existingParent(folder);
  // Everything is written beside it and moved in one step, or into the existing empty folder.
  const temporary = join(parent, `.stackato-init-${process.pid}`);
  mkdirSync(temporary);
  try {
    for (const [name, text] of Object.entries(files)) {
      mkdirSync(dirname(join(temporary, name)), { recursive: true });
      writeFileSync(join(temporary, name), text);
    }
    place(temporary, folder);
  } finally {
    rmSync(temporary, { recursive: true, force: true });
  }
  const shown = relative(process.cwd(), folder) || '.';
  const next = [...(shown === '.' ? [] : [`cd ${shown}`]), 'npm install', 'npx cdktf-stackato check cluster.yaml'].join(
    ' && ',
  );
  if (io.json) io.out(JSON.stringify({ folder: shown, files: Object.keys(files), next }, null, 2));
  else {
    for (const name of Object.keys(files)) io.out(`wrote ${join(shown, name)}`);
    io.out(`Next: ${next}`);
  }
  return 0;
}

function refuseUnlessEmpty(folder: string, named: string): void {
  const problem = (message: string) => new InputError(named, [{ path: '', message, rule: 'file' }]);
  if (!existsSync(folder)) return;
  if (!statSync(folder).isDirectory()) throw problem('is a file; name a folder that is empty or does not exist yet');
  const held = readdirSync(folder).filter((name) => name !== '.git');
  if (held.length === 0) return;
  const some = held.slice(0, 3).join(', ') + (held.length > 3 ? ' …' : '');
  throw problem(
    `is not empty (${some}); name a folder that is empty or does not exist yet: cdktf-stackato init my-cluster`,
  );
}

/** The nearest existing folder above: files written there can be moved without copying. */
function existingParent(folder: string): string {
  const parent = dirname(folder);
  return existsSync(parent) ? parent : existingParent(parent);
}

/** Moves the finished files to their folder; when a move fails, the moved files are removed again. */
function place(from: string, folder: string): void {
  if (!existsSync(folder)) {
    mkdirSync(dirname(folder), { recursive: true });
    renameSync(from, folder);
    return;
  }
  const moved: string[] = [];
  try {
    for (const name of readdirSync(from)) {
      renameSync(join(from, name), join(folder, name));
      moved.push(join(folder, name));
    }
  } catch (error) {
    for (const path of moved) rmSync(path, { recursive: true, force: true });
    throw error;
  }
}

/** A cluster's name from the folder's: what fits the rules for names, or `mycluster`. */
function nameFor(folder: string): string {
  const name = basename(folder)
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replace(/^[^a-z]+/, '')
    .slice(0, 24)
    .replace(/-+$/, '');
  return name || 'mycluster';
}
