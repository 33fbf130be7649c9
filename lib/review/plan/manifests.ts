import { isObject, type JsonObject, list, object, texts } from '../../base/json';
import { AUDIENCES, type RoleFacts, WORST_CASE } from '../../kato/facts';
import { MANIFEST_OUTPUT, type Manifest } from '../../topology/manifest';

/** The part of a change that `readManifests` needs. */
interface Existing {
  readonly address: string;
  readonly before: JsonObject | null;
}

interface Found {
  readonly before?: Manifest;
  readonly after?: Manifest;
  readonly beforePath: string;
  readonly afterPath: string;
}

/** The cluster before and after: from the change of the output, else from the state and the planned outputs. */
export function readManifests(raw: JsonObject, errored: boolean, changes: readonly Existing[]): Found {
  const change = object(object(raw['output_changes'])[MANIFEST_OUTPUT]);
  const prior = outputValue(object(raw['prior_state'])['values']);
  const planned = outputValue(raw['planned_values']);
  const changePath = `output_changes.${MANIFEST_OUTPUT}`;

  const changeBefore = manifest(change['before']);
  // Terraform puts planned outputs into the prior state of a first plan: a created output did not exist before.
  let before = changeBefore ?? (change['before'] === null ? undefined : manifest(prior));
  const beforePath =
    changeBefore || !before ? `${changePath}.before` : `prior_state.values.outputs.${MANIFEST_OUTPUT}.value`;
  const changeAfter = manifest(change['after']);
  let after = changeAfter ?? (change['after'] === null ? undefined : manifest(planned));
  let afterPath = changeAfter || !after ? `${changePath}.after` : `planned_values.outputs.${MANIFEST_OUTPUT}.value`;

  // A plan that stopped partway may lack its outputs: that does not mean that the cluster is destroyed.
  if (errored && before && !after) [after, afterPath] = [before, beforePath];
  // A cluster older than its manifest: nodes that the plan does not create already exist.
  if (!before && after) before = existingPart(after, changes);
  return { before, after, beforePath, afterPath };
}

function outputValue(values: unknown): unknown {
  return object(object(object(values)['outputs'])[MANIFEST_OUTPUT])['value'];
}

/** The value as a manifest of a known schema; missing parts (unknown until the apply) are empty. */
function manifest(value: unknown): Manifest | undefined {
  if (!isObject(value) || value['schema'] !== 1 || !isObject(value['nodes'])) return undefined;
  const entries = Object.entries(value['nodes']).filter(([, node]) => isObject(node));
  const nodes = entries.map(([name, node]) => [
    name,
    {
      pool: name,
      size: '',
      machine: '',
      image: '',
      resource: '',
      zone: '',
      boot: '',
      world: false,
      keeps: false,
      ...object(node),
      roles: list(object(node)['roles']),
      placementZones: list(object(node)['placementZones']),
    },
  ]);
  const databases = Object.entries(object(value['databases'])).map(([name, database]) => [
    name,
    {
      engine: 'mysql',
      version: '',
      machine: '',
      resource: '',
      storageGib: 0,
      ...object(database),
      usedBy: list(object(database)['usedBy']),
    },
  ]);
  return {
    cluster: '',
    hostname: '',
    version: '',
    cloud: '',
    region: '',
    firewall: 'inside',
    protect: false,
    ...value,
    nodes: Object.fromEntries(nodes),
    databases: Object.fromEntries(databases),
    rules: list(value['rules']).filter(isObject),
    config: object(value['config']),
    roles: roleFacts(object(value['roles'])),
    groups: object(value['groups']),
  } as unknown as Manifest;
}

const AT: readonly unknown[] = ['any', 'core', 'alone', 'implied'] satisfies RoleFacts['placement'][];

/** Facts of roles from a manifest; a missing or invalid fact is the worst case. */
function roleFacts(roles: JsonObject): Record<string, RoleFacts> {
  const entries = Object.entries(roles).filter(([, facts]) => isObject(facts));
  return Object.fromEntries(entries.map(([name, facts]) => [name, factsOf(facts as JsonObject)]));
}

function factsOf(facts: JsonObject): RoleFacts {
  const { keeps, keptOn, serves, placement } = facts;
  return {
    ...(typeof keeps === 'string' && keeps !== '' ? { keeps } : {}),
    ...(keptOn === 'core' ? { keptOn } : {}),
    serves: AUDIENCES.find((audience) => audience === serves) ?? WORST_CASE.serves,
    standIn: facts['standIn'] === true,
    placement: AT.includes(placement) ? (placement as RoleFacts['placement']) : WORST_CASE.placement,
    restart: facts['restart'] === 'process' ? 'process' : 'role',
    processes: texts(facts['processes']),
    ports: list(facts['ports']).filter(isPort),
  };
}

function isPort(port: unknown): port is RoleFacts['ports'][number] {
  const ports = isObject(port) ? list(port['ports']) : [];
  return ports.length === 2 && ports.every((n) => typeof n === 'number');
}

function existingPart(after: Manifest, changes: readonly Existing[]): Manifest | undefined {
  const existing = new Set(changes.filter((c) => c.before !== null).map((c) => c.address));
  const nodes = Object.entries(after.nodes).filter(([, node]) => existing.has(node.resource));
  const databases = Object.entries(after.databases).filter(([, database]) => existing.has(database.resource));
  if (nodes.length + databases.length === 0) return undefined;
  return { ...after, nodes: Object.fromEntries(nodes), databases: Object.fromEntries(databases) };
}
