import { didYouMean } from '../base/input';
import { badReferences, missingIn } from './bad-references';
import type { Known, SchemaProblem } from './known';
import { pathIn } from './references';
import type { BlockSchema } from './schema';

type Properties = Readonly<Record<string, unknown>>;
type Problems = readonly SchemaProblem[];

/** Arguments that Terraform itself reads. */
export const META = ['for_each', 'count', 'depends_on', 'lifecycle', 'provider', 'provisioner', 'connection', '//'];

const LIFECYCLE = [
  ...['create_before_destroy', 'prevent_destroy', 'ignore_changes', 'replace_triggered_by'],
  ...['precondition', 'postcondition'],
];

/** Problems in the arguments of a resource that Terraform itself reads. */
export function badMeta(known: Known, properties: Properties, block: BlockSchema, path: string): Problems {
  const at = (key: string, message: string): SchemaProblem => ({ path: `${path}.${key}`, message });
  const { for_each: each, count, provider } = properties;
  const inside = { ...known, scope: { ...known.scope, self: true } };
  return [
    ...['for_each', 'count'].flatMap((meta) =>
      badReferences({ ...known, scope: {} }, properties[meta], `${path}.${meta}`),
    ),
    ...['provisioner', 'connection'].flatMap((meta) => badReferences(inside, properties[meta], `${path}.${meta}`)),
    ...(each !== undefined && count !== undefined ? [at('count', 'does not go with for_each')] : []),
    ...(each === undefined || isExpression(each) || isMap(each) ? [] : [at('for_each', 'must be a map')]),
    ...(count === undefined || isExpression(count) || isCount(count) ? [] : [at('count', 'must be a number')]),
    ...(typeof provider === 'string' && !aliases(known).includes(provider)
      ? [at('provider', `there is no provider ${provider}${didYouMean(provider, aliases(known))}`)]
      : []),
    ...badDependences(known, properties['depends_on'], `${path}.depends_on`),
    ...badLifecycle(inside, properties['lifecycle'], block, `${path}.lifecycle`),
  ];
}

function badDependences(known: Known, value: unknown, path: string): Problems {
  if (value === undefined) return [];
  if (!Array.isArray(value)) return [{ path, message: 'must be a list of addresses' }];
  return value.flatMap((address: unknown) =>
    typeof address === 'string' && /^(data\.)?[\w-]+\.[\w-]+(\.[\w-]+)?$/.test(address)
      ? badReferences({ ...known, scope: {} }, `\${${address}}`, path)
      : [{ path, message: `must be addresses, not ${JSON.stringify(address)}` }],
  );
}

function badLifecycle(known: Known, value: unknown, block: BlockSchema, path: string): Problems {
  if (value === undefined) return [];
  if (!isMap(value)) return [{ path, message: 'must be a block' }];
  const { ignore_changes: ignored, ...rest } = value;
  return [
    ...Object.entries(rest).flatMap(([key, given]): Problems => {
      if (!LIFECYCLE.includes(key))
        return [{ path: `${path}.${key}`, message: `there is no argument "${key}"${didYouMean(key, LIFECYCLE)}` }];
      return /^(create_before|prevent)_destroy$/.test(key) && typeof given !== 'boolean'
        ? [{ path: `${path}.${key}`, message: 'must be true or false' }]
        : badReferences(known, given, `${path}.${key}`);
    }),
    ...badIgnored(ignored, block, `${path}.ignore_changes`),
  ];
}

function badIgnored(ignored: unknown, block: BlockSchema, path: string): Problems {
  if (ignored === undefined || ignored === 'all') return [];
  if (!Array.isArray(ignored)) return [{ path, message: 'must be a list of arguments, or all' }];
  return ignored.flatMap((word: unknown): Problems => {
    if (typeof word !== 'string') return [{ path, message: `must be arguments, not ${JSON.stringify(word)}` }];
    const bad = missingIn(block, pathIn(word));
    return bad ? [{ path, message: `there is no argument "${bad.missing}"${didYouMean(bad.missing, bad.known)}` }] : [];
  });
}

/** The providers of a stack as resources name them: `openstack`, `openstack.east`. */
function aliases({ document }: Known): string[] {
  return Object.entries(document.provider ?? {}).flatMap(([name, blocks]) =>
    blocksOf(blocks).map(({ alias }) => (alias === undefined ? name : `${name}.${String(alias)}`)),
  );
}

/** Terraform accepts a single block as a list of one. */
export const blocksOf = (value: readonly Properties[] | Properties): readonly Properties[] =>
  Array.isArray(value) ? (value as readonly Properties[]) : [value as Properties];

const isExpression = (value: unknown): boolean => typeof value === 'string' && value.includes('${');
const isMap = (value: unknown): value is Properties =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const isCount = (value: unknown): boolean => value !== '' && Number.isInteger(Number(value)) && Number(value) >= 0;
