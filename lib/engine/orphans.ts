import { ToolError } from '../base/input';
import type { StackRun } from './stack-run';

/** What the cloud holds under a cluster's tag and the state does not know. */
export interface Orphan {
  /** `instance`, `volume`, `network-interface`, … as EC2 calls it; `db-instance`, `secret`. */
  readonly kind: string;
  readonly id: string;
  /** From its `Name` tag, or its own name. */
  readonly name?: string;
  /** Whether nothing but its name says that it is the cluster's. */
  readonly byName?: true;
  /** What a declaration calls it, where that is not its name. */
  readonly as?: string;
}

type Value = string | Value[] | { readonly [key: string]: Value | undefined } | undefined;
type Entry = { readonly [key: string]: Value };
type Parameters = Readonly<
  Record<string, string | readonly { readonly Name: string; readonly Value: readonly string[] }[]>
>;

/** The part of a cloud's API that is read here. */
export interface OrphanApi {
  ec2(action: string, parameters?: Parameters): Promise<Entry>;
  query(service: string, version: string, action: string, parameters?: Parameters): Promise<Entry>;
  json(service: string, target: string, body: unknown): Promise<Record<string, unknown>>;
}

/** The tag that everything of a cluster carries. */
export const CLUSTER_TAG = 'stackato:cluster';

/** What Terraform makes; backups (snapshots, images) under the tag are nobody's leftovers. */
const KINDS: ReadonlySet<string> = new Set([
  'elastic-ip',
  'internet-gateway',
  'launch-template',
  'natgateway',
  'network-interface',
  'placement-group',
  'route-table',
  'security-group',
  'security-group-rule',
  'subnet',
  'volume',
  'vpc',
  'vpc-endpoint',
]);

/**
 * Finds by tag what an interrupted apply made without the state knowing. `stateIds` are all identifiers that the
 * state mentions. Only reads. Machines that an auto scaling group made are its own, not orphans.
 */
export async function findOrphans(api: OrphanApi, cluster: string, stateIds: ReadonlySet<string>): Promise<Orphan[]> {
  const [machines, tagged, databases, secrets] = await Promise.all([
    instances(api, cluster),
    taggedThings(api, cluster),
    databasesOf(api, cluster),
    secretsOf(api, cluster),
  ]);
  const parts = new Set(machines.flatMap((m) => m.parts));
  const all = [...machines.filter((m) => !m.scaled).map((m) => m.orphan), ...tagged, ...databases, ...secrets];
  const orphans = all.filter(({ id }) => !stateIds.has(id) && !parts.has(id));
  return orphans.sort((a, b) => a.kind.localeCompare(b.kind) || a.id.localeCompare(b.id));
}

async function instances(api: OrphanApi, cluster: string) {
  const filter = [
    { Name: `tag:${CLUSTER_TAG}`, Value: [cluster] },
    { Name: 'instance-state-name', Value: ['pending', 'running', 'stopping', 'stopped'] },
  ];
  const answer = await api.ec2('DescribeInstances', { Filter: filter });
  return entries(answer['reservationSet']).flatMap((reservation) =>
    entries(reservation['instancesSet']).map((machine) => {
      const tags = new Map(entries(machine['tagSet']).map((tag) => [String(tag['key']), String(tag['value'])]));
      const scaled = tags.has('aws:autoscaling:groupName');
      // what goes with its machine is no orphan besides it; of a machine that a group owns, all
      const going = (part: Entry | undefined) => scaled || part?.['deleteOnTermination'] === 'true';
      const volumes = entries(machine['blockDeviceMapping'])
        .map((device) => device['ebs'] as Entry | undefined)
        .filter(going)
        .map((disk) => disk?.['volumeId']);
      const interfaces = entries(machine['networkInterfaceSet'])
        .filter((each) => going(each['attachment'] as Entry | undefined))
        .map((each) => each['networkInterfaceId']);
      return {
        orphan: named('instance', String(machine['instanceId']), tags.get('Name')),
        scaled,
        parts: [...volumes, ...interfaces].map(String),
      };
    }),
  );
}

async function taggedThings(api: OrphanApi, cluster: string): Promise<Orphan[]> {
  const mine = [
    { Name: 'key', Value: [CLUSTER_TAG] },
    { Name: 'value', Value: [cluster] },
  ];
  const [tags, names] = await Promise.all([
    api.ec2('DescribeTags', { Filter: mine }),
    api.ec2('DescribeTags', { Filter: [{ Name: 'key', Value: ['Name'] }] }),
  ]);
  const nameOf = new Map(entries(names['tagSet']).map((tag) => [String(tag['resourceId']), String(tag['value'])]));
  return entries(tags['tagSet'])
    .filter((tag) => KINDS.has(String(tag['resourceType'])))
    .map((tag) => named(String(tag['resourceType']), String(tag['resourceId']), nameOf.get(String(tag['resourceId']))));
}

