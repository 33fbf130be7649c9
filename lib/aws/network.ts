import { Eip } from '@cdktf/provider-aws/lib/eip';
import { InternetGateway } from '@cdktf/provider-aws/lib/internet-gateway';
import { NatGateway } from '@cdktf/provider-aws/lib/nat-gateway';
import { Route } from '@cdktf/provider-aws/lib/route';
import { RouteTable } from '@cdktf/provider-aws/lib/route-table';
import { RouteTableAssociation } from '@cdktf/provider-aws/lib/route-table-association';
import { Subnet } from '@cdktf/provider-aws/lib/subnet';
import { Vpc } from '@cdktf/provider-aws/lib/vpc';
import { Construct } from 'constructs';
import { planAddresses } from '../topology/addresses';
import { tagsOf } from './tags';

/** Properties of a network for a cluster. */
export interface NetworkProps {
  /** Name of the cluster, and prefix of the names of all resources here. */
  readonly name: string;
  /** IPv4 network, a /20 or larger: `10.0.0.0/16`. */
  readonly cidr: string;
  /** Availability zones, at most six; one public and one private subnet in each. */
  readonly zones: readonly string[];
  /**
   * How nodes without a public address reach the internet: through one NAT gateway, by their own public addresses, or not.
   * @default nat
   */
  readonly egress?: 'nat' | 'public' | 'none';
  /** Tags of all resources here. @default only the cluster's own tags */
  readonly tags?: Readonly<Record<string, string>>;
}

/** For resources in the first zone of the list: they stay where they are if another zone becomes the first. */
export const FIRST_ZONE = { ignoreChanges: ['subnet_id'] };

/** A VPC with public and private subnets in every zone. Subnets keep their addresses when you append or reorder zones. */
export class Network extends Construct {
  /** Id of the VPC. */
  readonly vpcId: string;
  /** Ids of the public subnets, one per zone. */
  readonly publicSubnetIds: readonly string[];
  /** Ids of the private subnets, one per zone. */
  readonly privateSubnetIds: readonly string[];
  /** A free address of the first public subnet, reserved for the core. */
  readonly coreAddress: string;

  constructor(scope: Construct, id: string, props: NetworkProps) {
    super(scope, id);
    const plan = planAddresses(props.cidr, props.zones.length);
    const tags = (what: string) =>
      tagsOf({ name: props.name, tags: props.tags ?? {} }, { Name: `${props.name}-${what}` });
    const vpc = new Vpc(this, 'vpc', {
      cidrBlock: props.cidr,
      enableDnsHostnames: true,
      enableDnsSupport: true,
      tags: tags('vpc'),
    });
    const gateway = new InternetGateway(this, 'gateway', { vpcId: vpc.id, tags: tags('gateway') });
    const open = new RouteTable(this, 'public', { vpcId: vpc.id, tags: tags('public') });
    new Route(this, 'public-route', {
      routeTableId: open.id,
      destinationCidrBlock: '0.0.0.0/0',
      gatewayId: gateway.id,
    });
    const subnet = (kind: 'public' | 'private', zone: string, cidrBlock: string, table: RouteTable) => {
      const made = new Subnet(this, `${kind}-${zone}`, {
        vpcId: vpc.id,
        availabilityZone: zone,
        cidrBlock,
        tags: tags(`${kind}-${zone}`),
        // a zone's place in the list decides the addresses of a new subnet only
        lifecycle: { ignoreChanges: ['cidr_block'] },
      });
      new RouteTableAssociation(this, `${kind}-${zone}-routes`, { subnetId: made.id, routeTableId: table.id });
      return made.id;
    };
    this.vpcId = vpc.id;
    this.coreAddress = plan.coreAddress;
    this.publicSubnetIds = props.zones.map((zone, i) => subnet('public', zone, plan.publicSubnets[i]!, open));
    const egress = props.egress ?? 'nat';
    const inner =
      egress === 'public' ? open : new RouteTable(this, 'private', { vpcId: vpc.id, tags: tags('private') });
    if (egress === 'nat') {
      const address = new Eip(this, 'nat-address', { domain: 'vpc', tags: tags('nat'), dependsOn: [gateway] });
      const nat = new NatGateway(this, 'nat', {
        allocationId: address.id,
        subnetId: this.publicSubnetIds[0]!,
        tags: tags('nat'),
        dependsOn: [gateway],
        lifecycle: FIRST_ZONE,
      });
      new Route(this, 'private-route', {
        routeTableId: inner.id,
        destinationCidrBlock: '0.0.0.0/0',
        natGatewayId: nat.id,
      });
    }
    this.privateSubnetIds = props.zones.map((zone, i) => subnet('private', zone, plan.privateSubnets[i]!, inner));
  }
}
