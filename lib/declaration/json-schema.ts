import { z } from 'zod';
import { mayBePooled, ROLE_GROUPS, ROLES } from '../kato/roles';
import { clusterSchema, roleSchema } from './schema';

/** The JSON Schema of a declaration, for editors; `schema/cluster.schema.json` holds it. */
export function clusterJsonSchema(): Record<string, unknown> {
  const names = [
    ...ROLES.map((w) => w.role)
      .filter(mayBePooled)
      .map((r) => r.name),
    ...Object.keys(ROLE_GROUPS).filter((g) => g !== 'microcloud'),
  ];
  const schema = z.toJSONSchema(clusterSchema, {
    io: 'input',
    unrepresentable: 'any',
    override: ({ zodSchema, jsonSchema }) => {
      // Zod accepts any text as a role, because the version decides; the names help an editor.
      if (zodSchema === (roleSchema as unknown)) {
        jsonSchema.anyOf = [
          { type: 'string', enum: names },
          {
            type: 'object',
            minProperties: 1,
            maxProperties: 1,
            propertyNames: { enum: names },
            additionalProperties: { type: ['object', 'null'] },
          },
        ];
      }
    },
  });
  return { ...schema, $id: 'https://cdktf-stackato.invalid/cluster.schema.json', title: 'Stackato cluster' };
}
