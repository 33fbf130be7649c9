import { Construct } from 'constructs';
import { DataOpenstackNetworkingNetworkV2 } from '#provider-openstack/data-openstack-networking-network-v2';
import { NetworkingNetworkV2 } from '#provider-openstack/networking-network-v2';
import { NetworkingRouterInterfaceV2 } from '#provider-openstack/networking-router-interface-v2';
import { NetworkingRouterV2 } from '#provider-openstack/networking-router-v2';
import { NetworkingSubnetV2 } from '#provider-openstack/networking-subnet-v2';
import { planSubnet } from '../topology/addresses';
import { isId } from './props';
import { tagsOf } from './tags';

/** Properties of a network for a cluster. */
export interface NetworkProps {
  /** Name of the cluster, and prefix of the names of all resources here. */
  readonly name: string;
  /** IPv4 network, a /26 or larger: `10.0.0.0/16`. */
  readonly cidr: string;
  /** Name or id of the external network of its router. */
  readonly externalNetwork: string;
  /** Name servers of its nodes. @default those of the cloud */
  readonly dnsServers?: readonly string[];
  /** Tags of all resources here. @default only the cluster's own tags */
  readonly tags?: Readonly<Record<string, string>>;
}

/** A network with one subnet for all zones, and a router to the external network. */
export class Network extends Construct {
  /** Id of the network. */
  readonly networkId: string;
  /** Id of the subnet. It is known only after the router has its interface, because Neutron refuses floating addresses before. */
  readonly subnetId: string;
  /** An address that no other port gets, reserved for the core. */
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
 * The name of an external network, from its name or id: the provider requests floating addresses only by name (its source,
 * 3.4.0), so an id is looked up.
 */
export function poolOf(scope: Construct, externalNetwork: string): string {
  if (!isId(externalNetwork)) return externalNetwork;
  return new DataOpenstackNetworkingNetworkV2(scope, 'outside', { networkId: externalNetwork, external: true }).name;
}
