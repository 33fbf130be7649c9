import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { parse } from 'yaml';
import { run } from '../../bin/verbs/schema';
import { clusterJsonSchema } from '../../lib/declaration/json-schema';
import { clusterSchema } from '../../lib/declaration/schema';
import { ROLE_GROUPS, ROLES } from '../../lib/kato/roles';
import { collectedIo } from '../collected-io';

const root = join(__dirname, '..', '..', '..');

interface Schema {
  readonly type?: string | readonly string[];
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly additionalProperties?: boolean | Schema;
  readonly required?: readonly string[];
  readonly propertyNames?: Schema;
  readonly items?: Schema;
  readonly anyOf?: readonly Schema[];
  readonly enum?: readonly unknown[];
  readonly pattern?: string;
  readonly minProperties?: number;
  readonly maxProperties?: number;
}

/** As much of a JSON Schema validator as our schema needs: the places that do not fit. */
function misfits(schema: Schema, value: unknown, path = ''): string[] {
  if (schema.anyOf) {
    const all = schema.anyOf.map((s) => misfits(s, value, path));
    return all.some((m) => !m.length) ? [] : (all.sort((a, b) => a.length - b.length)[0] ?? []);
  }
  const type =
    value === null ? 'null' : Array.isArray(value) ? 'array' : Number.isInteger(value) ? 'integer' : typeof value;
  const wanted = schema.type === undefined ? undefined : [schema.type].flat();
  if (wanted && !wanted.includes(type) && !(type === 'integer' && wanted.includes('number')))
    return [`${path}: ${type}`];
  if (schema.enum && !schema.enum.includes(value)) return [`${path}: ${String(value)}`];
  if (schema.pattern && typeof value === 'string' && !new RegExp(schema.pattern, 'u').test(value))
    return [`${path}: ${value}`];
  if (Array.isArray(value)) return value.flatMap((v, i) => misfits(schema.items ?? {}, v, `${path}[${i}]`));
  if (type !== 'object') return [];
  const record = value as Record<string, unknown>;
  const missing = (schema.required ?? []).filter((key) => !(key in record)).map((key) => `${path}.${key}: missing`);
  const size = Object.keys(record).length;
  if (size < (schema.minProperties ?? 0) || size > (schema.maxProperties ?? Infinity))
    missing.push(`${path}: ${size} keys`);
  return [
    ...missing,
    ...Object.entries(record).flatMap(([key, inner]) => {
      const known = schema.properties?.[key];
      if (known) return misfits(known, inner, `${path}.${key}`);
      if (schema.additionalProperties === false) return [`${path}.${key}: unknown`];
      const other = typeof schema.additionalProperties === 'object' ? schema.additionalProperties : {};
      return [
        ...misfits(schema.propertyNames ?? {}, key, `${path}.${key}`),
        ...misfits(other, inner, `${path}.${key}`),
      ];
    }),
  ];
}

describe('the JSON Schema', () => {
  const schema = clusterJsonSchema() as Schema;
  it('in the repository matches the code: refresh it with npm run goldens', () => {
    const file = readFileSync(join(root, 'schema', 'cluster.schema.json'), 'utf8');
    assert.deepEqual(JSON.parse(file), JSON.parse(JSON.stringify(schema)));
  });
  it('matches the output of the verb', async () => {
    const io = collectedIo();
    assert.equal(await run([], {}, io), 0);
    assert.equal(`${io.text()}\n`, readFileSync(join(root, 'schema', 'cluster.schema.json'), 'utf8'));
  });
  it('knows the keys that the check knows, each with a description', () => {
    assert.deepEqual(Object.keys(schema.properties!), Object.keys(clusterSchema.shape));
    for (const [key, property] of Object.entries(schema.properties!)) assert.ok('description' in property, key);
    assert.deepEqual(schema.required, ['name', 'hostname', 'admin']);
  });
  it('names the roles that a pool may list', () => {
    const pool = schema.properties!['pools']!.additionalProperties as Schema;
    const [named, withOptions] = pool.properties!['roles']!.items!.anyOf!;
    const implied = ['base', 'mdns', 'primary'];
    const names = [...ROLES.map((w) => w.role.name).filter((n) => !implied.includes(n)), 'data-services'];
    assert.deepEqual(named!.enum, names);
    assert.deepEqual(withOptions!.propertyNames!.enum, names);
    assert.ok('data-services' in ROLE_GROUPS);
  });
  for (const file of readdirSync(join(root, 'stacks')).filter((f) => f.endsWith('.yaml'))) {
    const text = readFileSync(join(root, 'stacks', file), 'utf8');
    it(`fits stacks/${file}`, () => {
      assert.deepEqual(misfits(schema, parse(text)), []);
      assert.match(text, /^# yaml-language-server: \$schema=\.\.\/schema\/cluster\.schema\.json\n/);
    });
    it(`does not fit stacks/${file} with a typing error`, () => {
      assert.deepEqual(misfits(schema, { ...parse(text), hostnam: 'x' }), ['.hostnam: unknown']);
      assert.deepEqual(misfits(schema, { ...parse(text), pools: { p: { roles: ['dae'] } } }), [
        '.pools.p.roles[0]: dae',
      ]);
    });
  }
});
