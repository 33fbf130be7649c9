import type { Orphan } from './orphans';

/** How a kind of orphan is recognized in a plan, and handled. */
export interface HealKind {
  /** Its Terraform types. */
  readonly types: readonly string[];
  /** Whether it keeps data: it is then imported into the state, and never deleted. */
  readonly keeps?: true;
  /** Whether a lost answer may leave empty copies of it, which may go. */
  readonly copies?: true;
  /** Whether it is a part of a resource in the state. */
  readonly part?: true;
  /** Whether a planned resource matches the orphan. */
  matches(orphan: Orphan, after: After): boolean;
  /** Its import id for Terraform. */
  importId(orphan: Orphan): string;
  /** A command that deletes it by hand. */
  byHand(orphan: Orphan): string;
}

type After = Readonly<Record<string, unknown>>;

const byId = ({ id }: Orphan): string => id;
const of =
  (attribute: string): HealKind['matches'] =>
  ({ name, as }, after) =>
    (as ?? name) !== undefined && after[attribute] === (as ?? name);
const ofName = of('name');
const ofTag: HealKind['matches'] = ({ name }, after) =>
  name !== undefined && (after['tags'] as After | undefined | null)?.['Name'] === name;

const aws = (type: string, command: string, flag: string, more: Partial<HealKind> = {}): HealKind => ({
  types: [type],
  matches: ofTag,
  importId: byId,
  byHand: (orphan) => `aws ${command} --${flag} ${(more.importId ?? byId)(orphan)}`,
  ...more,
});

/** Kinds of `findOrphans`. */
export const AWS_KINDS: Readonly<Record<string, HealKind>> = {
  'db-instance': aws('aws_db_instance', 'rds delete-db-instance', 'db-instance-identifier', {
    keeps: true,
    matches: of('identifier'),
    // found by ARN, but known to RDS and Terraform by its name
    importId: ({ id, name }) => name ?? id,
  }),
  'elastic-ip': aws('aws_eip', 'ec2 release-address', 'allocation-id'),
  instance: aws('aws_instance', 'ec2 terminate-instances', 'instance-ids'),
  'internet-gateway': aws('aws_internet_gateway', 'ec2 delete-internet-gateway', 'internet-gateway-id'),
  'launch-template': aws('aws_launch_template', 'ec2 delete-launch-template', 'launch-template-id'),
  natgateway: aws('aws_nat_gateway', 'ec2 delete-nat-gateway', 'nat-gateway-id'),
  'network-interface': aws('aws_network_interface', 'ec2 delete-network-interface', 'network-interface-id'),
  'placement-group': aws('aws_placement_group', 'ec2 delete-placement-group', 'group-id'),
  'route-table': aws('aws_route_table', 'ec2 delete-route-table', 'route-table-id'),
  // only the cluster's core fills it, once
  secret: aws('aws_secretsmanager_secret', 'secretsmanager delete-secret', 'secret-id', {
    keeps: true,
    matches: ofName,
  }),
  'security-group': aws('aws_security_group', 'ec2 delete-security-group', 'group-id'),
  'security-group-rule': aws('', 'ec2 describe-security-group-rules', 'security-group-rule-ids', {
    types: ['aws_vpc_security_group_ingress_rule', 'aws_vpc_security_group_egress_rule'],
    part: true,
  }),
  subnet: aws('aws_subnet', 'ec2 delete-subnet', 'subnet-id'),
  volume: aws('aws_ebs_volume', 'ec2 delete-volume', 'volume-id', { keeps: true, copies: true }),
  vpc: aws('aws_vpc', 'ec2 delete-vpc', 'vpc-id'),
  'vpc-endpoint': aws('aws_vpc_endpoint', 'ec2 delete-vpc-endpoints', 'vpc-endpoint-ids'),
};

const openstack = (type: string, noun: string, more: Partial<HealKind> = {}): HealKind => ({
  types: [`openstack_${type}`],
  matches: ofName,
  importId: byId,
  byHand: ({ id }) => `openstack ${noun} ${id}`,
  ...more,
});

/** Kinds of `findOpenstackOrphans`. */
export const OPENSTACK_KINDS: Readonly<Record<string, HealKind>> = {
  'dns-zone': openstack('dns_zone_v2', 'zone delete'),
  'floating-ip': openstack('networking_floatingip_v2', 'floating ip delete', { matches: of('description') }),
  'load-balancer': openstack('lb_loadbalancer_v2', 'loadbalancer delete --cascade'),
  network: openstack('networking_network_v2', 'network delete'),
  port: openstack('networking_port_v2', 'port delete'),
  router: openstack('networking_router_v2', 'router delete'),
  'router-interface': openstack('networking_router_interface_v2', 'port delete', {
    matches: of('subnet_id'),
    part: true,
  }),
  secret: openstack('keymanager_secret_v1', 'secret delete', { keeps: true }),
  'security-group': openstack('networking_secgroup_v2', 'security group delete'),
  'security-group-rule': openstack('networking_secgroup_rule_v2', 'security group rule delete', {
    matches: of('description'),
    part: true,
  }),
  server: openstack('compute_instance_v2', 'server delete --wait'),
  'server-group': openstack('compute_servergroup_v2', 'server group delete'),
  subnet: openstack('networking_subnet_v2', 'subnet delete'),
  volume: openstack('blockstorage_volume_v3', 'volume delete', { keeps: true, copies: true }),
};
