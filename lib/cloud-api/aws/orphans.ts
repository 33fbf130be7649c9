import type { Instance } from '@aws-sdk/client-ec2';
import type { AwsApi } from './api';

/** A resource of a cluster that is in the cloud and not in the state. */
export interface AwsOrphan {
  /** `instance`, `volume`, `network-interface`, … as EC2 calls it; `db-instance`, `secret`. */
  readonly kind: string;
  readonly id: string;
  /** Its `Name` tag, or its own name. */
  readonly name?: string;
  /** When it was made, if the cloud says so: `2026-11-30T18:00:00.000Z`. */
  readonly made?: string;
  /** Whether it runs, is attached, or has content from elsewhere. */
  readonly used?: true;
}

/** The tag of all resources of a cluster. */
const CLUSTER_TAG = 'stackato:cluster';

interface Tagged {
  readonly Tags?: readonly { readonly Key?: string; readonly Value?: string }[];
}

type Ec2 = AwsApi['ec2'];
type Filters = { Name: string; Values: string[] }[];

/** Facts of a resource besides its name. */
type Facts = Omit<AwsOrphan, 'kind' | 'name'>;

/**
 * How to list the resources of one kind. Each is asked for itself: the index of tags still has what was deleted, and other
 * names of kinds. Backups (snapshots, images) are not orphans.
 */
interface Listing {
  readonly kind: string;
  list(ec2: Ec2, Filters: Filters): Promise<readonly (Tagged & { readonly facts: Facts })[]>;
}

function listing<T extends Tagged>(
  kind: string,
  list: (ec2: Ec2, Filters: Filters) => Promise<readonly T[] | undefined>,
  facts: (one: T) => Facts | undefined,
): Listing {
  return {
    kind,
    async list(ec2, Filters) {
      const found = (await list(ec2, Filters)) ?? [];
      return found.flatMap((one) => {
        const known = facts(one);
        return known ? [{ ...(one.Tags ? { Tags: one.Tags } : {}), facts: known }] : [];
      });
    },
  };
}

const of = (id: string | undefined): Facts => ({ id: id ?? '' });
const made = (date: Date | undefined) => (date ? { made: date.toISOString() } : {});

const LISTINGS: readonly Listing[] = [
  listing(
    'elastic-ip',
    async (ec2, Filters) => (await ec2('DescribeAddresses', { Filters })).Addresses,
    ({ AllocationId, AssociationId }) => ({ ...of(AllocationId), ...(AssociationId ? { used: true } : {}) }),
  ),
  listing(
    'internet-gateway',
    async (ec2, Filters) => (await ec2('DescribeInternetGateways', { Filters })).InternetGateways,
    ({ InternetGatewayId }) => of(InternetGatewayId),
  ),
  listing(
    'launch-template',
    async (ec2, Filters) => (await ec2('DescribeLaunchTemplates', { Filters })).LaunchTemplates,
    ({ LaunchTemplateId, CreateTime }) => ({ ...of(LaunchTemplateId), ...made(CreateTime) }),
  ),
  listing(
    'natgateway',
    async (ec2, Filter) => (await ec2('DescribeNatGateways', { Filter })).NatGateways,
    ({ NatGatewayId, CreateTime, State }) =>
      State === 'deleted' || State === 'deleting' ? undefined : { ...of(NatGatewayId), ...made(CreateTime) },
  ),
  listing(
    'network-interface',
    async (ec2, Filters) =>
      (await ec2('DescribeNetworkInterfaces', { Filters })).NetworkInterfaces?.map(({ TagSet: Tags, ...one }) => ({
        ...one,
        ...(Tags ? { Tags } : {}),
      })),
    ({ NetworkInterfaceId, Attachment }) => ({ ...of(NetworkInterfaceId), ...(Attachment ? { used: true } : {}) }),
  ),
  listing(
    'placement-group',
    async (ec2, Filters) => (await ec2('DescribePlacementGroups', { Filters })).PlacementGroups,
    ({ GroupId, State }) => (State === 'deleted' || State === 'deleting' ? undefined : of(GroupId)),
  ),
  listing(
    'route-table',
    async (ec2, Filters) => (await ec2('DescribeRouteTables', { Filters })).RouteTables,
    ({ RouteTableId }) => of(RouteTableId),
  ),
  listing(
    'security-group',
    async (ec2, Filters) => (await ec2('DescribeSecurityGroups', { Filters })).SecurityGroups,
    ({ GroupId }) => of(GroupId),
  ),
  listing(
    'security-group-rule',
    async (ec2, Filters) => (await ec2('DescribeSecurityGroupRules', { Filters })).SecurityGroupRules,
    ({ SecurityGroupRuleId }) => of(SecurityGroupRuleId),
  ),
  listing(
    'subnet',
    async (ec2, Filters) => (await ec2('DescribeSubnets', { Filters })).Subnets,
    ({ SubnetId }) => of(SubnetId),
  ),
  listing(
    'volume',
    async (ec2, Filters) => (await ec2('DescribeVolumes', { Filters })).Volumes,
    ({ VolumeId, CreateTime, State, SnapshotId }) =>
      State === 'deleted' || State === 'deleting'
        ? undefined
        : { ...of(VolumeId), ...made(CreateTime), ...(State === 'in-use' || SnapshotId ? { used: true } : {}) },
  ),
  listing(
    'vpc',
    async (ec2, Filters) => (await ec2('DescribeVpcs', { Filters })).Vpcs,
    ({ VpcId }) => of(VpcId),
  ),
  listing(
    'vpc-endpoint',
    async (ec2, Filters) => (await ec2('DescribeVpcEndpoints', { Filters })).VpcEndpoints,
    // EC2's key is in lower case, its library's begins with a capital
    ({ VpcEndpointId, State = '' }) => (/^delet/i.test(State) ? undefined : of(VpcEndpointId)),
  ),
];

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
  const orphans = all.filter(({ id }) => id !== '' && !stateIds.has(id) && !parts.has(id));
  return orphans.sort((a, b) => a.kind.localeCompare(b.kind) || a.id.localeCompare(b.id));
}

