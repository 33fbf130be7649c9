import type { Instance } from '@aws-sdk/client-ec2';
import type { AwsApi } from './api';

/** A resource of a cluster that is in the cloud and not in the state. */
export interface AwsOrphan {
  /** `instance`, `volume`, `network-interface`, … as EC2 calls it; `db-instance`, `secret`. */
  readonly kind: string;
  readonly id: string;
  /** Its `Name` tag, or its own name. */
  readonly name?: string;
}

/** The tag of all resources of a cluster. */
const CLUSTER_TAG = 'stackato:cluster';

/** Kinds that Terraform makes; tagged backups (snapshots, images) are not orphans. */
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
 * Finds orphans of an interrupted apply by their tag. `stateIds` are all identifiers in the state. Only reads. Machines of
 * an auto scaling group are not orphans.
 */
export async function findAwsOrphans(
  api: AwsApi,
  cluster: string,
  stateIds: ReadonlySet<string>,
): Promise<AwsOrphan[]> {
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

async function instances({ ec2 }: AwsApi, cluster: string) {
  const Filters = [
    { Name: `tag:${CLUSTER_TAG}`, Values: [cluster] },
    { Name: 'instance-state-name', Values: ['pending', 'running', 'stopping', 'stopped'] },
  ];
  const { Reservations = [] } = await ec2('DescribeInstances', { Filters });
  return Reservations.flatMap(({ Instances = [] }) => Instances.map(machineOf));
}

function machineOf(machine: Instance) {
  const tags = new Map(machine.Tags?.map(({ Key, Value }) => [Key, Value]));
  const scaled = tags.has('aws:autoscaling:groupName');
  // what is deleted with its machine is not an orphan of its own; neither is anything of a group's machine
  const going = (part: { readonly DeleteOnTermination?: boolean } | undefined) => scaled || part?.DeleteOnTermination;
  const volumes = (machine.BlockDeviceMappings ?? []).map(({ Ebs }) => Ebs).filter(going);
  const interfaces = (machine.NetworkInterfaces ?? []).filter(({ Attachment }) => going(Attachment));
  const parts = [...volumes.map((disk) => disk?.VolumeId), ...interfaces.map((each) => each.NetworkInterfaceId)];
  return { orphan: named('instance', machine.InstanceId, tags.get('Name')), scaled, parts };
}

async function taggedThings({ ec2 }: AwsApi, cluster: string): Promise<AwsOrphan[]> {
  const mine = [
    { Name: 'key', Values: [CLUSTER_TAG] },
    { Name: 'value', Values: [cluster] },
  ];
  const [tags, names] = await Promise.all([
    ec2('DescribeTags', { Filters: mine }),
    ec2('DescribeTags', { Filters: [{ Name: 'key', Values: ['Name'] }] }),
  ]);
  const nameOf = new Map(names.Tags?.map(({ ResourceId, Value }) => [ResourceId, Value]));
  return (tags.Tags ?? []).flatMap(({ ResourceType, ResourceId }) =>
    ResourceType && KINDS.has(ResourceType) ? [named(ResourceType, ResourceId, nameOf.get(ResourceId))] : [],
  );
}

async function databasesOf({ rds }: AwsApi, cluster: string): Promise<AwsOrphan[]> {
  const { DBInstances = [] } = await rds('DescribeDBInstances', {});
  return (
    DBInstances.filter(({ TagList }) => isTagged(TagList, cluster))
      .filter(({ DBInstanceStatus }) => DBInstanceStatus !== 'deleting')
      // by ARN: the identifier alone may be the name of another resource in the state
      .map((database) => named('db-instance', database.DBInstanceArn, database.DBInstanceIdentifier))
  );
}

async function secretsOf({ secrets }: AwsApi, cluster: string): Promise<AwsOrphan[]> {
  const Filters = [{ Key: 'tag-key' as const, Values: [CLUSTER_TAG] }];
  const { SecretList = [] } = await secrets('ListSecrets', { MaxResults: 100, Filters });
  return (
    SecretList.filter(({ ARN, Tags }) => ARN && isTagged(Tags, cluster))
      // a database's master password belongs to the database; a secret that is being deleted is not an orphan
      .filter(({ OwningService, DeletedDate }) => !OwningService && !DeletedDate)
      .map(({ ARN, Name }) => named('secret', ARN, Name))
  );
}

function isTagged(
  tags: readonly { readonly Key?: string; readonly Value?: string }[] | undefined,
  cluster: string,
): boolean {
  return tags?.some(({ Key, Value }) => Key === CLUSTER_TAG && Value === cluster) ?? false;
}

function named(kind: string, id: string | undefined, name: string | undefined): AwsOrphan {
  return { kind, id: id ?? '', ...(name === undefined ? {} : { name }) };
}
