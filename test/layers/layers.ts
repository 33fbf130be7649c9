import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import ts from 'typescript';

/** What a folder of lib/ may import besides itself and what those may import. The order is the one to read them in. */
export const ARROWS: Readonly<Record<string, readonly string[]>> = {
  base: [],
  kato: ['base'],
  declaration: ['kato'],
  topology: ['declaration'],
  stack: ['topology'],
  aws: ['stack'],
  openstack: ['stack'],
  validate: ['base'],
  'cloud-api': ['base'],
  engine: ['base'],
  review: ['topology'],
  operate: ['topology'],
  lab: ['cloud-api'],
  deploy: ['engine', 'validate', 'lab', 'operate', 'review'],
  project: ['base'],
  model: [],
  rehearsal: ['model', 'deploy', 'operate'],
};
/** What the package exports is gathered from everywhere. */
const ROOTS = ['index', 'main'];
/** Folders that may know cdktf and its providers. */
const KNOWS_CDKTF = ['stack', 'aws', 'openstack', ...ROOTS];
/** Lines of a function: what is longer says several things. */
export const LONGEST = 65;

function reachable(layer: string): ReadonlySet<string> {
  const found = new Set<string>();
  const visit = (name: string) => {
    for (const next of ARROWS[name] ?? []) {
      if (!found.has(next)) visit(next);
      found.add(next);
    }
  };
  visit(layer);
  return found;
}

/** What is wrong with the imports of a source file below the repository's folder. */
export function complaints(file: string, text: string): string[] {
  return imports(text).flatMap((to) => complaint(file, to));
}

function complaint(file: string, to: string): string[] {
  if (to === '@cdktf/provider-aws') return [`${file}: imports the root of ${to}`];
  const [top, second = ''] = file.split('/');
  const layer = second.replace(/\.ts$/, '');
  const known =
    top === 'lib' ? KNOWS_CDKTF.includes(layer) : top !== 'bin' || /^bin\/(synthesize|start)\.ts$/.test(file);
  if (/^(cdktf|constructs|@cdktf\/|#provider-)/.test(to))
    return known ? [] : [`${file}: ${layer || top} may not know ${to}`];
  if (!to.startsWith('.')) return [];
  const target = join(file, '..', to).split('/');
  if (top === 'bin' || top === 'stacks') {
    const below = top === 'bin' ? ['lib', 'bin', 'stacks'] : ['lib', 'stacks'];
    return below.includes(target[0]!) ? [] : [`${file}: ${top} may not import ${target.join('/')}`];
  }
  if (top !== 'lib') return [];
  if (target[0] !== 'lib') return [`${file}: lib may not import ${target.join('/')}`];
  const other = target[1]!.replace(/\.(ts|js)$/, '');
  if (other === layer || ROOTS.includes(layer)) return [];
  if (!ARROWS[layer]) return [`${file}: ${layer} is no layer that is known`];
  return reachable(layer).has(other) ? [] : [`${file}: ${layer} may not import ${other}`];
}

/** The modules that a source file names: imports, exports from elsewhere, `import()` and `require()`. */
export function imports(text: string): string[] {
  const code = text.replaceAll(/^\s*(\/\/|\*|\/\*\*?).*$/gm, '');
  const named = /(?:\bfrom|\bimport|\bimport\s*\(|\brequire\s*\()\s*(['"`])([^'"`\n]+)\1/g;
  return [...code.matchAll(named)].map((m) => m[2]!);
}

/** A source file with its text. */
export type Source = readonly [file: string, text: string];

/** Files that import each other in a circle, imports of types included: one list a circle. */
export function circles(all: readonly Source[]): string[][] {
  const known = new Set(all.map(([file]) => file));
  const resolved = (from: string, to: string) => {
    const path = join(from, '..', to);
    const named = path.replace(/\.([cm]?)[jt]s$/, '.$1ts');
    return [named, `${path}.ts`, join(path, 'index.ts')].filter((file) => known.has(file)).slice(0, 1);
  };
  const arrows = new Map(
    all.map(([file, text]) => [file, imports(text).flatMap((to) => (to.startsWith('.') ? resolved(file, to) : []))]),
  );
  return strongComponents(arrows).filter((component) => component.length > 1);
}

/** Tarjan's algorithm. */
function strongComponents(arrows: ReadonlyMap<string, readonly string[]>): string[][] {
  const index = new Map<string, number>();
  const low = new Map<string, number>();
  const stack: string[] = [];
  const found: string[][] = [];
  const visit = (node: string) => {
    index.set(node, index.size);
    low.set(node, index.get(node)!);
    stack.push(node);
    for (const next of arrows.get(node) ?? []) {
      if (!index.has(next)) visit(next);
      if (stack.includes(next)) low.set(node, Math.min(low.get(node)!, low.get(next)!));
    }
    if (low.get(node) === index.get(node)) found.push(stack.splice(stack.indexOf(node)).sort());
  };
  for (const node of arrows.keys()) if (!index.has(node)) visit(node);
  return found;
}

/** Functions of a file that are longer than they may be, as `file:line name: lines`. */
export function longFunctions([file, text]: Source): string[] {
  const source = ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true);
  const line = (position: number) => source.getLineAndCharacterOfPosition(position).line + 1;
  const found: string[] = [];
  const visit = (node: ts.Node) => {
    if (ts.isFunctionLike(node) && 'body' in node && node.body) {
      const lines = line(node.end) - line(node.getStart()) + 1;
      const name = node.name?.getText() ?? 'a function';
      if (lines > LONGEST) found.push(`${file}:${line(node.getStart())} ${name}: ${lines} lines, at most ${LONGEST}`);
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
  return found;
}

/** Source files of these folders of the repository, with their text. */
export function sources(root: string, folders: readonly string[]): readonly Source[] {
  return folders.flatMap((folder) =>
    readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
      .filter((f) => /\.ts$/.test(f))
      .map((f) => [relative(root, join(root, folder, f)), readFileSync(join(root, folder, f), 'utf8')] as const),
  );
}
