import assert from 'node:assert/strict';
import { join, relative } from 'node:path';
import { describe, it } from 'node:test';
import ts from 'typescript';

const root = join(__dirname, '..', '..', '..');
const LIBRARY = join(root, 'dist', 'lib');
const ENTRIES = ['main', 'aws/index', 'openstack/index', 'review/index'];

/** A name that an editor shows to users of the package, and its docstring. */
interface Shown {
  readonly name: string;
  /** The name without the type that it belongs to. */
  readonly own: string;
  /** The docstrings as written, with their tags; empty if there is none. */
  readonly comment: string;
}

const UNITS: readonly (readonly [name: RegExp, unit: RegExp])[] = [
  [/gib$/i, /\bGiB\b/],
  [/mib$/i, /\bMiB\b/],
  [/seconds$/i, /\b(seconds?|s)\b/],
  [/days$/i, /\bdays?\b/],
];

const isOurs = (node: ts.Node) => node.getSourceFile().fileName.startsWith(LIBRARY);

/** Every docstring of a symbol; a declaration list holds that of its constants. */
function commentOf(symbol: ts.Symbol): string {
  const nodes = (symbol.declarations ?? []).map((node) => (ts.isVariableDeclaration(node) ? node.parent.parent : node));
  return nodes
    .flatMap((node) => ts.getJSDocCommentsAndTags(node))
    .filter(ts.isJSDoc)
    .map((doc) => doc.getText())
    .join('\n');
}

/** Whether a type says it in so many words. What zod infers has its texts in the schema, which another test reads. */
function isWritten({ parent }: ts.Node): boolean {
  return ts.isInterfaceDeclaration(parent) || ts.isClassDeclaration(parent) || ts.isTypeAliasDeclaration(parent.parent);
}

/** Public members that the library itself declares. */
function membersOf(symbol: ts.Symbol, checker: ts.TypeChecker): readonly ts.Symbol[] {
  const isType = (symbol.flags & (ts.SymbolFlags.Interface | ts.SymbolFlags.Class | ts.SymbolFlags.TypeAlias)) !== 0;
  if (!isType) return [];
  const type = checker.getDeclaredTypeOfSymbol(symbol);
  if (type.isUnion()) return [];
  return type.getProperties().filter((member) =>
    (member.declarations ?? []).some((node) => {
      const hidden = ts.ModifierFlags.Private | ts.ModifierFlags.Protected;
      return isWritten(node) && isOurs(node) && (ts.getCombinedModifierFlags(node as ts.Declaration) & hidden) === 0;
    }),
  );
}

/** All exported names of a module with those of its types. */
function shownBy(entry: string, program: ts.Program): readonly Shown[] {
  const checker = program.getTypeChecker();
  const file = join(LIBRARY, `${entry}.d.ts`);
  const module = checker.getSymbolAtLocation(program.getSourceFile(file)!)!;
  return checker.getExportsOfModule(module).flatMap((exported) => {
    const symbol = exported.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(exported) : exported;
    if (!symbol.declarations?.some(isOurs)) return [];
    const name = `${relative(LIBRARY, file).replace(/\.d\.ts$/, '')} ${exported.name}`;
    const members = membersOf(symbol, checker).map((member) => ({
      name: `${name}.${member.name}`,
      own: member.name,
      comment: commentOf(member),
    }));
    return [{ name, own: exported.name, comment: commentOf(symbol) }, ...members];
  });
}

const options: ts.CompilerOptions = {
  module: ts.ModuleKind.CommonJS,
  moduleResolution: ts.ModuleResolutionKind.Node10,
  target: ts.ScriptTarget.ES2022,
  types: ['node'],
  skipLibCheck: true,
  noEmit: true,
};
const program = ts.createProgram(
  ENTRIES.map((entry) => join(LIBRARY, `${entry}.d.ts`)),
  options,
);
const shown = ENTRIES.flatMap((entry) => shownBy(entry, program));

describe('public declarations', () => {
  it('are found', () => {
    const names = new Set(shown.map(({ name }) => name));
    for (const name of [
      'main defineCluster',
      'aws/index ClusterProps.cluster',
      'openstack/index Cluster.handle',
      'review/index rules',
    ])
      assert.ok(names.has(name), name);
  });

  it('each have a docstring', () => {
    assert.deepEqual(
      [...shown].filter(({ comment }) => comment === '').map(({ name }) => name),
      [],
    );
  });

  it('list an error on a separate line: @throws InputError when …', () => {
    const odd = shown.filter(({ comment }) =>
      comment
        .split('\n')
        .some((line) => /\bThrows `|@throws/.test(line) && !/^\s*(\/\*)?\*+ @throws [A-Z]\w*Error when \S/.test(line)),
    );
    assert.deepEqual(
      odd.map(({ name }) => name),
      [],
    );
  });

  it('name the unit of a number', () => {
    const odd = shown.filter(({ own, comment }) => UNITS.some(([name, unit]) => name.test(own) && !unit.test(comment)));
    assert.deepEqual(
      odd.map(({ name }) => name),
      [],
    );
  });
});
