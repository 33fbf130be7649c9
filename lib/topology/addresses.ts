import { InputError } from '../base/input';
import { type Cidr, parseCidr } from '../declaration/fields';

/** Addresses of a network of our own: one public and one private subnet per zone, and the core's fixed address. */
export interface AddressPlan {
  readonly network: string;
  /** By zone: /24, for what the world reaches. */
  readonly publicSubnets: readonly string[];
  /** By zone: as large as fits, at most /20, for everything else. */
  readonly privateSubnets: readonly string[];
  /** The tenth address of the first public subnet. */
  readonly coreAddress: string;
}

/**
 * Divides a network. The first sixteenth holds the public subnets, one sixteenth each the private ones, so that adding a
 * zone moves nobody.
 *
 * Throws `InputError` where the network is none, or too small; a declaration is told that before.
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

/** The network, which must not be smaller than a length. */
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
  /** What other nodes get, the core's address left out. */
  readonly first: string;
  readonly last: string;
}

/**
 * Divides a subnet: a few addresses for the gateway, the core and what else is fixed, all others for nodes.
 *
 * Throws `InputError` where it is none, or too small; a declaration is told that before.
 */
export function planSubnet(network: string): SubnetPlan {
  const cidr = sized(network, 26);
  const last = cidr.base + 2 ** (32 - cidr.length) - 2;
  return { coreAddress: dotted(cidr.base + 10), first: dotted(cidr.base + 16), last: dotted(last) };
}
