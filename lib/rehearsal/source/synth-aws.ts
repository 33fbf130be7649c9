import { awsSynthFirewall, synthGroups } from '../firewall/synth';
import { kernelName } from './deployed';
import type { ClusterSource, NodeDisk, NodeSource } from './source';
import { eachOf, free, has, notSaid, type Properties, type Resources } from './synth-resources';
import { type Each, fill, reference } from './synth-values';

/** A cluster synthesized for AWS, with what its nodes read from the cloud. */
export interface AwsSynth {
  readonly cluster: ClusterSource;
  /** Secrets that the stack makes, empty or with made-up values, by name. */
  readonly secrets: Readonly<Record<string, string | undefined>>;
  readonly parameters: Readonly<Record<string, string>>;
}

/**
 * Reads the nodes of a stack from its resources, without Terraform and without a cloud: addresses that the cloud would
 * choose are chosen here.
 * @throws ToolError when user data is known only after an apply
 */
export function awsSynth(resources: Resources): AwsSynth {
  const of = (type: string) => Object.entries(resources[type] ?? {});
  const taken = new Set(
    of('aws_network_interface').flatMap(([, nic]) => (nic['private_ips'] as string[] | undefined) ?? []),
  );
  const grouped: [string, string[]][] = [];
  const nodes = of('aws_instance').flatMap(([resource, instance]) =>
    eachOf(instance).map((each): NodeSource => {
      const node = nodeOf(resources, { resource, instance, each }, taken);
      grouped.push([node.name, groupsOf(resources, instance, each)]);
      return node;
    }),
  );
  nodes.sort((a, b) => (a.name < b.name ? -1 : 1));
  const databases = of('aws_db_instance').map(([name, database]) => ({
    host: databaseHost(name),
    port: Number(database['port']),
  }));
  const behind = of('aws_db_instance').map(
    ([name, database]) => [databaseHost(name), synthGroups(database, 'vpc_security_group_ids')] as const,
  );
  return {
    cluster: { nodes, databases, firewall: awsSynthFirewall(resources, grouped, behind) },
    ...stored(of('aws_secretsmanager_secret'), of('aws_db_instance'), of('aws_ssm_parameter')),
  };
}

/** One machine of a resource of several. */
interface One {
  /** The resource's own name. */
  readonly resource: string;
  readonly instance: Properties;
  readonly each: Each | undefined;
}

function nodeOf(resources: Resources, one: One, taken: Set<string>): NodeSource {
  const { resource, instance, each } = one;
  const { subnet, fixed, zone } = placeOf(resources, instance, each);
  const tags = (instance['tags'] ?? {}) as Properties;
  const name = fill(tags['stackato:node'] ?? each?.key ?? resource, each);
  const data = String(instance['user_data_base64'] ?? '');
  if (data.includes('${')) throw notSaid(`user data of ${name} contains an address that the cloud chooses`);
  const profile = reference(String(instance['iam_instance_profile'] ?? ''));
  return {
    name,
    address: fixed ?? free(subnet, taken),
    subnet,
    zone,
    instanceId: `i-${name}`,
    userData: Buffer.from(data, 'base64'),
    disks: disksOf(resources, one),
    ...(profile ? { role: String(resources[profile.type]?.[profile.name]?.['name'] ?? profile.name) } : {}),
    tokensRequired: ((instance['metadata_options'] ?? {}) as Properties)['http_tokens'] === 'required',
  };
}

function placeOf(
  resources: Resources,
  instance: Properties,
  each: Each | undefined,
): { subnet: string; fixed?: string; zone: string } {
  const nic = nicOf(resources, instance, each);
  const name = reference(fill((nic ?? instance)['subnet_id'], each))?.name ?? '';
  const subnet = resources['aws_subnet']?.[name];
  if (subnet === undefined) throw notSaid('a subnet that is not in the stack');
  const fixed = (nic?.['private_ips'] as string[] | undefined)?.[0];
  return {
    subnet: String(subnet['cidr_block']),
    zone: String(subnet['availability_zone']),
    ...(fixed ? { fixed } : {}),
  };
}

/** A machine's separate network interface resource, if it has one. */
function nicOf(resources: Resources, instance: Properties, each: Each | undefined): Properties | undefined {
  const id = (instance['network_interface'] as Properties[] | undefined)?.[0]?.['network_interface_id'];
  return id === undefined ? undefined : resources['aws_network_interface']?.[reference(fill(id, each))?.name ?? ''];
}

function groupsOf(resources: Resources, instance: Properties, each: Each | undefined): string[] {
  const nic = nicOf(resources, instance, each);
  return nic ? synthGroups(nic, 'security_groups', each) : synthGroups(instance, 'vpc_security_group_ids', each);
}

function disksOf(resources: Resources, { resource, each }: One): NodeDisk[] {
  return Object.values(resources['aws_volume_attachment'] ?? {}).flatMap((attachment) => {
    if (reference(String(attachment['instance_id']))?.name !== resource || !has(attachment, each)) return [];
    const volume = resources['aws_ebs_volume']?.[reference(String(attachment['volume_id']))?.name ?? ''];
    return [{ gib: Number(fill(volume?.['size'], each)), device: kernelName(fill(attachment['device_name'], each)) }];
  });
}

/** A host name like RDS's: the product's RDS switch depends on its end. */
const databaseHost = (name: string) => `${name.toLowerCase().replace(/[^a-z0-9-]/g, '-')}.synth.rds.amazonaws.com`;
const databaseSecret = (name: string) => `rds!${name}`;

function stored(
  secrets: readonly [string, Properties][],
  databases: readonly [string, Properties][],
  parameters: readonly [string, Properties][],
): Pick<AwsSynth, 'secrets' | 'parameters'> {
  const managed = databases.map(([name, database]): [string, string] => [
    databaseSecret(name),
    JSON.stringify({ username: database['username'], password: 'rehearsed' }),
  ]);
  const filled = (text: string) =>
    text
      .replace(/\$\{aws_db_instance\.([\w-]+)\.address\}/g, (_, name: string) => databaseHost(name))
      .replace(/\$\{aws_db_instance\.([\w-]+)\.master_user_secret\[0\]\.secret_arn\}/g, (_, name: string) =>
        databaseSecret(name),
      );
  return {
    secrets: Object.fromEntries([
      ...secrets.map(([, s]): [string, undefined] => [String(s['name']), undefined]),
      ...managed,
    ]),
    parameters: Object.fromEntries(parameters.map(([, p]) => [String(p['name']), filled(String(p['value'] ?? ''))])),
  };
}
