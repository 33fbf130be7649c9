import { z } from 'zod';
import { isRoleUse, type RoleUse } from '../kato/role';
import { KNOWN_VERSIONS } from '../kato/version';
import { cloudsSchema } from './clouds';
import { email, gib, hostname, label, secretRef, text, wholeNumber, words } from './fields';

/** A role in a pool: its name, a one-key map with its options, or the result of a role function such as `dea()`. */
export const roleSchema = z.union(
  [
    z.string(),
    z.custom<RoleUse>(isRoleUse),
    z
      .record(
        z.string(),
        z.union([z.record(z.string(), z.unknown()), z.null()], {
          error: 'must be options, for example { database: apps }',
        }),
      )
      .refine((map) => Object.keys(map).length === 1, {
        error: 'must be one role with its options; write a separate list item for every role',
      }),
  ],
  { error: 'must be a role: its name, or one name with options such as { mysql: { database: apps } }' },
);

const roles = z.array(roleSchema, { error: 'must be a list of roles' });
const size = z
  .string({ error: 'must be a size such as large' })
  .regex(/^[a-z0-9][a-z0-9-]*$/, { error: 'must be a size such as small, medium, large, xlarge' });
const diskGib = gib(10, 16384);

const was = z
  .union([label.transform((name) => [name]), z.array(label).min(1, { error: 'must name at least one former name' })], {
    error: 'must be the former name, for example was: data; or a list of former names',
  })
  .default([])
  .describe(
    'its former name, or all of them, oldest first: nothing is created anew when the name changes; leave it in place',
  );

const poolSchema = z.strictObject({
  roles: roles
    .min(1, { error: 'must list at least one role' })
    .describe('roles of its nodes, or the group data-services'),
  count: wholeNumber(1, 1000).default(1).describe('number of nodes'),
  size: size.default('medium').describe('machine size: a word that each cloud translates to a machine'),
  diskGib: diskGib.optional().describe('size of the data volume of every node, GiB; required by roles that keep data'),
  placementZones: z.array(label).default([]).describe('placement zones of its DEAs (3.2 and later)'),
  was,
});

const databaseSchema = z.strictObject({
  engine: z.enum(['mysql', 'postgresql'], { error: 'must be mysql or postgresql' }).describe('engine'),
  version: z
    .string({ error: 'must be an engine version in quotes, such as "8.0"' })
    .regex(/^\d+(\.\d+){0,2}$/, { error: 'must be an engine version such as "8.0"' })
    .optional()
    .describe('engine version; default: 8.0 for mysql, 16 for postgresql'),
  majorUpgrade: z
    .boolean({ error: 'must be true or false' })
    .default(false)
    .describe('whether RDS may change it to another major version, at once; there is no way back'),
  storageGib: gib(20, 65536).default(50).describe('storage, GiB'),
  size: size.default('medium').describe('machine size'),
  multiZone: z
    .boolean({ error: 'must be true or false' })
    .default(false)
    .describe('whether a standby runs in another zone'),
  backupDays: wholeNumber(0, 35).default(7).describe('days to keep automatic backups; 0 for none'),
  was,
});

/** What a release may name. A thing that is no longer declared has such a name too, so no list of names can be checked. */
const RELEASED =
  /^(core|(core|[a-z](-?[a-z0-9])*-[1-9]\d*) volume|[a-z](-?[a-z0-9])*-[1-9]\d*|(database|secret) [a-z0-9](-?[a-z0-9])*|[a-z][a-z0-9]*_\w+\.\S+|module\.\S+)$/;
const released = z.string().regex(RELEASED, {
  error:
    'must name one thing: core, core volume, data-1 volume, data-1 (a node with data on its root disk), database apps, secret cluster-key, or a Terraform address',
});
const releaseSchema = z.strictObject({
  reason: text('the reason in a few words').describe('why it may go; every review shows it'),
  until: z
    .string({ error: 'must be a date such as 2026-12-31' })
    .refine(isDate, { error: 'must be a date such as 2026-12-31' })
    .describe('last day on which it may go (UTC)'),
});

function isDate(text: string): boolean {
  const parsed = /^\d{4}-\d{2}-\d{2}$/.test(text) ? new Date(`${text}T00:00:00Z`) : undefined;
  return parsed !== undefined && !Number.isNaN(parsed.getTime()) && parsed.toISOString().startsWith(text);
}

const scalar = z.union([z.string(), z.number(), z.boolean()]);
const structure = z
  .union([z.array(z.unknown()), z.record(z.string(), z.unknown())])
  .refine((value) => !hasSecret(value), {
    error: 'a secret must be the whole value, written { secret: name } with lower-case letters, digits and dashes',
  });
