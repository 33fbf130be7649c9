import { InputError } from '../base/input';
import { type Cidr, parseCidr } from '../declaration/fields';

/** Addresses of a new network: one public and one private subnet per zone, and the core's fixed address. */
export interface AddressPlan {
  readonly network: string;
  /** One per zone, /24, for nodes that the world reaches. */
  readonly publicSubnets: readonly string[];
  /** One per zone, as large as possible up to /20, for all other nodes. */
  readonly privateSubnets: readonly string[];
  /** The tenth address of the first public subnet. */
  readonly coreAddress: string;
}

/**
 * Divides a network. The first sixteenth holds the public subnets; each private subnet has its own sixteenth, so that a new
 * zone does not move existing nodes.
 * @throws InputError when the text is not a network or the network is too small; a declaration reports that before.
 */
export function planAddresses(network: string, zones: number): AddressPlan {
  const cidr = sized(network, 20);
  if (zones > 6) throw new InputError('network', [{ path: 'zones', message: 'must be at most 6', rule: 'shape' }]);
  const blockLength = Math.max(cidr.length + 4, 20);
  const block = 2 ** (32 - blockLength);
  const publicLength = Math.max(24, blockLength + 3);
  const publicSize = 2 ** (32 - publicLength);
  const list = (make: (zone: number) => string) => Array.from({ length: zones }, (_, zone) => make(zone));
  return {
    network,
    publicSubnets: list((zone) => `${dotted(cidr.base + zone * publicSize)}/${publicLength}`),
    privateSubnets: list((zone) => `${dotted(cidr.base + (zone + 1) * block)}/${blockLength}`),
    coreAddress: dotted(cidr.base + 10),
  };
}

/** The network, which must be at least as large as a prefix length. */
function sized(network: string, longest: number): Cidr {
  const cidr = parseCidr(network);
  if (cidr && cidr.length <= longest) return cidr;
  const what = cidr ? `is too small (/${cidr.length})` : `must be an IPv4 network, not "${network}"`;
  const message = `${what}; write a /${longest} or larger, for example 10.0.0.0/16`;
  throw new InputError('network', [{ path: 'cidr', message, rule: 'network-size' }]);
}

function dotted(address: number): string {
  return [24, 16, 8, 0].map((shift) => Math.floor(address / 2 ** shift) % 256).join('.');
}

/** Addresses of one subnet for all zones. */
export interface SubnetPlan {
  /** The tenth address. */
  readonly coreAddress: string;
  /** First address for other nodes. */
  readonly first: string;
  readonly last: string;
}

/**
 * Divides a subnet: a few fixed addresses for the gateway, the core and others, the rest for nodes.
 * @throws InputError when the text is not a network or the network is too small; a declaration reports that before.
 */
export function planSubnet(network: string): SubnetPlan {
  const cidr = sized(network, 26);
  const last = cidr.base + 2 ** (32 - cidr.length) - 2;
  return { coreAddress: dotted(cidr.base + 10), first: dotted(cidr.base + 16), last: dotted(last) };
}
