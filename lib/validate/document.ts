import type { Known, SchemaProblem, StackDocument } from './known';

export type { SchemaProblem, StackDocument } from './known';

import { didYouMean } from '../base/input';
import { badReferences, providerOf } from './bad-references';
import { circles } from './circles';
import { badMeta, blocksOf, META } from './meta';
import {
  type AttributeSchema,
  type BlockSchema,
  BUILTIN,
  type NestedBlock,
  type ProviderSchemas,
  type Type,
  typeOf,
} from './schema';

type Properties = Readonly<Record<string, unknown>>;
type Problems = readonly SchemaProblem[];

/**
 * Checks a synthesized stack against its providers' schemas, as `terraform validate` would: unknown and missing arguments,
 * types, counts of blocks, and references that lead nowhere. Resources of providers without a schema are skipped.
 */
export function checkDocument(document: StackDocument, schemas: ProviderSchemas): Problems {
  const given = Object.entries(schemas.provider_schemas).map(([name, s]) => [name.split('/').at(-1)!, s] as const);
  const known: Known = { document, providers: new Map([['terraform', BUILTIN], ...given]) };
  const of = (kind: 'resource' | 'data') =>
    Object.entries(document[kind] ?? {}).flatMap(([type, named]) =>
      Object.entries(named).flatMap(([name, properties]) => resource(known, kind, type, name, properties)),
    );
  const providers = Object.entries(document.provider ?? {}).flatMap(([name, blocks]) => {
    const block = known.providers.get(name)?.provider?.block;
    const meta = ['alias', 'version'];
    return block
      ? blocksOf(blocks).flatMap((value, i) => inBlock(known, value, block, `provider.${name}[${i}]`, meta))
      : [];
  });
  return [
    ...badSections(document),
    ...providers,
    ...of('data'),
    ...of('resource'),
    ...badReferences(known, document.output, 'output'),
    ...badReferences(known, document.locals, 'locals'),
    ...circles(document),
  ];
}

const SECTIONS = [
  ...['terraform', 'provider', 'resource', 'data', 'output', 'variable', 'locals', 'module'],
  ...['moved', 'removed', 'import', 'check', 'ephemeral', '//'],
];
const OUTPUT = ['value', 'description', 'sensitive', 'ephemeral', 'depends_on', 'precondition', '//'];

/** Sections of a stack, and the arguments of an output. */
function badSections(document: StackDocument): Problems {
  const strange = (path: string, keys: readonly string[], there: readonly string[]) =>
    keys.filter((key) => !there.includes(key)).map((key) => say(`${path}${key}`, unknownArgument(key, there)));
  return [
    ...strange('', Object.keys(document), SECTIONS),
    ...Object.entries(document.output ?? {}).flatMap(([name, output]) => [
      ...strange(`output.${name}.`, Object.keys(output ?? {}), OUTPUT),
      ...((output as Properties | null)?.['value'] === undefined
        ? [say(`output.${name}.value`, 'is required and missing')]
        : []),
    ]),
  ];
}

function resource(
  known: Known,
  kind: 'resource' | 'data',
  type: string,
  name: string,
  properties: Properties,
): Problems {
  const path = `${kind === 'data' ? 'data.' : ''}${type}.${name}`;
  const provider = providerOf(known, type);
  if (!provider) return badReferences(known, properties, path);
  const types = (kind === 'data' ? provider.data_source_schemas : provider.resource_schemas) ?? {};
  const schema = types[type];
  const what = kind === 'data' ? 'data source' : 'resource';
  if (!schema) return [say(path, `the provider has no ${what} "${type}"${didYouMean(type, Object.keys(types))}`)];
  const { for_each: each, count } = properties;
  const inside: Known = { ...known, scope: { each: each !== undefined, count: count !== undefined } };
  return [
    ...(/^[A-Za-z_][\w-]*$/.test(name)
      ? []
      : [say(path, 'must have a name of letters, digits, _ and -, beginning with a letter')]),
    ...inBlock(inside, properties, schema.block, path, META),
    ...badMeta(inside, properties, schema.block, path),
  ];
}

function inBlock(
  known: Known,
  value: unknown,
  schema: BlockSchema,
  path: string,
  meta: readonly string[] = [],
): Problems {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return [say(path, 'must be a block')];
  const given = value as Properties;
  const { attributes = {}, block_types: blocks = {} } = schema;
  const dynamic = (blocks['dynamic'] || attributes['dynamic'] ? {} : (given['dynamic'] ?? {})) as Properties;
  const isThere = (key: string) => given[key] !== undefined && given[key] !== null;
  return [
    ...Object.entries(given)
      .filter(([key, content]) => !meta.includes(key) && content !== undefined)
      .flatMap(([key, content]): Problems => {
        const at = `${path}.${key}`;
        if (content === null && (attributes[key] || blocks[key])) return [];
        if (attributes[key]) return inAttribute(known, content, attributes[key], at);
        if (blocks[key]) return inBlocks(known, content, blocks[key], at);
        return key === 'dynamic' ? inDynamic(known, dynamic, blocks, path) : [noArgument(at, key, schema)];
      }),
    ...Object.entries(attributes)
      .filter(([key, attribute]) => attribute.required && !isThere(key))
      .map(([key]) => say(`${path}.${key}`, 'is required and missing')),
    ...Object.entries(blocks)
      .filter(([key, block]) => (block.min_items ?? 0) > 0 && !isThere(key) && dynamic[key] === undefined)
      .map(([key, block]) => say(`${path}.${key}`, `needs at least ${block.min_items}`)),
  ];
}

