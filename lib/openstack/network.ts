import { Construct } from 'constructs';
import { DataOpenstackNetworkingNetworkV2 } from '#provider-openstack/data-openstack-networking-network-v2';
import { NetworkingNetworkV2 } from '#provider-openstack/networking-network-v2';
import { NetworkingRouterInterfaceV2 } from '#provider-openstack/networking-router-interface-v2';
import { NetworkingRouterV2 } from '#provider-openstack/networking-router-v2';
import { NetworkingSubnetV2 } from '#provider-openstack/networking-subnet-v2';
import { planSubnet } from '../topology/addresses';
import { isId } from './props';
import { tagsOf } from './tags';

/** A network for a cluster: where its nodes are and which address the core has. */
export interface NetworkProps {
  /** Name of the cluster; begins the names of everything here. */
  readonly name: string;
  /** IPv4 network, at least a /26: `10.0.0.0/16`. */
  readonly cidr: string;
  /** Name or id of the external network that its router leads to. */
  readonly externalNetwork: string;
  /** Name servers of its nodes. @default the cloud's own */
  readonly dnsServers?: readonly string[];
  /** Tags of everything here. @default only the cluster's own */
  readonly tags?: Readonly<Record<string, string>>;
}

/** A network with one subnet for all zones, and a router to the world. */
export class Network extends Construct {
  readonly networkId: string;
  /** Known only when the router has its interface, since a floating address before that is refused. */
  readonly subnetId: string;
  /** An address that no other port gets, meant for the core. */
  readonly coreAddress: string;

  constructor(scope: Construct, id: string, props: NetworkProps) {
    super(scope, id);
    const plan = planSubnet(props.cidr);
    const tags = tagsOf({ name: props.name, tags: props.tags ?? {} });
    const outside = isId(props.externalNetwork)
      ? props.externalNetwork
      : new DataOpenstackNetworkingNetworkV2(this, 'outside', { name: props.externalNetwork, external: true }).id;
    const network = new NetworkingNetworkV2(this, 'network', { name: props.name, tags });
    const subnet = new NetworkingSubnetV2(this, 'subnet', {
      name: props.name,
      networkId: network.id,
      cidr: props.cidr,
      allocationPool: [{ start: plan.first, end: plan.last }],
      tags,
      ...(props.dnsServers?.length ? { dnsNameservers: [...props.dnsServers] } : {}),
    });
    const router = new NetworkingRouterV2(this, 'router', { name: props.name, externalNetworkId: outside, tags });
    const gateway = new NetworkingRouterInterfaceV2(this, 'interface', { routerId: router.id, subnetId: subnet.id });
    this.networkId = network.id;
    this.subnetId = gateway.subnetId;
    this.coreAddress = plan.coreAddress;
  }
}

/**
 * The name of an external network, given its name or id: the provider asks for floating addresses by name only (its source,
 * 3.4.0), so an id is looked up.
 */
export function poolOf(scope: Construct, externalNetwork: string): string {
  if (!isId(externalNetwork)) return externalNetwork;
  return new DataOpenstackNetworkingNetworkV2(scope, 'outside', { networkId: externalNetwork, external: true }).name;
}
