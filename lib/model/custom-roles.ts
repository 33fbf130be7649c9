import { readdirSync } from 'node:fs';
import { type Place, readText } from './place';
import { type ModelProcess, type ModelRole, roles } from './roles';
import { atLeast, type Version } from './version';
import { parseYaml, type Value, YamlError } from './yaml';

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
  const most = maxima(place, atLeast(version, '3.0') ? 'role_order.yml' : 'roles.yml');
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
    const value = read(place, `processes/${file}`);
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
  const value = read(place, 'roles.yml');
  const known = described(read(place, 'processes.yml'));
  const found = new Map<string, ModelProcess[]>();
  if (!isMap(value)) return found;
  for (const [role, body] of Object.entries(value)) {
    const names = isMap(body) ? listOf(body['processes']) : [];
    // A role whose processes nobody described cannot be started.
    const startable = names.filter((name) => known.has(name));
    if (startable.length > 0)
      found.set(
        role,
        startable.map((name) => ({ name, ports: [] })),
      );
  }
  return found;
}

/** Names of `processes.yml`: a map by name, or a list of maps with a `name` (1.4 H that they have one; the form L). */
function described(value: Value): Set<string> {
  if (Array.isArray(value)) return new Set(value.flatMap((entry) => (isMap(entry) ? [String(entry['name'])] : [])));
  return new Set(isMap(value) ? Object.keys(value) : []);
}

function read(place: Place, file: string): Value {
  try {
    return parseYaml(readText(place.path(`${folder}/${file}`)) ?? '');
  } catch (error) {
    if (error instanceof YamlError) throw new YamlError(`${folder}/${file}: ${error.message}`);
    throw error;
  }
}

/** `max_per_cluster`: in 2.x of `roles.yml` (1.4, H), since of `role_order.yml` (1.2, M); a map by role, or a list (L). */
function maxima(place: Place, file: string): Map<string, number> {
  const value = read(place, file);
  const listed = Array.isArray(value) ? value.map((body) => [isMap(body) ? body['name'] : body, body] as const) : [];
  const entries = isMap(value) ? Object.entries(value) : listed;
  return new Map(
    entries.flatMap(([role, body]) =>
      isMap(body) && body['max_per_cluster'] ? [[String(role), Number(body['max_per_cluster'])]] : [],
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