async function instances({ ec2 }: AwsApi, cluster: string) {
  const Filters = [
    ...tagFilter(cluster),
    { Name: 'instance-state-name', Values: ['pending', 'running', 'stopping', 'stopped'] },
  ];
  const { Reservations = [] } = await ec2('DescribeInstances', { Filters });
  return Reservations.flatMap(({ Instances = [] }) => Instances.map(machineOf));
}

function machineOf(machine: Instance) {
  const scaled = tagOf(machine, 'aws:autoscaling:groupName') !== undefined;
  // what is deleted with its machine is not an orphan of its own; neither is anything of a group's machine
  const going = (part: { readonly DeleteOnTermination?: boolean } | undefined) => scaled || part?.DeleteOnTermination;
  const volumes = (machine.BlockDeviceMappings ?? []).map(({ Ebs }) => Ebs).filter(going);
  const interfaces = (machine.NetworkInterfaces ?? []).filter(({ Attachment }) => going(Attachment));
  const parts = [...volumes.map((disk) => disk?.VolumeId), ...interfaces.map((each) => each.NetworkInterfaceId)];
  const facts: Facts = { ...of(machine.InstanceId), ...made(machine.LaunchTime), used: true };
  return { orphan: named('instance', facts, tagOf(machine, 'Name')), scaled, parts };
}

async function taggedThings({ ec2 }: AwsApi, cluster: string): Promise<AwsOrphan[]> {
  const lists = await Promise.all(
    LISTINGS.map(async ({ kind, list }) =>
      (await list(ec2, tagFilter(cluster)))
        // a service that does not know the filter answers with everything
        .filter((one) => tagOf(one, CLUSTER_TAG) === cluster)
        .map((one) => named(kind, one.facts, tagOf(one, 'Name'))),
    ),
  );
  return lists.flat();
}

const tagFilter = (cluster: string): Filters => [{ Name: `tag:${CLUSTER_TAG}`, Values: [cluster] }];

const tagOf = ({ Tags }: Tagged, key: string): string | undefined => Tags?.find(({ Key }) => Key === key)?.Value;

async function databasesOf({ rds }: AwsApi, cluster: string): Promise<AwsOrphan[]> {
  const { DBInstances = [] } = await rds('DescribeDBInstances', {});
  return (
    DBInstances.filter(({ TagList }) => isTagged(TagList, cluster))
      .filter(({ DBInstanceStatus }) => DBInstanceStatus !== 'deleting')
      // by ARN: the identifier alone may be the name of another resource in the state
      .map(({ DBInstanceArn, DBInstanceIdentifier, InstanceCreateTime }) =>
        named('db-instance', { ...of(DBInstanceArn), ...made(InstanceCreateTime), used: true }, DBInstanceIdentifier),
      )
  );
}

async function secretsOf({ secrets }: AwsApi, cluster: string): Promise<AwsOrphan[]> {
  const Filters = [{ Key: 'tag-key' as const, Values: [CLUSTER_TAG] }];
  const { SecretList = [] } = await secrets('ListSecrets', { MaxResults: 100, Filters });
  return (
    SecretList.filter(({ ARN, Tags }) => ARN && isTagged(Tags, cluster))
      // a database's master password belongs to the database; a secret that is being deleted is not an orphan
      .filter(({ OwningService, DeletedDate }) => !OwningService && !DeletedDate)
      .map(({ ARN, Name, CreatedDate }) => named('secret', { ...of(ARN), ...made(CreatedDate) }, Name))
  );
}

function isTagged(
  tags: readonly { readonly Key?: string; readonly Value?: string }[] | undefined,
  cluster: string,
): boolean {
  return tags?.some(({ Key, Value }) => Key === CLUSTER_TAG && Value === cluster) ?? false;
}

function named(kind: string, facts: Facts, name: string | undefined): AwsOrphan {
  return { kind, ...facts, ...(name === undefined ? {} : { name }) };
}