async function databasesOf(api: OrphanApi, cluster: string): Promise<Orphan[]> {
  const found: Orphan[] = [];
  let marker: string | undefined;
  do {
    const page = await api.query('rds', '2014-10-31', 'DescribeDBInstances', marker ? { Marker: marker } : {});
    for (const db of entries(page['DBInstances'])) {
      const tagged = entries(db['TagList']).some((tag) => tag['Key'] === CLUSTER_TAG && tag['Value'] === cluster);
      if (!tagged || db['DBInstanceStatus'] === 'deleting') continue;
      // by ARN: the identifier alone may well be the name of something else in the state
      found.push(named('db-instance', String(db['DBInstanceArn']), String(db['DBInstanceIdentifier'])));
    }
    marker = page['Marker'] ? String(page['Marker']) : undefined;
  } while (marker);
  return found;
}

async function secretsOf(api: OrphanApi, cluster: string): Promise<Orphan[]> {
  const found: Orphan[] = [];
  let next: unknown;
  do {
    const filters = [{ Key: 'tag-key', Values: [CLUSTER_TAG] }];
    const body = { MaxResults: 100, Filters: filters, ...(next ? { NextToken: next } : {}) };
    const page = await api.json('secretsmanager', 'secretsmanager.ListSecrets', body);
    for (const secret of (page['SecretList'] ?? []) as readonly Secret[]) {
      const tagged = secret.Tags?.some((tag) => tag.Key === CLUSTER_TAG && tag.Value === cluster);
      // a database's own master password belongs to the database, and one that is being deleted to nobody
      const own = secret.OwningService || secret.DeletedDate;
      if (tagged && !own && secret.ARN) found.push(named('secret', secret.ARN, secret.Name));
    }
    next = page['NextToken'];
  } while (next);
  return found;
}

interface Secret {
  readonly ARN?: string;
  readonly Name?: string;
  readonly OwningService?: string;
  readonly DeletedDate?: number;
  readonly Tags?: readonly { readonly Key?: string; readonly Value?: string }[];
}

/** What a stack's state tells about the cloud. */
export interface StateFacts {
  /** The text values of all its resources, so every identifier is among them. */
  readonly ids: ReadonlySet<string>;
  /** AWS accounts that its resources lie in, by their own ARNs. */
  readonly accounts: ReadonlySet<string>;
  /** OpenStack projects that its resources lie in: Neutron's say whose they are. */
  readonly projects: ReadonlySet<string>;
}

/** Reads the state of an initialized stack. @throws ToolError when the engine can't show it */
export async function readState(stack: StackRun): Promise<StateFacts> {
  const lines: string[] = [];
  const { engine, dir, env, signal } = stack;
  const ended = await engine.run(dir, ['show', '-json'], { env, signal, onLine: (line) => lines.push(line) });
  if (ended.code !== 0) throw new ToolError('the state can not be read; nothing was changed', stack.next, ended.stderr);
  return stateFacts((JSON.parse(lines.join('\n')) as { values?: unknown }).values);
}

/** The facts of a state in the form of `show -json`, from its `values`. */
export function stateFacts(values: unknown): StateFacts {
  const ids = new Set<string>();
  const accounts = new Set<string>();
  const projects = new Set<string>();
  const collect = (value: unknown, key: string): void => {
    if (typeof value === 'string') {
      ids.add(value);
      const account = key === 'arn' ? /^arn:[^:]*:[^:]*:[^:]*:(\d{12}):/.exec(value)?.[1] : undefined;
      if (account) accounts.add(account);
      if (key === 'tenant_id' && value !== '') projects.add(value);
    } else if (value !== null && typeof value === 'object') {
      // a data source may show somebody else's
      if ('mode' in value && value.mode === 'data') return;
      for (const [name, inner] of Object.entries(value)) collect(inner, name);
    }
  };
  collect(values, '');
  return { ids, accounts, projects };
}

/** One line per orphan: `instance i-0abc (mvp-dea-1)`. */
export function orphanText({ kind, id, name, as, byName }: Orphan): string {
  const called = name ?? as;
  return `${kind.replaceAll('-', ' ')} ${id}${called ? ` (${called})` : ''}${byName ? ', known by its name alone' : ''}`;
}

function named(kind: string, id: string, name: string | undefined): Orphan {
  return name === undefined ? { kind, id } : { kind, id, name };
}

function entries(value: Value): Entry[] {
  return Array.isArray(value) ? value.filter((v): v is Entry => typeof v === 'object' && !Array.isArray(v)) : [];
}
