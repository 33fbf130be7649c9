import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';

/** What a folder of lib/ may import besides itself; `input` is lib/input.ts. */
const MAY_IMPORT: Readonly<Record<string, readonly string[]>> = {
  input: [],
  file: [],
  kato: ['input'],
  spec: ['input', 'kato'],
  topology: ['input', 'kato', 'spec'],
  terraform: ['input', 'kato', 'spec', 'topology'],
  aws: ['input', 'kato', 'spec', 'topology', 'terraform'],
  openstack: ['input', 'kato', 'spec', 'topology', 'terraform'],
  review: ['input', 'kato', 'spec', 'topology'],
  'cloud-api': ['input', 'file'],
  lab: ['input', 'kato', 'spec', 'topology', 'file', 'cloud-api'],
  rehearsal: ['input', 'kato', 'spec', 'topology'],
  operate: ['input', 'kato', 'spec', 'topology'],
};
/** Folders that may know cdktf and its providers. */
const KNOWS_CDKTF = ['terraform', 'aws', 'openstack', 'index', 'main'];
const LONGEST = 260;

/** What is wrong with a source file below the repository's folder: its imports, and its length. */
export function complaints(file: string, text: string): string[] {
  const [top, second = ''] = file.split('/');
  const lines = text.split('\n').length - 1;
  const long =
    (top === 'lib' || top === 'bin') && lines > LONGEST ? [`${file}: ${lines} lines, at most ${LONGEST}`] : [];
  return [...long, ...imports(text).flatMap((to) => complaint(file, top!, second.replace(/\.ts$/, ''), to))];
}

function complaint(file: string, top: string, layer: string, to: string): string[] {
  if (to === '@cdktf/provider-aws') return [`${file}: imports the root of ${to}`];
  if (top !== 'lib') return [];
  if (/^(cdktf|constructs|@cdktf\/)/.test(to))
    return KNOWS_CDKTF.includes(layer) ? [] : [`${file}: ${layer} may not know ${to}`];
  if (!to.startsWith('.')) return [];
  const target = join(file, '..', to).split('/');
  if (target[0] !== 'lib') return [`${file}: lib may not import ${target.join('/')}`];
  const other = target[1]!.replace(/\.(ts|js)$/, '');
  // What the package exports may be gathered from everywhere.
  if (other === layer || ['index', 'main'].includes(layer)) return [];
  const may = MAY_IMPORT[layer];
  if (!may) return [`${file}: ${layer} is no layer that is known`];
  return may.includes(other) ? [] : [`${file}: ${layer} may not import ${other}`];
}

/** The modules that a source file names: imports, exports from elsewhere, `import()` and `require()`. */
export function imports(text: string): string[] {
  const code = text.replaceAll(/^\s*(\/\/|\*|\/\*\*?).*$/gm, '');
  const named = /(?:\bfrom|\bimport|\bimport\s*\(|\brequire\s*\()\s*(['"`])([^'"`\n]+)\1/g;
  return [...code.matchAll(named)].map((m) => m[2]!);
}

/** Source files of these folders of the repository, with their text. */
export function sources(root: string, folders: readonly string[]): readonly (readonly [file: string, text: string])[] {
  return folders.flatMap((folder) =>
    readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
      .filter((f) => /\.ts$/.test(f))
      .map((f) => [relative(root, join(root, folder, f)), readFileSync(join(root, folder, f), 'utf8')] as const),
  );
}
