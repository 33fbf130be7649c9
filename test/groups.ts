import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { dirname, join, sep } from 'node:path';

/** Test files that share a process: most of what a small one takes is node itself and what it loads. */
export interface Group {
  readonly name: string;
  readonly files: readonly string[];
}

/** What a file changes for its whole process. */
const CHANGES = /process\.chdir\(|process\.env(?:\.\w+|\[[^\]]+\]) = |delete process\.env\b|\bmock\.\w+\(/;
/** What takes minutes, whatever its size: first of all, so that nothing waits for it in the end. */
const LONGEST = ['openstack-lab', 'mvp', 'aws-lab', 'faults'].map((name) => join('labs', `${name}.test.js`));
/** So many in one process that no group takes much longer than the others. */
const MOST = 8;

/** All test files below a folder, as paths within it. */
export function testFiles(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.test.js'))
    .sort();
}

/** Groups of a folder's files, the longest first; alone is what changes its process, and what the labs take as their own. */
export function groupsOf(folder: string, files: readonly string[]): Group[] {
  const groups = new Map<string, string[]>();
  for (const file of files) {
    const text = readFileSync(join(folder, file), 'utf8');
    const dir = dirname(file);
    const shared = dir.split(sep)[0] !== 'labs' && !CHANGES.test(text);
    let name = shared ? dir : file;
    for (let n = 2; (groups.get(name)?.length ?? 0) >= MOST; n++) name = `${dir}-${n}`;
    groups.set(name, [...(groups.get(name) ?? []), file]);
  }
  const bytes = ({ name, files: members }: Group) =>
    LONGEST.includes(name) ? 1e9 : members.reduce((sum, file) => sum + statSync(join(folder, file)).size, 0);
  return [...groups].map(([name, members]) => ({ name, files: members })).sort((a, b) => bytes(b) - bytes(a));
}

/** Whether a file, or a file of tests that it loads, asks `programs` for a program of the machine. */
export function asksForPrograms(folder: string, file: string): boolean {
  const programs = join(folder, 'programs.js');
  const seen = new Set<string>();
  const visit = (path: string): boolean => {
    if (path === programs) return true;
    if (seen.has(path) || !existsSync(path)) return false;
    seen.add(path);
    const loaded = [...readFileSync(path, 'utf8').matchAll(/require\("(\.[^"]+)"\)/g)];
    const files = loaded.map(([, name]) => join(dirname(path), `${name}.js`));
    return files.some((next) => next.startsWith(folder + sep) && visit(next));
  };
  return visit(join(folder, file));
}
