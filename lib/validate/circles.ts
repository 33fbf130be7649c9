import type { SchemaProblem, StackDocument } from './known';
import { referencesIn } from './references';

/** Resources that depend on one another in a circle, or on themselves. */
export function circles(document: StackDocument): readonly SchemaProblem[] {
  const sections = [['', document.resource] as const, ['data.', document.data] as const];
  const waits: ReadonlyMap<string, readonly string[]> = new Map(
    sections.flatMap(([begin, all]) =>
      Object.entries(all ?? {}).flatMap(([type, named]) =>
        Object.entries(named).map(
          ([name, body]) => [`${begin}${type}.${name}`, [...addressesIn(body)]] as [string, string[]],
        ),
      ),
    ),
  );
  const done = new Set<string>();
  const found: SchemaProblem[] = [];
  const visit = (address: string, way: readonly string[]): void => {
    const began = way.indexOf(address);
    if (began >= 0) {
      const circle = [...way.slice(began), address].join(' → ');
      found.push({ path: address, message: `depends on itself: ${circle}` });
      return;
    }
    if (done.has(address)) return;
    for (const next of waits.get(address) ?? []) visit(next, [...way, address]);
    done.add(address);
  };
  for (const address of waits.keys()) visit(address, []);
  return found;
}

/** What a value refers to, and what its `depends_on` names. */
function addressesIn(value: unknown, key = ''): ReadonlySet<string> {
  if (typeof value === 'string') {
    if (key === 'depends_on') return new Set([value]);
    if (!value.includes('${')) return new Set();
    return new Set(referencesIn(value).map(({ data, type, name }) => `${data ? 'data.' : ''}${type}.${name}`));
  }
  if (typeof value !== 'object' || value === null) return new Set();
  const inner = Array.isArray(value) ? value.map((one) => [key, one] as const) : Object.entries(value);
  return new Set(inner.flatMap(([name, one]) => [...addressesIn(one, name)]));
}