/** Blocks whose number is known only at apply: one is checked for all. */
function inDynamic(known: Known, dynamic: Properties, blocks: BlockSchema['block_types'], path: string): Problems {
  return Object.entries(dynamic).flatMap(([key, value]): Problems => {
    const block = blocks?.[key];
    if (!block) return [noArgument(`${path}.dynamic.${key}`, key, { block_types: blocks ?? {} })];
    return (Array.isArray(value) ? (value as Properties[]) : [value as Properties]).flatMap((one) => [
      ...badReferences(known, one['for_each'], `${path}.dynamic.${key}.for_each`),
      ...inBlock(known, one['content'], block.block, `${path}.dynamic.${key}.content`),
    ]);
  });
}

function inBlocks(known: Known, content: unknown, nested: NestedBlock, path: string): Problems {
  const { nesting_mode: mode, block } = nested;
  if (mode === 'map')
    return Object.entries(content as Properties).flatMap(([key, one]) =>
      inBlock(known, one, block, `${path}["${key}"]`),
    );
  const all: readonly unknown[] = Array.isArray(content) ? content : [content];
  const least = nested.min_items ?? 0;
  const most = mode === 'list' || mode === 'set' ? nested.max_items || Number.POSITIVE_INFINITY : 1;
  return [
    ...(all.length > most ? [say(path, `may have at most ${most}, not ${all.length}`)] : []),
    ...(all.length < least ? [say(path, `needs at least ${least}`)] : []),
    ...all.flatMap((one, i) => inBlock(known, one, block, `${path}[${i}]`)),
  ];
}

function inAttribute(known: Known, value: unknown, schema: AttributeSchema, path: string): Problems {
  if (!schema.required && !schema.optional) return [say(path, 'is computed by the provider and cannot be set')];
  const type = typeOf(schema);
  return [...wrongType(value, type, path), ...badReferences(known, value, path, type)];
}

function wrongType(value: unknown, type: Type, path: string): Problems {
  if (type === 'dynamic' || value === null || (typeof value === 'string' && value.includes('${'))) return [];
  const wrong = (what: string) => [say(path, `must be ${what}, not ${JSON.stringify(value).slice(0, 60)}`)];
  if (typeof type === 'string') return FITS[type](value) ? [] : wrong(WORDS[type]);
  if (type[0] === 'list' || type[0] === 'set' || type[0] === 'tuple') {
    if (!Array.isArray(value)) return wrong('a list');
    return value.flatMap((one, i) =>
      wrongType(one, type[0] === 'tuple' ? (type[1][i] ?? 'dynamic') : type[1], `${path}[${i}]`),
    );
  }
  if (typeof value !== 'object' || Array.isArray(value)) return wrong('a map');
  return Object.entries(value as Properties).flatMap(([key, one]): Problems => {
    if (type[0] === 'map') return wrongType(one, type[1], `${path}["${key}"]`);
    const inner = type[1][key];
    if (inner !== undefined) return wrongType(one, inner, `${path}.${key}`);
    return [say(`${path}.${key}`, `there is no attribute "${key}"${didYouMean(key, Object.keys(type[1]))}`)];
  });
}

/** What Terraform accepts for a simple type: it converts numbers and bools to text, and text that looks like one back. */
const FITS = {
  string: (value: unknown) => ['string', 'number', 'boolean'].includes(typeof value),
  number: (value: unknown) =>
    typeof value === 'number' || (typeof value === 'string' && value !== '' && !Number.isNaN(Number(value))),
  bool: (value: unknown) => typeof value === 'boolean' || value === 'true' || value === 'false',
};

const WORDS = { string: 'text', number: 'a number', bool: 'true or false' };

const say = (path: string, message: string): SchemaProblem => ({ path, message });

const unknownArgument = (name: string, known: readonly string[]) =>
  `there is no argument "${name}"${didYouMean(name, known)}`;

const noArgument = (path: string, name: string, schema: BlockSchema) =>
  say(path, unknownArgument(name, argumentsOf(schema)));

const argumentsOf = (schema: BlockSchema): string[] => [
  ...Object.keys(schema.attributes ?? {}),
  ...Object.keys(schema.block_types ?? {}),
];
