import { parseCidr } from '../spec/fields';

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
 * Throws `Error` where the network is too small; `defineCluster` and the clouds' props refuse that in words before.
 */
export function planAddresses(network: string, zones: number): AddressPlan {
  const cidr = parseCidr(network);
  if (!cidr || cidr.length > 20 || zones > 6) throw new Error(`${network} cannot hold ${zones} zones`);
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
 * Throws `Error` where it is too small; `defineCluster` and the clouds' props refuse that in words before.
 */
export function planSubnet(network: string): SubnetPlan {
  const cidr = parseCidr(network);
  if (!cidr || cidr.length > 26) throw new Error(`${network} cannot hold a cluster`);
  const last = cidr.base + 2 ** (32 - cidr.length) - 2;
  return { coreAddress: dotted(cidr.base + 10), first: dotted(cidr.base + 16), last: dotted(last) };
}