const katoValue = z.union([scalar, secretRef, structure], {
  error: 'must be text, a number, true or false, a list, a map, or { secret: name }',
});

/** Whether it contains a reference to a secret, which a node would not fetch there. */
function hasSecret(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return false;
  return ('secret' in value && Object.keys(value).length === 1) || Object.values(value).some(hasSecret);
}

const component = z.string().regex(/^[a-z][a-z0-9_]*$/, { error: 'must be the name of a component such as dea_ng' });
const keyPath = z
  .string()
  .regex(/^[\w.-]+(\/[\w.-]+)*$/, { error: 'must be a key path such as resources/memory_max_percent' });

/** The shape of a cluster's declaration; `defineCluster` checks its meaning. */
export const clusterSchema = z
  .strictObject({
    name: label.describe('name of the cluster; prefix of the names of all created resources'),
    hostname: hostname.describe('fully qualified name; the API is api.<hostname>, applications are <app>.<hostname>'),
    version: z
      .string({ error: `must be a version in quotes, for example "3.6" (known: ${KNOWN_VERSIONS.join(', ')})` })
      .default('3.6')
      .describe('Stackato version of the image; it decides the kato commands'),
    admin: z
      .strictObject({
        email: email.describe('e-mail address and user name'),
        organization: words('the name of an organization').describe('first organization'),
        space: words('the name of a space').optional().describe('first space; default: none'),
        password: secretRef.describe('name of the secret that holds the password'),
      })
      .describe('the first user'),
    license: secretRef.optional().describe('secret that holds the licence key; default: none, which allows 4 GB'),
    licenseGib: wholeNumber(1, 100000)
      .optional()
      .describe('memory that the licence allows, GiB; default: 20 with a licence, 4 without'),
    core: z
      .strictObject({
        size: size.default('large').describe('machine size'),
        diskGib: diskGib
          .optional()
          .describe(
            'size of the volume for all that the core keeps, GiB; default: none, everything stays on the root disk',
          ),
        roles: roles.default([]).describe('roles of the core besides primary, controller and router'),
      })
      .prefault({})
      .describe('the core node; a cluster has exactly one'),
    pools: z.record(label, poolSchema).default({}).describe('all other nodes, by pool'),
    databases: z.record(label, databaseSchema).default({}).describe('managed databases, for roles of the same engine'),
    kato: z
      .record(component, z.record(keyPath, katoValue))
      .default({})
      .describe('cluster-wide configuration: component, key path, value'),
    firewall: z
      .enum(['inside', 'strict'], { error: 'must be inside or strict' })
      .default('inside')
      .describe(
        'inside: nodes can reach each other on all ports, as the vendor advises; strict: only on the ports of their roles',
      ),
    protect: z
      .boolean({ error: 'must be true or false' })
      .default(true)
      .describe('whether volumes, databases and the core are protected against a destroy'),
    release: z
      .record(released, releaseSchema)
      .default({})
      .describe(
        'things that keep data and may now be deleted, replaced or emptied, by name; without an entry, deploy refuses that',
      ),
    clouds: cloudsSchema.default({}).describe('settings of each cloud'),
  })
  .describe('A Stackato cluster');

/** A declaration of valid shape, with defaults. */
export type ClusterShape = z.output<typeof clusterSchema>;

/** A cluster as its owner writes it. */
export type ClusterInput = z.input<typeof clusterSchema>;

/** The keys that the schema knows at a path, for near misses. */
export function knownKeys(path: readonly PropertyKey[]): readonly string[] {
  let schema: unknown = clusterSchema;
  for (const key of path) {
    schema = unwrap(schema);
    if (schema instanceof z.ZodObject) schema = (schema.shape as Record<PropertyKey, unknown>)[key];
    else if (schema instanceof z.ZodRecord) schema = schema.valueType;
    else if (schema instanceof z.ZodArray) schema = schema.element;
    else return [];
  }
  schema = unwrap(schema);
  const options: readonly unknown[] = schema instanceof z.ZodUnion ? schema.options : [schema];
  return [...new Set(options.flatMap((o) => (o instanceof z.ZodObject ? Object.keys(o.shape) : [])))];
}

function unwrap(schema: unknown): unknown {
  let inner = schema;
  while (inner instanceof z.ZodOptional || inner instanceof z.ZodDefault || inner instanceof z.ZodPrefault)
    inner = inner.unwrap();
  return inner;
}
