import { readFileSync } from 'node:fs';
import { isMap, isPair, isSeq, LineCounter, type Node, parseDocument } from 'yaml';
import { InputError, type Problem } from '../base/input';
import { parseCluster } from './define';
import type { ClusterSpec } from './spec';

/**
 * Reads a cluster from a YAML or JSON file and checks it like `defineCluster`.
 * @throws InputError when the file or the declaration is wrong, with file, line and column of every problem.
 */
export function readCluster(file: string): ClusterSpec {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code;
    const what = code === 'ENOENT' ? 'no such file' : code === 'EISDIR' ? 'is a folder' : `cannot be read (${code})`;
    throw new InputError(file, [
      {
        path: '',
        message: `${what}; name a cluster's YAML file, or create one with: cdktf-stackato init`,
        rule: 'file',
      },
    ]);
  }
  return parseClusterText(text, file);
}

/**
 * Like `readCluster`, for text; `file` appears only in messages.
 * @throws InputError when the text or the declaration is wrong, with line and column of every problem.
 */
export function parseClusterText(text: string, file: string): ClusterSpec {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false, uniqueKeys: true });
  if (document.errors.length) {
    const problems = document.errors.map((e) => {
      const { line, col } = lines.linePos(e.pos[0]);
      return { path: '', message: `${lower(e.message)}; see the YAML around here`, rule: 'yaml', line, column: col };
    });
    // One per line: further errors on a line follow from the first.
    throw new InputError(
      file,
      problems.filter((p, i) => problems.findIndex((first) => first.line === p.line) === i),
    );
  }
  let value: unknown;
  try {
    value = document.toJS({ maxAliasCount: 100 });
  } catch (error) {
    throw new InputError(file, [
      { path: '', message: `${lower((error as Error).message)}; write it without aliases`, rule: 'yaml' },
    ]);
  }
  const result = parseCluster(value ?? {});
  if ('spec' in result) return result.spec;
  throw new InputError(file, locate(result.problems, document.contents, lines));
}

/** Problems with their line and column, in the order of the file. */
function locate(problems: readonly Problem[], root: Node | null, lines: LineCounter): readonly Problem[] {
  const located = problems.map((problem) => {
    const offset = offsetOf(root, problem.path);
    const { line, col } = lines.linePos(offset);
    return { ...problem, line, column: col };
  });
  return located.sort((a, b) => a.line - b.line || a.column - b.column || (a.path < b.path ? -1 : 1));
}

/** The position of the path, or of its nearest existing parent. */
function offsetOf(root: Node | null, path: string): number {
  let node: unknown = root;
  let offset = root?.range?.[0] ?? 0;
  let rest = path;
  while (rest) {
    if (isMap(node)) {
      // Keys may hold dots and slashes (resources/memory_max_percent): the longest key that matches counts.
      const pairs = node.items.filter((p) => isPair(p) && fits(rest, String(p.key)));
      const pair = pairs.sort((a, b) => String(b.key).length - String(a.key).length)[0];
      if (!pair) return offset;
      offset = (pair.key as Node).range?.[0] ?? offset;
      rest = rest.slice(String(pair.key).length).replace(/^\./, '');
      node = pair.value;
    } else if (isSeq(node)) {
      const match = /^\[(\d+)\]\.?/.exec(rest);
      const item = match ? (node.items[Number(match[1])] as Node | undefined) : undefined;
      if (!match || !item) return offset;
      offset = item.range?.[0] ?? offset;
      rest = rest.slice(match[0].length);
      node = item;
    } else return offset;
  }
  return offset;
}

const fits = (path: string, key: string) => path === key || path.startsWith(`${key}.`) || path.startsWith(`${key}[`);

const lower = (text: string) => text.charAt(0).toLowerCase() + text.slice(1);
