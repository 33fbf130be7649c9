import { readdirSync } from 'node:fs';
import { type Place, readText } from './place';
import { type ModelProcess, type ModelRole, roles } from './roles';
import { atLeast, type Version } from './version';
import { parseYaml, type Value } from './yaml';

const folder = '/home/stackato/stackato/etc/kato';

type Fields = { [key: string]: Value };
const isMap = (value: Value | undefined): value is Fields =>
  value !== null && typeof value === 'object' && !Array.isArray(value);

/**
 * Roles of custom services on this node: from 3.0 on one file per process that names its roles, before `roles.yml` with
 * a list of processes per role (1.4, 10.3; H).
 */
export function customRoles(place: Place, version: Version): ModelRole[] {
  const found = atLeast(version, '3.0') ? fromProcesses(place) : fromRoles(place);
  const shipped = new Set(roles.map((role) => role.name));
  const most = maxima(place);
  return [...found]
    .filter(([name]) => !shipped.has(name))
    .map(([name, processes]) => ({
      name,
      processes,
      facts: '10.3 H',
      ...(most.has(name) ? { max: most.get(name)! } : {}),
    }))
    .sort((a, b) => a.name.localeCompare(b.name));
}

function fromProcesses(place: Place): Map<string, ModelProcess[]> {
  const found = new Map<string, ModelProcess[]>();
  for (const file of filesOf(place.path(`${folder}/processes`))) {
    const name = file.replace(/\.yml$/, '');
    const value = parseYaml(readText(place.path(`${folder}/processes/${file}`)) ?? '');
    if (!isMap(value)) continue;
    const inner = value[name];
    const body = isMap(inner) ? inner : value;
    const port = Number(body['listen_port'] ?? 0);
    for (const role of listOf(body['roles'])) {
      found.set(role, [...(found.get(role) ?? []), { name, ports: port > 0 ? [port] : [] }]);
    }
  }
  return found;
}

function fromRoles(place: Place): Map<string, ModelProcess[]> {
  const value = parseYaml(readText(place.path(`${folder}/roles.yml`)) ?? '');
  const known = parseYaml(readText(place.path(`${folder}/processes.yml`)) ?? '');
  const found = new Map<string, ModelProcess[]>();
  if (!isMap(value)) return found;
  for (const [role, body] of Object.entries(value)) {
    const names = isMap(body) ? listOf(body['processes']) : [];
    // A role whose processes nobody described cannot be started.
    const described = names.filter((name) => isMap(known) && Object.hasOwn(known, name));
    if (described.length > 0)
      found.set(
        role,
        described.map((name) => ({ name, ports: [] })),
      );
  }
  return found;
}

/** `max_per_cluster` of `roles.yml` (1.4, H). */
function maxima(place: Place): Map<string, number> {
  const value = parseYaml(readText(place.path(`${folder}/roles.yml`)) ?? '');
  const entries = Object.entries(isMap(value) ? value : {});
  return new Map(
    entries.flatMap(([role, body]) =>
      isMap(body) && body['max_per_cluster'] ? [[role, Number(body['max_per_cluster'])]] : [],
    ),
  );
}

const listOf = (value: Value | undefined): string[] => (Array.isArray(value) ? value.map(String) : []);

function filesOf(path: string): string[] {
  try {
    return readdirSync(path)
      .filter((name) => name.endsWith('.yml'))
      .sort();
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw error;
  }
}
