import type { DeclarationRule } from './rule';
import type { ClusterSpec } from './spec';

/** Rules over the former names of pools and databases. */
export const renameRules: readonly DeclarationRule[] = [
  {
    id: 'was-present',
    severity: 'error',
    explain:
      'With was, everything that belonged to the former name goes to the present one. A pool or database that has the former name now would lose it.',
    remedy:
      'Remove the name from was, or give the other pool or database another name. A name is free again when the pool that had it is gone.',
    check: (spec) =>
      former(spec).flatMap(({ kind, name, was, path }) => {
        if (was === name) return [{ path, message: `"${was}" is its present name; write the former one` }];
        if (!Object.hasOwn(spec[kind], was)) return [];
        const message = `"${was}" is in ${kind} too; write another name there, or remove it from was`;
        return [{ path, message }];
      }),
  },
  {
    id: 'was-twice',
    severity: 'error',
    explain: 'What belonged to a former name can go to one pool or database only.',
    remedy: 'Write every former name once, for the pool or database that keeps its nodes and data.',
    check: (spec) => {
      const all = former(spec);
      return all.flatMap(({ kind, was, path }, i) => {
        const first = all.findIndex((one) => one.kind === kind && one.was === was);
        if (first === i) return [];
        const where = all[first]!.path === path ? 'listed twice' : `in ${all[first]!.path} too`;
        return [{ path, message: `"${was}" is ${where}; write it once` }];
      });
    },
  },
  {
    id: 'was-reserved',
    severity: 'error',
    explain:
      'The core has one name for ever, and the names core, cluster, world, database, all and constructor were never those of a pool or database.',
    remedy: 'Remove the name from was.',
    check: (spec) =>
      former(spec)
        .filter(({ was }) => RESERVED.includes(was))
        .map(({ kind, was, path }) => ({
          path,
          message: `"${was}" was never the name of a ${kind === 'pools' ? 'pool' : 'database'}; remove it`,
        })),
  },
];

/** Names that no pool and no database can have. Every object of JavaScript has the last one. */
export const RESERVED = ['core', 'cluster', 'world', 'database', 'all', 'constructor'];

/** Every former name, with its place. */
function former(spec: ClusterSpec) {
  const of = (kind: 'pools' | 'databases', all: Readonly<Record<string, { readonly was?: readonly string[] }>>) =>
    Object.entries(all).flatMap(([name, { was = [] }]) =>
      was.map((one) => ({ kind, name, was: one, path: `${kind}.${name}.was` })),
    );
  return [...of('pools', spec.pools), ...of('databases', spec.databases)];
}
