import { didYouMean } from '../base/input';
import type { Known, SchemaProblem } from './known';
import { badNames } from './names';
import { type Reference, referencesIn } from './references';
import { type BlockSchema, blockType, type Type } from './schema';

/** The schema of the provider that a type belongs to. */
export const providerOf = (known: Known, type: string) => known.providers.get(type.split('_')[0]!);

/**
 * References in a value that lead nowhere. When a value is a single reference, also one to a list where a single value is
 * `wanted`, or the reverse.
 */
export function badReferences(known: Known, value: unknown, path: string, wanted?: Type): readonly SchemaProblem[] {
  if (typeof value === 'string') {
    if (!value.includes('${')) return [];
    const bad = referencesIn(value).flatMap((reference) => badReference(known, reference, wanted) ?? []);
    return [...new Set([...bad, ...badNames(known, value)])].map((message) => ({ path, message }));
  }
  if (Array.isArray(value))
    return value.flatMap((one, i) => badReferences(known, one, `${path}[${i}]`, elementOf(wanted)));
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, one]) => {
    const inner = typeof wanted === 'object' && wanted[0] === 'object' ? wanted[1][key] : elementOf(wanted);
    return [...badReferences(known, key, path), ...badReferences(known, one, `${path}.${key}`, inner)];
  });
}

function elementOf(type: Type | undefined): Type | undefined {
  if (typeof type !== 'object' || type[0] === 'tuple' || type[0] === 'object') return undefined;
  return type[1];
}

function badReference(known: Known, reference: Reference, wanted: Type | undefined): string | undefined {
  const { text, data, type, name, path } = reference;
  const provider = providerOf(known, type);
  const target = (data ? known.document.data : known.document.resource)?.[type]?.[name];
  if (!target) return `refers to ${text}, which is not in the stack`;
  const schema = (data ? provider?.data_source_schemas : provider?.resource_schemas)?.[type]?.block;
  if (!schema) return undefined;
  const instances = target['for_each'] ?? target['count'];
  const steps = [...path];
  if (instances !== undefined && steps.length) {
    const key = steps.shift();
    const listed = typeof instances === 'object' && instances !== null && !Array.isArray(instances);
    if (typeof key === 'string' && listed && !Object.hasOwn(instances, key))
      return `refers to ${text}, but ${type}.${name} has no instance "${key}"`;
  } else if (instances === undefined && steps.length && typeof steps[0] !== 'string') {
    return `refers to ${text}, but ${type}.${name} has no instances`;
  }
  if (!steps.length) return undefined;
  const found = follow(blockType({ nesting_mode: 'single', block: schema }), steps);
  if ('missing' in found)
    return `refers to ${text}, but there is no attribute "${found.missing}"${didYouMean(found.missing, found.known)}`;
  const [has, wants] = [isPlain(found.type), wanted === undefined ? undefined : isPlain(wanted)];
  if (!reference.whole || has === undefined || wants === undefined || has === wants) return undefined;
  return `must be ${kind(wants)}, but ${text} is ${kind(has)}`;
}

const kind = (plain: boolean) => (plain ? 'a single value' : 'a list or map');

/** Whether a type is text, number or bool; undefined where it may be either. */
const isPlain = (type: Type): boolean | undefined => (type === 'dynamic' ? undefined : typeof type === 'string');

/** The part of a path that a block does not have, and what the block has. */
export function missingIn(block: BlockSchema, path: readonly (string | number | undefined)[]) {
  const found = follow(blockType({ nesting_mode: 'single', block }), path);
  return 'missing' in found ? found : undefined;
}

/** The type at the end of a path. */
function follow(
  type: Type,
  steps: readonly (string | number | undefined)[],
): { readonly type: Type } | { readonly missing: string; readonly known: readonly string[] } {
  const [step, ...rest] = steps;
  if (steps.length === 0 || type === 'dynamic') return { type };
  if (typeof type === 'string') return { missing: String(step), known: [] };
  if (type[0] === 'tuple') return { type: 'dynamic' };
  if (type[0] === 'map') return follow(type[1], rest);
  if (type[0] !== 'object') return typeof step === 'string' ? { missing: step, known: [] } : follow(type[1], rest);
  if (typeof step !== 'string') return { type: 'dynamic' };
  const inner = type[1][step];
  return inner === undefined ? { missing: step, known: Object.keys(type[1]) } : follow(inner, rest);
}
